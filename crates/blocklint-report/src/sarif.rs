//! SARIF 2.1.0, shaped for GitHub's code scanning: relative addresses under `%SRCROOT%`, the chain as a code flow and as related
//! locations that the message links to, and texts below the length at which GitHub cuts.

use crate::document::{Item, StepItem};
use crate::escape::{at_most, uri};
use crate::{Report, RuleText};
use serde_json::{Value, json};
use std::io;

/// GitHub cuts texts above this.
const TEXT_LIMIT: usize = 1000;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let document = report.document;
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "blocklint",
                "semanticVersion": document.tool.version,
                "informationUri": "https://github.com/blocklint/blocklint",
                "rules": report.rules.iter().map(|it| rule(it, report)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The directory that blocklint was run in."}}},
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": document.errors.iter().map(|it| json!({
                    "level": "warning",
                    "message": {"text": at_most(&it.message, TEXT_LIMIT)},
                    "locations": [location(&it.file, &json!({"startLine": it.line}))],
                })).collect::<Vec<_>>(),
            }],
            "results": document.findings.iter().map(|it| result(it, report.rules)).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(rule: &RuleText, report: &Report<'_>) -> Value {
    let explained = report.explained(&rule.code, &rule.name);
    let text = if report.docs_url.is_some() { format!("See {explained}") } else { format!("Run {explained}.") };
    let mut value = json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": at_most(&rule.summary, TEXT_LIMIT)},
        "fullDescription": {"text": at_most(&rule.summary, TEXT_LIMIT)},
        "help": {
            "text": text,
            "markdown": rule.page,
        },
        "properties": {"tags": tags(&rule.code)},
    });
    if report.docs_url.is_some() {
        value["helpUri"] = explained.into();
    }
    value
}

/// CWE-833 is deadlock, CWE-1322 is blocking code in a single-threaded, non-blocking context.
fn tags(code: &str) -> Vec<&'static str> {
    let mut tags = vec!["performance", "reliability", "external/cwe/cwe-1322"];
    if code.starts_with("BL0") {
        tags.push("external/cwe/cwe-833");
    }
    tags
}

fn result(item: &Item, rules: &[RuleText]) -> Value {
    let level = match item.severity.as_str() {
        "error" => "error",
        "warning" => "warning",
        _ => "note",
    };
    let precision = match item.confidence.as_str() {
        "proven" => "very-high",
        "likely" => "high",
        _ => "medium",
    };
    let mut result = json!({
        "ruleId": item.code,
        "level": level,
        "message": {"text": message(item)},
        "locations": [location(&item.file, &json!({
            "startLine": item.line,
            "startColumn": item.column,
            "endLine": item.end_line,
            "endColumn": item.end_column,
        }))],
        "partialFingerprints": {"blocklint/v1": item.fingerprint, "primaryLocationLineHash": item.fingerprint},
        "codeFlows": code_flows(item),
        "relatedLocations": related_locations(item),
        "properties": {
            "precision": precision,
            "confidence": item.confidence,
            "effect": item.effect,
            "api": item.api,
            "entries": item.entries,
            "accessor": item.accessor,
        },
    });
    if let Some(index) = rules.iter().position(|it| it.code == item.code) {
        result["ruleIndex"] = json!(index);
    }
    result
}

/// The first sentence stands alone: a list of results may show no more.
fn message(item: &Item) -> String {
    let sentence = at_most(plain(&item.message).trim_end_matches('.'), TEXT_LIMIT / 2);
    let way: Vec<String> = if item.has_way() {
        item.chain.iter().enumerate().map(|(at, step)| format!("[{}]({at})", plain(&step.function))).collect()
    } else {
        Vec::new()
    };
    // A link that is cut in the middle would be shown as text, so a long way is left to the code flow.
    let way = way.join(" > ");
    let way = if way.is_empty() || way.len() > TEXT_LIMIT / 4 { String::new() } else { format!(" Reached by {way}.") };
    format!("{sentence}.{way} {}", at_most(&plain(&item.help), TEXT_LIMIT / 4))
}

/// Brackets are links in a SARIF message unless a backslash stands before them.
fn plain(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn code_flows(item: &Item) -> Vec<Value> {
    std::iter::once(&item.chain)
        .chain(&item.other_chains)
        .map(|chain| {
            let locations: Vec<Value> = chain.iter().map(|it| json!({"location": step(it, None)})).collect();
            json!({"threadFlows": [{"locations": locations}]})
        })
        .collect()
}

fn related_locations(item: &Item) -> Vec<Value> {
    if !item.has_way() {
        return Vec::new();
    }
    item.chain.iter().enumerate().map(|(id, it)| step(it, Some(id))).collect()
}

fn step(step: &StepItem, id: Option<usize>) -> Value {
    let mut value = location(&step.file, &json!({"startLine": step.line, "startColumn": step.column}));
    value["message"] = json!({"text": at_most(&format!("{} ({})", plain(&step.function), step.via), TEXT_LIMIT)});
    if let Some(id) = id {
        value["id"] = json!(id);
    }
    value
}

fn location(file: &str, region: &Value) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(file), "uriBaseId": "%SRCROOT%"},
        "region": region,
    }})
}
