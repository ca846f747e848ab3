//! `block_in_place` on a runtime with one thread: it panics, as there is no other thread to move the tasks to.

use super::own_place::{self, OwnPlace};
use super::{Cx, Rule};
use crate::finding::{Confidence, Finding, Severity};
use crate::link::Func;
use blocklint_catalog::fact::{Decorates, RunsOn};
use blocklint_ir::{Call, ValueKind};
use rustc_hash::FxHashSet;

pub(super) fn detect(cx: &mut Cx<'_, '_>, func: Func, out: &mut Vec<Finding>) {
    let function = cx.types.program.function(func);
    for (index, value) in function.values.iter().enumerate() {
        let ValueKind::Call(call) = &value.kind else { continue };
        let Some(api) = in_place(cx, func, call) else { continue };
        if !on_single_thread(cx, func) {
            continue;
        }
        let says = OwnPlace {
            rule: Rule::InPlace,
            severity: Severity::Error,
            confidence: Confidence::Likely,
            api,
            message: "`block_in_place` panics on a current-thread runtime: \"can call blocking only when running on the multi-threaded runtime\"",
            help: "use `tokio::task::spawn_blocking`, or give the entry a multi-threaded runtime: `flavor = \"multi_thread\"`".to_owned(),
        };
        let finding = own_place::finding(cx, func, blocklint_ir::ValueId::new(index), says, out);
        out.push(finding);
    }
}

fn in_place(cx: &mut Cx<'_, '_>, func: Func, call: &Call) -> Option<String> {
    let path =
        cx.types.library_function(func, call.callee, |it| it.hand_offs.iter().any(|it| it.runs == RunsOn::InPlace))?;
    Some(cx.types.paths.shown(path).to_owned())
}

/// Whether some entry on a runtime with one thread leads here, through calls and awaits, and no other entry does.
fn on_single_thread(cx: &mut Cx<'_, '_>, to: Func) -> bool {
    let program = cx.types.program;
    let entries: Vec<Func> = program
        .all_functions()
        .filter(|&it| !program.function(it).decorators.is_empty())
        .filter(|&it| cx.types.decoration(it) == Some(Decorates::SingleThreadEntry))
        .collect();
    let mut seen: FxHashSet<Func> = entries.iter().copied().collect();
    let mut todo = entries;
    while let Some(func) = todo.pop() {
        if func == to {
            return true;
        }
        let calls = cx.graph.edges[func.0 as usize].iter().map(|it| it.to);
        let awaits = cx.graph.awaits[func.0 as usize].iter().map(|it| it.1);
        todo.extend(calls.chain(awaits).filter(|&it| seen.insert(it)));
    }
    false
}
