//! Loops that run inside one another, because the code has patched them to.

use crate::link::Func;
use crate::types::Types;
use blocklint_catalog::fact::{Blocking, Guard, OnLoop};
use blocklint_ir::{Function, FunctionId, ValueId, ValueKind};

/// Whether a call that a running loop refuses is allowed there: the function has patched the loops before it, or its file has.
pub(super) fn allowed(types: &mut Types<'_>, func: Func, site: ValueId, blocking: &Blocking) -> bool {
    if blocking.on_loop == OnLoop::Stalls {
        return false;
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

fn calls(function: &Function) -> impl Iterator<Item = ValueId> {
    let ids = (0..function.values.len()).map(ValueId::new);
    ids.filter(|&it| matches!(function.value(it).kind, ValueKind::Call(_)))
}

fn patches(types: &mut Types<'_>, func: Func, call: ValueId) -> bool {
    let ValueKind::Call(call) = &types.program.value(func, call).kind else { return false };
    types.is_library_function(func, call.callee, |it| it.guard == Some(Guard::NestsLoops))
}
