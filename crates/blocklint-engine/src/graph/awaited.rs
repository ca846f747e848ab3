//! What awaiting a function's result says of the way that the function took: of code that serves synchronous and asynchronous
//! callers alike, only the half that gives something to await.

use super::cases::in_other_case;
use crate::link::{Func, Program};
use crate::types::{Set, Shape, Types};
use blocklint_ir::{Color, Function, MemberKind, RegionId, RegionKind, Spread, ValueId, ValueKind};

/// Whether the result of a call is awaited whatever it is, here or in a function that it is handed to: not where it is looked at
/// first (`if isawaitable(result): await result`).
pub(super) fn is_awaited(types: &mut Types<'_>, func: Func, site: ValueId) -> bool {
    let program = types.program;
    let (file, id) = program.place_of(func);
    let function = program.function(func);
    let always = program.file(file).summary.facts[id.index()].awaits.iter().any(|&(at, region)| {
        let (ValueKind::Await(of) | ValueKind::EnterAsync(of)) = function.value(at).kind else { return false };
        function.may_be(of, site) && encloses(function, region, function.value(site).region)
    });
    always || is_awaited_behind(types, func, site)
}

/// `await finish(self.request())`, where `finish` awaits its parameter on every way through.
fn is_awaited_behind(types: &mut Types<'_>, func: Func, site: ValueId) -> bool {
    let program = types.program;
    let (file, id) = program.place_of(func);
    let function = program.function(func);
    let awaited: Vec<ValueId> = program.file(file).summary.facts[id.index()].awaited.iter().copied().collect();
    awaited.into_iter().any(|it| {
        let ValueKind::Call(call) = &function.value(it).kind else { return false };
        let given = call.arguments.iter().position(|it| it.spread == Spread::No && function.bare(it.value) == site);
        let Some(position) = given.filter(|&it| call.arguments[it].name.is_none()) else { return false };
        let callees = types.of(func, call.callee);
        let targets = types.shapes(callees);
        !targets.is_empty()
            && targets.iter().all(|&it| match *types.shape(it) {
                Shape::Function(target) => awaits_parameter(program, target, position),
                Shape::Method(target, _) => awaits_parameter(program, target, position + 1),
                _ => false,
            })
    })
}

/// Whether an asynchronous function awaits a parameter before it can return.
fn awaits_parameter(program: &Program<'_>, func: Func, position: usize) -> bool {
    let function = program.function(func);
    let is_parameter = |of: ValueId| match function.value(function.bare(of)).kind {
        ValueKind::Parameter(index) => usize::from(index) == position,
        _ => false,
    };
    let mut awaits = function.values.iter().filter(|it| matches!(it.kind, ValueKind::Await(of) if is_parameter(of)));
    function.color == Color::Async
        && awaits.any(|it| function.returns.iter().all(|&at| encloses(function, it.region, function.value(at).region)))
}

/// Whether a function that has come to `site` gives nothing that can be awaited: only plain values are returned from there on,
/// or what another way through the function gives to await is not.
pub(super) fn gives_nothing_to_await(types: &mut Types<'_>, func: Func, site: ValueId) -> bool {
    let function = types.program.function(func);
    if function.color != Color::Sync {
        return false;
    }
    let (mut reached, mut others) = (Vec::new(), Vec::new());
    for &returned in &function.returns {
        if follows(types, func, site, returned) { &mut reached } else { &mut others }.push(returned);
    }
    if reached.is_empty() {
        return false;
    }
    reached.iter().all(|&it| is_plain(function, it))
        || (others.into_iter().any(|it| gives_awaitable(types, func, it))
            && !reached.into_iter().any(|it| gives_awaitable(types, func, it)))
}

/// Whether what is returned can be reached from the place, and not only because something raised.
fn follows(types: &mut Types<'_>, func: Func, site: ValueId, returned: ValueId) -> bool {
    let function = types.program.function(func);
    let around = |it: ValueId| function.regions_around(function.value(it).region);
    let raised = around(returned).any(|(_, region)| match region.kind {
        RegionKind::Handler { attempt, .. } => around(site).any(|(it, _)| it == attempt),
        _ => false,
    });
    if raised || in_other_case(function, returned, site) {
        return false;
    }
    // What is returned to be awaited because of what the place itself gave is not returned here: what blocks gives no coroutine.
    let asks = |test: ValueId| match &function.value(test).kind {
        ValueKind::Call(call) => call.arguments.iter().any(|it| function.bare(it.value) == site),
        _ => false,
    };
    let chosen =
        around(returned).any(|(_, it)| matches!(it.kind, RegionKind::When { test, holds: true } if asks(test)));
    !(chosen && gives_awaitable(types, func, returned))
}

/// Written out, so that it is no coroutine.
fn is_plain(function: &Function, value: ValueId) -> bool {
    matches!(
        function.value(value).kind,
        ValueKind::Literal(_)
            | ValueKind::Tuple(_)
            | ValueKind::Sequence(_)
            | ValueKind::Mapping(_)
            | ValueKind::Format(_)
    )
}

/// Whether a value is known to be something that can be awaited, or may be.
fn gives_awaitable(types: &mut Types<'_>, func: Func, value: ValueId) -> bool {
    let set = types.of(func, value);
    types.shapes(set).iter().any(|&it| match *types.shape(it) {
        Shape::Coroutine(_) | Shape::Future(_) => true,
        Shape::Function(target) => types.program.function(target).color.on_loop(),
        Shape::Instance { ty, .. } => !types.program.hierarchy.triggered(ty, MemberKind::Await).is_empty(),
        _ => false,
    })
}

/// Whether what a function returns may be something that can be awaited: also what a library gives of which nothing is known, and what the
/// function was passed.
pub(super) fn results_in_awaitable(types: &mut Types<'_>, func: Func) -> bool {
    let function = types.program.function(func);
    let declared = types.declared_result(func);
    let promises = |types: &Types<'_>, set: Set| {
        types.shapes(set).iter().any(|&it| match *types.shape(it) {
            Shape::Future(_) | Shape::Coroutine(_) => true,
            Shape::ExternalInstance(path, _) => {
                types.promised(it).is_some() || types.paths.dotted(path).ends_with("()")
            }
            _ => false,
        })
    };
    promises(types, declared)
        || function.returns.iter().any(|&it| {
            let set = types.of(func, it);
            promises(types, set)
                || matches!(function.value(function.bare(it)).kind, ValueKind::Parameter(_))
                || gives_awaitable(types, func, it)
        })
}

/// Whether a region is the other, or around it.
fn encloses(function: &Function, outer: RegionId, inner: RegionId) -> bool {
    function.regions_around(inner).any(|(it, _)| it == outer)
}
