//! Attributes that a text names while the program runs: `getattr(base, name)`.

use super::{Set, Types};
use crate::link::{Entity, FileId, Func};
use blocklint_catalog::Facts;
use blocklint_catalog::fact::Gives;
use blocklint_ir::{BindingKind, FunctionId, Literal, Name, ValueId, ValueKind};

/// More names than this say nothing about which one is meant.
const MAX_NAMES: usize = 8;

/// Names are looked for through no more values than this.
const MAX_HOPS: usize = 8;

impl Types<'_> {
    /// `getattr(base, name)` where the code says which texts the name may be.
    pub(super) fn named_attribute(&mut self, func: Func, base: Option<ValueId>, name: Option<ValueId>) -> Set {
        let (Some(base), Some(name)) = (base, name) else { return Set::EMPTY };
        let mut names = Vec::new();
        if !self.texts(func, name, 0, &mut names) || names.len() > MAX_NAMES {
            return Set::EMPTY;
        }
        let file = self.program.file_of(func);
        let set = self.eval(func, base);
        let sets: Vec<Set> = names.into_iter().map(|it| self.attribute_behind(file, set, it)).collect();
        self.union(sets)
    }

    /// Collects what a text may be; whether the code says all of it.
    fn texts(&self, func: Func, value: ValueId, hops: usize, out: &mut Vec<Name>) -> bool {
        if hops > MAX_HOPS || out.len() > MAX_NAMES {
            return false;
        }
        match &self.program.value(func, value).kind {
            ValueKind::Literal(Literal::Text(name)) => {
                out.push(*name);
                true
            }
            ValueKind::Present(of) | ValueKind::Narrow { of, .. } => self.texts(func, *of, hops + 1, out),
            ValueKind::Choice(options) => options.iter().all(|&it| self.texts(func, it, hops + 1, out)),
            ValueKind::Each(of) => self.listed(func, *of, hops + 1, out),
            _ => self.constant_of_file(func, value).is_some_and(|(at, it)| self.texts(at, it, hops + 1, out)),
        }
    }

    /// Collects the texts of a list that is written out.
    fn listed(&self, func: Func, list: ValueId, hops: usize, out: &mut Vec<Name>) -> bool {
        match &self.program.value(func, list).kind {
            ValueKind::Tuple(items) | ValueKind::Sequence(items) => {
                items.iter().all(|&it| self.texts(func, it, hops + 1, out))
            }
            _ if hops > MAX_HOPS => false,
            _ => self.constant_of_file(func, list).is_some_and(|(at, it)| self.listed(at, it, hops + 1, out)),
        }
    }

    /// The only value that a variable of the same file is ever given.
    fn constant_of_file(&self, func: Func, value: ValueId) -> Option<(Func, ValueId)> {
        let file = self.program.file_of(func);
        let ValueKind::Path(path) = self.program.value(func, value).kind else { return None };
        let [Entity::Variable(at, scope, index)] = self.program.named_path(file, path)[..] else { return None };
        let module = &self.program.file(at).summary.module;
        match &module.scope(scope).bindings[index as usize].kind {
            BindingKind::Value { values, .. } if at == file => match values[..] {
                [only] if only.function == FunctionId::TOP => {
                    Some((self.program.func(file, only.function), only.value))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// What a method that answers for missing attributes takes from another object under the name that it is asked for:
    /// `return getattr(self.inner, name)`.
    pub(super) fn delegated(&mut self, file: FileId, answers: Func, name: Name) -> Set {
        let function = self.program.function(answers);
        let mut found = Vec::new();
        for &returned in &function.returns {
            for origin in function.origins(returned, MAX_NAMES) {
                let Some((base, asked)) = self.asks_by_name(answers, origin) else { continue };
                let parameter =
                    |it: ValueId, index| function.value(function.bare(it)).kind == ValueKind::Parameter(index);
                if parameter(asked, 1) && !parameter(base, 0) {
                    let set = self.eval(answers, base);
                    found.push(self.attribute_behind(file, set, name));
                }
            }
        }
        self.union(found)
    }

    /// The object and the name of a call that reads an attribute by its name.
    fn asks_by_name(&mut self, func: Func, value: ValueId) -> Option<(ValueId, ValueId)> {
        let ValueKind::Call(call) = &self.program.value(func, value).kind else { return None };
        let [base, name, ..] = call.arguments[..] else { return None };
        let reads = |it: &Facts<'_>| it.gives == Some(&Gives::AttributeOf(0));
        self.is_library_function(func, call.callee, reads).then_some((base.value, name.value))
    }
}
