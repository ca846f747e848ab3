//! What a field of an object holds from the object's making on: `Client(sync=False)`, where the constructor keeps that and nothing else
//! is ever put there.

use super::known::{Known, bare, known};
use super::made::{Maker, all_makers_of};
use super::passing::{Passed, passed_for};
use crate::link::{Func, Program, Sym, Ty};
use crate::types::{Shape, Types, values_of};
use blocklint_ir::{Call, MemberKind, Receiver, RegionKind, ValueId, ValueKind};

/// A constructor hands what it is given up through no more constructors than this.
const MAX_CONSTRUCTORS: usize = 4;

/// What is known of what a field holds in each of the objects that a value may be; nothing unless all places are seen where these are
/// made.
pub(super) fn held(types: &mut Types<'_>, (func, object): (Func, ValueId), field: Sym) -> Vec<Known> {
    if types.is_changed(field) {
        return Vec::new();
    }
    let makers = all_makers_of(types, func, object).unwrap_or_default();
    let held: Option<Vec<Known>> = makers.into_iter().map(|it| by_maker(types, it, field)).collect();
    held.unwrap_or_default()
}

fn by_maker(types: &mut Types<'_>, (func, site, ty): Maker, field: Sym) -> Option<Known> {
    let program = types.program;
    let ValueKind::Call(call) = &program.value(func, site).kind else { return None };
    if !names_class(types, func, call.callee) || !is_plain(types, ty, field) {
        return None;
    }
    let (at, value) = only_value(program, ty, field)?;
    let ValueKind::Parameter(parameter) = program.value(at, bare(program, at, value)).kind else {
        return Some(known(types, at, None, value));
    };
    let [entered] = *program.hierarchy.triggered(ty, MemberKind::Construct) else { return None };
    let (by, value) = passed_up(types, (func, call), entered.func, (at, parameter), 0)?;
    Some(known(types, by, (by == func).then_some(site), value))
}

/// Whether a class is called by its own name: what a class or an object makes of its class may be of a subclass.
fn names_class(types: &mut Types<'_>, func: Func, callee: ValueId) -> bool {
    match types.program.value(func, callee).kind {
        ValueKind::Path(_) => true,
        ValueKind::Attribute { base, .. } => {
            let of = types.of(func, base);
            types.shapes(of).iter().all(|&it| matches!(types.shape(it), Shape::Module(_)))
        }
        _ => false,
    }
}

/// Whether objects of a type have in a field what the code of their classes puts there by its name, and nothing else gives it to them.
fn is_plain(types: &mut Types<'_>, ty: Ty, field: Sym) -> bool {
    let program = types.program;
    let hierarchy = &program.hierarchy;
    hierarchy.members(ty, field, None).is_empty()
        && hierarchy.metaclasses(program, ty).is_empty()
        && [MemberKind::EveryAttribute, MemberKind::EverySet].iter().all(|&it| hierarchy.triggered(ty, it).is_empty())
        && hierarchy.order(ty).iter().all(|&it| !program.file(program.place_of_type(it).0).summary.module.sets_any)
        && types.is_known_whole(ty)
}

/// The one value that a field ever has: what a constructor always gives it, or what stands in the nearest class.
fn only_value(program: &Program<'_>, ty: Ty, field: Sym) -> Option<(Func, ValueId)> {
    let own: Vec<(Func, ValueId)> = values_of(program, ty, field).filter(|it| program.owner(it.0).is_some()).collect();
    match own[..] {
        [] => {
            let [nearest] = *program.hierarchy.fields(ty, field) else { return None };
            let mut given = program.field_values(nearest);
            given.next().filter(|_| given.next().is_none())
        }
        [(func, value)] if always_given(program, func, field) => Some((func, value)),
        _ => None,
    }
}

/// Whether a function is a constructor that gives the field something whatever it is called with.
fn always_given(program: &Program<'_>, func: Func, field: Sym) -> bool {
    let function = program.function(func);
    let file = program.file_of(func);
    let mut given = function.values.iter().filter(|it| match it.kind {
        ValueKind::Store { base, name, value: Some(_) } => {
            function.is_parameter(base, 0) && program.sym(file, name) == field
        }
        _ => false,
    });
    let once = given.next().filter(|_| given.next().is_none());
    function.receiver == Receiver::Instance
        && program.member_kind(func) == Some(MemberKind::Construct)
        && once.is_some_and(|it| {
            let mut around = function.regions_around(it.region);
            around.all(|(_, it)| matches!(it.kind, RegionKind::Body | RegionKind::Held { .. }))
        })
}

/// What reaches a constructor's parameter where a call enters another one, which hands it up by `super().__init__(…)`.
fn passed_up(
    types: &mut Types<'_>,
    (func, call): (Func, &Call),
    entered: Func,
    (constructor, parameter): (Func, u16),
    hops: usize,
) -> Option<(Func, ValueId)> {
    let passed = |types: &Types<'_>, parameter| match passed_for(types, func, call, entered, parameter) {
        Passed::Value(at, value) => Some((at, value)),
        Passed::Hidden => None,
    };
    if !types.program.function(entered).decorators.is_empty() {
        return None;
    }
    if entered == constructor {
        return passed(types, parameter);
    }
    let (up, next) = super_call(types, entered).filter(|_| hops < MAX_CONSTRUCTORS)?;
    let (at, value) = passed_up(types, (entered, up), next, (constructor, parameter), hops + 1)?;
    match types.program.value(at, bare(types.program, at, value)).kind {
        ValueKind::Parameter(own) if at == entered => passed(types, own),
        _ => Some((at, value)),
    }
}

/// The one call of a constructor by which it runs another one, which is that of a base.
fn super_call<'a>(types: &mut Types<'a>, constructor: Func) -> Option<(&'a Call, Func)> {
    let program = types.program;
    let function = program.function(constructor);
    let mut found = None;
    for value in &function.values {
        let ValueKind::Call(call) = &value.kind else { continue };
        let call: &Call = call;
        let callees = types.of(constructor, call.callee);
        for &callee in types.shapes(callees) {
            let (Shape::Method(target, _) | Shape::Function(target)) = *types.shape(callee) else { continue };
            if program.member_kind(target) == Some(MemberKind::Construct) && found.replace((call, target)).is_some() {
                return None;
            }
        }
    }
    found
}
