//! What functions give: what they say, and what their bodies return.

use super::question::Question;
use super::{Set, Shape, ShapeId, Types};
use crate::link::Func;
use blocklint_ir::{Receiver, TypeExpr, TypeKind, ValueKind};

impl Types<'_> {
    /// What a function's body gives: its annotation, else what it returns. For an asynchronous one, what awaiting it gives.
    pub(super) fn result_of(&mut self, func: Func, receiver: Option<ShapeId>) -> Set {
        let function = self.program.function(func);
        if let (Some(result), Some(receiver)) = (function.result, receiver) {
            let file = self.program.file_of(func);
            if *self.program.file(file).summary.module.type_expr(result) == TypeExpr::SelfType {
                return self.arena.set(vec![receiver]);
            }
            if let Some(given) = self.type_argument_of_result(func, receiver) {
                return given;
            }
        }
        if let Some(receiver) = receiver.filter(|_| self.returns_receiver(func)) {
            return self.arena.set(vec![receiver]);
        }
        self.answer(Question::Result(func), |types| {
            let declared = function.result.map_or(Set::EMPTY, |it| types.annotation(func, it));
            let declared = types.without_none(declared);
            if types.says_all(declared) {
                return declared;
            }
            let returned: Vec<Set> = function.returns.iter().map(|&it| types.eval(func, it)).collect();
            let seen = !returned.is_empty() && returned.iter().all(|&it| types.is_concrete(it));
            let returned = types.union(returned);
            // Of whatever has a trait's methods, the body says which it is: `impl Store`.
            if seen && !declared.is_empty() && types.merely_structural(declared) {
                return returned;
            }
            let returned = types.without_none(returned);
            types.declared_or_given(declared, returned)
        })
    }

    /// Whether it is known which types these are.
    fn is_concrete(&self, set: Set) -> bool {
        !set.is_empty()
            && self.shapes(set).iter().all(|&it| match *self.shape(it) {
                Shape::Instance { ty, .. } => self.program.type_def(ty).kind != TypeKind::Trait,
                _ => false,
            })
    }

    /// Whether a method ends with `return self`, whatever it says that it returns.
    fn returns_receiver(&self, func: Func) -> bool {
        let function = self.program.function(func);
        function.receiver == Receiver::Instance
            && !function.returns.is_empty()
            && function.returns.iter().all(|&it| function.value(it).kind == ValueKind::Parameter(0))
    }

    /// A declaration that the body cannot make more precise: a library's type, or one of the program that nothing inherits from.
    fn says_all(&self, declared: Set) -> bool {
        !declared.is_empty()
            && self.shapes(declared).iter().all(|&it| match *self.shape(it) {
                Shape::ExternalInstance(_, ref args) => {
                    !args.iter().any(|&it| !it.is_empty() && self.merely_callable(it))
                }
                Shape::Instance { ty, exact, .. } => exact || self.program.hierarchy.subtypes(ty).is_empty(),
                _ => false,
            })
    }
}

impl Types<'_> {
    /// What a function's body gives, for callers that have no receiver.
    pub fn body_result(&mut self, func: Func) -> Set {
        self.result_of(func, None)
    }

    /// What a function says that it gives.
    pub fn declared_result(&mut self, func: Func) -> Set {
        self.program.function(func).result.map_or(Set::EMPTY, |it| self.annotation(func, it))
    }

    /// What a parameter is said to be.
    pub fn declared_parameter(&mut self, func: Func, index: usize) -> Set {
        let parameter = self.program.function(func).parameters.get(index);
        parameter.and_then(|it| it.annotation).map_or(Set::EMPTY, |it| self.annotation(func, it))
    }
}
