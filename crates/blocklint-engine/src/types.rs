//! What values are: light types, inferred on demand and remembered.
//!
//! A value has a small set of [`Shape`]s. An empty set means that nothing is known, and everything that follows from it is silent.

mod annotation;
mod arena;
mod arguments;
mod attribute;
mod blocks;
mod by_name;
mod call;
mod contents;
mod decoration;
mod eval;
mod ever_given;
mod extension;
mod failures;
mod fields;
mod foreign;
mod given;
mod kept;
mod keyed;
mod kinds;
mod library;
mod memo;
mod mixed_in;
mod overrides;
mod parameters;
mod pointers;
mod put_later;
mod question;
mod result;

pub use crate::paths::{Path, Paths};
pub use arena::{Set, Shape, ShapeId};
pub use attribute::ENTERS;
pub use blocks::TypeParameter;
pub use contents::ITERATES;
pub use ever_given::values_of;
pub use fields::Held;
pub use given::own_field;
pub(crate) use parameters::{written_for, written_types};
pub use question::Place;

use crate::link::{FileId, Func, Program, Sym, Ty};
use crate::marks::Marks;
use arena::Arena;
use blocklint_catalog::{Catalog, Facts};
use blocklint_ir::{Name, TypeExprId, TypeKind, ValueId};
use given::Given;
use memo::Memo;
use question::Question;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// Infers what values are. All answers are remembered; asking in another order never changes an answer that is complete.
#[derive(Debug)]
pub struct Types<'a> {
    /// The program.
    pub program: &'a Program<'a>,
    /// Library paths and what is known of them.
    pub paths: Paths<'a>,
    /// What comments and users' facts say of functions.
    pub marks: Marks,
    arena: Arena,
    memo: Memo,
    /// What call sites were seen to pass, by function and parameter.
    passed: FxHashMap<(Func, u16), Vec<ShapeId>>,
    /// What objects were seen to be given from outside.
    given: Given,
    /// What the parameters of the aliases stand for whose targets are being read.
    alias_arguments: Vec<(FileId, Name, Set)>,
    /// Written types that are being read.
    reading: Vec<(Func, TypeExprId)>,
    /// What aliases with their arguments stand for, as far as the outermost type that is being read has come.
    aliases: FxHashMap<(Ty, Box<[Set]>), Set>,
    /// Likewise what values of them fail with.
    failing_aliases: FxHashMap<(Ty, Box<[Set]>), Set>,
    /// Whether anything was made of which it is open what is put into it.
    opens: bool,
    /// By function that makes an empty container.
    method_calls: FxHashMap<Func, Rc<contents::MethodCalls>>,
    /// By enumeration: its members that are the same as no other.
    distinct_members: FxHashMap<Ty, Rc<FxHashSet<Sym>>>,
    /// The paths by which others know decorators of the program.
    own_paths: FxHashMap<Func, Path>,
    /// The program's own traits.
    traits: Vec<Ty>,
    /// By a method's name: those that have one.
    traits_with: FxHashMap<Sym, Vec<Ty>>,
    /// How many associated types are being read, each for the one before.
    associated_depth: usize,
    depth: usize,
}

/// Values computed through more functions than this are unknown: no real chain of inference is longer.
const MAX_DEPTH: usize = 160;

/// More kinds of callers than this say nothing about a parameter.
const MAX_PASSED: usize = 6;

/// So many values of a program lead to one more shape, or set of shapes, or question. What is reserved by it and never used costs nothing,
/// and what grows is moved, and leaves a hole behind.
const VALUES_BY_SHAPE: usize = 12;

/// So many values of a program lead to one more library path.
const VALUES_BY_PATH: usize = 16;

impl<'a> Types<'a> {
    /// Nothing inferred yet.
    pub fn new(program: &'a Program<'a>, catalog: &'a Catalog) -> Self {
        let values: usize = program.all_functions().map(|it| program.function(it).values.len()).sum();
        let mut paths = Paths::with_capacity(catalog, values / VALUES_BY_PATH);
        Self {
            program,
            marks: Marks::of(program, &mut paths),
            paths,
            arena: Arena::with_capacity(values / VALUES_BY_SHAPE),
            memo: Memo::new(program.function_count(), values / VALUES_BY_SHAPE),
            passed: FxHashMap::default(),
            given: Given::new(program),
            alias_arguments: Vec::new(),
            reading: Vec::new(),
            aliases: FxHashMap::default(),
            failing_aliases: FxHashMap::default(),
            distinct_members: FxHashMap::default(),
            own_paths: FxHashMap::default(),
            opens: false,
            method_calls: FxHashMap::default(),
            traits: program.all_types().filter(|&it| program.type_def(it).kind == TypeKind::Trait).collect(),
            traits_with: FxHashMap::default(),
            associated_depth: 0,
            depth: 0,
        }
    }

    /// The shape with this id.
    pub fn shape(&self, id: ShapeId) -> &Shape {
        self.arena.shape(id)
    }

    /// The shapes of a set.
    pub fn shapes(&self, set: Set) -> &[ShapeId] {
        self.arena.shapes(set)
    }

    /// The id of a shape.
    pub fn intern(&mut self, shape: Shape) -> ShapeId {
        self.arena.intern(shape)
    }

    /// The set of one shape.
    pub fn one(&mut self, shape: Shape) -> Set {
        Set::single(self.arena.intern(shape))
    }

    /// The union of sets.
    pub fn union(&mut self, sets: impl IntoIterator<Item = Set>) -> Set {
        self.arena.union(sets)
    }

    /// Remembers what a call site passes for a parameter. Forgets nothing, so that later rounds only learn.
    pub fn pass(&mut self, func: Func, parameter: u16, set: Set) {
        debug_assert_eq!(self.depth, 0, "learned by a walk, not by a question");
        let set = self.without_keys(set);
        let shapes = self.arena.shapes(set).to_vec();
        let known = self.passed.entry((func, parameter)).or_default();
        if remember(known, shapes) {
            self.memo.learn(Question::Passed(func, parameter), known.len() > MAX_PASSED);
        }
    }

    /// What call sites pass for a parameter, unless they pass too many different things. If they do, they always will: that is not
    /// asked again.
    fn passed(&mut self, func: Func, parameter: u16) -> Set {
        let shapes = self.passed.get(&(func, parameter));
        if shapes.is_some_and(|it| it.len() > MAX_PASSED) {
            return Set::EMPTY;
        }
        let shapes = shapes.cloned().unwrap_or_default();
        self.memo.rests_on(Question::Passed(func, parameter));
        self.arena.set(shapes)
    }

    /// The first of the library functions that a value may be for which `test` holds.
    pub fn library_function(&mut self, func: Func, value: ValueId, test: impl Fn(&Facts<'_>) -> bool) -> Option<Path> {
        let set = self.of(func, value);
        self.shapes(set).iter().find_map(|&it| match *self.shape(it) {
            Shape::External(path) if test(self.paths.facts(path)) => Some(path),
            _ => None,
        })
    }

    /// Whether a value may be a library's function for which `test` holds.
    pub fn is_library_function(&mut self, func: Func, value: ValueId, test: impl Fn(&Facts<'_>) -> bool) -> bool {
        self.library_function(func, value, test).is_some()
    }

    /// What a value is.
    pub fn of(&mut self, func: Func, value: ValueId) -> Set {
        self.eval(func, value)
    }
}

/// Adds what is not known yet, until there is more than says anything. Says whether anything was added.
fn remember(known: &mut Vec<ShapeId>, shapes: Vec<ShapeId>) -> bool {
    let before = known.len();
    for shape in shapes {
        if known.len() <= MAX_PASSED && !known.contains(&shape) {
            known.push(shape);
        }
    }
    known.len() != before
}
