//! What is made on its first use: the initialisers of statics, of fields and of variables, which run where those are used.

use super::How;
use super::build::Builder;
use crate::finding::{Accessor, Confidence, Via};
use crate::link::{Entity, Func, Sym, Ty};
use crate::types::{Place, Set, Shape, ShapeId};
use blocklint_catalog::Facts;
use blocklint_catalog::fact::{Gives, RunsOn};
use blocklint_ir::{BindingKind, PathId, TypeExpr, TypeExprId, TypeKind, ValueId, ValueKind};
use rustc_hash::FxHashSet;

/// What wraps something lazy, and variables of functions around, are looked through so often.
const MAX_HOPS: usize = 3;

/// A variable that may be more things than this is followed to the first of them.
const MAX_ORIGINS: usize = 8;

fn is_lazy(facts: &Facts<'_>) -> bool {
    facts.hand_offs.iter().any(|it| it.runs == RunsOn::FirstUse)
}

impl Builder<'_, '_> {
    /// Naming a static whose value is made on its first use makes it.
    pub(super) fn first_use(&mut self, func: Func, site: ValueId, path: PathId) {
        let program = self.types.program;
        let [Entity::Variable(file, scope, index)] = *program.named_path(program.file_of(func), path) else { return };
        let binding = &program.file(file).summary.module.scope(scope).bindings[index as usize];
        let BindingKind::Value { values, .. } = &binding.kind else { return };
        let [made] = values[..] else { return };
        let initialisers = self.initialisers(program.func(file, made.function), made.value, 0);
        self.initialise(func, site, initialisers);
    }

    /// Using a variable whose value is made on its first use makes it.
    pub(super) fn first_use_of_variable(&mut self, func: Func, site: ValueId, of: ValueId) {
        if !matches!(self.types.program.value(func, of).kind, ValueKind::Path(_)) {
            let initialisers = self.initialisers(func, of, 0);
            self.initialise(func, site, initialisers);
        }
    }

    /// Reading a field whose value is made on its first use makes it.
    pub(super) fn first_use_of_field(&mut self, func: Func, site: ValueId, ty: Ty, field: Sym) {
        if self.lazy_fields.contains(&field) {
            let initialisers = self.types.initialisers_of(ty, field);
            let initialisers = self.types.shapes(initialisers).to_vec();
            self.initialise(func, site, initialisers);
        }
    }

    /// A field is given something whose value is made on its first use.
    pub(super) fn give_lazy(&mut self, func: Func, made: ShapeId, field: Sym, value: ValueId) {
        if self.lazy_fields.contains(&field) {
            let initialisers = self.initialisers(func, value, 0);
            self.types.give_all(made, Place::Initialiser(field), initialisers);
        }
    }

    fn initialise(&mut self, func: Func, site: ValueId, initialisers: Vec<ShapeId>) {
        for shape in initialisers {
            if let Shape::Function(initialiser) = *self.types.shape(shape)
                && initialiser != func
            {
                let how = How::trigger(Via::Attribute, Some(Accessor::Deref), Confidence::Likely);
                self.call_function(func, site, initialiser, How { first_use: true, ..how });
            }
        }
    }

    /// The functions that make what a value holds when that is first used.
    fn initialisers(&mut self, func: Func, value: ValueId, hops: usize) -> Vec<ShapeId> {
        let program = self.types.program;
        let mut found = Vec::new();
        if hops > MAX_HOPS {
            return found;
        }
        for origin in program.function(func).origins(value, MAX_ORIGINS) {
            match &program.value(func, origin).kind {
                ValueKind::Call(call) => {
                    let wraps = |it: &Facts<'_>| matches!(it.gives, Some(Gives::Argument(0))) && !is_lazy(it);
                    if self.types.is_library_function(func, call.callee, is_lazy) {
                        let sets: Vec<Set> = call.arguments.iter().map(|it| self.types.of(func, it.value)).collect();
                        found.extend(sets.into_iter().flat_map(|it| self.types.shapes(it)));
                    } else if let [wrapped] = &call.arguments[..]
                        && self.types.is_library_function(func, call.callee, wraps)
                    {
                        found.extend(self.initialisers(func, wrapped.value, hops + 1));
                    }
                }
                ValueKind::Captured { function, name } => {
                    let around = program.func(program.file_of(func), *function);
                    let values = program.function(around).given_to(*name);
                    for &value in values {
                        found.extend(self.initialisers(around, value, hops + 1));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// The names of fields of types that are made on their first use.
    pub(super) fn find_lazy_fields(&mut self) {
        let program = self.types.program;
        let mut found = FxHashSet::default();
        for ty in program.all_types().filter(|&it| program.type_def(it).kind == TypeKind::Struct) {
            let (file, _) = program.place_of_type(ty);
            for field in &program.type_def(ty).fields {
                if field.annotation.is_some_and(|it| self.is_lazy_type(ty, it, 0)) {
                    found.insert(program.sym(file, field.name));
                }
            }
        }
        self.lazy_fields = found;
    }

    fn is_lazy_type(&mut self, ty: Ty, annotation: TypeExprId, hops: usize) -> bool {
        let program = self.types.program;
        let (file, _) = program.place_of_type(ty);
        let TypeExpr::Apply { base, args } = program.file(file).summary.module.type_expr(annotation) else {
            return false;
        };
        let lazy = program.head_entities(file, *base).iter().any(|it| match it {
            Entity::External(dotted) => {
                let path = self.types.paths.intern(program.language(file), dotted);
                let constructor = self.types.paths.member(path, "new");
                is_lazy(self.types.paths.facts(constructor))
            }
            _ => false,
        });
        lazy || (hops < MAX_HOPS && args.first().is_some_and(|&it| self.is_lazy_type(ty, it, hops + 1)))
    }
}
