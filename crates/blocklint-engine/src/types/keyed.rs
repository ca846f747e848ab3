//! What is kept under keys: mappings, and what subscripts give.

use super::question::{Holder, Place};
use super::{Set, Shape, ShapeId, Types};
use crate::link::{Func, Ty};
use blocklint_catalog::fact::Contains;
use blocklint_ir::{Literal, MemberKind, ValueId, ValueKind};

impl Types<'_> {
    /// The keys of one container that has them.
    pub(super) fn keys(&self, shape: ShapeId) -> Set {
        match self.shape(shape) {
            Shape::Mapping(keys, _) => *keys,
            Shape::ExternalInstance(path, args) if self.paths.facts(*path).contains.is_some_and(Contains::is_keyed) => {
                args.first().copied().unwrap_or(Set::EMPTY)
            }
            _ => Set::EMPTY,
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
    fn is_mapping(&self, shape: ShapeId) -> bool {
        match self.shape(shape) {
            Shape::Mapping(..) => true,
            Shape::ExternalInstance(path, _) => self.paths.facts(*path).contains.is_some_and(Contains::is_keyed),
            _ => false,
        }
    }

    /// Whether it is a container of a library, or one that is written out: what operators join to another.
    pub(super) fn is_container(&self, shape: ShapeId) -> bool {
        match self.shape(shape) {
            Shape::Sequence(_) | Shape::Tuple(_) | Shape::Mapping(..) => true,
            Shape::ExternalInstance(path, _) => self.paths.facts(*path).contains.is_some_and(Contains::is_container),
            _ => false,
        }
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
            _ => types.contents(it),
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
