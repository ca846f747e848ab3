//! Which receivers a chain of calls can have: what a method of a base runs by `self.step()` is the override of the very object
//! that the method was called on, and of no other subclass.

use super::Edge;
use crate::finding::Via;
use crate::link::{Func, Program, Ty};
use crate::types::{Path, Shape, ShapeId, Types};
use blocklint_ir::{MemberKind, Receiver, Spread, ValueId, ValueKind};

/// A method that something passed must have for a chain of calls to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// One of the program.
    Own(Func),
    /// One of a library.
    Library(Path),
}

/// A value that may be more things than this is none of them alone.
const MAX_ORIGINS: usize = 16;

/// More subtypes than this are not searched for one that runs a method.
const MAX_SUBTYPES: usize = 256;

/// Which method the receiver of `caller` must have for its call to lead on to a receiver that has `below`: `Some(None)` when any
/// receiver will do, `None` when there is none.
#[expect(clippy::option_option, reason = "no receiver fits, or any does")]
pub(super) fn demanded(types: &mut Types<'_>, caller: Func, edge: &Edge, below: Option<Func>) -> Option<Option<Func>> {
    let program = types.program;
    let Some(owner) = program.owner(edge.to) else { return Some(None) };
    let base = base(program, caller, edge).or_else(|| called(program, caller, edge));
    let Some(base) = base.map(|it| receiver_behind(program, caller, it)) else { return Some(None) };
    let runs = below.unwrap_or(edge.to);
    match program.value(caller, base).kind {
        ValueKind::Super => Some(below),
        ValueKind::Parameter(0) if program.function(caller).receiver != Receiver::None => {
            let Some(this) = program.owner(caller) else { return Some(None) };
            // A field of the receiver holds a method of something else.
            if !related(program, this, owner) {
                return Some(None);
            }
            // Who calls this method on an object that has another in its place goes there.
            if has(program, this, runs) {
                return Some(some_subtype(program, this, |it| !has(program, it, runs)).then_some(runs));
            }
            some_subtype(program, this, |it| has(program, it, runs)).then_some(Some(runs))
        }
        _ => {
            let direct = matches!(program.value(caller, base).kind, ValueKind::Path(_));
            below.is_none_or(|it| may_have(types, (caller, base), direct, owner, it)).then_some(None)
        }
    }
}

/// Whether an object may have this method by its name.
pub(super) fn may_have_method(types: &mut Types<'_>, shape: ShapeId, method: Method) -> bool {
    let program = types.program;
    match (types.shape(shape).clone(), method) {
        (Shape::Instance { ty, exact, .. } | Shape::Class { ty, exact }, Method::Own(wanted)) => {
            let name = program.sym(program.file_of(wanted), program.function(wanted).name);
            program.hierarchy.members(ty, name, None).is_empty()
                || has(program, ty, wanted)
                || (!exact && some_subtype(program, ty, |it| has(program, it, wanted)))
        }
        (Shape::Instance { ty, .. }, Method::Library(path)) => {
            let name = program.symbol(types.paths.last(path));
            let own = name.is_some_and(|it| !program.hierarchy.members(ty, it, None).is_empty());
            !own || program.hierarchy.external_bases(ty).next().is_some()
        }
        (Shape::ExternalInstance(owner, args), Method::Library(path)) if args.is_empty() => {
            types.may_have(shape, owner, path)
        }
        _ => true,
    }
}

/// What the step is a member of, or constructs.
pub(super) fn base(program: &Program<'_>, caller: Func, edge: &Edge) -> Option<ValueId> {
    base_of(program, caller, (edge.site, edge.how.via), Some(edge.to))
}

/// Likewise of a step that runs `method`, where that is one of the program.
pub(super) fn base_of(
    program: &Program<'_>,
    caller: Func,
    (site, via): (ValueId, Via),
    method: Option<Func>,
) -> Option<ValueId> {
    let takes_receiver = |it: Func| program.owner(it).is_some() && program.function(it).receiver == Receiver::Instance;
    let value = match &program.value(caller, site).kind {
        ValueKind::Call(call) if via == Via::Construct => call.callee,
        ValueKind::Call(call) => match program.value(caller, call.callee).kind {
            ValueKind::Attribute { base, .. } | ValueKind::AnyAttribute { base, .. } => base,
            // `Trait::method(value)`
            ValueKind::Path(_) | ValueKind::Associated { .. }
                if via == Via::Call && method.is_some_and(takes_receiver) =>
            {
                call.arguments.first().filter(|it| it.spread == Spread::No)?.value
            }
            _ => return None,
        },
        ValueKind::Attribute { base, .. } | ValueKind::Store { base, .. } => *base,
        ValueKind::Enter(of) | ValueKind::Exit(of) => *of,
        _ => return None,
    };
    Some(program.function(caller).bare(value))
}

/// The receiver where a value is nothing else: its type, or what a loop goes round with.
fn receiver_behind(program: &Program<'_>, caller: Func, value: ValueId) -> ValueId {
    let function = program.function(caller);
    let kind = |it: ValueId| &function.value(it).kind;
    let of = match *kind(value) {
        ValueKind::TypeOf(of) => of,
        _ => value,
    };
    if !matches!(kind(of), ValueKind::Choice(_) | ValueKind::Parameter(0)) {
        return value;
    }
    let origins = function.origins(of, MAX_ORIGINS);
    let is_same =
        |it: &ValueId| matches!(kind(*it), ValueKind::Choice(_) | ValueKind::Present(_) | ValueKind::Narrow { .. });
    let mut made = origins.into_iter().filter(|it| !is_same(it));
    match made.next() {
        Some(first) if *kind(first) == ValueKind::Parameter(0) && made.all(|it| kind(it) == kind(first)) => first,
        _ => value,
    }
}

/// The object that a step calls: it is the receiver itself.
fn called(program: &Program<'_>, caller: Func, edge: &Edge) -> Option<ValueId> {
    match &program.value(caller, edge.site).kind {
        ValueKind::Call(call) if program.member_kind(edge.to) == Some(MemberKind::Call) => {
            Some(program.function(caller).bare(call.callee))
        }
        _ => None,
    }
}

/// Whether a value through which a member of `owner` was found may have the method `wanted`.
fn may_have(types: &mut Types<'_>, (func, base): (Func, ValueId), direct: bool, owner: Ty, wanted: Func) -> bool {
    let program = types.program;
    let set = types.of(func, base);
    let mut found = false;
    for &shape in types.shapes(set) {
        let (ty, exact) = match *types.shape(shape) {
            Shape::Instance { ty, exact, .. } => (ty, exact),
            Shape::Class { ty, exact } => (ty, exact || direct),
            _ => continue,
        };
        // What was found through a wrapper says nothing about the wrapper.
        if !related(program, ty, owner) {
            continue;
        }
        found = true;
        let open = !exact || leaves_open(program, ty, wanted);
        if has(program, ty, wanted) || (open && some_subtype(program, ty, |it| has(program, it, wanted))) {
            return true;
        }
    }
    !found
}

/// Whether a method is the one that an object of the type has by its name.
fn has(program: &Program<'_>, ty: Ty, method: Func) -> bool {
    let name = program.sym(program.file_of(method), program.function(method).name);
    program.hierarchy.members(ty, name, None).iter().any(|it| it.func == method)
}

/// Whether a type leaves it to its subtypes what a method of this name does: no object is of it alone.
fn leaves_open(program: &Program<'_>, ty: Ty, method: Func) -> bool {
    let name = program.sym(program.file_of(method), program.function(method).name);
    let members = program.hierarchy.members(ty, name, None);
    !members.is_empty() && members.iter().all(|it| program.function(it.func).stub)
}

fn related(program: &Program<'_>, one: Ty, other: Ty) -> bool {
    program.hierarchy.order(one).contains(&other)
        || program.hierarchy.order(other).contains(&one)
        || some_subtype(program, one, |it| program.hierarchy.order(it).contains(&other))
}

pub(super) fn some_subtype(program: &Program<'_>, ty: Ty, test: impl Fn(Ty) -> bool) -> bool {
    let (mut todo, mut seen) = (vec![ty], vec![ty]);
    while let Some(at) = todo.pop() {
        if seen.len() > MAX_SUBTYPES {
            return true;
        }
        for &sub in program.hierarchy.subtypes(at) {
            if !seen.contains(&sub) {
                if test(sub) {
                    return true;
                }
                seen.push(sub);
                todo.push(sub);
            }
        }
    }
    false
}
