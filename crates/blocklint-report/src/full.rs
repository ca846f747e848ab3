//! Findings for a person: the blocking line, the way from the event loop to it as nested steps each with its source line, and what to
//! do about it as the last line.

mod snippet;

use crate::concise::{problems, without_place};
use crate::document::{Item, StepItem};
use crate::escape::visible;
use crate::numbers::{counted, grouped};
use crate::wrap::wrapped;
use crate::{Report, SourceFile, summary_line};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, NarratableReportHandler, Severity, SourceCode,
    ThemeCharacters, ThemeStyles,
};
use std::fmt::{self, Write as _};
use std::io;
use std::sync::Arc;

/// How text is drawn. The caller decides it for the stream that it writes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Colours.
    pub color: bool,
    /// Lines and arrows beyond ASCII.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
    /// Sentences instead of drawings, for screen readers.
    pub narrated: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, unicode: true, width: 100, narrated: false }
    }
}

/// Chains longer than this are shown by their two ends.
const STEPS_SHOWN: usize = 8;

/// Source lines longer than this are minified or generated: a picture of them helps nobody.
const LONGEST_LINE: usize = 400;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for item in &report.document.findings {
        let text = finding(item, report).map_err(io::Error::other)?;
        writeln!(out, "{text}")?;
    }
    problems(report, out)?;
    writeln!(out, "{}", summary_line(report))
}

fn finding(item: &Item, report: &Report<'_>) -> Result<String, fmt::Error> {
    let drawn = picture(item, report);
    let mut out = String::new();
    if report.style.narrated {
        writeln!(out, "{}", without_place(item))?;
        NarratableReportHandler::new().with_context_lines(0).without_cause_chain().render_report(&mut out, &drawn)?;
    } else {
        handler(report.style).render_report(&mut out, &drawn)?;
    }
    let mut text = String::with_capacity(out.len());
    for line in out.lines() {
        writeln!(text, "{}", line.trim_end())?;
    }
    footer(item, report, &mut text)?;
    Ok(text)
}

fn handler(style: &Style) -> GraphicalReportHandler {
    let theme = GraphicalTheme {
        characters: if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
        styles: if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
    };
    GraphicalReportHandler::new_themed(theme)
        // Steps are nested by four columns; below this nothing readable is left.
        .with_width(style.width.max(40))
        .with_context_lines(0)
        .with_show_related_as_nested(true)
        .with_links(false)
        .with_urls(false)
        .without_syntax_highlighting()
}

/// What `miette` draws: the finding, or one step of its chain.
#[derive(Debug)]
struct Picture {
    code: Option<String>,
    severity: Severity,
    message: String,
    source: Option<Arc<SourceFile>>,
    label: Option<LabeledSpan>,
    steps: Vec<Picture>,
}

fn picture(item: &Item, report: &Report<'_>) -> Picture {
    let severity = match item.severity.as_str() {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Advice,
    };
    let source = report.sources.get(&item.file).cloned();
    let end = (item.end_line, item.end_column);
    let label = source.as_deref().and_then(|it| label(it, (item.line, item.column), Some(end), blocks_here(item)));
    let place = if label.is_none() { format!("{}:{}: ", item.file, item.line) } else { String::new() };
    Picture {
        code: Some(format!("{}[{} {}]", item.severity, item.code, item.rule)),
        severity,
        message: visible(&format!("{place}{}", item.message)).into_owned(),
        label,
        source,
        steps: steps(item, report),
    }
}

fn blocks_here(item: &Item) -> String {
    let bound = item.bound_ms.map_or_else(String::new, |it| format!(", up to {}", duration(it)));
    format!("in {}{bound}", visible(&item.function))
}

fn duration(ms: u64) -> String {
    if ms.is_multiple_of(1000) { format!("{} s", ms / 1000) } else { format!("{ms} ms") }
}

/// The steps above the primary place. The last one usually is the primary place itself, which stands above already.
fn steps(item: &Item, report: &Report<'_>) -> Vec<Picture> {
    let chain = match item.chain.split_last() {
        Some((last, rest)) if (last.file.as_str(), last.line) == (item.file.as_str(), item.line) => rest,
        _ => &item.chain[..],
    };
    let next = |at: usize| item.chain.get(at + 1).map_or(item.api.as_str(), |it| it.function.as_str());
    let left_out = chain.len().saturating_sub(STEPS_SHOWN);
    let head = if left_out == 0 { chain.len() } else { STEPS_SHOWN / 2 };
    let mut out = Vec::new();
    for (at, step) in chain.iter().enumerate() {
        if at == head {
            out.push(plain(format!("… {} more, all of them in `--output-format json`", counted(left_out, "step"))));
        }
        if at < head || at >= head + left_out {
            out.push(step_picture(step, next(at), report));
        }
    }
    out
}

fn plain(message: String) -> Picture {
    Picture { code: None, severity: Severity::Advice, message, source: None, label: None, steps: Vec::new() }
}

fn step_picture(step: &StepItem, next: &str, report: &Report<'_>) -> Picture {
    let thread = match step.domain.as_str() {
        "loop" => " on the event loop",
        "worker" => " on a worker thread",
        "main" => " on the main thread",
        _ => "",
    };
    let message = format!("{}{thread} {} {next}", step.function, verb(&step.via));
    let source = report.sources.get(&step.file).cloned();
    let label = source
        .as_deref()
        .and_then(|it| label(it, (step.line, step.column), step.end.map(|it| (it.line, it.column)), step.via.clone()));
    let place = if label.is_none() { format!("{}:{}: ", step.file, step.line) } else { String::new() };
    Picture { source, label, ..plain(visible(&format!("{place}{message}")).into_owned()) }
}

/// How a step leads on, in words that go before the name of what runs.
pub fn verb(via: &str) -> &'static str {
    match via {
        "attribute" => "reads or sets an attribute, which runs",
        "property" => "reads or sets a property, which runs",
        "operator" => "applies an operator, which runs",
        "format" => "formats a value, which runs",
        "iterate" => "iterates, which runs",
        "context" => "enters or leaves a context, which runs",
        "construct" => "constructs, which runs",
        "finalize" => "ends a value's life, which runs",
        "decorator" => "calls through a decorator",
        "callback" => "has this called back:",
        "import" => "imports, which runs",
        "poll" => "is polled, which runs",
        "ffi" => "calls into the other language:",
        _ => "calls",
    }
}

/// A label from a line and column on, to its end or the line's.
fn label(source: &SourceFile, start: (usize, usize), end: Option<(usize, usize)>, text: String) -> Option<LabeledSpan> {
    if source.line(start.0 - 1).len() > LONGEST_LINE {
        return None;
    }
    let from = snippet::offset(source, start);
    let line_end = snippet::offset(source, (start.0, usize::MAX));
    let to = match end {
        // A label over several lines draws a box around all of them; its first line says enough.
        Some(end) => snippet::offset(source, end).min(line_end),
        None => line_end,
    };
    Some(LabeledSpan::new(Some(text), from, to.saturating_sub(from)))
}

fn footer(item: &Item, report: &Report<'_>, out: &mut String) -> fmt::Result {
    let style = report.style;
    let mut say = |word: &str, text: &str| {
        let word = if style.color { format!("\u{1b}[36m{word}\u{1b}[0m") } else { word.to_owned() };
        // What follows stands below the first line's text.
        let indents = (2, 4 + "help".len());
        writeln!(out, "{}", wrapped(&format!("{word}: {text}"), style.width, indents))
    };
    if item.entries > 1 {
        let mut also: Vec<String> = Vec::new();
        for chain in item.other_chains.iter().take(3) {
            if let Some(entry) = chain.first() {
                also.push(format!("{} ({}:{})", visible(&entry.function), visible(&entry.file), entry.line));
            }
        }
        let also = if also.is_empty() { String::new() } else { format!(", also {}", also.join(", ")) };
        say("reach", &format!("{} async functions reach it{also}", grouped(item.entries)))?;
    }
    say("help", &visible(&item.help))?;
    say("more", &format!("{}, {}", item.confidence, visible(&report.explained(&item.code, &item.rule))))
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Picture {}

impl miette::Diagnostic for Picture {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|it| Box::new(it) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|it| it as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.label.clone().map(|it| Box::new(std::iter::once(it)) as Box<dyn Iterator<Item = LabeledSpan>>)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        if self.steps.is_empty() {
            return None;
        }
        Some(Box::new(self.steps.iter().map(|it| it as &dyn miette::Diagnostic)))
    }
}
