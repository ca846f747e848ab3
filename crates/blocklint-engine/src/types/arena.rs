//! Shapes and sets of shapes, each stored once, so that comparing and remembering them costs nothing.

use super::Path;
use crate::link::{FileId, Func, NodeId, Sym, Ty};
use blocklint_ir::{Name, ValueId};
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// What a value is, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    /// `None`, `()`.
    None,
    /// A module of the program.
    Module(NodeId),
    /// A function of the program as a value.
    Function(Func),
    /// A method bound to a receiver.
    Method(Func, ShapeId),
    /// A type of the program as a value.
    Class {
        /// Which.
        ty: Ty,
        /// No subtype is meant: it was named.
        exact: bool,
    },
    /// An instance. `exact` when it was constructed by name, so that no subtype is meant.
    Instance {
        /// Its type.
        ty: Ty,
        /// No subtype is meant.
        exact: bool,
        /// The type's arguments.
        args: Box<[Set]>,
    },
    /// A library's module, function or class.
    External(Path),
    /// An instance of a library's type. Of a call whose result is not known, the path ends in `()`.
    ExternalInstance(Path, Box<[Set]>),
    /// A list, set, array, iterator.
    Sequence(Set),
    /// A mapping: keys and values.
    Mapping(Set, Set),
    /// A mapping that is written out under keys that are written too: what these are, and what is under each.
    Record(Set, Box<[(Key, Set)]>),
    /// A tuple.
    Tuple(Box<[Set]>),
    /// A coroutine of this function, not started.
    Coroutine(Func),
    /// A future of one of these.
    Future(Set),
    /// A generator of this function, not started.
    Generator(Func),
    /// A context manager made from this generator function.
    Context(Func),
    /// A callable that calls one of these.
    Partial(Set),
    /// A callable that gives one of these.
    Callable(Set),
    /// A callable that reads the attribute of this name of what it is called with; then, whether it calls that.
    Reader(FileId, Name, bool),
    /// A receiver seen as its base types, from behind this type.
    Super(Ty, ShapeId),
    /// What is put into what a call makes, wherever that is done: a channel's element. The function, and what it calls.
    Open(Func, ValueId),
}

/// A key of a mapping that is the same wherever it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A text.
    Text(Sym),
    /// A number.
    Number(i64),
    /// What a class has under a name: a member of an enumeration.
    Member(Ty, Sym),
}

/// A shape's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(u32);

/// A set's number. Most sets have one shape: their number is that shape's, marked, and nothing is stored for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Set(pub(super) u32);

/// Marks the set of one shape. The bit above is left to whoever remembers sets.
const SINGLE: u32 = 1 << 30;

impl Set {
    /// Nothing is known.
    pub const EMPTY: Self = Self(0);

    /// Whether nothing is known.
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }

    /// The set of one shape.
    pub(crate) fn single(shape: ShapeId) -> Self {
        Self(shape.0 | SINGLE)
    }
}

/// A value that may be more different things than this is treated as the first of them.
const MAX_SHAPES: usize = 10;

/// Likewise where each is an object that the program makes by the name of its type, as registries are filled with, or a method of
/// one.
const MAX_MADE: usize = 64;

#[derive(Debug)]
pub(super) struct Arena {
    shapes: IndexSet<Shape, FxBuildHasher>,
    /// Every shape's number, in order, so that a set of one shape has a place to look at.
    numbers: Vec<ShapeId>,
    /// The empty set and all that have several shapes.
    sets: IndexSet<Box<[ShapeId]>, FxBuildHasher>,
}

impl Arena {
    /// Nothing yet, with room for so many shapes.
    pub(super) fn with_capacity(shapes: usize) -> Self {
        let mut sets = IndexSet::default();
        sets.insert(Box::default());
        let numbers = Vec::with_capacity(shapes);
        Self { shapes: IndexSet::with_capacity_and_hasher(shapes, FxBuildHasher), numbers, sets }
    }

    pub(super) fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0 as usize]
    }

    pub(super) fn shapes(&self, set: Set) -> &[ShapeId] {
        if set.0 & SINGLE == 0 {
            return &self.sets[set.0 as usize];
        }
        let at = (set.0 & !SINGLE) as usize;
        &self.numbers[at..=at]
    }

    pub(super) fn intern(&mut self, shape: Shape) -> ShapeId {
        let (index, new) = self.shapes.insert_full(shape);
        let id = ShapeId(index as u32);
        if new {
            self.numbers.push(id);
        }
        id
    }

    pub(super) fn set(&mut self, mut shapes: Vec<ShapeId>) -> Set {
        shapes.sort_unstable();
        shapes.dedup();
        if shapes.len() > MAX_SHAPES && !self.all_made(&shapes) {
            shapes.truncate(MAX_SHAPES);
        }
        shapes.truncate(MAX_MADE);
        if let [one] = *shapes {
            return Set::single(one);
        }
        if let Some(set) = self.sets.get_index_of(shapes.as_slice()) {
            return Set(set as u32);
        }
        Set(self.sets.insert_full(shapes.into()).0 as u32)
    }

    fn all_made(&self, shapes: &[ShapeId]) -> bool {
        shapes.iter().all(|&it| match *self.shape(it) {
            Shape::Instance { exact, .. } => exact,
            Shape::Method(_, receiver) => matches!(self.shape(receiver), Shape::Instance { exact: true, .. }),
            _ => false,
        })
    }

    pub(super) fn union(&mut self, sets: impl IntoIterator<Item = Set>) -> Set {
        let mut first = Set::EMPTY;
        let mut shapes: Vec<ShapeId> = Vec::new();
        for set in sets {
            if set.is_empty() || set == first {
                continue;
            }
            if first.is_empty() {
                first = set;
                continue;
            }
            if shapes.is_empty() {
                shapes.extend_from_slice(self.shapes(first));
            }
            shapes.extend_from_slice(self.shapes(set));
        }
        if shapes.is_empty() { first } else { self.set(shapes) }
    }
}
