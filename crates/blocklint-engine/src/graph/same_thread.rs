//! What it tells of the thread that runs a place to compare it with another: `threading.get_ident() == self._loop_thread_id`.

use super::constant::passed;
use super::guard::{Guards, OnLoop, guard_of};
use crate::link::Func;
use crate::types::{Shape, Types};
use blocklint_catalog::Facts;
use blocklint_catalog::fact::{Effect, Guard, RunsOn};
use blocklint_ir::{Literal, ValueId, ValueKind};

/// What a thread runs is read through no more functions than this.
const MAX_RUN: usize = 64;

/// That it is another thread tells that it is not the loop's, unless the other one runs no loop. That it is the same one tells that
/// it is, where code on a loop has asked for the other. Comparing two that are asked for only tells when they differ.
pub(super) fn same_thread(
    guards: &mut Guards,
    types: &mut Types<'_>,
    func: Func,
    operands: &[ValueId],
    same: bool,
) -> Option<OnLoop> {
    let is_asked = |types: &mut Types<'_>, it: ValueId| guard_of(types, func, it) == Some(Guard::ThreadIdentity);
    let (asked, kept): (Vec<ValueId>, Vec<ValueId>) = operands.iter().partition(|&&it| is_asked(types, it));
    match (&asked[..], same) {
        ([], _) => None,
        (_, true) => kept.iter().any(|&it| asked_on_loop(guards, types, func, it)).then_some(OnLoop::Yes),
        (_, false) => (!kept.iter().any(|&it| runs_no_loop(types, func, it))).then_some(OnLoop::No),
    }
}

/// Whether code on a loop has put its thread's identity there.
fn asked_on_loop(guards: &mut Guards, types: &mut Types<'_>, func: Func, kept: ValueId) -> bool {
    types.ever_given(func, kept).into_iter().any(|(at, it)| {
        guard_of(types, at, it) == Some(Guard::ThreadIdentity)
            && (types.program.function(at).color.on_loop() || guards.of_value(types, at, it) == Some(OnLoop::Yes))
    })
}

/// Whether it is a thread that the program has made, to run something that drives no loop.
fn runs_no_loop(types: &mut Types<'_>, func: Func, kept: ValueId) -> bool {
    let program = types.program;
    let is_none = |&(at, it): &(Func, ValueId)| program.value(at, it).kind == ValueKind::Literal(Literal::None);
    let threads: Vec<(Func, ValueId)> = types.ever_given(func, kept).into_iter().filter(|it| !is_none(it)).collect();
    !threads.is_empty()
        && threads.into_iter().all(|(at, made)| {
            let ValueKind::Call(call) = &program.value(at, made).kind else { return false };
            let on_thread = |it: &Facts<'_>| it.hand_offs.iter().any(|it| it.runs == RunsOn::Worker);
            let Some(thread) = types.library_function(at, call.callee, on_thread) else { return false };
            let run = types.paths.facts(thread).hand_offs.iter().find_map(|it| it.callable.as_ref());
            let run = run.and_then(|it| passed(types, at, call, it).ok().flatten());
            run.is_some_and(|it| drives_no_loop(types, at, it))
        })
}

/// Whether all that a value may be is known, and calling it drives no event loop.
fn drives_no_loop(types: &mut Types<'_>, func: Func, callable: ValueId) -> bool {
    let (mut found, known) = called(types, func, callable);
    let mut next = 0;
    while let Some(&at) = found.get(next) {
        next += 1;
        for value in &types.program.function(at).values {
            let ValueKind::Call(call) = &value.kind else { continue };
            let (below, drives) = (called(types, at, call.callee), drives(types, at, call.callee));
            if drives || found.len() > MAX_RUN {
                return false;
            }
            for func in below.0 {
                if !found.contains(&func) {
                    found.push(func);
                }
            }
        }
    }
    known && !drives(types, func, callable)
}

/// The functions of the program that a value may be, and whether all that it may be is known.
fn called(types: &mut Types<'_>, func: Func, callable: ValueId) -> (Vec<Func>, bool) {
    let set = types.of(func, callable);
    let shapes = types.shapes(set);
    let mut known = !shapes.is_empty();
    let mut found = Vec::new();
    for &shape in shapes {
        match *types.shape(shape) {
            Shape::Function(target) | Shape::Method(target, _) => found.push(target),
            Shape::External(_) => {}
            _ => known = false,
        }
    }
    (found, known)
}

fn drives(types: &mut Types<'_>, func: Func, callable: ValueId) -> bool {
    types.is_library_function(func, callable, |it| it.blocking.is_some_and(|it| it.effect == Effect::Runtime))
}
