//! `executor.submit(f(x))`: `f` runs on the loop, and the executor gets its result.

use super::own_place::{self, OwnPlace};
use super::{Cx, Rule, runtime};
use crate::finding::{Confidence, Finding, Severity};
use crate::graph::passed;
use crate::link::Func;
use crate::types::Shape;
use blocklint_catalog::fact::RunsOn;
use blocklint_ir::{Call, Color, Literal, ValueId, ValueKind};

pub(super) fn detect(cx: &mut Cx<'_, '_>, func: Func, out: &mut Vec<Finding>) {
    if cx.contexts.reached(func).is_none() {
        return;
    }
    let function = cx.types.program.function(func);
    for value in &function.values {
        let ValueKind::Call(call) = &value.kind else { continue };
        let Some((argument, api)) = offloaded(cx, func, call) else { continue };
        let ValueKind::Call(inner) = &function.value(argument).kind else { continue };
        if !runs_eagerly(cx, func, inner) {
            continue;
        }
        let message = format!(
            "the call in the argument of `{api}` runs here, on the event loop's thread: only its result is handed over"
        );
        let says = OwnPlace {
            rule: Rule::EagerOffload,
            severity: Severity::Warning,
            confidence: Confidence::Likely,
            api,
            message: &message,
            help: format!(
                "pass the function and its arguments apart, as in {}",
                runtime::of(cx.types.program, func).offload
            ),
        };
        let finding = own_place::finding(cx, func, argument, says, out);
        out.push(finding);
    }
}

/// The argument that should be a callable for another thread.
fn offloaded(cx: &mut Cx<'_, '_>, func: Func, call: &Call) -> Option<(ValueId, String)> {
    let callees = cx.types.of(func, call.callee);
    for callee in cx.types.shapes(callees).to_vec() {
        let Shape::External(path) = *cx.types.shape(callee) else { continue };
        let hand_offs = &cx.types.paths.facts(path).hand_offs;
        let Some(which) = hand_offs
            .iter()
            .find(|it| matches!(it.runs, RunsOn::Worker | RunsOn::Process))
            .and_then(|it| it.callable.clone())
        else {
            continue;
        };
        let shown = cx.types.paths.shown(path).to_owned();
        return passed(cx.types, func, call, &which).ok().flatten().map(|it| (it, shown));
    }
    None
}

/// A call of a synchronous function of the program that certainly gives no callable.
fn runs_eagerly(cx: &mut Cx<'_, '_>, func: Func, call: &Call) -> bool {
    let callees = cx.types.of(func, call.callee);
    let callees = cx.types.shapes(callees).to_vec();
    !callees.is_empty()
        && callees.iter().all(|&it| match *cx.types.shape(it) {
            Shape::Function(target) | Shape::Method(target, _) => gives_no_callable(cx, target),
            _ => false,
        })
}

fn gives_no_callable(cx: &mut Cx<'_, '_>, target: Func) -> bool {
    let function = cx.types.program.function(target);
    if function.color != Color::Sync || function.stub || !function.decorators.is_empty() {
        return false;
    }
    let nothing =
        function.returns.iter().all(|&it| matches!(function.value(it).kind, ValueKind::Literal(Literal::None)));
    let result = cx.types.body_result(target);
    let shapes = cx.types.shapes(result);
    nothing
        || (!shapes.is_empty()
            && shapes.iter().all(|&it| cx.types.is_written_out(it) || matches!(cx.types.shape(it), Shape::None)))
}
