//! Which receivers a chain of calls can have: what a method of a base runs by `self.step()` is the override of the very object
//! that the method was called on, and of no other subclass.

use super::Edge;
use crate::finding::Via;
use crate::link::{Func, Program, Ty};
use crate::types::{Shape, Types};
use blocklint_ir::{Receiver, ValueId, ValueKind};

/// More subtypes than this are not searched for one that two types share.
const MAX_SUBTYPES: usize = 256;

/// What the receiver of `caller` must be for its call to lead to a receiver of type `below`: `Some(None)` when any will do, `None`
/// when there is no such receiver.
#[expect(clippy::option_option, reason = "no receiver fits, or any does")]
pub(super) fn demanded(types: &mut Types<'_>, caller: Func, edge: &Edge, below: Option<Ty>) -> Option<Option<Ty>> {
    let program = types.program;
    let Some(owner) = program.owner(edge.to) else { return Some(None) };
    let Some(base) = base(program, caller, edge) else { return Some(None) };
    let wanted = below.unwrap_or(owner);
    match program.value(caller, base).kind {
        ValueKind::Super => Some(below),
        ValueKind::Parameter(0) if program.function(caller).receiver != Receiver::None => {
            let Some(this) = program.owner(caller) else { return Some(None) };
            if inherits(program, this, wanted) {
                return Some(None);
            }
            (inherits(program, wanted, this) || share_subtype(program, wanted, this)).then_some(Some(wanted))
        }
        _ => {
            let direct = matches!(program.value(caller, base).kind, ValueKind::Path { .. });
            below.is_none_or(|it| may_be(types, (caller, base), direct, owner, it)).then_some(None)
        }
    }
}

/// What the step is a member of, or constructs.
fn base(program: &Program<'_>, caller: Func, edge: &Edge) -> Option<ValueId> {
    let value = match &program.value(caller, edge.site).kind {
        ValueKind::Call(call) if edge.how.via == Via::Construct => call.callee,
        ValueKind::Call(call) => match program.value(caller, call.callee).kind {
            ValueKind::Attribute { base, .. } => base,
            _ => return None,
        },
        ValueKind::Attribute { base, .. } | ValueKind::Store { base, .. } => *base,
        ValueKind::Enter(of) | ValueKind::Exit(of) => *of,
        _ => return None,
    };
    Some(bare(program, caller, value))
}

fn bare(program: &Program<'_>, func: Func, value: ValueId) -> ValueId {
    match program.value(func, value).kind {
        ValueKind::Present(of) | ValueKind::Narrow { of, .. } => bare(program, func, of),
        _ => value,
    }
}

/// Whether a value through which a member of `owner` was found may be of type `wanted`.
fn may_be(types: &mut Types<'_>, (func, base): (Func, ValueId), direct: bool, owner: Ty, wanted: Ty) -> bool {
    let program = types.program;
    let set = types.of(func, base);
    let mut found = false;
    for &shape in types.shapes(set) {
        let (ty, exact) = match *types.shape(shape) {
            Shape::Instance { ty, exact, .. } => (ty, exact),
            Shape::Class(ty) => (ty, direct),
            _ => continue,
        };
        // What was found through a wrapper says nothing about the wrapper.
        if !inherits(program, ty, owner) && !inherits(program, owner, ty) {
            continue;
        }
        found = true;
        if inherits(program, ty, wanted)
            || (!exact && (inherits(program, wanted, ty) || share_subtype(program, wanted, ty)))
        {
            return true;
        }
    }
    !found
}

fn inherits(program: &Program<'_>, ty: Ty, from: Ty) -> bool {
    program.hierarchy.order(ty).contains(&from)
}

fn share_subtype(program: &Program<'_>, one: Ty, other: Ty) -> bool {
    let (mut todo, mut seen) = (vec![one], vec![one]);
    while let Some(at) = todo.pop() {
        if inherits(program, at, other) {
            return true;
        }
        if seen.len() > MAX_SUBTYPES {
            return true;
        }
        for &sub in program.hierarchy.subtypes(at) {
            if !seen.contains(&sub) {
                seen.push(sub);
                todo.push(sub);
            }
        }
    }
    false
}
