//! A lock of threads that is held while a task waits: another task on the same thread that wants it stops the thread for good.

use super::own_place::{self, OwnPlace};
use super::{Cx, Rule};
use crate::finding::{Confidence, Finding, Severity};
use crate::link::{Func, Ty};
use crate::types::{Shape, ShapeId};
use blocklint_ir::{MemberKind, RegionId, RegionKind, Value, ValueId, ValueKind};
use indexmap::IndexSet;
use rustc_hash::FxHashSet;

pub(super) fn detect(cx: &mut Cx<'_, '_>, func: Func, out: &mut Vec<Finding>) {
    let program = cx.types.program;
    let function = program.function(func);
    let mut held: IndexSet<ValueId> = IndexSet::new();
    let mut seen = FxHashSet::default();
    for region in waits(cx, func) {
        // Around a region that was seen there is nothing new.
        for (_, around) in function.regions_around(region).take_while(|it| seen.insert(it.0)) {
            if let RegionKind::Held { context } = around.kind {
                held.insert(context);
            }
        }
    }
    // What is entered asynchronously is no lock of threads, whatever else it may be elsewhere.
    let entered = |it: &Value| if let ValueKind::EnterAsync(context) = it.kind { Some(context) } else { None };
    let asynchronous: FxHashSet<ValueId> =
        if held.is_empty() { FxHashSet::default() } else { function.values.iter().filter_map(entered).collect() };
    for context in held {
        if asynchronous.contains(&context) || only_tries(cx, func, context) {
            continue;
        }
        let Some(api) = lock(cx, func, context) else { continue };
        let message = format!(
            "`{api}` stays locked while this task awaits: another task of this thread that wants it stops the thread for good"
        );
        let says = OwnPlace {
            rule: Rule::LockAcrossAwait,
            severity: Severity::Error,
            confidence: Confidence::Likely,
            api,
            message: &message,
            help: "release the lock before the `await`, or use the asynchronous lock of the runtime".to_owned(),
        };
        let finding = own_place::finding(cx, func, context, says, out);
        out.push(finding);
    }
}

/// Where a task that runs this function may wait: at what it awaits, and where what is awaited (`__await__`) yields.
fn waits(cx: &Cx<'_, '_>, func: Func) -> Vec<RegionId> {
    let program = cx.types.program;
    let function = program.function(func);
    if function.color.on_loop() {
        let (file, id) = program.place_of(func);
        return program.file(file).summary.facts[id.index()].awaits.iter().map(|it| it.1).collect();
    }
    let awaited = |it: Ty| program.hierarchy.triggered(it, MemberKind::Await).iter().any(|it| it.func == func);
    if function.yields.is_empty() || !program.owner(func).is_some_and(awaited) {
        return Vec::new();
    }
    function.yields.iter().map(|&it| function.value(it).region).collect()
}

/// Whether the guard comes from an attempt that gives up at once: nobody waits where all who want it only try.
fn only_tries(cx: &Cx<'_, '_>, func: Func, value: ValueId) -> bool {
    let program = cx.types.program;
    let module = &program.file(program.file_of(func)).summary.module;
    let mut at = value;
    loop {
        at = match &program.value(func, at).kind {
            ValueKind::Call(call) => call.callee,
            ValueKind::Attribute { name, .. } if module.text(*name).starts_with("try_") => return true,
            ValueKind::Attribute { base, .. } | ValueKind::Payload { base, .. } => *base,
            ValueKind::Unwrap(of) | ValueKind::Present(of) | ValueKind::Narrow { of, .. } => *of,
            _ => return false,
        };
    }
}

/// The lock's or guard's path, if the value is one that blocks threads, or a context that holds one.
fn lock(cx: &mut Cx<'_, '_>, func: Func, value: ValueId) -> Option<String> {
    let set = cx.types.of(func, value);
    cx.types.shapes(set).to_vec().into_iter().find_map(|it| match *cx.types.shape(it) {
        Shape::Context(context) => held_while_yielding(cx, context).and_then(|it| itself(cx, context, it)),
        _ => itself(cx, func, value),
    })
}

fn itself(cx: &mut Cx<'_, '_>, func: Func, value: ValueId) -> Option<String> {
    let set = cx.types.of(func, value);
    let lock = |it: &ShapeId| match *cx.types.shape(*it) {
        Shape::ExternalInstance(path, _) => cx.types.paths.facts(path).lock.map(|_| path),
        _ => None,
    };
    // What is awaited is the asynchronous one of twins.
    let awaited = matches!(cx.types.program.value(func, value).kind, ValueKind::Await(_));
    if awaited && !cx.types.shapes(set).iter().all(|it| lock(it).is_some()) {
        return None;
    }
    cx.types.shapes(set).iter().find_map(lock).map(|it| cx.types.paths.shown(it).to_owned())
}

/// What the generator behind a context holds while the body of the `with` runs.
fn held_while_yielding(cx: &Cx<'_, '_>, context: Func) -> Option<ValueId> {
    let function = cx.types.program.function(context);
    let [yielded] = function.yields[..] else { return None };
    function.regions_around(function.value(yielded).region).find_map(|(_, around)| match around.kind {
        RegionKind::Held { context } => Some(context),
        _ => None,
    })
}
