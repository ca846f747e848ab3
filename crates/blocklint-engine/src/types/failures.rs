//! What a value fails with: the other half of a result. What it is where all went well is what every other question is about, as
//! that is what code works with.

use super::annotation::Known;
use super::question::Question;
use super::{Path, Set, Shape, Types};
use crate::link::{Entity, FileId, Func};
use blocklint_catalog::fact::{Contains, Gives};
use blocklint_ir::{Call, TypeExpr, TypeExprId, TypeKind, ValueId, ValueKind};

/// A value that may be more things than this fails with the first of them.
const MAX_ORIGINS: usize = 8;

impl Types<'_> {
    /// What a value fails with.
    pub fn failures(&mut self, func: Func, value: ValueId) -> Set {
        self.answer(Question::Failures(func, value), |it| it.failures_of_value(func, value))
    }

    /// What a function says that it fails with, else what the values that it gives fail with.
    pub fn failures_of_result(&mut self, func: Func) -> Set {
        self.answer(Question::FailuresOfResult(func), |types| {
            let function = types.program.function(func);
            if let Some(result) = function.result {
                return types.written_failures(func, result);
            }
            let sets: Vec<Set> = function.returns.iter().map(|&it| types.failures(func, it)).collect();
            types.union(sets)
        })
    }

    /// What a method gives the closure that it takes for failures.
    pub fn handed_failure(&mut self, func: Func, call: &Call) -> Set {
        match self.program.value(func, call.callee).kind {
            ValueKind::Attribute { base, .. } => self.failures(func, base),
            _ => Set::EMPTY,
        }
    }

    fn failures_of_value(&mut self, func: Func, value: ValueId) -> Set {
        let program = self.program;
        let function = program.function(func);
        let mut found = Vec::new();
        for origin in function.origins(value, MAX_ORIGINS) {
            found.push(match &function.value(origin).kind {
                ValueKind::Call(call) => self.failures_of_call(func, call),
                ValueKind::Await(of) => {
                    let awaited = self.eval(func, *of);
                    let bodies = self.failures_of_bodies(awaited);
                    if bodies.is_empty() { self.failures(func, *of) } else { bodies }
                }
                ValueKind::Unwrap(of) => self.failures_inside(func, *of),
                ValueKind::Narrow { to, holds: true, .. } => self.written_failures(func, *to),
                ValueKind::Parameter(index) => {
                    let annotation = function.parameters.get(*index as usize).and_then(|it| it.annotation);
                    annotation.map_or(Set::EMPTY, |it| self.written_failures(func, it))
                }
                ValueKind::Deref(of) => self.failures(func, *of),
                ValueKind::Captured { function, name } => {
                    let owner = program.func(program.file_of(func), *function);
                    let values = program.function(owner).given_to(*name);
                    let sets: Vec<Set> = values.iter().map(|&it| self.failures(owner, it)).collect();
                    self.union(sets)
                }
                _ => Set::EMPTY,
            });
        }
        self.union(found)
    }

    fn failures_of_call(&mut self, func: Func, call: &Call) -> Set {
        let callees = self.eval(func, call.callee);
        let mut found = Vec::new();
        for callee in self.shapes(callees).to_vec() {
            found.push(match *self.shape(callee) {
                Shape::Function(target) | Shape::Method(target, _) => self.failures_of_result(target),
                Shape::External(path) => self.failures_of_library(func, call, path),
                _ => Set::EMPTY,
            });
        }
        self.union(found)
    }

    fn failures_of_library(&mut self, func: Func, call: &Call, path: Path) -> Set {
        let receiver = match self.program.value(func, call.callee).kind {
            ValueKind::Attribute { base, .. } => Some(base),
            _ => None,
        };
        let facts = self.paths.facts(path);
        match (facts.fails, receiver) {
            (Some(Gives::Receiver), Some(receiver)) => self.failures(func, receiver),
            (Some(&Gives::Argument(index)), _) => self.argument(func, call, index),
            (Some(&Gives::ResultOf(index)), _) => {
                let callable = self.argument(func, call, index);
                self.results_of(callable)
            }
            (Some(Gives::Type(text)), _) => self.type_text(self.paths.language(path), text, Known::NOTHING),
            // `Ok::<T, E>(value)`, of a type that has a failure at this position.
            (None, None) if !call.types.is_empty() => {
                let Some(owner) = self.paths.owner(path) else { return Set::EMPTY };
                let Some(&Gives::Argument(index)) = self.paths.facts(owner).fails else { return Set::EMPTY };
                call.types.get(index).map_or(Set::EMPTY, |&it| self.annotation(func, it))
            }
            // What opens a result may have another one inside.
            (None, Some(receiver)) if facts.gives == Some(&Gives::Receiver) => self.failures_inside(func, receiver),
            _ => Set::EMPTY,
        }
    }

    fn argument(&mut self, func: Func, call: &Call, index: usize) -> Set {
        call.arguments.get(index).map_or(Set::EMPTY, |it| self.eval(func, it.value))
    }

    /// A result inside of a result: what is awaited through a library's call, `timeout(limit, load()).await??`.
    fn failures_inside(&mut self, func: Func, of: ValueId) -> Set {
        let ValueKind::Await(of) = self.program.value(func, of).kind else { return Set::EMPTY };
        let ValueKind::Call(call) = &self.program.value(func, of).kind else { return Set::EMPTY };
        let callees = self.eval(func, call.callee);
        if !self.shapes(callees).iter().all(|&it| matches!(self.shape(it), Shape::External(_))) {
            return Set::EMPTY;
        }
        let mut found = Vec::new();
        for argument in &call.arguments {
            let passed = self.eval(func, argument.value);
            found.push(self.failures_of_bodies(passed));
        }
        self.union(found)
    }

    /// What the coroutines and callables of a set fail with.
    fn failures_of_bodies(&mut self, set: Set) -> Set {
        let mut found = Vec::new();
        for shape in self.shapes(set).to_vec() {
            if let Shape::Coroutine(body) | Shape::Function(body) | Shape::Method(body, _) = *self.shape(shape) {
                found.push(self.failures_of_result(body));
            }
        }
        self.union(found)
    }

    /// What a value of a written type fails with.
    fn written_failures(&mut self, func: Func, expr: TypeExprId) -> Set {
        self.while_reading(func, expr, |it| it.failures_written(func, expr))
    }

    fn failures_written(&mut self, func: Func, expr: TypeExprId) -> Set {
        let file = self.program.file_of(func);
        let module = &self.program.file(file).summary.module;
        let (base, args) = match module.type_expr(expr) {
            TypeExpr::Future(result) => return self.written_failures(func, *result),
            TypeExpr::Apply { base, args } => (*base, &args[..]),
            _ => (expr, &[][..]),
        };
        let TypeExpr::Path { scope, path } = module.type_expr(base) else { return Set::EMPTY };
        let entities = self.program.named(file, *scope, path);
        let sets: Vec<Set> = entities.iter().map(|it| self.failures_of_type(func, it, args)).collect();
        self.union(sets)
    }

    fn failures_of_type(&mut self, func: Func, entity: &Entity, args: &[TypeExprId]) -> Set {
        match entity {
            Entity::Type(ty) if self.program.type_def(*ty).kind == TypeKind::Alias => {
                let def = self.program.type_def(*ty);
                let Some(&target) = def.bases.first() else { return Set::EMPTY };
                let key = (*ty, args.iter().map(|&it| self.annotation(func, it)).collect::<Box<[Set]>>());
                if let Some(&set) = self.failing_aliases.get(&key) {
                    return set;
                }
                let set = self.with_alias_arguments(*ty, &key.1, |types, top| types.written_failures(top, target));
                // Twins that stand for each other in circles have more ways through them than anybody could walk.
                self.failing_aliases.insert(key, set);
                set
            }
            Entity::External(dotted) => {
                let file: FileId = self.program.file_of(func);
                let path = self.paths.intern(self.program.language(file), dotted);
                let facts = self.paths.facts(path);
                match (facts.fails, facts.contains) {
                    (Some(&Gives::Argument(index)), _) => {
                        args.get(index).map_or(Set::EMPTY, |&it| self.annotation(func, it))
                    }
                    (Some(Gives::Type(text)), _) => self.type_text(self.paths.language(path), text, Known::NOTHING),
                    (None, Some(Contains::Itself)) => {
                        args.first().map_or(Set::EMPTY, |&it| self.written_failures(func, it))
                    }
                    _ => Set::EMPTY,
                }
            }
            _ => Set::EMPTY,
        }
    }
}
