//! Loops that run inside one another, because the code has patched them to, or that are refused, as the code expects.

use super::caught::handlers;
use crate::link::Func;
use crate::types::{Shape, Types};
use blocklint_catalog::fact::{Blocking, Effect, Guard, OnLoop};
use blocklint_ir::{Function, FunctionId, RegionId, ValueId, ValueKind};

/// Whether a call that a running loop refuses is allowed there: the function has patched the loops before it, or its file has, or
/// the refusal is what tells the code that a loop runs.
pub(super) fn allowed(types: &mut Types<'_>, func: Func, site: ValueId, blocking: &Blocking) -> bool {
    if blocking.on_loop == OnLoop::Stalls {
        return false;
    }
    if handlers(types, func, site, Guard::RaisedOnLoop).into_iter().any(|it| does_it_otherwise(types, func, site, it)) {
        return true;
    }
    let function = types.program.function(func);
    let region = function.value(site).region;
    let before = |it: ValueId| {
        it < site && function.regions_around(region).any(|(around, _)| around == function.value(it).region)
    };
    if calls(function).filter(|&it| before(it)).any(|it| patches(types, func, it)) {
        return true;
    }
    let (file, _) = types.program.place_of(func);
    let top = types.program.func(file, FunctionId::TOP);
    calls(types.program.function(top)).any(|it| patches(types, top, it))
}

/// Whether a handler does what was refused in another way: with the same arguments, or so that it is returned or awaited, or by what runs
/// something. Not if it only writes down that it was refused.
fn does_it_otherwise(types: &mut Types<'_>, func: Func, refused: ValueId, handler: RegionId) -> bool {
    let function = types.program.function(func);
    let within = |it: &ValueId| function.regions_around(function.value(*it).region).any(|(at, _)| at == handler);
    calls(function).filter(within).any(|it| {
        let ValueKind::Call(call) = &function.value(it).kind else { return false };
        let set = types.of(func, call.callee);
        types.shapes(set).to_vec().into_iter().any(|shape| match *types.shape(shape) {
            Shape::Function(_) | Shape::Method(..) => {
                shares_argument(function, refused, it) || is_returned_or_awaited(function, it)
            }
            Shape::External(path) => {
                let facts = types.paths.facts(path);
                let drives = facts.blocking.is_some_and(|it| it.effect == Effect::Runtime);
                drives || facts.current_loop || facts.schedules_on.is_some() || !facts.hand_offs.is_empty()
            }
            _ => false,
        })
    })
}

fn shares_argument(function: &Function, one: ValueId, other: ValueId) -> bool {
    let (ValueKind::Call(one), ValueKind::Call(other)) = (&function.value(one).kind, &function.value(other).kind)
    else {
        return false;
    };
    let same = |a: ValueId, b: ValueId| {
        let (a, b) = (function.bare(a), function.bare(b));
        a == b || (function.value(a).kind == function.value(b).kind)
    };
    one.arguments.iter().any(|a| other.arguments.iter().any(|b| same(a.value, b.value)))
}

fn is_returned_or_awaited(function: &Function, value: ValueId) -> bool {
    function.returns.iter().any(|&it| function.bare(it) == value)
        || function.values.iter().any(|it| matches!(it.kind, ValueKind::Await(of) if function.bare(of) == value))
}

fn calls(function: &Function) -> impl Iterator<Item = ValueId> {
    let ids = (0..function.values.len()).map(ValueId::new);
    ids.filter(|&it| matches!(function.value(it).kind, ValueKind::Call(_)))
}

/// Whether a call patches the loops, or is one of a function of the program that does.
fn patches(types: &mut Types<'_>, func: Func, call: ValueId) -> bool {
    let ValueKind::Call(call) = &types.program.value(func, call).kind else { return false };
    let set = types.of(func, call.callee);
    let shapes = types.shapes(set).to_vec();
    shapes.into_iter().any(|it| match *types.shape(it) {
        Shape::Function(target) | Shape::Method(target, _) => {
            calls(types.program.function(target)).any(|it| patches_itself(types, target, it))
        }
        _ => is_patch(types, func, call.callee),
    })
}

fn patches_itself(types: &mut Types<'_>, func: Func, call: ValueId) -> bool {
    let ValueKind::Call(call) = &types.program.value(func, call).kind else { return false };
    is_patch(types, func, call.callee)
}

fn is_patch(types: &mut Types<'_>, func: Func, callee: ValueId) -> bool {
    types.is_library_function(func, callee, |it| it.guard == Some(Guard::NestsLoops))
}
