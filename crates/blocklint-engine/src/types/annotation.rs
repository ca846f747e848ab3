//! What a value of a written type is.

use super::{Path, Set, Shape, Types};
use crate::link::{Entity, FileId, Func, Sym, Ty};
use blocklint_catalog::fact::{Contains, Gives};
use blocklint_ir::{FunctionId, Import, Language, Name, ScopeId, TypeExpr, TypeExprId, TypeKind, ValueId};

/// An associated type that more implementations set than this may be anything.
const MAX_ASSOCIATED: usize = 10;

/// Associated types that are set by one another further than this say nothing.
const MAX_ASSOCIATED_DEPTH: usize = 3;

impl Types<'_> {
    /// What a value annotated with this type is. `func` is the function whose type parameters and `Self` it may name.
    pub fn annotation(&mut self, func: Func, expr: TypeExprId) -> Set {
        self.while_reading(func, expr, |it| it.annotation_kind(func, expr))
    }

    /// Reads a written type. Bounds, associated types and aliases may lead back to themselves (`T: Sub<T>`), and say nothing more there.
    pub(super) fn while_reading(&mut self, func: Func, expr: TypeExprId, read: impl FnOnce(&mut Self) -> Set) -> Set {
        if self.depth > super::MAX_DEPTH || self.reading.contains(&(func, expr)) {
            return Set::EMPTY;
        }
        self.depth += 1;
        self.reading.push((func, expr));
        let set = read(self);
        self.reading.pop();
        self.depth -= 1;
        if self.reading.is_empty() {
            self.aliases.clear();
            self.failing_aliases.clear();
        }
        set
    }

    fn annotation_kind(&mut self, func: Func, expr: TypeExprId) -> Set {
        let file = self.program.file_of(func);
        match self.program.file(file).summary.module.type_expr(expr) {
            TypeExpr::Unknown => Set::EMPTY,
            TypeExpr::Path { scope, path } => self.named_type(func, *scope, path, &[]),
            TypeExpr::Apply { base, args } => self.applied_type(func, *base, args),
            TypeExpr::Union(options) => {
                let sets: Vec<Set> = options.iter().map(|&it| self.option(func, it)).collect();
                self.union(sets)
            }
            TypeExpr::Bounded(options) => {
                let sets: Vec<Set> = options.iter().map(|&it| self.annotation(func, it)).collect();
                self.union(sets)
            }
            TypeExpr::Tuple(items) => {
                let sets = items.iter().map(|&it| self.annotation(func, it)).collect();
                self.one(Shape::Tuple(sets))
            }
            TypeExpr::Sequence(item) => {
                let item = self.annotation(func, *item);
                self.one(Shape::Sequence(item))
            }
            TypeExpr::Callable(result) => {
                let result = self.annotation(func, *result);
                self.one(Shape::Callable(result))
            }
            TypeExpr::Future(result) => {
                let result = self.annotation(func, *result);
                self.one(Shape::Future(result))
            }
            TypeExpr::SelfType => match self.program.owner(func) {
                Some(owner) => self.one(Shape::Instance { ty: owner, exact: false, args: Box::default() }),
                None => Set::EMPTY,
            },
            TypeExpr::Associated { base, name } => self.associated_type(func, *base, *name),
            TypeExpr::Unit => self.one(Shape::None),
            TypeExpr::Texts(_) => self.a_text(file),
            TypeExpr::TypeOf(of) => {
                let set = self.annotation(func, *of);
                self.types_of(set)
            }
        }
    }

    /// One of several types. Of one whose name leads nowhere it is known that the value may be that, and not the others.
    fn option(&mut self, func: Func, expr: TypeExprId) -> Set {
        let set = self.annotation(func, expr);
        let file = self.program.file_of(func);
        let module = &self.program.file(file).summary.module;
        let TypeExpr::Path { scope, path } = module.type_expr(expr) else { return set };
        if !set.is_empty() || !self.program.named(file, *scope, path).is_empty() {
            return set;
        }
        let [name] = *path.segments else { return set };
        if self.type_parameter(func, name).is_some() {
            return set;
        }
        let path = self.paths.intern(self.program.language(file), module.text(name));
        self.library_instance(path, &[])
    }

    fn named_type(&mut self, func: Func, scope: ScopeId, path: &Import, args: &[Set]) -> Set {
        let file = self.program.file_of(func);
        if let [name] = *path.segments
            && let Some(&(_, _, set)) = self.alias_arguments.iter().rev().find(|it| (it.0, it.1) == (file, name))
        {
            return set;
        }
        if let [name] = *path.segments
            && let Some(&(_, bound)) = self.type_parameter(func, name)
        {
            return bound.map_or(Set::EMPTY, |it| self.annotation(func, it));
        }
        let entities = self.program.named(file, scope, path);
        let sets: Vec<Set> = entities.iter().map(|it| self.instance_of_entity(file, it, args)).collect();
        self.union(sets)
    }

    /// A type parameter of the function or its owner, and its bound if it has one.
    fn type_parameter(&self, func: Func, name: Name) -> Option<&(Name, Option<TypeExprId>)> {
        let function = self.program.function(func);
        let (file, _) = self.program.place_of(func);
        let module = &self.program.file(file).summary.module;
        let of_owner = function.owner.map(|it| &module.type_def(it).generics);
        function.generics.iter().chain(of_owner.into_iter().flatten()).find(|it| it.0 == name)
    }

    /// Whether a parameter may be given a value of any type that has certain methods.
    pub fn bounded(&mut self, func: Func, parameter: u16) -> bool {
        let Some(annotation) = self.program.function(func).parameters[parameter as usize].annotation else {
            return false;
        };
        self.is_bounded(func, annotation)
    }

    fn is_bounded(&mut self, func: Func, expr: TypeExprId) -> bool {
        let file = self.program.file_of(func);
        let module = &self.program.file(file).summary.module;
        match module.type_expr(expr) {
            TypeExpr::Bounded(_) => true,
            TypeExpr::Path { path, .. } => match *path.segments {
                [name] => self.type_parameter(func, name).is_some_and(|it| it.1.is_some()),
                _ => false,
            },
            // `Box<dyn Read>`
            TypeExpr::Apply { base, args } => match (module.type_expr(*base), &args[..]) {
                (TypeExpr::Path { scope, path }, &[only]) => {
                    self.is_bounded(func, only) && self.only_wraps(file, *scope, path)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a type is a library's that is used as what it is applied to.
    fn only_wraps(&mut self, file: FileId, scope: ScopeId, path: &Import) -> bool {
        let program = self.program;
        program.named(file, scope, path).iter().any(|it| self.contained_by(file, it) == Some(Contains::Itself))
    }

    /// What the catalogue says that a library's type contains.
    pub(super) fn contained_by(&mut self, file: FileId, entity: &Entity) -> Option<Contains> {
        let Entity::External(dotted) = entity else { return None };
        let path = self.paths.intern(self.program.language(file), dotted);
        self.paths.facts(path).contains
    }

    fn applied_type(&mut self, func: Func, base: TypeExprId, args: &[TypeExprId]) -> Set {
        let file = self.program.file_of(func);
        let args: Vec<Set> = args.iter().map(|&it| self.annotation(func, it)).collect();
        match self.program.file(file).summary.module.type_expr(base) {
            TypeExpr::Path { scope, path } => self.named_type(func, *scope, path, &args),
            _ => self.annotation(func, base),
        }
    }

    fn instance_of_entity(&mut self, file: FileId, entity: &Entity, args: &[Set]) -> Set {
        match entity {
            Entity::Type(ty) => self.instance_of(*ty, args),
            Entity::External(dotted) => {
                let path = self.paths.intern(self.program.language(file), dotted);
                self.library_instance(path, args)
            }
            Entity::Variable(..) | Entity::Inside(..) => {
                let set = self.entities(file, std::slice::from_ref(entity));
                self.instances_of(set, args)
            }
            Entity::Module(_) | Entity::Function(_) => Set::EMPTY,
        }
    }

    /// An instance of a type of the program, aliases followed.
    pub(super) fn instance_of(&mut self, ty: Ty, args: &[Set]) -> Set {
        let def = self.program.type_def(ty);
        match def.kind {
            TypeKind::Alias => {
                // A pair of an alias of a pair of an alias … is read once, not twice as often with each level.
                let key = (ty, Box::from(args));
                if let Some(&set) = self.aliases.get(&key) {
                    return set;
                }
                let target = def.bases.first();
                let set = self.with_alias_arguments(ty, args, |types, top| {
                    target.map_or(Set::EMPTY, |&it| types.annotation(top, it))
                });
                // What a type around it cuts short counts inside of that one only.
                if !self.reading.is_empty() {
                    self.aliases.insert(key, set);
                }
                set
            }
            TypeKind::Implementation => Set::EMPTY,
            // A value of a struct or enum type is of that very type.
            kind => {
                let exact = matches!(kind, TypeKind::Struct | TypeKind::Enum);
                self.one(Shape::Instance { ty, exact, args: args.into() })
            }
        }
    }

    /// Reads the target of an alias, which stands at the top of a file, with what its parameters stand for.
    pub(super) fn with_alias_arguments(
        &mut self,
        alias: Ty,
        args: &[Set],
        read: impl FnOnce(&mut Self, Func) -> Set,
    ) -> Set {
        let (file, _) = self.program.place_of_type(alias);
        let top = self.program.func(file, FunctionId::TOP);
        self.with_standing(|types| {
            for (index, &(name, usual)) in types.program.type_def(alias).generics.iter().enumerate() {
                let set = match args.get(index) {
                    Some(&set) => set,
                    None => usual.map_or(Set::EMPTY, |it| types.annotation(top, it)),
                };
                types.alias_arguments.push((file, name, set));
            }
            read(types, top)
        })
    }

    /// Asks with more type parameters standing for something, which `ask` says, and forgets those.
    pub(super) fn with_standing<R>(&mut self, ask: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.alias_arguments.len();
        let answer = ask(self);
        self.alias_arguments.truncate(outer);
        answer
    }

    /// A type of the program as a value, aliases followed. A struct without fields is its only instance.
    pub(super) fn class_of(&mut self, ty: Ty) -> Set {
        let def = self.program.type_def(ty);
        match def.kind {
            TypeKind::Alias => {
                let set = self.instance_of(ty, &[]);
                let types = self.types_of(set);
                self.by_name_alone(types)
            }
            TypeKind::Struct if def.fields.is_empty() => self.instance_of(ty, &[]),
            _ => self.one(Shape::Class { ty, exact: true }),
        }
    }

    /// An instance of a library's type, seen through what only wraps.
    pub(super) fn library_instance(&mut self, path: Path, args: &[Set]) -> Set {
        let arg = |index: usize| args.get(index).copied().unwrap_or(Set::EMPTY);
        let last = args.last().copied().unwrap_or(Set::EMPTY);
        match self.paths.facts(path).contains {
            Some(Contains::Itself) if !args.is_empty() => arg(0),
            Some(Contains::Parts) if !args.is_empty() => self.one(Shape::Tuple(args.into())),
            Some(Contains::Result) => self.one(Shape::Callable(last)),
            Some(Contains::Anything) => Set::EMPTY,
            Some(Contains::Awaited) if !args.is_empty() => self.one(Shape::Future(last)),
            _ => {
                let path = self.made_by_function(path).unwrap_or(path);
                let read = self.source_instance(path, args);
                if read.is_empty() { self.one(Shape::ExternalInstance(path, args.into())) } else { read }
            }
        }
    }

    /// The type of what a library's function makes, where its name stands for a type: `client: boto3.client`.
    fn made_by_function(&mut self, path: Path) -> Option<Path> {
        let Some(Gives::Type(made)) = self.paths.facts(path).gives else { return None };
        let plain = made.starts_with(char::is_alphabetic)
            && !made.contains(|it: char| !it.is_alphanumeric() && !"._".contains(it));
        plain.then(|| self.paths.intern(self.paths.language(path), made))
    }

    /// Instances of the types in a set of values.
    pub(super) fn instances_of(&mut self, set: Set, args: &[Set]) -> Set {
        let mut found = Vec::new();
        for shape in self.shapes(set).to_vec() {
            match *self.shape(shape) {
                Shape::Class { ty, .. } => found.push(self.instance_of(ty, args)),
                Shape::External(path) => found.push(self.library_instance(path, args)),
                _ => {}
            }
        }
        self.union(found)
    }

    /// The types of what a value may be, as values.
    pub(super) fn type_of(&mut self, func: Func, value: ValueId) -> Set {
        let set = self.eval(func, value);
        self.types_of(set)
    }

    /// Types that an alias names: no subtype is meant.
    fn by_name_alone(&mut self, types: Set) -> Set {
        self.map(types, |types, it| match *types.shape(it) {
            Shape::Class { ty, .. } => types.one(Shape::Class { ty, exact: true }),
            _ => Set::single(it),
        })
    }

    /// The types of instances, as values.
    fn types_of(&mut self, set: Set) -> Set {
        let mut found = Vec::new();
        for shape in self.shapes(set).to_vec() {
            match *self.shape(shape) {
                Shape::Instance { ty, exact, .. } => found.push(self.one(Shape::Class { ty, exact })),
                Shape::ExternalInstance(path, _) => found.push(self.one(Shape::External(path))),
                _ => {}
            }
        }
        self.union(found)
    }

    pub(super) fn associated_type(&mut self, func: Func, base: TypeExprId, name: Name) -> Set {
        let sym = self.program.sym(self.program.file_of(func), name);
        let set = self.annotation(func, base);
        let mut found = Vec::new();
        for shape in self.shapes(set).to_vec() {
            let Shape::Instance { ty, .. } = *self.shape(shape) else { continue };
            found.push(self.associated(ty, sym));
        }
        self.union(found)
    }

    /// An instance of what a type's associated type is set to.
    pub fn associated(&mut self, ty: Ty, name: Sym) -> Set {
        let set_by = self.program.hierarchy.associated(ty, name);
        // Set by as many implementations, it may be anything; asked through one another, they lead everywhere.
        if set_by.len() > MAX_ASSOCIATED || self.associated_depth > MAX_ASSOCIATED_DEPTH {
            return Set::EMPTY;
        }
        self.associated_depth += 1;
        let mut found = Vec::new();
        for &(file, expr) in set_by {
            let top = self.program.func(file, FunctionId::TOP);
            found.push(self.annotation(top, expr));
        }
        self.associated_depth -= 1;
        self.union(found)
    }

    /// An instance of a type that the catalogue writes: `pkg.Type`, `list[pkg.Type]`, `std::vec::Vec<T>`, `(A, B)`.
    pub(super) fn type_text(&mut self, language: Language, text: &str, known: Known<'_>) -> Set {
        let text = text.trim();
        if text == "None" || text == "()" {
            return self.one(Shape::None);
        }
        if text.contains(" | ") && split_at(text, '|').nth(1).is_some() {
            let sets: Vec<Set> = split_at(text, '|').map(|it| self.type_text(language, it, known)).collect();
            return self.union(sets);
        }
        match text.strip_prefix('_') {
            Some("") => return known.inside,
            Some("key") => return known.keys,
            Some("put") => return known.put,
            Some(index) if index.bytes().all(|it| it.is_ascii_digit()) => {
                let index: Option<usize> = index.parse().ok();
                return index.and_then(|it| known.arguments.get(it)).copied().unwrap_or(Set::EMPTY);
            }
            _ => {}
        }
        if let Some(of) = text.strip_suffix("()").filter(|it| it.starts_with('_')) {
            let of = self.type_text(language, of, known);
            return self.results_of(of);
        }
        if let Some(of) = text.strip_prefix('*') {
            let of = self.type_text(language, of, known);
            return self.each_in(of);
        }
        if let Some(parts) = text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
            let parts = split_arguments(parts).map(|it| self.type_text(language, it, known)).collect();
            return self.one(Shape::Tuple(parts));
        }
        let (head, args) = match text.find(['[', '<']) {
            Some(open) if text.ends_with([']', '>']) => (&text[..open], &text[open + 1..text.len() - 1]),
            _ => (text, ""),
        };
        let args: Vec<Set> = split_arguments(args).map(|it| self.type_text(language, it, known)).collect();
        let path = self.paths.intern(language, &head.trim().replace("::", "."));
        self.library_instance(path, &args)
    }
}

/// What the placeholders of a type in the catalogue stand for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'s> {
    /// `_`: what the receiver contains.
    pub inside: Set,
    /// `_key`: the keys of what it contains.
    pub keys: Set,
    /// `_0`, `_1`, …: the arguments of the call.
    pub arguments: &'s [Set],
    /// `_put`: what is put into what the call makes.
    pub put: Set,
}

impl Known<'_> {
    /// Nothing is.
    pub(super) const NOTHING: Self = Self { inside: Set::EMPTY, keys: Set::EMPTY, arguments: &[], put: Set::EMPTY };
}

/// Splits at commas that stand in no brackets.
fn split_arguments(text: &str) -> impl Iterator<Item = &str> {
    split_at(text, ',')
}

fn split_at(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    text.split(move |it: char| {
        match it {
            '[' | '<' | '(' => depth += 1,
            ']' | '>' | ')' => depth -= 1,
            _ => {}
        }
        it == separator && depth == 0
    })
    .filter(|it| !it.trim().is_empty())
}
