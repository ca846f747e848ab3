//! Shapes and sets of shapes, each stored once, so that comparing and remembering them costs nothing.

use super::Path;
use crate::link::{Func, NodeId, Ty};
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
    Class(Ty),
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
    /// A receiver seen as its base types, from behind this type.
    Super(Ty, ShapeId),
}

/// A shape's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(u32);

/// A set's number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Set(pub(super) u32);

impl Set {
    /// Nothing is known.
    pub const EMPTY: Self = Self(0);

    /// Whether nothing is known.
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }
}

/// A value that may be more different things than this is treated as the first of them.
const MAX_SHAPES: usize = 10;

#[derive(Debug)]
pub(super) struct Arena {
    shapes: IndexSet<Shape, FxBuildHasher>,
    sets: IndexSet<Box<[ShapeId]>, FxBuildHasher>,
    /// By shape: the set of it alone, once asked for. Most sets have one shape.
    singles: Vec<Set>,
}

impl Arena {
    /// Nothing yet, with room for so many shapes and sets.
    pub(super) fn with_capacity(count: usize) -> Self {
        let mut sets = IndexSet::with_capacity_and_hasher(count, FxBuildHasher);
        // The first set is the empty one.
        sets.insert(Box::default());
        let shapes = IndexSet::with_capacity_and_hasher(count, FxBuildHasher);
        Self { shapes, sets, singles: Vec::with_capacity(count) }
    }

    pub(super) fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0 as usize]
    }

    pub(super) fn shapes(&self, set: Set) -> &[ShapeId] {
        &self.sets[set.0 as usize]
    }

    pub(super) fn intern(&mut self, shape: Shape) -> ShapeId {
        ShapeId(self.shapes.insert_full(shape).0 as u32)
    }

    /// The set of one shape.
    pub(super) fn single(&mut self, shape: ShapeId) -> Set {
        let at = shape.0 as usize;
        if self.singles.len() <= at {
            self.singles.resize(self.shapes.len(), Set::EMPTY);
        }
        if self.singles[at].is_empty() {
            self.singles[at] = Set(self.sets.insert_full([shape].into()).0 as u32);
        }
        self.singles[at]
    }

    pub(super) fn set(&mut self, mut shapes: Vec<ShapeId>) -> Set {
        shapes.sort_unstable();
        shapes.dedup();
        shapes.truncate(MAX_SHAPES);
        if let [one] = *shapes {
            return self.single(one);
        }
        if let Some(set) = self.sets.get_index_of(shapes.as_slice()) {
            return Set(set as u32);
        }
        Set(self.sets.insert_full(shapes.into()).0 as u32)
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
