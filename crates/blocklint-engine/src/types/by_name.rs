//! Attributes that a text names while the program runs: `getattr(base, name)`.

use super::{Set, Shape, Types};
use crate::link::{Entity, FileId, Func, Program, Sym, Ty};
use blocklint_catalog::Facts;
use blocklint_catalog::fact::Gives;
use blocklint_ir::{BindingKind, Field, FunctionId, Literal, Name, TypeExpr, TypeExprId, ValueId, ValueKind};

/// More names than this say nothing about which one is meant.
const MAX_NAMES: usize = 8;

/// Names are looked for through no more values than this.
const MAX_HOPS: usize = 8;

/// A text, and the file that has it.
type Text = (FileId, Name);

impl Types<'_> {
    /// `getattr(base, name)` where the code says which texts the name may be.
    pub(super) fn named_attribute(&mut self, func: Func, base: Option<ValueId>, name: Option<ValueId>) -> Set {
        let (Some(base), Some(name)) = (base, name) else { return Set::EMPTY };
        let mut names = Vec::new();
        if !self.texts(func, name, 0, &mut names) || names.len() > MAX_NAMES {
            return Set::EMPTY;
        }
        let set = self.eval(func, base);
        let sets: Vec<Set> = names.into_iter().map(|(file, it)| self.attribute_behind(file, set, it)).collect();
        self.union(sets)
    }

    /// `attrgetter("name")`, where the code says which text it is.
    pub(super) fn reader(&mut self, func: Func, name: Option<ValueId>, calls: bool) -> Set {
        let mut names = Vec::new();
        match name {
            Some(name) if self.texts(func, name, 0, &mut names) => {}
            _ => return Set::EMPTY,
        }
        let readers: Vec<Set> = names.into_iter().map(|(file, it)| self.one(Shape::Reader(file, it, calls))).collect();
        self.union(readers)
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

    /// A list of what loads the objects that the program's own packages register under a group.
    pub(super) fn registered(&mut self, func: Func, group: Option<ValueId>, entry: &str) -> Set {
        let (program, file) = (self.program, self.program.file_of(func));
        let mut groups = Vec::new();
        let known = group.is_some_and(|it| self.texts(func, it, 0, &mut groups));
        let mut objects: Vec<Entity> = Vec::new();
        for (at, group) in groups.into_iter().filter(|_| known) {
            let group = program.file(at).summary.module.text(group);
            let entries = program.packages.iter().filter(|it| !it.library).flat_map(|it| &it.entry_points);
            let meant = entries.filter(|it| it.group == group);
            objects.extend(meant.flat_map(|it| program.at_path(file, &it.object)));
        }
        let set = self.entities(file, &objects);
        let entry = self.paths.intern(program.language(file), entry);
        let entry = self.one(Shape::ExternalInstance(entry, Box::new([set])));
        self.one(Shape::Sequence(entry))
    }

    /// Collects the paths that a value may be: texts, also through what only makes texts of them, and through fields.
    fn paths_in(&mut self, func: Func, value: ValueId, hops: usize, out: &mut Vec<Box<str>>) -> bool {
        let program = self.program;
        let mut names = Vec::new();
        if self.texts(func, value, hops, &mut names) {
            out.extend(names.into_iter().map(|(file, it)| program.file(file).summary.module.text(it).into()));
            return out.len() <= MAX_NAMES;
        }
        if hops > MAX_HOPS {
            return false;
        }
        match program.value(func, value).kind {
            // `str(path)`, `DottedObjectName("app.Handler", help="…")`
            ValueKind::Call(ref call) => {
                let made = self.gives_its_text(func, call.callee);
                let first = call.arguments.first().filter(|it| made && it.name.is_none()).map(|it| it.value);
                let of = first.or_else(|| self.gives_its_receiver(func, call.callee));
                of.is_some_and(|it| self.paths_in(func, it, hops + 1, out))
            }
            ValueKind::Attribute { base, name } => {
                let of = self.eval(func, base);
                let [shape] = *self.shapes(of) else { return false };
                let (Shape::Instance { ty, .. } | Shape::Class { ty, .. }) = *self.shape(shape) else { return false };
                let name = program.sym(program.file_of(func), name);
                let fields: Vec<_> = program.hierarchy.fields(ty, name).to_vec();
                !fields.is_empty()
                    && fields
                        .into_iter()
                        .flat_map(|it| program.field_values(it))
                        .all(|(at, it)| self.paths_in(at, it, hops + 1, out))
            }
            _ => false,
        }
    }

    /// What a library's method is called on, where it gives that: `DottedObjectName("app.Handler").tag(config=True)`.
    fn gives_its_receiver(&mut self, func: Func, callee: ValueId) -> Option<ValueId> {
        let ValueKind::Attribute { base, .. } = self.program.value(func, callee).kind else { return None };
        self.is_library_function(func, callee, |it| it.gives == Some(&Gives::Receiver)).then_some(base)
    }

    /// Whether a library's function gives its first argument, or a text of it, or an object that stands for it.
    fn gives_its_text(&mut self, func: Func, callee: ValueId) -> bool {
        let file = self.program.file_of(func);
        let text = self.text_type(file);
        let same = |it: &Facts<'_>| it.gives == Some(&Gives::Argument(0)) || it.keeps == Some(0);
        let set = self.eval(func, callee);
        self.is_library_function(func, callee, same)
            || self.shapes(set).iter().any(|&it| matches!(*self.shape(it), Shape::External(path) if Some(path) == text))
    }

    /// What a text may be; none where the code does not say all of it.
    pub(super) fn texts_of(&mut self, func: Func, value: ValueId) -> Vec<Sym> {
        let mut names = Vec::new();
        if !self.texts(func, value, 0, &mut names) {
            return Vec::new();
        }
        names.into_iter().map(|(file, it)| self.program.sym(file, it)).collect()
    }

    /// Collects what a text may be; whether the code says all of it.
    fn texts(&mut self, func: Func, value: ValueId, hops: usize, out: &mut Vec<Text>) -> bool {
        if hops > MAX_HOPS || out.len() > MAX_NAMES {
            return false;
        }
        let (program, file) = (self.program, self.program.file_of(func));
        match &program.value(func, value).kind {
            ValueKind::Literal(Literal::Text(name)) => {
                out.push((file, *name));
                true
            }
            ValueKind::Parameter(index) => {
                let annotation = program.function(func).parameters.get(*index as usize).and_then(|it| it.annotation);
                annotation.is_some_and(|it| texts_of_type(program, file, it, out))
            }
            ValueKind::Narrow { to, holds: true, .. } if texts_of_type(program, file, *to, out) => true,
            ValueKind::Present(of) | ValueKind::Narrow { of, .. } => self.texts(func, *of, hops + 1, out),
            ValueKind::Choice(options) => options.iter().all(|&it| self.texts(func, it, hops + 1, out)),
            ValueKind::Each(of) => self.listed(func, *of, hops + 1, out),
            ValueKind::Attribute { base, name } => self.texts_of_member(func, *base, *name, out),
            _ => self.only_value(func, value).is_some_and(|(at, it)| self.texts(at, it, hops + 1, out)),
        }
    }

    /// Collects the texts of a list that is written out.
    fn listed(&mut self, func: Func, list: ValueId, hops: usize, out: &mut Vec<Text>) -> bool {
        match &self.program.value(func, list).kind {
            ValueKind::Tuple(items) | ValueKind::Sequence(items) => {
                items.iter().all(|&it| self.texts(func, it, hops + 1, out))
            }
            _ if hops > MAX_HOPS => false,
            _ => self.only_value(func, list).is_some_and(|(at, it)| self.listed(at, it, hops + 1, out)),
        }
    }

    /// The only value that a variable of a file is ever given.
    pub fn only_value(&self, func: Func, value: ValueId) -> Option<(Func, ValueId)> {
        let ValueKind::Path(path) = self.program.value(func, value).kind else { return None };
        let named = self.program.named_path(self.program.file_of(func), path);
        let [Entity::Variable(file, scope, index)] = named[..] else { return None };
        match &self.program.file(file).summary.module.scope(scope).bindings[index as usize].kind {
            BindingKind::Value { values, .. } => match values[..] {
                [only] if only.function == FunctionId::TOP => {
                    Some((self.program.func(file, only.function), only.value))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The text, or the name, of one member of an enumeration: `Action.START.value`; of each of them where nobody says which.
    fn texts_of_member(&mut self, func: Func, base: ValueId, name: Name, out: &mut Vec<Text>) -> bool {
        let program = self.program;
        let set = self.eval(func, base);
        let [shape] = *self.shapes(set) else { return false };
        let Shape::Instance { ty, .. } = *self.shape(shape) else { return false };
        let file = program.file_of(func);
        let Some(named) = self.enumerates(ty, program.file(file).summary.module.text(name)) else { return false };
        let one = self.member_named(func, base);
        let (at, _) = program.place_of_type(ty);
        let module = &program.file(at).summary.module;
        let public = |it: &&Field| it.on_class && !module.text(it.name).starts_with('_');
        let mut members = program.type_def(ty).fields.iter().filter(public);
        members.all(|member| match member.values[..] {
            _ if one.is_some_and(|it| program.sym(at, member.name) != it) => true,
            _ if named == Gives::MemberName => {
                out.push((at, member.name));
                true
            }
            [only] => match program.value(program.func(at, only.function), only.value).kind {
                ValueKind::Literal(Literal::Text(text)) => {
                    out.push((at, text));
                    true
                }
                _ => false,
            },
            _ => false,
        })
    }

    /// What an attribute of an enumeration's member gives, where the catalogue knows that.
    fn enumerates(&mut self, ty: Ty, attribute: &str) -> Option<Gives> {
        self.library_bases(ty).into_iter().find_map(|base| {
            let member = self.paths.member(base, attribute);
            let gives = self.paths.facts(member).gives;
            gives.filter(|it| matches!(it, Gives::MemberName | Gives::MemberText)).cloned()
        })
    }

    /// The member that is written: `Action.START`.
    fn member_named(&self, func: Func, value: ValueId) -> Option<Sym> {
        let file = self.program.file_of(func);
        match self.program.value(func, value).kind {
            ValueKind::Attribute { base, name }
                if matches!(self.program.value(func, base).kind, ValueKind::Path(_)) =>
            {
                Some(self.program.sym(file, name))
            }
            ValueKind::Path(path) => match &self.program.named_path(file, path)[..] {
                [Entity::Inside(_, name)] => self.program.symbol(name),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a method that answers for missing attributes takes from another object under the name that it is asked for:
    /// `return getattr(self.inner, name)`.
    pub(super) fn delegated(&mut self, file: FileId, answers: Func, name: Name) -> Set {
        let to = self.delegates_to(answers);
        self.attribute_behind(file, to, name)
    }

    /// The objects that such a method asks.
    pub fn delegates_to(&mut self, answers: Func) -> Set {
        let function = self.program.function(answers);
        let mut found = Vec::new();
        for &returned in &function.returns {
            for origin in function.origins(returned, MAX_NAMES) {
                let Some((base, asked)) = self.asks_by_name(answers, origin) else { continue };
                if function.is_parameter(asked, 1) && !function.is_parameter(base, 0) {
                    found.push(self.eval(answers, base));
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

/// Collects the texts that a type is written as; whether it is.
fn texts_of_type(program: &Program<'_>, file: FileId, written: TypeExprId, out: &mut Vec<Text>) -> bool {
    match program.file(file).summary.module.type_expr(written) {
        TypeExpr::Texts(texts) => {
            out.extend(texts.iter().map(|&it| (file, it)));
            true
        }
        TypeExpr::Unit => true,
        TypeExpr::Union(options) => options.iter().all(|&it| texts_of_type(program, file, it, out)),
        _ => false,
    }
}
