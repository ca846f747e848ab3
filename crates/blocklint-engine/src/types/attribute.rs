//! What reading an attribute gives, and what is inside containers.

use super::question::{Place, Question};
use super::{Set, Shape, ShapeId, Types};
use crate::link::{Entity, FileId, Func, MemberRef, Sym, Ty};
use blocklint_ir::{FunctionId, Import, MemberKind, Name, ScopeId, TypeExprId, TypeKind, ValueId};

/// The field by which a library's wrapper is opened: `extension.0`.
pub(super) const WRAPPED: &str = "0";

/// The method that enters a context, by the name under which catalogues list it.
pub const ENTERS: &str = "__enter__";

impl Types<'_> {
    pub(super) fn attribute(&mut self, func: Func, base: ValueId, name: Name) -> Set {
        let file = self.program.file_of(func);
        let set = self.eval(func, base);
        if set.is_empty() {
            return self.any_member(file, self.program.file(file).summary.module.text(name));
        }
        if let Some(member) = self.member_of_wrapper(func, base, set, name) {
            return if self.paths.last(member) == WRAPPED { set } else { self.external(member) };
        }
        if let Some(member) = self.member_of_pointer(func, base, set, name) {
            return self.external(member);
        }
        let mut found = Vec::new();
        for shape in self.shapes(set).to_vec() {
            found.push(self.attribute_of(file, shape, name));
        }
        self.union(found)
    }

    /// What `shape.name` is, read in `file`.
    pub fn attribute_of(&mut self, file: FileId, shape: ShapeId, name: Name) -> Set {
        if self.depth > super::MAX_DEPTH {
            return Set::EMPTY;
        }
        self.depth += 1;
        let set = self.attribute_kind(file, shape, name);
        self.depth -= 1;
        set
    }

    /// What `shape.name` is for each shape behind a pointer or a wrapper. Several of them may lead to the same one, at every level:
    /// each is looked at once.
    pub(super) fn attribute_behind(&mut self, file: FileId, set: Set, name: Name) -> Set {
        let mut found = Vec::new();
        for shape in self.shapes(set).to_vec() {
            let question = Question::Attribute(file, shape, name);
            found.push(self.answer(question, |types| types.attribute_kind(file, shape, name)));
        }
        self.union(found)
    }

    fn attribute_kind(&mut self, file: FileId, shape: ShapeId, name: Name) -> Set {
        let module = &self.program.file(file).summary.module;
        let text = module.text(name);
        match self.shape(shape).clone() {
            Shape::Module(node) => {
                let entities = self.program.member(&Entity::Module(node), text, 0);
                self.entities(file, &entities)
            }
            Shape::Instance { ty, args, .. } => self.instance_attribute(file, (ty, shape, &args), name),
            Shape::Class { ty, exact } => self.inside((ty, exact), text),
            Shape::External(path) => {
                let member = self.paths.member(path, text);
                let known = self.paths.is_known(member);
                let given = if known { Set::EMPTY } else { self.given_attribute(file, path, name) };
                if given.is_empty() { self.external(member) } else { given }
            }
            Shape::ExternalInstance(path, args) => self.library_attribute(file, shape, (path, &args), name),
            Shape::Super(after, receiver) => self.super_attribute(file, after, receiver, name),
            Shape::Tuple(items) if text.starts_with(|it: char| it.is_ascii_digit()) => {
                text.parse().ok().and_then(|it: usize| items.get(it).copied()).unwrap_or(Set::EMPTY)
            }
            Shape::Sequence(_) | Shape::Tuple(_) => {
                self.written_out_attribute(file, module.prelude.sequence.as_deref(), text)
            }
            Shape::Mapping(..) | Shape::Record(..) => {
                self.written_out_attribute(file, module.prelude.mapping.as_deref(), text)
            }
            Shape::Function(func) => match self.decorated_member(func, text) {
                Some(member) => self.external(member),
                None => self.member_of_future(file, shape, name),
            },
            Shape::Coroutine(_) | Shape::Future(_) => self.member_of_future(file, shape, name),
            Shape::Context(generator) if text == ENTERS => {
                let given = self.yielded(generator);
                self.one(Shape::Callable(given))
            }
            _ => Set::EMPTY,
        }
    }

    fn written_out_attribute(&mut self, file: FileId, path: Option<&[Name]>, name: &str) -> Set {
        let Some(path) = self.prelude_path(file, path) else { return Set::EMPTY };
        let path = self.paths.member(path, name);
        self.external(path)
    }

    pub(super) fn instance_attribute(
        &mut self,
        file: FileId,
        (ty, shape, args): (Ty, ShapeId, &[Set]),
        name: Name,
    ) -> Set {
        let sym = self.program.sym(file, name);
        let mut members = self.program.hierarchy.members(ty, sym, None).to_vec();
        if members.len() > 1 {
            members.retain(|it| self.fits(it.func, args));
        }
        let foreign = |it: &MemberRef| {
            let library = self.program.file(self.program.file_of(it.func)).library;
            library.is_some() && library != self.program.file(file).library
        };
        if members.first().is_some_and(foreign)
            && let Some(described) = self.described_member(file, ty, name)
        {
            return described;
        }
        if !members.is_empty() {
            let found = self.members_as_values(&members, shape);
            // Where a field may have a method's name, how it is used tells which is meant: what does not fit leads nowhere.
            let method = members.iter().all(|it| it.kind == MemberKind::Method);
            let field = if method { self.field(ty, sym, args) } else { Set::EMPTY };
            return self.union([found, field]);
        }
        let fields = self.field(ty, sym, args);
        if !fields.is_empty() {
            return fields;
        }
        if !self.program.hierarchy.fields(ty, sym).is_empty() {
            return self.mixed_in(file, (ty, shape), name).unwrap_or_default();
        }
        for kind in [MemberKind::MissingAttribute, MemberKind::EveryAttribute] {
            let members = self.program.hierarchy.triggered(ty, kind).to_vec();
            if !members.is_empty() {
                let mut sets: Vec<Set> = members.iter().map(|it| self.delegated(file, it.func, name)).collect();
                // A library base may have the attribute itself.
                if kind == MemberKind::EveryAttribute || self.is_known_whole(ty) {
                    sets.extend(members.iter().map(|it| self.result_of_call(it.func, Some(shape))));
                }
                return self.union(sets);
            }
        }
        let target = self.deref_target(ty);
        if !target.is_empty() {
            return self.attribute_behind(file, target, name);
        }
        let extended = self.program.extension_of_any(file, sym).to_vec();
        if !extended.is_empty() {
            return self.members_as_values(&extended, shape);
        }
        let inherited = self.inherited_from_library(file, ty, sym);
        if self.known_to_tables(inherited) {
            inherited
        } else {
            self.mixed_in(file, (ty, shape), name).unwrap_or(inherited)
        }
    }

    fn known_to_tables(&mut self, set: Set) -> bool {
        self.shapes(set).to_vec().into_iter().any(|it| match *self.shape(it) {
            Shape::External(path) => self.paths.is_known(path),
            _ => true,
        })
    }

    fn inherited_from_library(&mut self, file: FileId, ty: Ty, name: Sym) -> Set {
        let text = self.program.text(name);
        let instance = self.intern(Shape::Instance { ty, exact: false, args: Box::default() });
        let instance = self.arena.set(vec![instance]);
        let mut first = None;
        for base in self.library_bases(ty) {
            let member = self.paths.member(base, text);
            if self.paths.is_known(member) {
                return self.external_of(member, instance);
            }
            first.get_or_insert(member);
        }
        match first {
            Some(member) => self.external(member),
            None => self.any_member(file, text),
        }
    }

    /// What using the value as its target gives (`Deref::Target`).
    pub(super) fn deref_target(&mut self, ty: Ty) -> Set {
        let members = self.program.hierarchy.triggered(ty, MemberKind::Deref).to_vec();
        let sets: Vec<Set> = members.iter().map(|it| self.result_of(it.func, None)).collect();
        self.union(sets)
    }

    pub(super) fn members_as_values(&mut self, members: &[MemberRef], receiver: ShapeId) -> Set {
        let mut sets = Vec::new();
        for member in members {
            sets.push(match member.kind {
                MemberKind::Getter | MemberKind::CachedGetter => self.result_of_call(member.func, Some(receiver)),
                MemberKind::Setter | MemberKind::Deleter => continue,
                MemberKind::Static => self.one(Shape::Function(member.func)),
                _ if self.read_as(member.func).is_some() => self.result_of_call(member.func, Some(receiver)),
                _ => self.one(Shape::Method(member.func, receiver)),
            });
        }
        self.union(sets)
    }

    fn super_attribute(&mut self, file: FileId, after: Ty, receiver: ShapeId, name: Name) -> Set {
        let sym = self.program.sym(file, name);
        let members = self.program.hierarchy.members(after, sym, Some(after)).to_vec();
        let beside = self.program.hierarchy.beside(self.program, after, sym);
        if members.is_empty() && beside.is_empty() {
            return self.inherited_from_library(file, after, sym);
        }
        let (above, beside) = (self.members_as_values(&members, receiver), self.members_as_values(&beside, receiver));
        self.union([above, beside])
    }

    /// What is reached through the type itself: methods unbound, class attributes, variants.
    pub(super) fn inside(&mut self, (ty, exact): (Ty, bool), name: &str) -> Set {
        let Some(sym) = self.program.symbol(name) else { return Set::EMPTY };
        let members = self.program.hierarchy.members(ty, sym, None).to_vec();
        if !members.is_empty() {
            let class = self.intern(Shape::Class { ty, exact });
            let sets: Vec<Set> = members
                .iter()
                .map(|it| match it.kind {
                    MemberKind::ClassMethod => self.one(Shape::Method(it.func, class)),
                    _ if self.program.is_class_getter(*it) => self.result_of_call(it.func, Some(class)),
                    _ => self.one(Shape::Function(it.func)),
                })
                .collect();
            return self.union(sets);
        }
        if self.program.type_def(ty).kind == TypeKind::Enum
            || (self.is_enumeration(ty) && self.program.hierarchy.fields(ty, sym).iter().any(|&(at, _)| at == ty))
        {
            return self.one(Shape::Instance { ty, exact: true, args: Box::default() });
        }
        let field = self.field(ty, sym, &[]);
        if !field.is_empty() {
            return field;
        }
        if !self.program.hierarchy.fields(ty, sym).is_empty() {
            return self.left_open(ty, sym, name).unwrap_or_default();
        }
        let (file, _) = self.program.place_of_type(ty);
        if self.constructs_by_derive((file, ty), name) {
            let instance = self.constructed(ty);
            return self.one(Shape::Callable(instance));
        }
        self.inherited_from_library(file, ty, sym)
    }

    /// What a field holds: its declaration, and what it is ever given.
    pub fn field(&mut self, ty: Ty, sym: Sym, args: &[Set]) -> Set {
        if let Some(set) = self.type_argument_of_field(ty, sym, args) {
            return set;
        }
        self.answer(Question::Field(ty, sym), |types| types.field_of_definitions(ty, sym))
    }

    fn field_of_definitions(&mut self, ty: Ty, sym: Sym) -> Set {
        let definitions: Vec<(Ty, u32)> = self.program.hierarchy.all_fields(ty, sym).collect();
        let (mut declared, mut given) = (Vec::new(), Vec::new());
        let mut anything = false;
        for (at, index) in definitions {
            let (file, _) = self.program.place_of_type(at);
            let def = self.program.type_def(at);
            let field = &def.fields[index as usize];
            let top = self.context_of(file, at);
            self.with_standing(|types| {
                let unasked = types.with_type_parameters(file, at);
                let parameter = field.annotation.and_then(|it| types.type_parameter_in(file, def, it));
                anything |= def.kind == TypeKind::Struct && parameter.is_some_and(|it| unasked.contains(&it));
                declared.extend(field.annotation.map(|it| types.annotation(top, it)));
            });
            for value in &field.values {
                let func = self.program.func(file, value.function);
                given.push(self.eval(func, value.value));
            }
        }
        let (declared, given) = (self.union(declared), self.union(given));
        let (declared, given) = (self.without_none(declared), self.without_none(given));
        let own = self.declared_or_made(declared, given);
        let own = self.with_kept_in_field(ty, sym, own);
        // Structs with another argument for the type parameter are given something else.
        if anything || !self.all_vague(own) {
            return own;
        }
        let outside = self.given_to(ty, Place::Attribute(sym));
        self.union([own, outside])
    }

    /// Lets the type parameters of a type stand for what they are asked to be; tells of which nothing is asked.
    fn with_type_parameters(&mut self, file: FileId, ty: Ty) -> Vec<Name> {
        let mut unasked = Vec::new();
        for &(name, bound) in &self.program.type_def(ty).generics {
            let context = self.context_of(file, ty);
            let set = match bound {
                Some(bound) => self.annotation(context, bound),
                None => self.asked_by_blocks(file, ty, name),
            };
            if set.is_empty() {
                unasked.push(name);
            }
            self.alias_arguments.push((file, name, set));
        }
        unasked
    }

    /// What implementation blocks ask of a type parameter of which the type itself asks nothing:
    /// `struct App<S> { store: S }`, `impl<S: Store> App<S>`.
    fn asked_by_blocks(&mut self, file: FileId, ty: Ty, name: Name) -> Set {
        let program = self.program;
        let text = program.file(file).summary.module.text(name);
        let mut found = Vec::new();
        for &block in program.hierarchy.blocks(ty) {
            let (at, _) = program.place_of_type(block);
            if let Some(bound) = self.bound_in_block((at, block), ty, text) {
                let context = self.context_of(at, block);
                let asked = self.annotation(context, bound);
                // Of the program's traits all implementations are known, of what can be called what was given; of a library's, none.
                let own = |it: &ShapeId| matches!(self.shape(*it), Shape::Instance { .. } | Shape::Callable(_));
                let own: Vec<ShapeId> = self.shapes(asked).iter().copied().filter(own).collect();
                found.push(self.arena.set(own));
            }
        }
        self.union(found)
    }

    /// A function in whose context a type's expressions are read: one of its own, so that its type parameters are known.
    pub(super) fn context_of(&self, file: FileId, ty: Ty) -> Func {
        let member = self.program.type_def(ty).members.first();
        self.program.func(file, member.map_or(FunctionId::TOP, |it| it.function))
    }

    /// `<T>::name` and `<T as Trait>::name`.
    pub(super) fn associated_member(
        &mut self,
        func: Func,
        of: TypeExprId,
        through: Option<TypeExprId>,
        name: Name,
    ) -> Set {
        let file = self.program.file_of(func);
        let text = self.program.file(file).summary.module.text(name);
        let set = self.annotation(func, of);
        let mut found = Vec::new();
        for shape in self.shapes(set).to_vec() {
            match *self.shape(shape) {
                Shape::Instance { ty, .. } => found.push(self.inside((ty, true), text)),
                Shape::ExternalInstance(path, _) => {
                    let path = self.paths.member(path, text);
                    found.push(self.external(path));
                }
                _ => {}
            }
        }
        if found.is_empty()
            && let Some(through) = through
        {
            return self.associated_member(func, through, None, name);
        }
        self.union(found)
    }

    /// What is bound by a pattern.
    pub(super) fn payload(
        &mut self,
        func: Func,
        base: ValueId,
        (variant, scope): (&Import, ScopeId),
        field: Name,
    ) -> Set {
        let file = self.program.file_of(func);
        let module = &self.program.file(file).summary.module;
        let mut found = Vec::new();
        for entity in self.program.named(file, scope, variant).iter() {
            match entity {
                Entity::Inside(ty, name) => {
                    let key = format!("{name}.{}", module.text(field));
                    found.extend(self.program.symbol(&key).map(|it| self.field(*ty, it, &[])));
                }
                Entity::Type(ty) => {
                    let named = self.field(*ty, self.program.sym(file, field), &[]);
                    // A pattern without names takes the fields as they are declared.
                    let position = if named.is_empty() { module.text(field).parse().ok() } else { None };
                    found.push(position.map_or(named, |it| self.declared_field(*ty, it)));
                }
                Entity::External(path) => {
                    let path = self.paths.intern(self.program.language(file), path);
                    // A library's wrapper was looked through already; only its failure holds something else.
                    let failed = self.paths.facts(path).fails.is_some();
                    let set = if failed { self.failures(func, base) } else { self.eval(func, base) };
                    found.push(self.without_none(set));
                }
                _ => {}
            }
        }
        self.union(found)
    }
}

impl Types<'_> {
    /// The shapes that using an instance as its target gives.
    pub fn deref_shapes(&mut self, ty: Ty) -> Vec<ShapeId> {
        let set = self.deref_target(ty);
        self.shapes(set).to_vec()
    }
}
