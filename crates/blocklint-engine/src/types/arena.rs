//! Shapes and sets of shapes, each stored once, so that comparing and remembering them costs nothing.

use super::Path;
use crate::link::{Func, NodeId, Ty};
use rustc_hash::FxHashMap;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    shapes: Vec<Shape>,
    shape_ids: FxHashMap<Shape, ShapeId>,
    sets: Vec<Box<[ShapeId]>>,
    set_ids: FxHashMap<Box<[ShapeId]>, Set>,
}

impl Default for Arena {
    fn default() -> Self {
        let empty: Box<[ShapeId]> = Box::default();
        Self {
            shapes: Vec::new(),
            shape_ids: FxHashMap::default(),
            sets: vec![empty.clone()],
            set_ids: [(empty, Set::EMPTY)].into_iter().collect(),
        }
    }
}

impl Arena {
    pub(super) fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0 as usize]
    }

    pub(super) fn shapes(&self, set: Set) -> &[ShapeId] {
        &self.sets[set.0 as usize]
    }

    pub(super) fn intern(&mut self, shape: Shape) -> ShapeId {
        if let Some(&id) = self.shape_ids.get(&shape) {
            return id;
        }
        let id = ShapeId(self.shapes.len() as u32);
        self.shapes.push(shape.clone());
        self.shape_ids.insert(shape, id);
        id
    }

    pub(super) fn set(&mut self, mut shapes: Vec<ShapeId>) -> Set {
        shapes.sort_unstable();
        shapes.dedup();
        shapes.truncate(MAX_SHAPES);
        if let Some(&set) = self.set_ids.get(shapes.as_slice()) {
            return set;
        }
        let set = Set(self.sets.len() as u32);
        let shapes: Box<[ShapeId]> = shapes.into();
        self.sets.push(shapes.clone());
        self.set_ids.insert(shapes, set);
        set
    }

    pub(super) fn union(&mut self, sets: impl IntoIterator<Item = Set>) -> Set {
        let mut only = None;
        let mut shapes: Vec<ShapeId> = Vec::new();
        for set in sets {
            if set.is_empty() || only == Some(set) {
                continue;
            }
            shapes.extend_from_slice(self.shapes(set));
            only = if only.is_none() { Some(set) } else { Some(Set::EMPTY) };
        }
        match only {
            None => Set::EMPTY,
            Some(set) if !set.is_empty() => set,
            Some(_) => self.set(shapes),
        }
    }
}
