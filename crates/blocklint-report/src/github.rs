//! Workflow commands of GitHub Actions. GitHub shows ten errors and ten warnings of a step and drops the rest without a word, so the
//! worst come first, the rest goes to the log, and a notice says how many there are.

use crate::concise::{line, way};
use crate::document::Document;
use crate::escape::{github_data, github_property, log_line, markdown_cell};
use crate::{Item, Report, summary_line};
use std::io;

/// How many annotations of one kind GitHub shows for a step.
const SHOWN: usize = 10;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let items = report.document.worst_first();
    let mut rest: Vec<&Item> = Vec::new();
    for (severity, command) in [("error", "error"), ("warning", "warning"), ("note", "notice")] {
        let mut of_kind = items.iter().filter(|it| it.severity == severity);
        // One notice is kept for saying how many more there are.
        let shown = if severity == "note" { SHOWN - 1 } else { SHOWN };
        for item in of_kind.by_ref().take(shown) {
            annotation(command, item, out)?;
        }
        rest.extend(of_kind);
    }
    if !rest.is_empty() {
        writeln!(out, "::notice title=blocklint::{} more findings are in the log of this step", rest.len())?;
    }
    for item in rest {
        writeln!(out, "- {}", log_line(&line(item)))?;
    }
    for problem in report.document.problems() {
        writeln!(out, "- {}", log_line(&problem))?;
    }
    writeln!(out, "{}", summary_line(report))
}

fn annotation(command: &str, item: &Item, out: &mut dyn io::Write) -> io::Result<()> {
    let chain = if item.has_way() { format!("%0Areached by {}", github_data(&way(item))) } else { String::new() };
    writeln!(
        out,
        "::{command} title={},file={},line={},col={},endLine={},endColumn={}::{}{chain}%0Ahelp: {}",
        github_property(&format!("{} {}", item.code, item.rule)),
        github_property(&item.file),
        item.line,
        item.column,
        item.end_line,
        item.end_column,
        github_data(&item.message),
        github_data(&item.help)
    )
}

/// A Markdown table for the page that GitHub shows after a run.
pub fn step_summary(report: &Report<'_>) -> String {
    let document: &Document = report.document;
    let mut out = format!("### blocklint\n\n{}\n", summary_line(report));
    if document.findings.is_empty() {
        return out;
    }
    out.push_str("\n| | place | rule | what | reached by |\n|---|---|---|---|---|\n");
    for item in document.worst_first() {
        let row = format!(
            "| {} | {}:{} | {} {} | {} | {} |\n",
            item.severity,
            markdown_cell(&item.file),
            item.line,
            item.code,
            item.rule,
            markdown_cell(&item.message),
            markdown_cell(&way(item))
        );
        out.push_str(&row);
    }
    out
}
