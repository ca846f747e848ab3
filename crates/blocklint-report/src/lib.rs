//! Prints what the analysis found: text for a terminal, and the formats of continuous integration and editors.
//!
//! Every format is written from one [`Document`], in which byte spans have become lines and columns; only [`full`](Format::Full)
//! looks at the sources again, to show them. It reads no file, no environment and no terminal: the caller says how wide and how colourful
//! the output is. It knows no analysis: what is wrong, how bad and why stands in the findings.

mod azure;
mod concise;
mod document;
mod escape;
mod format;
mod full;
mod github;
mod gitlab;
mod grouped;
mod junit;
mod numbers;
mod rdjson;
mod sarif;
mod source;
mod summary;
mod wrap;

#[cfg(test)]
mod tests;

pub use document::{Document, FileProblem, Fix, Item, Point, StepItem, SummaryItem, Tool};
pub use escape::visible;
pub use format::Format;
pub use full::{Style, verb};
pub use github::step_summary;
pub use source::{Position, SourceFile, Sources};
pub use summary::{Totals, summary_line};
pub use wrap::wrapped;

use std::io;

/// The JSON Schema of [`Document`], as `blocklint schema findings` prints it.
pub const FINDINGS_SCHEMA: &str = include_str!("findings.schema.json");

/// What a rule says about itself, for formats that carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleText {
    /// `BL001`.
    pub code: String,
    /// `self-wait-deadlock`.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// The page as Markdown.
    pub page: String,
}

/// Everything a format may need.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What was found.
    pub document: &'a Document,
    /// The texts it was found in.
    pub sources: &'a Sources,
    /// The rules that may be mentioned.
    pub rules: &'a [RuleText],
    /// How text is drawn.
    pub style: &'a Style,
    /// How the hidden findings can be seen: `--profile strict`.
    pub hidden_hint: Option<&'a str>,
    /// The address under which the rules' pages are served, if they are.
    pub docs_url: Option<&'a str>,
}

/// The address of a rule's page, named as `cargo xtask docs` names it.
pub(crate) fn address(docs_url: &str, rule: &str) -> String {
    format!("{}/{rule}.html", docs_url.trim_end_matches('/'))
}

impl Report<'_> {
    /// Where a rule is explained: an address, or the command that prints its page.
    pub(crate) fn explained(&self, code: &str, rule: &str) -> String {
        self.docs_url.map_or_else(|| format!("`blocklint explain {code}`"), |it| address(it, rule))
    }
}

/// Writes the report in one format.
pub fn write(format: Format, report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Full => full::write(report, out),
        Format::Concise => concise::write(report, out),
        Format::Grouped => grouped::write(report, out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, report.document)?;
            writeln!(out)
        }
        Format::JsonLines => json_lines(report.document, out),
        Format::Github => github::write(report, out),
        Format::Gitlab => gitlab::write(report.document, out),
        Format::Sarif => sarif::write(report, out),
        Format::Junit => junit::write(report.document, out),
        Format::Rdjson => rdjson::write(report, out),
        Format::Azure => azure::write(report, out),
    }
}

fn json_lines(document: &Document, out: &mut dyn io::Write) -> io::Result<()> {
    for item in &document.findings {
        serde_json::to_writer(&mut *out, item)?;
        writeln!(out)?;
    }
    Ok(())
}
