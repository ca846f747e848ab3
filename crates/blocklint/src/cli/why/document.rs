//! The answer as JSON.

use super::words;
use crate::cli::shown::{Asked, Shown};
use blocklint_engine::explain::{
    Because, Blocks, Fate, FunctionAnswer, Lead, Library, Runs, Site, Stop, Told, Verdict, Why,
};
use blocklint_engine::finding::{Accessor, Place, Step};
use serde_json::{Value, json};

/// The whole answer. Lines and columns count from 1.
pub(super) fn document(answer: &Why, asked: &Asked, shown: &Shown<'_>) -> Value {
    let functions: Vec<Value> = answer.functions.iter().map(|it| function(it, shown)).collect();
    let findings: Vec<Value> = answer.told.iter().map(|it| finding(it, shown)).collect();
    let line = place(&Place { file: asked.file.as_str().into(), span: asked.line }, shown);
    json!({
        "schema_version": 1,
        "file": line["file"],
        "line": line["line"],
        "functions": functions,
        "findings": findings,
    })
}

fn place(place: &Place, shown: &Shown<'_>) -> Value {
    let [(line, column), (end_line, end_column)] = shown.range(place);
    json!({
        "file": shown.file(place),
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    })
}

fn code(at: &Place, shown: &Shown<'_>) -> Value {
    let mut value = place(at, shown);
    value["text"] = json!(shown.text(at));
    value
}

fn function(it: &FunctionAnswer, shown: &Shown<'_>) -> Value {
    json!({
        "name": it.name.as_ref(),
        "place": place(&it.place, shown),
        "asynchronous": it.asynchronous,
        "runs": it.runs.iter().map(|it| runs(it, shown)).collect::<Vec<_>>(),
        "sites": it.sites.iter().map(|it| site(it, shown)).collect::<Vec<_>>(),
    })
}

fn runs(it: &Runs, shown: &Shown<'_>) -> Value {
    let handed_over = match &it.because {
        Because::HandedOver(at) => place(at, shown),
        _ => Value::Null,
    };
    json!({
        "domain": it.domain.name(),
        "because": it.because.to_string(),
        "handed_over": handed_over,
        "route": steps(&it.route, shown),
        "entries": it.entries,
    })
}

fn steps(steps: &[Step], shown: &Shown<'_>) -> Vec<Value> {
    let step = |it: &Step| {
        let mut value = place(&it.place, shown);
        value["function"] = json!(it.function.as_ref());
        value["via"] = json!(it.via.name());
        value
    };
    steps.iter().map(step).collect()
}

fn site(it: &Site, shown: &Shown<'_>) -> Value {
    json!({
        "place": code(&it.place, shown),
        "via": it.via.name(),
        "awaited": it.awaited,
        "guard": it.guard.as_ref().map(|it| json!({"test": it.test.as_ref().map(|it| code(it, shown))})),
        "leads": it.leads.iter().map(|it| lead(it, shown)).collect::<Vec<_>>(),
        "stopped": it.stopped.iter().map(|it| stop(it, shown)).collect::<Vec<_>>(),
    })
}

fn lead(lead: &Lead, shown: &Shown<'_>) -> Value {
    match lead {
        Lead::Function { name, place: at, via, accessor, confidence, below } => json!({
            "to": "function",
            "name": name.as_ref(),
            "place": place(at, shown),
            "via": via.name(),
            "accessor": accessor.map(Accessor::name),
            "confidence": confidence.name(),
            "below": below.iter().map(|it| blocks(it, shown)).collect::<Vec<_>>(),
        }),
        Lead::Coroutine { name, place: at, findings } => json!({
            "to": "coroutine", "name": name.as_ref(), "place": place(at, shown), "findings": findings,
        }),
        Lead::HandedOver { name, place: at, runs } => json!({
            "to": "hand-off", "name": name.as_ref(), "place": place(at, shown), "domain": runs.name(),
        }),
        Lead::Library(it) => library(it, shown),
        Lead::Type(name) => json!({"to": "type", "name": name.as_ref()}),
        Lead::Parameter { name, asynchronous } => {
            json!({"to": "parameter", "name": name.as_ref(), "asynchronous": asynchronous})
        }
        Lead::NotHere { name, place: at, why } => json!({
            "to": "nothing", "name": name.as_ref(), "place": place(at, shown), "reason": why,
        }),
    }
}

fn library(it: &Library, shown: &Shown<'_>) -> Value {
    json!({
        "to": "library",
        "name": it.path,
        "bound": it.bound,
        "known": it.known,
        "source": it.source,
        "blocks": it.blocks.as_ref().map(|it| blocks(it, shown)),
    })
}

fn blocks(it: &Blocks, shown: &Shown<'_>) -> Value {
    let code = match &it.verdict {
        Verdict::Finding(code, _) => Some(code),
        _ => None,
    };
    json!({
        "api": it.api,
        "effect": it.effect.name(),
        "place": place(&it.place, shown),
        "chain": steps(&it.chain, shown),
        "code": code,
        "reported": matches!(it.verdict, Verdict::Finding(_, Fate::Reported)),
        "verdict": words::verdict(it, shown),
    })
}

fn stop(it: &Stop, shown: &Shown<'_>) -> Value {
    json!({"place": code(&it.place, shown), "reason": it.gap.to_string()})
}

fn finding(it: &Told, shown: &Shown<'_>) -> Value {
    let finding = &it.finding;
    json!({
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity.name(),
        "confidence": finding.confidence.name(),
        "message": finding.message,
        "place": place(&finding.place, shown),
        "function": finding.function.as_ref(),
        "chain": steps(&finding.chain, shown),
        "entries": finding.entries,
        "fingerprint": finding.fingerprint,
        "reported": it.fate == Fate::Reported,
        "verdict": words::fate(&finding.code, &it.fate, shown),
    })
}
