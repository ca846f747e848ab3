//! A wait for what must run on the thread that waits.

use super::Cx;
use crate::graph::{OnLoop, own_loop, passed};
use crate::link::Func;
use crate::types::Types;
use blocklint_catalog::fact::{Blocking, Effect, Guard};
use blocklint_ir::{ValueId, ValueKind};

/// How sure it is that the wait is for its own thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SelfWait {
    /// The function asked for the loop of its own thread, and that loop runs: whoever calls it.
    Certain,
    /// When a loop's thread runs it.
    WhenOnLoop,
}

pub(super) fn self_wait(cx: &mut Cx<'_, '_>, func: Func, site: ValueId, blocking: &Blocking) -> Option<SelfWait> {
    if blocking.effect != Effect::Wait {
        return None;
    }
    let waited_for = cx.receiver(func, site)?;
    let target = scheduled_on(cx.types, func, waited_for, 0)?;
    if own_loop(cx.types, func, target, 0) {
        let running = cx.guards.of_value(cx.types, func, site) == Some(OnLoop::Yes);
        return Some(if running || asked_for_running(cx.types, func, target) {
            SelfWait::Certain
        } else {
            SelfWait::WhenOnLoop
        });
    }
    if let ValueKind::Parameter(index) = cx.types.program.value(func, target).kind {
        return cx.graph.loops_passed.contains(&(func, index)).then_some(SelfWait::WhenOnLoop);
    }
    kept_own_loop(cx.types, func, target, 0).then_some(SelfWait::WhenOnLoop)
}

/// Whether the loop was asked for in a way that fails unless it runs on this thread: where it was had, it runs.
fn asked_for_running(types: &mut Types<'_>, func: Func, target: ValueId) -> bool {
    match &types.program.value(func, target).kind {
        ValueKind::Choice(options) => options.iter().any(|&it| asked_for_running(types, func, it)),
        ValueKind::Call(call) => {
            types.is_library_function(func, call.callee, |it| it.guard == Some(Guard::FailsOffLoop))
        }
        _ => false,
    }
}

/// The loop that a future's coroutine was scheduled on from a thread.
fn scheduled_on(types: &mut Types<'_>, func: Func, future: ValueId, hops: usize) -> Option<ValueId> {
    if hops > 6 {
        return None;
    }
    match &types.program.value(func, future).kind {
        ValueKind::Choice(options) => options.iter().find_map(|&it| scheduled_on(types, func, it, hops + 1)),
        ValueKind::Narrow { of, .. } | ValueKind::Present(of) => scheduled_on(types, func, *of, hops + 1),
        ValueKind::Call(call) => {
            let schedules = types.library_function(func, call.callee, |it| it.schedules_on.is_some())?;
            let which = types.paths.facts(schedules).schedules_on?;
            passed(types, func, call, which).ok().flatten()
        }
        _ => None,
    }
}

/// An attribute or module variable that is only ever given the loop of the thread that sets it.
fn kept_own_loop(types: &mut Types<'_>, func: Func, value: ValueId, hops: usize) -> bool {
    if hops > 4 {
        return false;
    }
    let program = types.program;
    if let ValueKind::Present(of) | ValueKind::Narrow { of, .. } = program.value(func, value).kind {
        return kept_own_loop(types, func, of, hops + 1);
    }
    let is_none = |it: &(Func, ValueId)| {
        matches!(program.value(it.0, it.1).kind, ValueKind::Literal(blocklint_ir::Literal::None))
    };
    let given: Vec<(Func, ValueId)> = types.ever_given(func, value).into_iter().filter(|it| !is_none(it)).collect();
    !given.is_empty() && given.iter().all(|&(func, value)| own_loop(types, func, value, 0))
}
