//! Reviewdog's diagnostic format. The chain goes into `related_locations`.

use crate::Report;
use crate::document::{Item, StepItem};
use serde_json::{Value, json};
use std::io;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let document = report.document;
    let severity = match document.worst_first().first() {
        Some(worst) => level(&worst.severity),
        None => "INFO",
    };
    let result = json!({
        "source": {"name": document.tool.name, "url": "https://github.com/blocklint/blocklint"},
        "severity": severity,
        "diagnostics": document.findings.iter().map(|it| diagnostic(it, report.docs_url)).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &result)?;
    writeln!(out)
}

fn level(severity: &str) -> &'static str {
    match severity {
        "error" => "ERROR",
        "warning" => "WARNING",
        _ => "INFO",
    }
}

fn diagnostic(item: &Item, docs_url: Option<&str>) -> Value {
    let range = json!({
        "start": {"line": item.line, "column": item.column},
        "end": {"line": item.end_line, "column": item.end_column},
    });
    let mut code = json!({"value": item.code});
    // An address or nothing: a path inside our own repository leads nowhere from the reader's.
    if docs_url.is_some() {
        code["url"] = item.fix.docs.as_str().into();
    }
    json!({
        "message": format!("{}\nhelp: {}", item.message, item.help),
        "location": {"path": item.file, "range": range},
        "severity": level(&item.severity),
        "code": code,
        "related_locations": item.chain.iter().map(related).collect::<Vec<_>>(),
    })
}

fn related(step: &StepItem) -> Value {
    let start = json!({"line": step.line, "column": step.column});
    json!({
        "message": format!("in {}, by {}", step.function, step.via),
        "location": {"path": step.file, "range": {"start": start}},
    })
}
