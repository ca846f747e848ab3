//! What a method of a base may be instead: the methods of subtypes that replace it.

use super::{Set, Shape, ShapeId, Types};
use crate::link::{FileId, Func};
use blocklint_catalog::fact::Decorates;
use blocklint_ir::{Color, Name, ValueId, ValueKind};

/// More overrides than this say nothing about which one is called.
const MAX_OVERRIDES: usize = 12;

impl Types<'_> {
    /// Methods of subtypes that the receiver may have instead, where `caller` calls one. What tests put in its place runs in tests.
    pub fn overrides(&self, caller: Func, target: Func, receiver: ShapeId) -> Vec<Func> {
        let (Shape::Instance { ty, exact: false, .. } | Shape::Class { ty, exact: false }) = *self.shape(receiver)
        else {
            return Vec::new();
        };
        let program = self.program;
        let name = program.sym(program.file_of(target), program.function(target).name);
        let found = program.hierarchy.overrides(ty, name, MAX_OVERRIDES).unwrap_or_default();
        let tested = program.in_test(caller);
        let others = found.into_iter().map(|it| it.func).filter(|&it| it != target);
        others.filter(|&it| tested || !program.in_test(it)).collect()
    }

    /// What calling a method gives, `callee` being the value that is called: of its overrides too where it gives nothing itself,
    /// and what bodies of theirs give that run later, when the result is entered or iterated.
    pub(super) fn method_result(&mut self, callee: (Func, ValueId), target: Func, receiver: ShapeId) -> Set {
        let own = self.decorated_result(target, Some(receiver));
        if self.asks_above(callee) {
            return own;
        }
        let mut all = vec![own];
        for target in self.overrides(callee.0, target, receiver) {
            if own.is_empty() || self.runs_later(target) {
                all.push(self.decorated_result(target, Some(receiver)));
            }
        }
        self.union(all)
    }

    /// What calling a method of an object gives, whichever override it has. `caller` calls it, in `file`.
    pub fn result_of_method(&mut self, (caller, file): (Func, FileId), object: ShapeId, name: Name) -> Set {
        let methods = self.attribute_of(file, object, name);
        let mut all = vec![self.results_of(methods)];
        for method in self.shapes(methods).to_vec() {
            match *self.shape(method) {
                Shape::Method(target, receiver) => {
                    let overrides = self.overrides(caller, target, receiver);
                    all.extend(overrides.into_iter().map(|it| self.decorated_result(it, Some(receiver))));
                }
                Shape::External(path) => all.extend(self.given_by(path, Some(object), &[])),
                _ => {}
            }
        }
        self.union(all)
    }

    fn runs_later(&mut self, func: Func) -> bool {
        let function = self.program.function(func);
        function.color == Color::Generator
            || (!function.decorators.is_empty() && self.decoration(func) == Some(Decorates::ContextManager))
    }

    /// `super().method`: no override below is meant.
    fn asks_above(&self, (func, callee): (Func, ValueId)) -> bool {
        match self.program.value(func, callee).kind {
            ValueKind::Attribute { base, .. } => self.program.value(func, base).kind == ValueKind::Super,
            _ => false,
        }
    }
}
