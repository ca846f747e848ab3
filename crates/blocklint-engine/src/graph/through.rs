//! What the functions ask for that a callable goes down through before it runs: `run(work, now=False)` does not run it where `run` calls
//! what it is given only `if now:`.

use super::demand::{self, Demands, Expected, Met, Subject, parameter};
use super::known::captured;
use super::{Hop, tested};
use crate::finding::Via;
use crate::link::Func;
use crate::types::{Shape, Types};
use blocklint_ir::{ValueId, ValueKind};

/// What a call does that meets what the first function on a way down asks for; `None` where it rules that out.
pub(super) fn met(types: &mut Types<'_>, step: (Func, ValueId, Via), hops: &[Hop], demands: &Demands) -> Option<Met> {
    let Some(first) = hops.first() else { return Some(Met::default()) };
    // What a decorator puts in its place may pass something else.
    let plain = types.program.function(first.func).decorators.is_empty();
    if !plain || !is_direct(types, (step.0, step.1)) {
        return Some(Met::default());
    }
    demand::met(types, step, first.func, &demands.subjects)
}

/// What must be done by whoever calls the first function on a way down; `None` where a later one is ruled out.
pub(super) fn demands(types: &mut Types<'_>, hops: &[Hop]) -> Option<Demands> {
    let mut demands = Demands::default();
    let mut below: Option<&Hop> = None;
    for hop in hops.iter().rev() {
        let mut here = Demands::of_place(types, hop.func, hop.site);
        if let Some(below) = below {
            if is_direct(types, (hop.func, hop.site)) {
                let met = demand::met(types, (hop.func, hop.site, hop.via), below.func, &demands.subjects)?;
                here.subjects.extend(met.subjects);
            }
            here.subjects.extend(of_closure(types, below, hop.func));
        }
        (demands, below) = (here, Some(hop));
    }
    Some(demands)
}

/// Whether a call that makes a closure, or runs the function around it, lets the closure come to a place in it.
pub(super) fn lets_closure(types: &mut Types<'_>, made: (Func, ValueId), inside: &Hop, around: Func) -> bool {
    let expected = of_closure(types, inside, around);
    expected.is_empty()
        || !is_direct(types, made)
        || demand::met(types, (made.0, made.1, Via::Call), around, &expected).is_some()
}

/// What a place in a closure asks for of the parameters of the function around it.
fn of_closure(types: &mut Types<'_>, Hop { func, site, .. }: &Hop, around: Func) -> Vec<(Subject, Expected)> {
    let program = types.program;
    let own = |it: ValueId| match captured(program, *func, it) {
        Some((owner, _, variable)) if owner == around => parameter(program, around, variable).map(Subject::Parameter),
        _ => None,
    };
    tested::around(types, *func, *site, &own)
}

/// Whether a call is written with the arguments of what it runs, and does not hand that to something which calls it.
fn is_direct(types: &mut Types<'_>, (caller, site): (Func, ValueId)) -> bool {
    let ValueKind::Call(call) = &types.program.value(caller, site).kind else { return false };
    let callees = types.of(caller, call.callee);
    let own =
        |it: &_| !matches!(types.shape(*it), Shape::External(_) | Shape::ExternalInstance(..) | Shape::Partial(_));
    !callees.is_empty() && types.shapes(callees).iter().all(own)
}
