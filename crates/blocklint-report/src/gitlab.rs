//! GitLab's Code Quality report.

use crate::document::{Document, Item};
use serde_json::{Value, json};
use std::io;

pub(crate) fn write(document: &Document, out: &mut dyn io::Write) -> io::Result<()> {
    let issues: Vec<Value> = document.findings.iter().map(issue).collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

fn issue(item: &Item) -> Value {
    let severity = match item.severity.as_str() {
        "error" => "critical",
        "warning" => "major",
        _ => "minor",
    };
    json!({
        "type": "issue",
        "check_name": item.rule,
        "description": format!("{}: {}", item.code, item.message),
        "categories": ["Performance"],
        "severity": severity,
        "fingerprint": item.fingerprint,
        "location": {
            "path": item.file,
            "positions": {
                "begin": {"line": item.line, "column": item.column},
                "end": {"line": item.end_line, "column": item.end_column},
            },
        },
    })
}
