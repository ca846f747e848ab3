//! A task that renews a credential and that nobody holds: it may be collected before it ends, and each call starts another.

use super::own_place::{self, OwnPlace};
use super::{Cx, Rule};
use crate::finding::{Confidence, Finding, Severity, Via};
use crate::link::Func;
use crate::types::Shape;
use blocklint_ir::{Call, ValueId, ValueKind};
use rustc_hash::FxHashSet;

/// A refresh that is further down than this is some other work's.
const MAX_DEPTH: usize = 2;

pub(super) fn detect(cx: &mut Cx<'_, '_>, func: Func, out: &mut Vec<Finding>) {
    let function = cx.types.program.function(func);
    for &site in &function.discarded {
        let ValueKind::Call(call) = &function.value(site).kind else { continue };
        let Some(api) = weak_task(cx, func, call) else { continue };
        let started: Vec<Func> = call.arguments.iter().flat_map(|it| coroutines(cx, func, it.value)).collect();
        if !started.iter().any(|&it| renews_credential(cx, it)) {
            continue;
        }
        let says = OwnPlace {
            rule: Rule::LostTask,
            severity: Severity::Warning,
            confidence: Confidence::Likely,
            api,
            message: "nobody holds the task that refreshes the credential: it may be collected before it ends, and every call starts another",
            help:
                "keep one background task in an attribute and let it refresh ahead of expiry: `iam_refresh.TokenCache`"
                    .to_owned(),
        };
        let finding = own_place::finding(cx, func, site, says, out);
        out.push(finding);
    }
}

fn weak_task(cx: &mut Cx<'_, '_>, func: Func, call: &Call) -> Option<String> {
    let path = cx.types.library_function(func, call.callee, |it| it.weak_task)?;
    Some(cx.types.paths.shown(path).to_owned())
}

fn coroutines(cx: &mut Cx<'_, '_>, func: Func, value: ValueId) -> Vec<Func> {
    let set = cx.types.of(func, value);
    let shapes = cx.types.shapes(set);
    shapes
        .iter()
        .filter_map(|&it| if let Shape::Coroutine(to) = *cx.types.shape(it) { Some(to) } else { None })
        .collect()
}

/// Whether refreshing is what the task is for: a few plain calls down it renews a credential. What it awaits is other work that
/// may happen to need one, and so are an attribute that it reads and a client that it makes.
fn renews_credential(cx: &Cx<'_, '_>, from: Func) -> bool {
    let mut seen: FxHashSet<Func> = [from].into_iter().collect();
    let mut todo = vec![(from, 0)];
    while let Some((func, depth)) = todo.pop() {
        let exits = &cx.graph.exits[func.0 as usize];
        if exits.iter().any(|it| cx.types.paths.facts(it.path).blocking.is_some_and(|it| it.credential)) {
            return true;
        }
        if depth == MAX_DEPTH {
            continue;
        }
        let edges = cx.graph.edges[func.0 as usize].iter();
        let calls = edges.filter(|it| it.how.accessor.is_none() && it.how.via != Via::Construct).map(|it| it.to);
        todo.extend(calls.filter(|&it| seen.insert(it)).map(|it| (it, depth + 1)));
    }
    false
}
