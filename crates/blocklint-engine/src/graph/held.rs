//! What a field of the receiver must hold for a chain of calls to be taken: `self.fetch()` runs the callable that the object at hand
//! was made with, and not those of other objects of its type.

use super::Edge;
use super::made::{Maker, given_to_field, makers_of};
use super::receiver::{Method, base_of};
use crate::finding::Via;
use crate::link::{Func, Program, Sym, Ty};
use crate::types::{Shape, ShapeId, Types};
use blocklint_catalog::Facts;
use blocklint_ir::{Receiver, ValueId, ValueKind};

/// A callable that a field of the receiver must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    field: Sym,
    callable: Method,
}

impl Held {
    /// What must be held for `site` to call this: nothing unless it calls a field of the receiver.
    pub(super) fn by_call(program: &Program<'_>, func: Func, site: ValueId, callable: Method) -> Option<Self> {
        let ValueKind::Call(call) = &program.value(func, site).kind else { return None };
        kept_field(program, func, call.callee).map(|field| Self { field, callable })
    }
}

/// The field of the receiver that a value is, where reading it runs nothing.
pub(super) fn kept_field(program: &Program<'_>, func: Func, value: ValueId) -> Option<Sym> {
    let ValueKind::Attribute { base, name } = program.value(func, value).kind else { return None };
    let this = program.owner(func).filter(|_| is_receiver(program, func, base))?;
    let field = program.sym(program.file_of(func), name);
    let hierarchy = &program.hierarchy;
    let kept = hierarchy.members(this, field, None).is_empty() && !hierarchy.fields(this, field).is_empty();
    kept.then_some(field)
}

/// What the receiver of `caller` must hold for its step to lead on to a receiver that holds `below`: `Some(None)` when any receiver
/// will do, `None` when there is none.
#[expect(clippy::option_option, reason = "no receiver fits, or any does")]
pub(super) fn demanded(types: &mut Types<'_>, caller: Func, edge: &Edge, below: Option<Held>) -> Option<Option<Held>> {
    let program = types.program;
    if let Some(below) = below
        && let Some(object) = object(program, caller, (edge.site, edge.how.via), edge.to)
    {
        if is_own(program, caller, object) {
            return Some(Some(below));
        }
        if let Some(owner) = program.owner(edge.to)
            && !may_hold(types, (caller, object), owner, below)
        {
            return None;
        }
    }
    Some(Held::by_call(program, caller, edge.site, Method::Own(edge.to)))
}

/// The object whose member a step runs.
pub(super) fn object(program: &Program<'_>, caller: Func, (site, via): (ValueId, Via), to: Func) -> Option<ValueId> {
    match program.value(caller, site).kind {
        ValueKind::Index { base, .. } | ValueKind::Each(base) => Some(program.function(caller).bare(base)),
        _ if via == Via::Construct => None,
        _ => base_of(program, caller, (site, via), Some(to)),
    }
}

/// Whether an object is the receiver of the function that names it.
pub(super) fn is_own(program: &Program<'_>, func: Func, object: ValueId) -> bool {
    matches!(program.value(func, object).kind, ValueKind::Super) || is_receiver(program, func, object)
}

fn is_receiver(program: &Program<'_>, func: Func, value: ValueId) -> bool {
    matches!(program.value(func, value).kind, ValueKind::Parameter(0))
        && program.function(func).receiver != Receiver::None
}

/// Whether an object may hold this: so it is unless all places are seen where it is made, and none gives it.
fn may_hold(types: &mut Types<'_>, (func, object): (Func, ValueId), owner: Ty, held: Held) -> bool {
    makers_of(types, func, object, Some(owner))
        .is_none_or(|it| it.is_empty() || it.into_iter().any(|it| may_give(types, it, held)))
}

fn may_give(types: &mut Types<'_>, (func, site, ty): Maker, held: Held) -> bool {
    let ValueKind::Call(call) = &types.program.value(func, site).kind else { return true };
    let Ok(Some((at, value))) = given_to_field(types, func, call, ty, held.field) else { return true };
    let set = types.of(at, value);
    let shapes: Vec<ShapeId> =
        types.shapes(set).iter().copied().filter(|it| *types.shape(*it) != Shape::None).collect();
    shapes.is_empty() || shapes.into_iter().any(|it| may_be(types, func, it, held.callable))
}

fn may_be(types: &Types<'_>, func: Func, shape: ShapeId, callable: Method) -> bool {
    match (types.shape(shape), callable) {
        (Shape::Function(it), Method::Own(wanted)) => *it == wanted,
        (Shape::Method(it, receiver), Method::Own(wanted)) => {
            *it == wanted || types.overrides(func, *it, *receiver).contains(&wanted)
        }
        (Shape::External(it), Method::Library(wanted)) => *it == wanted || *types.paths.facts(*it) == Facts::default(),
        (Shape::Function(_) | Shape::Method(..), Method::Library(_)) => false,
        _ => true,
    }
}
