//! What the object at hand was made with, where the code shows every way in which it is made: `PROVIDERS[name].login()`.

use super::build::Builder;
use super::constant::Hidden;
use crate::link::{Entity, Func, Sym, Ty};
use crate::types::{Shape, ShapeId};
use blocklint_ir::{BindingKind, Call, Literal, MemberKind, Spread, ValueId, ValueKind};

/// Makers are looked for through no more functions and variables than this.
const MAX_HOPS: usize = 6;

/// An object that is one of more than this is one of any.
const MAX_ORIGINS: usize = 64;

/// A place where an object is made.
type Maker = (Func, ValueId, Ty);

impl Builder<'_, '_> {
    /// The callables that a field of the object at hand holds; nothing unless all its makers are seen.
    pub(super) fn made_with(&mut self, func: Func, callee: ValueId) -> Option<Vec<ShapeId>> {
        let program = self.types.program;
        let ValueKind::Attribute { base, name } = program.value(func, callee).kind else { return None };
        let field = program.sym(program.file_of(func), name);
        let mut makers = Vec::new();
        if !self.makers(func, base, false, 0, &mut makers) {
            return None;
        }
        let mut found: Vec<ShapeId> = Vec::new();
        for (at, site, ty) in makers {
            let ValueKind::Call(call) = &program.value(at, site).kind else { return None };
            if let Some(value) = self.given_to_field(at, call, ty, field).ok()? {
                let set = self.types.of(at, value);
                found.extend(self.types.shapes(set).iter().filter(|it| *self.types.shape(**it) != Shape::None));
            }
        }
        found.sort_unstable();
        found.dedup();
        (!found.is_empty()).then_some(found)
    }

    /// What a constructor that nobody wrote gives a field, if anything.
    fn given_to_field(&self, func: Func, call: &Call, ty: Ty, field: Sym) -> Result<Option<ValueId>, Hidden> {
        let program = self.types.program;
        let written = !program.hierarchy.triggered(ty, MemberKind::Construct).is_empty();
        if written || call.arguments.iter().any(|it| it.spread != Spread::No) {
            return Err(Hidden);
        }
        let position = self.declared_fields(ty).iter().position(|&it| it == field);
        let is_field = |index: usize, name: Option<_>| match name {
            Some(name) => program.sym(program.file_of(func), name) == field,
            None => Some(index) == position,
        };
        let argument = call.arguments.iter().enumerate().find(|(index, it)| is_field(*index, it.name));
        Ok(argument.map(|(_, it)| it.value))
    }

    /// Collects where a value, or what is inside it, is made; whether all of it is seen.
    fn makers(&mut self, func: Func, value: ValueId, inside: bool, hops: usize, out: &mut Vec<Maker>) -> bool {
        let program = self.types.program;
        let origins = program.function(func).origins(value, MAX_ORIGINS);
        hops <= MAX_HOPS
            && origins.len() < MAX_ORIGINS
            && origins.into_iter().all(|it| match &program.value(func, it).kind {
                ValueKind::Choice(_)
                | ValueKind::Present(_)
                | ValueKind::Narrow { .. }
                | ValueKind::Literal(Literal::None) => true,
                ValueKind::Await(of) => self.makers(func, *of, inside, hops + 1, out),
                ValueKind::Index { base, .. } | ValueKind::Each(base) if !inside => {
                    self.makers(func, *base, true, hops + 1, out)
                }
                ValueKind::Mapping(items) if inside => {
                    items.iter().skip(1).step_by(2).all(|&it| self.makers(func, it, false, hops + 1, out))
                }
                ValueKind::Sequence(items) | ValueKind::Tuple(items) if inside => {
                    items.iter().all(|&it| self.makers(func, it, false, hops + 1, out))
                }
                ValueKind::Path(path) => {
                    let named = program.named_path(program.file_of(func), *path);
                    named.iter().all(|it| self.makers_of_variable(it, inside, hops + 1, out))
                }
                ValueKind::Call(call) => self.makers_by_call(func, (it, call), inside, hops + 1, out),
                _ => false,
            })
    }

    fn makers_of_variable(&mut self, named: &Entity, inside: bool, hops: usize, out: &mut Vec<Maker>) -> bool {
        let program = self.types.program;
        let Entity::Variable(file, scope, index) = *named else { return false };
        let binding = &program.file(file).summary.module.scope(scope).bindings[index as usize];
        let BindingKind::Value { values, .. } = &binding.kind else { return false };
        !values.is_empty()
            && values.iter().all(|it| self.makers(program.func(file, it.function), it.value, inside, hops, out))
    }

    fn makers_by_call(
        &mut self,
        func: Func,
        (site, call): (ValueId, &Call),
        inside: bool,
        hops: usize,
        out: &mut Vec<Maker>,
    ) -> bool {
        let program = self.types.program;
        let callees = self.types.of(func, call.callee);
        let callees = self.types.shapes(callees).to_vec();
        !callees.is_empty()
            && callees.into_iter().all(|it| match *self.types.shape(it) {
                Shape::Class(ty) if !inside => {
                    out.push((func, site, ty));
                    true
                }
                Shape::Function(made_by) | Shape::Method(made_by, _) => {
                    let returns = &program.function(made_by).returns;
                    !returns.is_empty() && returns.iter().all(|&it| self.makers(made_by, it, inside, hops, out))
                }
                // `PROVIDERS.get(name)`, `PROVIDERS.values()`
                Shape::External(_) => match program.value(func, call.callee).kind {
                    ValueKind::Attribute { base, .. } => {
                        let of = self.types.of(func, base);
                        let mapping = |it: &ShapeId| matches!(self.types.shape(*it), Shape::Mapping(..));
                        self.types.shapes(of).iter().any(mapping) && self.makers(func, base, true, hops, out)
                    }
                    _ => false,
                },
                _ => false,
            })
    }
}
