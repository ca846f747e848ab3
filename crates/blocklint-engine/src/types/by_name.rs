//! Attributes that a text names while the program runs: `getattr(base, name)`.

use super::{Set, Shape, Types};
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

    /// The object whose path a text is, where the code says which: one of the program's, or a library's.
    pub(super) fn object_at(&mut self, func: Func, path: Option<ValueId>) -> Set {
        let Some(path) = path else { return Set::EMPTY };
        let mut texts = Vec::new();
        if !self.paths_in(func, path, 0, &mut texts) {
            return Set::EMPTY;
        }
        let file = self.program.file_of(func);
        let entities: Vec<Entity> = texts.iter().flat_map(|it| self.program.at_path(file, it)).collect();
        self.entities(file, &entities)
    }

    /// Collects the paths that a value may be: texts, also through what only makes texts of them, and through fields.
    fn paths_in(&mut self, func: Func, value: ValueId, hops: usize, out: &mut Vec<Box<str>>) -> bool {
        let program = self.program;
        let mut names = Vec::new();
        if self.texts(func, value, hops, &mut names) {
            let module = &program.file(program.file_of(func)).summary.module;
            out.extend(names.into_iter().map(|it| module.text(it).into()));
            return out.len() <= MAX_NAMES;
        }
        if hops > MAX_HOPS {
            return false;
        }
        match program.value(func, value).kind {
            // `str(path)`, `DottedObjectName("app.Handler", help="…")`
            ValueKind::Call(ref call) => {
                let made = self.gives_its_text(func, call.callee);
                let first = call.arguments.first().filter(|it| made && it.name.is_none());
                first.is_some_and(|it| self.paths_in(func, it.value, hops + 1, out))
            }
            ValueKind::Attribute { base, name } => {
                let of = self.eval(func, base);
                let [shape] = *self.shapes(of) else { return false };
                let (Shape::Instance { ty, .. } | Shape::Class(ty)) = *self.shape(shape) else { return false };
                let name = program.sym(program.file_of(func), name);
                let fields: Vec<_> = program.hierarchy.fields(ty, name).to_vec();
                !fields.is_empty()
                    && fields.into_iter().all(|(at, index)| {
                        let (file, _) = program.place_of_type(at);
                        let values = &program.type_def(at).fields[index as usize].values;
                        values.iter().all(|it| self.paths_in(program.func(file, it.function), it.value, hops + 1, out))
                    })
            }
            _ => false,
        }
    }

    /// Whether a library's function gives its first argument, or a text of it.
    fn gives_its_text(&mut self, func: Func, callee: ValueId) -> bool {
        let file = self.program.file_of(func);
        let text = self.program.file(file).summary.module.prelude.text.as_deref();
        let text = self.prelude_path(file, text);
        let same = |it: &Facts<'_>| it.gives == Some(&Gives::Argument(0));
        let set = self.eval(func, callee);
        self.is_library_function(func, callee, same)
            || self.shapes(set).iter().any(|&it| matches!(*self.shape(it), Shape::External(path) if Some(path) == text))
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
