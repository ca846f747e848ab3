//! Findings as a client shows them. A finding is shown at its blocking call, and where an open file leads to a call in another one, at
//! the step that does: the blocking line may be in a file that nobody opened.

use super::position::Encoding;
use super::program::Program;
use blocklint_engine::finding::{Analysis, Finding, Place, Severity, Step};
use blocklint_report::{SourceFile, Sources};
use gen_lsp_types as lsp;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Something to show in a file.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// The finding, placed where it is shown.
    pub(super) finding: Finding,
    pub(super) diagnostic: lsp::Diagnostic,
    /// The finding with its way, as Markdown.
    pub(super) story: String,
}

/// What is shown in a file.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Of the text that the positions are in.
    pub(super) version: i32,
    pub(super) marks: Vec<Mark>,
}

/// What there is to show in the files that are open.
pub(super) fn marks(
    program: &Program,
    analysis: &Analysis,
    encoding: Encoding,
    open: impl Fn(&Path) -> bool,
) -> BTreeMap<PathBuf, Vec<Mark>> {
    let view = View { program, sources: Sources::collect(analysis, |file| program.text(file)), encoding };
    let mut all: BTreeMap<PathBuf, Vec<Mark>> = BTreeMap::new();
    let mut add = |place: &Place, mark: &dyn Fn() -> Option<Mark>| {
        let path = program.path(&place.file);
        if open(&path)
            && let Some(mark) = mark()
        {
            let marks = all.entry(path).or_default();
            if !marks.iter().any(|it| it.diagnostic == mark.diagnostic) {
                marks.push(mark);
            }
        }
    };
    for finding in &analysis.findings {
        add(&finding.place, &|| view.blocking(finding));
        for step in std::iter::once(&finding.chain).chain(&finding.other_chains).flat_map(|it| entries(it, finding)) {
            add(&step.place, &|| view.leading(finding, step));
        }
    }
    all
}

/// The first step of a chain in each file besides the finding's own.
fn entries<'a>(chain: &'a [Step], finding: &'a Finding) -> impl Iterator<Item = &'a Step> {
    let mut files = BTreeSet::from([&*finding.place.file]);
    chain.iter().filter(move |it| files.insert(&it.place.file))
}

struct View<'a> {
    program: &'a Program,
    sources: Sources,
    encoding: Encoding,
}

impl View<'_> {
    fn range(&self, place: &Place) -> Option<lsp::Range> {
        let source: &SourceFile = self.sources.get(&place.file)?;
        Some(self.encoding.range(source, place.span))
    }

    fn location(&self, place: &Place) -> Option<lsp::Location> {
        let uri = lsp::Uri::from_file_path(self.program.path(&place.file)).ok()?;
        Some(lsp::Location { uri, range: self.range(place)? })
    }

    /// The mark at the blocking call.
    fn blocking(&self, finding: &Finding) -> Option<Mark> {
        let severity = match finding.severity {
            Severity::Error => lsp::DiagnosticSeverity::Error,
            Severity::Warning => lsp::DiagnosticSeverity::Warning,
            Severity::Note => lsp::DiagnosticSeverity::Information,
        };
        let way = if finding.chain.len() > 1 { finding.chain.as_slice() } else { &[] };
        let related = way.iter().filter_map(|step| {
            let message = format!("`{}` on the event loop: {}", step.function, step.via);
            Some(lsp::DiagnosticRelatedInformation { location: self.location(&step.place)?, message })
        });
        let message = format!("{}\nhelp: {}", finding.message, finding.help);
        self.mark(finding, &finding.place, severity, message, related.collect())
    }

    /// The mark at a step that leads to a blocking call in another file.
    fn leading(&self, finding: &Finding, step: &Step) -> Option<Mark> {
        let related = self.location(&finding.place).map(|location| {
            let message = format!("`{}` blocks here", finding.function);
            lsp::DiagnosticRelatedInformation { location, message }
        });
        let message = format!("`{}` leads to a blocking call: {}", step.function, finding.message);
        let related = related.into_iter().collect();
        self.mark(finding, &step.place, lsp::DiagnosticSeverity::Information, message, related)
    }

    fn mark(
        &self,
        finding: &Finding,
        place: &Place,
        severity: lsp::DiagnosticSeverity,
        message: String,
        related: Vec<lsp::DiagnosticRelatedInformation>,
    ) -> Option<Mark> {
        let page = self.program.docs_url().map(|url| format!("{}/{}.html", url.trim_end_matches('/'), finding.rule));
        let diagnostic = lsp::Diagnostic {
            range: self.range(place)?,
            severity: Some(severity),
            code: Some(finding.code.to_string().into()),
            code_description: page.and_then(|it| it.parse().ok()).map(|href| lsp::CodeDescription { href }),
            source: Some("blocklint".to_owned()),
            message: message.into(),
            tags: None,
            related_information: Some(related).filter(|it| !it.is_empty()),
            data: None,
        };
        let story = self.story(finding);
        let mut finding = finding.clone();
        if finding.place != *place {
            finding.chain.retain(|it| it.place == *place);
            finding.place = place.clone();
        }
        Some(Mark { finding, diagnostic, story })
    }

    fn story(&self, finding: &Finding) -> String {
        let Finding { code, rule, severity, confidence, message, help, .. } = finding;
        let mut out = format!("**{code} {rule}** ({severity}, {confidence})\n\n{message}\n");
        if finding.chain.len() > 1 {
            out.push('\n');
            for (step, location) in finding.chain.iter().filter_map(|it| Some((it, self.location(&it.place)?))) {
                let line = location.range.start.line + 1;
                let (function, file) = (&step.function, &step.place.file);
                let _ = writeln!(out, "1. `{function}` in [{file}:{line}]({}#L{line})", location.uri);
            }
        }
        if finding.entries > 1 {
            let _ = write!(out, "\n{} async functions reach it.\n", finding.entries);
        }
        let _ = write!(out, "\n{help}\n\n`blocklint explain {code}` says more.");
        out
    }
}
