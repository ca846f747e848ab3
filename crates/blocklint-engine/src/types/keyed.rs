//! What is kept under keys: mappings, and what subscripts give.

use super::arena::Key;
use super::question::{Holder, Place};
use super::{Path, Set, Shape, ShapeId, Types};
use crate::link::{Entity, Func, Sym, Ty, is_variant_name};
use blocklint_catalog::fact::Contains;
use blocklint_ir::{Literal, MemberKind, Name, Operator, TypeKind, ValueId, ValueKind};
use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::rc::Rc;

/// What is under written keys. A later one takes the place of an earlier one.
type Entries = IndexMap<Key, Set, FxBuildHasher>;

/// A mapping with more keys than this is a table, of which it is not told what is under each.
const MAX_KEYS: usize = 256;

impl Types<'_> {
    /// The keys of one container that has them.
    pub(super) fn keys(&self, shape: ShapeId) -> Set {
        match self.shape(shape) {
            Shape::Mapping(keys, _) | Shape::Record(keys, _) => *keys,
            Shape::ExternalInstance(path, args) if self.paths.facts(*path).contains.is_some_and(Contains::is_keyed) => {
                args.first().copied().unwrap_or(Set::EMPTY)
            }
            _ => Set::EMPTY,
        }
    }

    /// A mapping as it is written out. What is under each of its keys is told apart where these are written too and it matters.
    pub(super) fn mapping(&mut self, func: Func, items: &[ValueId]) -> Set {
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        let mut entries = Some(Entries::default());
        for pair in items.chunks_exact(2) {
            let value = self.eval(func, pair[1]);
            keys.push(self.eval(func, pair[0]));
            values.push(value);
            entries = entries.zip(self.entries_of(func, pair, value)).map(|(mut entries, more)| {
                entries.extend(more);
                entries
            });
        }
        let (keys, values) = (self.union(keys), self.union(values));
        let text = self.text_type(self.program.file_of(func));
        let matters = self.shapes(values).iter().any(|&it| !self.is_data(it, text));
        match entries {
            Some(entries) if matters && entries.len() <= MAX_KEYS => {
                self.one(Shape::Record(keys, entries.into_iter().collect()))
            }
            _ => self.one(Shape::Mapping(keys, values)),
        }
    }

    /// What one pair of a written mapping puts under which keys; `None` where the code does not say.
    fn entries_of(&mut self, func: Func, pair: &[ValueId], value: Set) -> Option<Box<[(Key, Set)]>> {
        let program = self.program;
        match (&program.value(func, pair[0]).kind, &program.value(func, pair[1]).kind) {
            // `{**defaults}`
            (ValueKind::Each(of), ValueKind::Index { base, index }) if of == base && *index == pair[0] => {
                let of = self.eval(func, *of);
                let [only] = *self.shapes(of) else { return None };
                if self.memo.is_cut() {
                    return None;
                }
                match self.shape(only) {
                    Shape::Record(_, entries) => Some(entries.clone()),
                    _ => None,
                }
            }
            _ => match self.keys_written(func, pair[0])[..] {
                [key] => Some(Box::new([(key, value)])),
                _ => None,
            },
        }
    }

    /// These, with what is under the keys of mappings put together: those who are passed many would never be done learning them.
    pub(super) fn without_keys(&mut self, set: Set) -> Set {
        if !self.shapes(set).iter().any(|&it| matches!(self.shape(it), Shape::Record(..))) {
            return set;
        }
        self.map(set, |types, it| match *types.shape(it) {
            Shape::Record(keys, _) => {
                let values = types.contents(it);
                types.one(Shape::Mapping(keys, values))
            }
            _ => Set::single(it),
        })
    }

    /// Whether it is nothing that can run: texts, and containers of which nothing is told apart.
    fn is_data(&self, shape: ShapeId, text: Option<Path>) -> bool {
        match *self.shape(shape) {
            Shape::ExternalInstance(path, _) => Some(path) == text,
            Shape::Record(..) => false,
            Shape::None => true,
            _ => self.is_written_out(shape),
        }
    }

    /// Which keys a value may be, where the code says so: none where it does not say all of them.
    pub(super) fn keys_written(&mut self, func: Func, value: ValueId) -> Vec<Key> {
        let texts = self.texts_of(func, value);
        if !texts.is_empty() {
            return texts.into_iter().map(Key::Text).collect();
        }
        match self.program.value(func, value).kind {
            ValueKind::Literal(Literal::Int(number)) => vec![Key::Number(number)],
            ValueKind::Attribute { base, name } => self.key_of_class(func, base, name).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// `Kind.QUICK`: the member of an enumeration, or the text that a class has under a name.
    fn key_of_class(&mut self, func: Func, base: ValueId, name: Name) -> Option<Key> {
        let set = self.eval(func, base);
        let [only] = *self.shapes(set) else { return None };
        let Shape::Class { ty, exact } = *self.shape(only) else { return None };
        let name = self.program.sym(self.program.file_of(func), name);
        self.key_under(ty, exact, name)
    }

    /// What a class, or one of its subclasses where it is not `exact`, has under a name.
    fn key_under(&mut self, ty: Ty, exact: bool, name: Sym) -> Option<Key> {
        if self.is_enumeration(ty) {
            return self.distinct_members(ty).contains(&name).then_some(Key::Member(ty, name));
        }
        let [(at, index)] = *self.program.hierarchy.fields(ty, name) else { return None };
        self.constant_of_field(at, index).filter(|_| exact)
    }

    fn constant_of_field(&self, ty: Ty, index: u32) -> Option<Key> {
        let program = self.program;
        let mut given = program.field_values((ty, index));
        let (func, value) = given.next().filter(|_| given.next().is_none())?;
        match program.value(func, value).kind {
            ValueKind::Literal(Literal::Text(text)) => Some(Key::Text(program.sym(program.file_of(func), text))),
            ValueKind::Literal(Literal::Int(number)) => Some(Key::Number(number)),
            _ => None,
        }
    }

    /// The members of an enumeration that are certainly the same as no other. Those of the same value are one, and those of a class that
    /// is a text or a number too are the same as that.
    fn distinct_members(&mut self, ty: Ty) -> Rc<FxHashSet<Sym>> {
        if let Some(known) = self.distinct_members.get(&ty) {
            return known.clone();
        }
        let found = Rc::new(if self.tells_members_apart(ty) { self.members_apart(ty) } else { FxHashSet::default() });
        self.distinct_members.insert(ty, found.clone());
        found
    }

    fn members_apart(&self, ty: Ty) -> FxHashSet<Sym> {
        let program = self.program;
        let (file, _) = program.place_of_type(ty);
        let fields = &program.type_def(ty).fields;
        let constants: Vec<Option<Key>> = (0..fields.len()).map(|it| self.constant_of_field(ty, it as u32)).collect();
        let mut count: FxHashMap<Key, usize> = FxHashMap::default();
        constants.iter().flatten().for_each(|&it| *count.entry(it).or_default() += 1);
        let is_made = |(func, value): (Func, ValueId)| matches!(program.value(func, value).kind, ValueKind::Call(_));
        let alone = |index: usize| match &constants[index] {
            Some(constant) => count[constant] == 1,
            None => program.field_values((ty, index as u32)).all(is_made),
        };
        (0..fields.len()).filter(|&it| alone(it)).map(|it| program.sym(file, fields[it].name)).collect()
    }

    /// Whether no member of an enumeration is one by another's name, and no code of its own says which are equal.
    fn tells_members_apart(&mut self, ty: Ty) -> bool {
        let program = self.program;
        let fields = 0..program.type_def(ty).fields.len() as u32;
        // `B = A`, or what is named elsewhere, may be any of the others.
        let is_named = |(func, value): (Func, ValueId)| {
            let kind = &program.value(func, value).kind;
            matches!(kind, ValueKind::Path(_) | ValueKind::Attribute { .. } | ValueKind::Choice(_) | ValueKind::Unknown)
        };
        let mut firsts = FxHashSet::default();
        program.hierarchy.triggered(ty, MemberKind::Construct).is_empty()
            && !self.has_own_equality(ty)
            && self.is_plain_enumeration(ty)
            && !fields.clone().flat_map(|it| program.field_values((ty, it))).any(is_named)
            && fields.filter_map(|it| program.field_values((ty, it)).next()).all(|it| firsts.insert(it))
    }

    fn has_own_equality(&self, ty: Ty) -> bool {
        !self.program.hierarchy.triggered(ty, MemberKind::Operator(Operator::Equal)).is_empty()
    }

    /// The member of an enumeration that a value is, where that is written: `Kind.QUICK`, `Kind::Slow`.
    pub fn member_written(&mut self, func: Func, value: ValueId) -> Option<(Ty, Sym)> {
        let program = self.program;
        match &program.value(func, value).kind {
            ValueKind::Attribute { base, name } => member(self.key_of_class(func, *base, *name)?),
            ValueKind::Path(path) => self.variant_named(&program.named_path(program.file_of(func), *path)),
            _ => None,
        }
    }

    /// The member of an enumeration of the program that a path names.
    pub fn variant_named(&mut self, entities: &[Entity]) -> Option<(Ty, Sym)> {
        let [Entity::Inside(ty, name)] = entities else { return None };
        let variant = is_variant_name(name) && !self.has_own_equality(*ty);
        let name = self.program.symbol(name)?;
        match self.program.type_def(*ty).kind {
            TypeKind::Enum => {
                let is_member = !self.program.hierarchy.members(*ty, name, None).is_empty();
                (variant && !is_member).then_some((*ty, name))
            }
            _ => member(self.key_under(*ty, false, name)?),
        }
    }

    /// Whether it is told of all of these mappings what is under each key. One that is not may have anything under any of them.
    pub(super) fn tells_keys(&self, set: Set) -> bool {
        let shapes = self.shapes(set);
        shapes.iter().any(|&it| matches!(self.shape(it), Shape::Record(..)))
            && !shapes.iter().any(|&it| matches!(self.shape(it), Shape::Mapping(keys, _) if !keys.is_empty()))
    }

    /// What is under these keys, and whether the mapping has them for sure; any of what is inside where no key is known.
    pub(super) fn under_keys(&mut self, mapping: ShapeId, keys: &[Key]) -> (Set, bool) {
        match self.shape(mapping) {
            Shape::Record(_, entries) if !keys.is_empty() => {
                let found: Vec<Set> = entries.iter().filter(|it| keys.contains(&it.0)).map(|it| it.1).collect();
                let sure = found.len() == keys.len();
                (self.union(found), sure)
            }
            _ => (self.contents(mapping), false),
        }
    }

    /// A mapping of the pairs that iterating these gives; those that are mappings are taken as they are.
    pub(super) fn mapping_of(&mut self, set: Set) -> Set {
        let mut found = Vec::new();
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        for shape in self.shapes(set).to_vec() {
            if self.is_mapping(shape) {
                found.push(Set::single(shape));
                continue;
            }
            let pairs = self.each_in(Set::single(shape));
            for &pair in self.shapes(pairs) {
                if let Shape::Tuple(parts) = self.shape(pair)
                    && let [key, value, ..] = **parts
                {
                    keys.push(key);
                    values.push(value);
                }
            }
        }
        if found.is_empty() || !values.is_empty() {
            let (keys, values) = (self.union(keys), self.union(values));
            found.push(self.one(Shape::Mapping(keys, values)));
        }
        self.union(found)
    }

    /// Whether it is a library's mapping, or one that is written out.
    pub fn is_mapping(&self, shape: ShapeId) -> bool {
        match self.shape(shape) {
            Shape::Mapping(..) | Shape::Record(..) => true,
            Shape::ExternalInstance(path, _) => self.paths.facts(*path).contains.is_some_and(Contains::is_keyed),
            _ => false,
        }
    }

    /// Whether it is a container of a library, or one that is written out: what operators join to another.
    pub(super) fn is_container(&self, shape: ShapeId) -> bool {
        match self.shape(shape) {
            Shape::ExternalInstance(path, _) => self.paths.facts(*path).contains.is_some_and(Contains::is_container),
            _ => self.is_written_out(shape),
        }
    }

    /// Whether it is a container that is written out.
    pub fn is_written_out(&self, shape: ShapeId) -> bool {
        matches!(self.shape(shape), Shape::Sequence(_) | Shape::Tuple(_) | Shape::Mapping(..) | Shape::Record(..))
    }

    /// Whether a value is one of several that are kept together under a key: which of them there are depends on the key.
    pub fn of_a_key(&mut self, func: Func, value: ValueId) -> bool {
        match self.program.value(func, value).kind {
            ValueKind::Each(of) => self.looked_up(func, of, 0),
            ValueKind::Present(of) | ValueKind::Narrow { of, .. } => self.of_a_key(func, of),
            _ => false,
        }
    }

    fn looked_up(&mut self, func: Func, value: ValueId, hops: usize) -> bool {
        // A variable of a loop may be given itself.
        if hops > 4 {
            return false;
        }
        let program = self.program;
        let (mapping, key) = match &program.value(func, value).kind {
            ValueKind::Index { base, index } => (*base, *index),
            ValueKind::Call(call) => match (&program.value(func, call.callee).kind, call.arguments.first()) {
                (ValueKind::Attribute { base, .. }, Some(key)) => (*base, key.value),
                _ => return false,
            },
            ValueKind::Present(of) | ValueKind::Narrow { of, .. } => return self.looked_up(func, *of, hops + 1),
            ValueKind::Choice(options) => return options.iter().any(|&it| self.looked_up(func, it, hops + 1)),
            _ => return false,
        };
        let set = self.eval(func, mapping);
        !matches!(program.value(func, key).kind, ValueKind::Literal(_))
            && self.shapes(set).iter().any(|&it| self.is_mapping(it))
    }

    pub(super) fn subscript(&mut self, func: Func, base: ValueId, index: ValueId) -> Set {
        let set = self.eval(func, base);
        let keys = if self.tells_keys(set) { self.keys_written(func, index) } else { Vec::new() };
        let index_kind = &self.program.value(func, index).kind;
        let position = match *index_kind {
            ValueKind::Literal(Literal::Int(at)) => usize::try_from(at).ok(),
            _ => None,
        };
        // A number or a text stands for one element, a slice for some of them: a container again.
        let slice = *index_kind == ValueKind::Literal(Literal::Other);
        self.map(set, |types, it| match types.shape(it).clone() {
            Shape::Sequence(_) if slice => types.arena.set(vec![it]),
            Shape::Tuple(items) if position.is_some_and(|it| it < items.len()) => items[position.unwrap_or_default()],
            Shape::ExternalInstance(path, _)
                if slice && types.paths.facts(path).contains == Some(Contains::Elements) =>
            {
                types.arena.set(vec![it])
            }
            Shape::Instance { ty, .. } => {
                let members = types.program.hierarchy.triggered(ty, MemberKind::Index).to_vec();
                if members.is_empty() && types.is_named_tuple(ty) {
                    return match position {
                        Some(at) => types.declared_field(ty, at as u32),
                        None => types.declared_fields(ty),
                    };
                }
                if members.is_empty() {
                    return types.entry(func, (ty, it), index);
                }
                let sets: Vec<Set> = members.iter().map(|member| types.result_of_call(member.func, Some(it))).collect();
                types.union(sets)
            }
            // What only wraps is the type inside: `Optional[T]`, `Annotated[T, …]`.
            Shape::External(path) if types.paths.facts(path).contains == Some(Contains::Itself) => {
                types.wrapped_type(func, index)
            }
            // A generic type with its arguments is still that type.
            Shape::Class { .. } => types.arena.set(vec![it]),
            Shape::External(path) if types.paths.last(path).starts_with(char::is_uppercase) => {
                types.arena.set(vec![it])
            }
            Shape::ExternalInstance(path, _) => {
                let method = types.paths.member(path, "__getitem__");
                let inside = types.given_by(method, Some(it), &[]).unwrap_or_else(|| types.contents(it));
                if inside.is_empty() { types.given_entry(func, [Holder::Library(path)], index) } else { inside }
            }
            _ => types.under_keys(it, &keys).0,
        })
    }

    /// What objects were given under a literal key.
    fn given_entry(&mut self, func: Func, holders: impl IntoIterator<Item = Holder>, index: ValueId) -> Set {
        let ValueKind::Literal(Literal::Text(key)) = self.program.value(func, index).kind else { return Set::EMPTY };
        self.given(holders, Place::Entry(self.program.sym(self.program.file_of(func), key)))
    }

    /// What a class whose entries are declared as its fields (`TypedDict`) has under a literal key.
    fn entry(&mut self, func: Func, (ty, shape): (Ty, ShapeId), index: ValueId) -> Set {
        let ValueKind::Literal(Literal::Text(key)) = self.program.value(func, index).kind else { return Set::EMPTY };
        let file = self.program.file_of(func);
        let fields = self.program.hierarchy.fields(ty, self.program.sym(file, key));
        if fields.is_empty() {
            let holders: Vec<Holder> = self.program.hierarchy.order(ty).iter().map(|&it| Holder::Type(it)).collect();
            return self.given_entry(func, holders, index);
        }
        self.attribute_of(file, shape, key)
    }

    fn wrapped_type(&mut self, func: Func, index: ValueId) -> Set {
        match &self.program.value(func, index).kind {
            ValueKind::Tuple(items) => items.first().map_or(Set::EMPTY, |&it| self.eval(func, it)),
            _ => self.eval(func, index),
        }
    }
}

fn member(key: Key) -> Option<(Ty, Sym)> {
    match key {
        Key::Member(ty, name) => Some((ty, name)),
        Key::Text(_) | Key::Number(_) => None,
    }
}
