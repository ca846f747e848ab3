//! The last line: what was found, and how much was seen, so that silence can be read.

use crate::Report;
use crate::document::Document;
use crate::numbers::{counted, grouped};

/// Findings by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Deadlocks and certain failures.
    pub errors: usize,
    /// Stalls.
    pub warnings: usize,
    /// Bounded local work.
    pub notes: usize,
}

impl Totals {
    /// Counts the document's findings.
    pub fn of(document: &Document) -> Self {
        Self { errors: document.count("error"), warnings: document.count("warning"), notes: document.count("note") }
    }
}

/// `Found 3 errors and 2 warnings (12 hidden; …) in 1,727 files, 43,000 functions; 78 % of calls resolved.`
pub fn summary_line(report: &Report<'_>) -> String {
    let document = report.document;
    let summary = &document.summary;
    let totals = Totals::of(document);
    let parts: Vec<String> = [(totals.errors, "error"), (totals.warnings, "warning"), (totals.notes, "note")]
        .into_iter()
        .filter(|it| it.0 > 0)
        .map(|(count, noun)| counted(count, noun))
        .collect();
    let found = match parts.as_slice() {
        [] if summary.async_functions == 0 => "Nothing runs on an event loop".to_owned(),
        [] => "All clear: nothing found that blocks an event loop".to_owned(),
        [only] => format!("Found {only}"),
        [first @ .., last] => format!("Found {} and {last}", first.join(", ")),
    };
    let seen = format!(
        "in {}, {} ({} async)",
        counted(summary.files, "file"),
        counted(summary.functions, "function"),
        grouped(summary.async_functions)
    );
    format!("{found}{} {seen}; {}.{}", left_out(report), resolved(document), unparsed(document))
}

fn left_out(report: &Report<'_>) -> String {
    let summary = &report.document.summary;
    let mut parts = Vec::new();
    if summary.hidden > 0 {
        let hint = report.hidden_hint.map_or_else(String::new, |it| format!("; `{it}` shows more"));
        parts.push(format!("{} hidden{hint}", grouped(summary.hidden)));
    }
    for (count, what) in
        [(summary.suppressed, "suppressed"), (summary.baselined, "in the baseline"), (summary.unchanged, "unchanged")]
    {
        if count > 0 {
            parts.push(format!("{} {what}", grouped(count)));
        }
    }
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn resolved(document: &Document) -> String {
    let summary = &document.summary;
    if summary.call_sites == 0 {
        return "no calls".to_owned();
    }
    let known = summary.calls_resolved + summary.calls_external;
    format!("{} % of {} resolved", known * 100 / summary.call_sites, counted(summary.call_sites, "call"))
}

fn unparsed(document: &Document) -> String {
    match document.errors.len() {
        0 => String::new(),
        _ if document.summary.unparsed_files == 0 => format!(" {} left out.", counted(document.errors.len(), "file")),
        _ => format!(" {} read in part.", counted(document.summary.unparsed_files, "file")),
    }
}
