//! What the object at hand was made with, where the code shows every way in which it is made: `PROVIDERS[name].login()`.

use super::build::Builder;
use super::constant::Hidden;
use super::construct::declared_fields;
use super::passing::{Passed, passed_for};
use super::receiver::some_subtype;
use crate::link::{Entity, Func, Program, Sym, Ty};
use crate::types::{Place, Shape, ShapeId, Types, values_of};
use blocklint_ir::{BindingKind, Call, Literal, MemberKind, Name, Spread, ValueId, ValueKind};

/// Makers are looked for through no more functions and variables than this.
const MAX_HOPS: usize = 6;

/// An object that is one of more than this is one of any.
const MAX_ORIGINS: usize = 64;

/// Nor through more values: functions that give what one of many functions gives multiply.
const MAX_VALUES: usize = 256;

/// A place where an object is made.
pub(super) type Maker = (Func, ValueId, Ty);

impl Builder<'_, '_> {
    /// The callables that a field of the object at hand holds; nothing unless all its makers are seen.
    pub(super) fn made_with(&mut self, func: Func, callee: ValueId) -> Option<Vec<ShapeId>> {
        let program = self.types.program;
        let ValueKind::Attribute { base, name } = program.value(func, callee).kind else { return None };
        let field = program.sym(program.file_of(func), name);
        let mut found: Vec<ShapeId> = Vec::new();
        for (at, site, ty) in makers_of(self.types, func, base, None)? {
            let ValueKind::Call(call) = &program.value(at, site).kind else { return None };
            if let Some((at, value)) = given_to_field(self.types, at, call, ty, field).ok()? {
                let set = self.types.of(at, value);
                found.extend(self.types.shapes(set).iter().filter(|it| *self.types.shape(**it) != Shape::None));
            }
        }
        found.sort_unstable();
        found.dedup();
        (!found.is_empty()).then_some(found)
    }
}

/// Where an object is made; nothing unless all of it is seen. Of an object that may be several things, only what is of the type is
/// asked for.
pub(super) fn makers_of(types: &mut Types<'_>, func: Func, object: ValueId, only: Option<Ty>) -> Option<Vec<Maker>> {
    let mut makers = Makers { types, only, all: false, found: Vec::new(), seen: 0 };
    makers.of(func, object, false, 0).then_some(makers.found)
}

/// Likewise, and nothing else is the object, nor does it come out of a container.
pub(super) fn all_makers_of(types: &mut Types<'_>, func: Func, object: ValueId) -> Option<Vec<Maker>> {
    let mut makers = Makers { types, only: None, all: true, found: Vec::new(), seen: 0 };
    makers.of(func, object, false, 0).then_some(makers.found)
}

/// What a constructor gives a field, if anything, and where that is written.
pub(super) fn given_to_field(
    types: &mut Types<'_>,
    func: Func,
    call: &Call,
    ty: Ty,
    field: Sym,
) -> Result<Option<(Func, ValueId)>, Hidden> {
    let program = types.program;
    if call.arguments.iter().any(|it| it.spread != Spread::No) {
        return Err(Hidden);
    }
    match *program.hierarchy.triggered(ty, MemberKind::Construct) {
        [] => {}
        [written] => {
            let parameter = kept_parameter(program, ty, field, written.func).ok_or(Hidden)?;
            let replaced = !types.given_to(ty, Place::Attribute(field)).is_empty();
            return match passed_for(types, func, call, written.func, parameter) {
                Passed::Value(at, value) if !replaced => Ok(Some((at, value))),
                _ => Err(Hidden),
            };
        }
        _ => return Err(Hidden),
    }
    let position = declared_fields(program, ty).iter().position(|&it| it == field);
    let is_field = |index: usize, name: Option<_>| match name {
        Some(name) => program.sym(program.file_of(func), name) == field,
        None => Some(index) == position,
    };
    let argument = call.arguments.iter().enumerate().find(|(index, it)| is_field(*index, it.name));
    Ok(argument.map(|(_, it)| (func, it.value)))
}

/// The parameter of a constructor that a field holds from then on: nothing else is ever put there, other than nothing.
fn kept_parameter(program: &Program<'_>, ty: Ty, field: Sym, constructor: Func) -> Option<u16> {
    let mut kept = None;
    for (func, value) in values_of(program, ty, field) {
        match program.value(func, value).kind {
            ValueKind::Literal(Literal::None) => {}
            ValueKind::Parameter(it) if func == constructor && kept.is_none_or(|kept| kept == it) => kept = Some(it),
            _ => return None,
        }
    }
    kept
}

/// A search for the places where a value is made.
struct Makers<'t, 'a> {
    types: &'t mut Types<'a>,
    /// Nothing is asked of what is of no such type.
    only: Option<Ty>,
    /// Containers are not looked into: more may be put there.
    all: bool,
    found: Vec<Maker>,
    /// How many values were looked at.
    seen: usize,
}

impl Makers<'_, '_> {
    /// Collects where a value, or what is inside it, is made; whether all of it is seen.
    fn of(&mut self, func: Func, value: ValueId, inside: bool, hops: usize) -> bool {
        let program = self.types.program;
        let origins = program.function(func).origins(value, MAX_ORIGINS);
        hops <= MAX_HOPS
            && origins.len() < MAX_ORIGINS
            && origins.into_iter().all(|it| {
                self.seen += 1;
                self.seen <= MAX_VALUES && (self.by_value(func, it, inside, hops) || !inside && self.is_other(func, it))
            })
    }

    fn by_value(&mut self, func: Func, value: ValueId, inside: bool, hops: usize) -> bool {
        let program = self.types.program;
        match &program.value(func, value).kind {
            ValueKind::Choice(_)
            | ValueKind::Present(_)
            | ValueKind::Narrow { .. }
            | ValueKind::Literal(Literal::None) => true,
            ValueKind::Await(of) => self.of(func, *of, inside, hops + 1),
            ValueKind::Index { base, .. } | ValueKind::Each(base) if !inside && !self.all => {
                self.of(func, *base, true, hops + 1)
            }
            ValueKind::Mapping(items) if inside => {
                items.iter().skip(1).step_by(2).all(|&it| self.of(func, it, false, hops + 1))
            }
            ValueKind::Sequence(items) | ValueKind::Tuple(items) if inside => {
                items.iter().all(|&it| self.of(func, it, false, hops + 1))
            }
            ValueKind::Path(path) => {
                let named = program.named_path(program.file_of(func), *path);
                named.iter().all(|it| self.of_variable(it, inside, hops + 1))
            }
            ValueKind::Attribute { base, name } => self.of_field(func, (*base, *name), inside, hops + 1),
            ValueKind::Call(call) => self.by_call(func, (value, call), inside, hops + 1),
            _ => false,
        }
    }

    /// What a field holds, of which all that is ever put there is seen: nothing from outside, or by a subclass.
    fn of_field(&mut self, func: Func, (base, name): (ValueId, Name), inside: bool, hops: usize) -> bool {
        let program = self.types.program;
        let field = program.sym(program.file_of(func), name);
        let set = self.types.of(func, base);
        let shapes = self.types.shapes(set).to_vec();
        !self.types.is_stored(Place::Attribute(field))
            && !shapes.is_empty()
            && shapes.into_iter().all(|it| {
                let Shape::Instance { ty, exact, .. } = *self.types.shape(it) else { return false };
                let has_own = |it: Ty| program.hierarchy.fields(it, field).iter().any(|own| own.0 == it);
                let given: Vec<(Func, ValueId)> = values_of(program, ty, field).collect();
                program.hierarchy.members(ty, field, None).is_empty()
                    && (exact || !some_subtype(program, ty, has_own))
                    && !given.is_empty()
                    && given.into_iter().all(|(at, it)| self.of(at, it, inside, hops))
            })
    }

    /// Whether a value is of no type that is asked for.
    fn is_other(&mut self, func: Func, value: ValueId) -> bool {
        let Some(only) = self.only else { return false };
        let set = self.types.of(func, value);
        !self.types.shapes(set).iter().any(|it| match *self.types.shape(*it) {
            Shape::Instance { ty, .. } => self.types.program.hierarchy.order(ty).contains(&only),
            _ => false,
        })
    }

    fn of_variable(&mut self, named: &Entity, inside: bool, hops: usize) -> bool {
        let program = self.types.program;
        let Entity::Variable(file, scope, index) = *named else { return false };
        let binding = &program.file(file).summary.module.scope(scope).bindings[index as usize];
        let BindingKind::Value { values, .. } = &binding.kind else { return false };
        !values.is_empty() && values.iter().all(|it| self.of(program.func(file, it.function), it.value, inside, hops))
    }

    fn by_call(&mut self, func: Func, (site, call): (ValueId, &Call), inside: bool, hops: usize) -> bool {
        let program = self.types.program;
        let callees = self.types.of(func, call.callee);
        let callees = self.types.shapes(callees).to_vec();
        !callees.is_empty()
            && callees.into_iter().all(|it| match *self.types.shape(it) {
                Shape::Class { ty, .. } if !inside => {
                    if self.only.is_some_and(|it| !self.types.program.hierarchy.order(ty).contains(&it)) {
                        return true;
                    }
                    self.found.push((func, site, ty));
                    true
                }
                Shape::Function(made_by) => self.by_function(made_by, inside, hops),
                Shape::Method(made_by, receiver) => {
                    let overrides = self.types.overrides(func, made_by, receiver);
                    [made_by].into_iter().chain(overrides).all(|it| self.by_function(it, inside, hops))
                }
                // `PROVIDERS.get(name)`, `PROVIDERS.values()`
                Shape::External(_) => match program.value(func, call.callee).kind {
                    ValueKind::Attribute { base, .. } if !self.all => {
                        let of = self.types.of(func, base);
                        let mapping = |it: &ShapeId| self.types.is_mapping(*it) && self.types.is_written_out(*it);
                        self.types.shapes(of).iter().any(mapping) && self.of(func, base, true, hops)
                    }
                    _ => false,
                },
                _ => false,
            })
    }

    fn by_function(&mut self, func: Func, inside: bool, hops: usize) -> bool {
        let returns = &self.types.program.function(func).returns;
        !returns.is_empty() && returns.iter().all(|&it| self.of(func, it, inside, hops))
    }
}
