//! Waits that are over before they begin: the code has asked, or has awaited what it waits for.

use crate::link::Func;
use crate::types::{Shape, Types};
use blocklint_catalog::fact::{Effect, Guard};
use blocklint_ir::{RegionKind, Value, ValueId, ValueKind};

/// Whether the code shows that what the call waits for is done.
pub(super) fn finished(types: &mut Types<'_>, func: Func, site: ValueId, effect: Effect) -> bool {
    let program = types.program;
    let ValueKind::Call(call) = &program.value(func, site).kind else { return false };
    let ValueKind::Attribute { base, .. } = program.value(func, call.callee).kind else { return false };
    let waits = matches!(effect, Effect::Wait | Effect::Process);
    asked(types, func, site, base)
        || (waits && (comes_from_completed(types, func, base, 0) || awaited_before(types, func, site, base)))
        || (waits && fulfilled_before(types, func, site, base))
}

/// Under `if future.done():`, or behind `if not future.done(): return`.
fn asked(types: &mut Types<'_>, func: Func, site: ValueId, future: ValueId) -> bool {
    let function = types.program.function(func);
    let tests: Vec<(ValueId, bool)> = function
        .regions_around(function.value(site).region)
        .filter_map(|(_, it)| match it.kind {
            RegionKind::When { test, holds } => Some((test, holds)),
            _ => None,
        })
        .collect();
    tests.into_iter().any(|(test, holds)| done(types, func, test, holds, future, 0))
}

fn done(types: &mut Types<'_>, func: Func, test: ValueId, holds: bool, future: ValueId, hops: usize) -> bool {
    use blocklint_ir::Operator::{And, IsNone, IsPresent, Not, Or};
    if hops > 8 {
        return false;
    }
    let guarded = |types: &mut Types<'_>, call: ValueId, guard: Guard| {
        let ValueKind::Call(call) = &types.program.value(func, call).kind else { return false };
        let ValueKind::Attribute { base, .. } = types.program.value(func, call.callee).kind else { return false };
        same_place(types, func, base, future)
            && types.is_library_function(func, call.callee, |it| it.guard == Some(guard))
    };
    match &types.program.value(func, test).kind {
        ValueKind::Truth(of) | ValueKind::Present(of) => done(types, func, *of, holds, future, hops + 1),
        ValueKind::Operator { operator: Not, operands } => done(types, func, operands[0], !holds, future, hops + 1),
        ValueKind::Operator { operator: And, operands } if holds => {
            operands.iter().any(|&it| done(types, func, it, true, future, hops + 1))
        }
        ValueKind::Operator { operator: Or, operands } if !holds => {
            operands.iter().any(|&it| done(types, func, it, false, future, hops + 1))
        }
        ValueKind::Operator { operator: IsNone, operands } if !holds => {
            guarded(types, operands[0], Guard::NoneWhenWaiting)
        }
        ValueKind::Operator { operator: IsPresent, operands } if holds => {
            guarded(types, operands[0], Guard::NoneWhenWaiting)
        }
        ValueKind::Call(_) => {
            guarded(types, test, if holds { Guard::TrueWhenDone } else { Guard::TrueWhenWaiting })
                || told(types, func, test, holds, future, hops)
        }
        _ => false,
    }
}

/// `if self.sending(): self.queue.get()`, where the method asks the very attribute.
fn told(types: &mut Types<'_>, func: Func, test: ValueId, holds: bool, future: ValueId, hops: usize) -> bool {
    let program = types.program;
    let ValueKind::Call(call) = &program.value(func, test).kind else { return false };
    let ValueKind::Attribute { base: asked, .. } = program.value(func, call.callee).kind else { return false };
    let ValueKind::Attribute { base, name } = program.value(func, future).kind else { return false };
    if !same_place(types, func, asked, base) {
        return false;
    }
    let callees = types.of(func, call.callee);
    let &[method] = types.shapes(callees) else { return false };
    let Shape::Method(method, _) = *types.shape(method) else { return false };
    if program.file_of(method) != program.file_of(func) {
        return false;
    }
    let function = program.function(method);
    let own = |it: &Value| match it.kind {
        ValueKind::Attribute { base, name: it } => it == name && function.value(base).kind == ValueKind::Parameter(0),
        _ => false,
    };
    let Some(own) = function.values.iter().position(own).map(ValueId::new) else { return false };
    !function.returns.is_empty() && function.returns.iter().all(|&it| done(types, method, it, holds, own, hops + 1))
}

/// Whether two values are the same variable or attribute.
pub(super) fn same_place(types: &Types<'_>, func: Func, left: ValueId, right: ValueId) -> bool {
    if left == right {
        return true;
    }
    match (&types.program.value(func, left).kind, &types.program.value(func, right).kind) {
        (ValueKind::Attribute { base: a, name: x }, ValueKind::Attribute { base: b, name: y }) => {
            x == y && same_place(types, func, *a, *b)
        }
        (ValueKind::Present(of) | ValueKind::Narrow { of, .. }, _) => same_place(types, func, *of, right),
        (_, ValueKind::Present(of) | ValueKind::Narrow { of, .. }) => same_place(types, func, left, *of),
        (left, right) => {
            left == right && matches!(left, ValueKind::Parameter(_) | ValueKind::Path(_) | ValueKind::Captured { .. })
        }
    }
}

/// `for done in (await asyncio.wait(…))[0]`, `for future in as_completed(…)`.
fn comes_from_completed(types: &mut Types<'_>, func: Func, value: ValueId, hops: usize) -> bool {
    if hops > 8 {
        return false;
    }
    let of = match &types.program.value(func, value).kind {
        ValueKind::Each(of)
        | ValueKind::EachAsync(of)
        | ValueKind::Await(of)
        | ValueKind::Present(of)
        | ValueKind::Element { base: of, .. }
        | ValueKind::Index { base: of, .. }
        | ValueKind::Narrow { of, .. } => *of,
        ValueKind::Choice(options) => {
            return !options.is_empty() && options.iter().all(|&it| comes_from_completed(types, func, it, hops + 1));
        }
        // The call itself only begins: what it gave has waited once it was awaited, or iterated.
        ValueKind::Call(call) => {
            return hops > 0 && types.is_library_function(func, call.callee, |it| it.completes);
        }
        _ => return false,
    };
    comes_from_completed(types, func, of, hops + 1)
}

/// An earlier `await asyncio.wait([future])` or `await asyncio.wrap_future(future)` in the same function.
fn awaited_before(types: &mut Types<'_>, func: Func, site: ValueId, future: ValueId) -> bool {
    let function = types.program.function(func);
    for index in 0..site.index() {
        let ValueKind::Await(of) = function.values[index].kind else { continue };
        if same_place(types, func, of, future) {
            return true;
        }
        let ValueKind::Call(call) = &function.value(of).kind else { continue };
        let mentions = call.arguments.iter().any(|it| mentions(types, func, it.value, future, 0));
        if mentions && types.is_library_function(func, call.callee, |it| it.completes) {
            return true;
        }
    }
    false
}

/// `queue.put(item)` and then `queue.get()`, `future.set_result(…)` and then `future.result()`, on every way to the place, with
/// nothing else taken in between.
fn fulfilled_before(types: &mut Types<'_>, func: Func, site: ValueId, on: ValueId) -> bool {
    let function = types.program.function(func);
    let region = function.value(site).region;
    let method = |it: ValueId| {
        let ValueKind::Call(call) = &function.value(it).kind else { return None };
        let ValueKind::Attribute { base, name } = function.value(call.callee).kind else { return None };
        Some((call.callee, base, name))
    };
    let Some((_, _, takes)) = method(site) else { return false };
    let here = |it: ValueId| function.regions_around(region).any(|(around, _)| around == function.value(it).region);
    for at in (0..site.index()).rev().map(ValueId::new) {
        let Some((callee, base, name)) = method(at) else { continue };
        if !same_place(types, func, base, on) {
            continue;
        }
        if name == takes {
            return false;
        }
        if here(at) && types.is_library_function(func, callee, |it| it.guard == Some(Guard::Fulfils)) {
            return true;
        }
    }
    false
}

fn mentions(types: &mut Types<'_>, func: Func, value: ValueId, future: ValueId, hops: usize) -> bool {
    if same_place(types, func, value, future) {
        return true;
    }
    // Whoever waits for all of a list has waited for each of it.
    let list = match types.program.value(func, future).kind {
        ValueKind::Each(list) => Some(list),
        _ => None,
    };
    if list.is_some_and(|it| same_place(types, func, value, it)) {
        return true;
    }
    match &types.program.value(func, value).kind {
        ValueKind::Sequence(items) | ValueKind::Tuple(items) if hops < 3 => {
            items.iter().any(|&it| mentions(types, func, it, future, hops + 1))
        }
        ValueKind::Each(of) => list.is_some_and(|it| same_place(types, func, *of, it)),
        ValueKind::Call(call) if hops < 3 && types.is_library_function(func, call.callee, |it| it.completes) => {
            call.arguments.iter().any(|it| mentions(types, func, it.value, future, hops + 1))
        }
        _ => false,
    }
}
