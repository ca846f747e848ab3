//! Walks every value of a function and records what it calls.

use super::derived::Derives;
use super::published::Published;
use super::recorded::{Binding, CallableUse, Candidates, Named, Shares};
use super::registered::Registered;
use super::{Edge, Exit, Graph, How};
use crate::finding::Via;
use crate::link::{FileId, Func, NodeId, Sym, Ty};
use crate::marks::{BLOCKING, Mark};
use crate::types::{Path, Place, Set, ShapeId, Types, own_field};
use blocklint_ir::{FunctionId, Literal, ScopeId, ValueId, ValueKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;
use std::sync::Arc;
use thin_vec::ThinVec;

pub(super) struct Builder<'t, 'a> {
    pub(super) types: &'t mut Types<'a>,
    pub(super) graph: Graph,
    /// Callables and parameters passed to functions of the program.
    pub(super) bindings: Vec<Binding>,
    /// Parameters that are called or handed over.
    pub(super) uses: Vec<CallableUse>,
    /// Parameters of a function that a closure inside it calls: the closure and what it does.
    pub(super) captured: Vec<(Func, CallableUse)>,
    /// Arguments of calls that take coroutines.
    pub(super) asynchronous: FxHashSet<ValueId>,
    /// The call at hand is awaited, and some candidate for it is asynchronous.
    pub(super) awaits_asynchronous: bool,
    /// Parameters that are given the event loop of the caller's own thread.
    pub(super) loops_passed: Vec<(Func, u16)>,
    pub(super) candidates: Candidates,
    /// What each function contributed.
    pub(super) shares: Shares,
    /// Methods that decorators name for attributes, by the class that has them.
    pub(super) named: FxHashMap<Ty, Arc<[Named]>>,
    pub(super) derived: Derives,
    /// Whether reading an attribute of a type runs nothing, once asked.
    pub(super) plain: FxHashMap<(Ty, Sym), bool>,
    /// What an attribute was looked for at, while it is read: several objects may hand the question on to the same one.
    pub(super) asked: FxHashSet<ShapeId>,
    /// By module: its function for names that it lacks, once asked.
    pub(super) answering: FxHashMap<NodeId, Option<Func>>,
    /// Where functions call their parameters, once asked.
    pub(super) parameters_called: FxHashMap<(Func, u16), Rc<[ValueId]>>,
    /// Methods that are part of making an object, by its class.
    pub(super) validators: FxHashMap<Ty, Arc<[Func]>>,
    /// What makes the defaults of fields, and where it is named, by the class.
    pub(super) factories: FxHashMap<Ty, Arc<[(Func, ValueId)]>>,
    /// What is registered with functions that dispatch, as soon as one is called.
    pub(super) registered: Option<Registered>,
    pub(super) published: Published,
    /// Functions of libraries that something leads to and that were not walked yet.
    todo: Vec<Func>,
    /// Files whose top-level code runs when the program starts.
    eager: FxHashSet<FileId>,
    /// The names of fields that are made on their first use.
    pub(super) lazy_fields: FxHashSet<Sym>,
}

pub(super) fn build(types: &mut Types<'_>) -> Graph {
    let count = types.program.function_count();
    let eager = eager_files(types);
    let derived = Derives::of(types.program);
    let mut builder = Builder {
        types,
        graph: Graph {
            edges: vec![ThinVec::new(); count],
            exits: vec![ThinVec::new(); count],
            awaits: vec![ThinVec::new(); count],
            walked: vec![false; count],
            ..Graph::default()
        },
        bindings: Vec::new(),
        uses: Vec::new(),
        captured: Vec::new(),
        asynchronous: FxHashSet::default(),
        awaits_asynchronous: false,
        candidates: Candidates::One,
        loops_passed: Vec::new(),
        shares: Shares::default(),
        named: FxHashMap::default(),
        derived,
        plain: FxHashMap::default(),
        asked: FxHashSet::default(),
        answering: FxHashMap::default(),
        parameters_called: FxHashMap::default(),
        validators: FxHashMap::default(),
        factories: FxHashMap::default(),
        registered: None,
        published: Published::default(),
        todo: Vec::new(),
        eager,
        lazy_fields: FxHashSet::default(),
    };
    builder.find_lazy_fields();
    builder.walk_rounds();
    builder.publish();
    builder.walk_libraries();
    builder.follow_callables();
    // A callable that was passed down may lead to more of a library.
    while builder.walk_libraries() {
        builder.follow_callables();
    }
    builder.tell_calls_apart();
    builder.graph.loops_passed = builder.loops_passed.into_iter().collect();
    builder.graph
}

impl Builder<'_, '_> {
    /// Of libraries, the functions that something leads to; says whether there were any.
    fn walk_libraries(&mut self) -> bool {
        let any = !self.todo.is_empty();
        // What is counted is the checked sources.
        let counts = self.graph.counts;
        while let Some(func) = self.todo.pop() {
            self.function(func);
        }
        self.graph.counts = counts;
        any
    }

    /// Something leads to this function.
    pub(super) fn leads_to(&mut self, func: Func) {
        if !std::mem::replace(&mut self.graph.walked[func.0 as usize], true) && self.types.program.in_library(func) {
            self.todo.push(func);
        }
    }

    pub(super) fn function(&mut self, func: Func) {
        self.graph.walked[func.0 as usize] = true;
        let function = self.types.program.function(func);
        let file = self.types.program.file_of(func);
        self.asynchronous.clear();
        for (index, value) in function.values.iter().enumerate() {
            let site = ValueId::new(index);
            match &value.kind {
                ValueKind::Call(call) => self.call(func, site, call),
                ValueKind::Attribute { base, name } => self.read(func, site, *base, *name),
                ValueKind::Store { base, name, value } => {
                    self.store(func, site, *base, *name, value.is_none());
                    if let Some(value) = value {
                        self.give(func, *base, Place::Attribute(self.types.program.sym(file, *name)), *value);
                    }
                }
                ValueKind::Index { base, index } => self.subscript(func, site, *base, *index),
                ValueKind::StoreIndex { base, index, value } => {
                    self.store_subscript(func, site, (*base, *index), *value);
                    if let (Some(value), ValueKind::Literal(Literal::Text(key))) = (value, &function.value(*index).kind)
                    {
                        self.give(func, *base, Place::Entry(self.types.program.sym(file, *key)), *value);
                    }
                }
                ValueKind::Operator { operator, operands } => self.operator(func, site, *operator, operands),
                ValueKind::Each(of) | ValueKind::Element { base: of, index: None | Some(0) } => {
                    let of = self.types.of(func, *of);
                    self.iterate(func, site, of);
                }
                ValueKind::EachAsync(of) => self.iterate_async(func, site, *of),
                ValueKind::Await(of) => self.wait(func, site, *of),
                ValueKind::Unwrap(of) => self.hand_on_failure(func, site, *of),
                ValueKind::Enter(of) | ValueKind::Exit(of) | ValueKind::Format(of) | ValueKind::Truth(of) => {
                    let of = self.types.of(func, *of);
                    self.used(func, site, &value.kind, of);
                }
                ValueKind::Deref(of) => self.deref(func, site, *of),
                ValueKind::Drop(of) => self.finalize(func, site, *of),
                ValueKind::Parameter(index) => self.extract(func, site, *index),
                ValueKind::Path(path) => self.first_use(func, site, *path),
                ValueKind::Import { path, .. } => self.import(func, site, path),
                ValueKind::Type(id) => self.create(func, site, *id),
                ValueKind::Function(id) => self.decorate(func, *id),
                _ => {}
            }
        }
        for &given in &function.returns {
            self.settle_result(func, given);
        }
        if self.types.marks.of_function(func) == Some(Mark::Harmless) {
            self.graph.edges[func.0 as usize].clear();
            self.graph.exits[func.0 as usize].clear();
        }
        let asynchronous = &self.asynchronous;
        self.graph.exits[func.0 as usize].retain(|it| !asynchronous.contains(&it.site));
    }

    /// A value is entered, left, written as text or tested.
    fn used(&mut self, func: Func, site: ValueId, how: &ValueKind, of: Set) {
        match how {
            ValueKind::Enter(_) => self.enter(func, site, of),
            ValueKind::Exit(_) => self.leave(func, site, of),
            ValueKind::Format(_) => self.format(func, site, of),
            _ => self.truth(func, site, of),
        }
    }

    /// An object is given something from outside. What tests put in the place of other things is theirs.
    pub(super) fn give(&mut self, func: Func, to: ValueId, place: Place, value: ValueId) {
        if own_field(self.types.program, func, to) || self.types.program.in_test(func) {
            return;
        }
        let (to, set) = (self.types.of(func, to), self.types.of(func, value));
        for holder in self.types.shapes(to).to_vec() {
            self.types.give(holder, place, set);
        }
    }

    pub(super) fn edge(&mut self, func: Func, site: ValueId, to: Func, mut how: How) {
        let program = self.types.program;
        if program.exclude_each_other(func, to) {
            return;
        }
        if matches!(how.via, Via::Call | Via::Callback)
            && program.language(program.file_of(func)) != program.language(program.file_of(to))
        {
            how.via = Via::Ffi;
        }
        match self.types.marks.of_function(to) {
            Some(Mark::Blocking) => {
                let path = self.marked_path(to);
                self.exit(func, site, path, how);
                return;
            }
            Some(Mark::Harmless) => return,
            _ => {}
        }
        self.leads_to(to);
        let edge = Edge { site, to, how };
        push_new(&mut self.graph.edges[func.0 as usize], edge, |it| it.site);
    }

    pub(super) fn exit(&mut self, func: Func, site: ValueId, path: Path, how: How) {
        let exit = Exit { site, path, how };
        push_new(&mut self.graph.exits[func.0 as usize], exit, |it| it.site);
    }

    /// The path of a function that blocks because a comment or a user's fact says so.
    fn marked_path(&mut self, func: Func) -> Path {
        let program = self.types.program;
        let language = program.language(program.file_of(func));
        self.types.paths.blocking(language, &program.dotted(func), &BLOCKING)
    }

    /// The first import of a module runs its top-level code where the import stands.
    fn import(&mut self, func: Func, site: ValueId, path: &blocklint_ir::Import) {
        let (file, id) = self.types.program.place_of(func);
        if id == FunctionId::TOP && self.eager.contains(&file) {
            return;
        }
        for node in self.types.program.modules_on(file, path) {
            let Some(target) = top_level_file(self.types, node) else { continue };
            if target == file || self.eager.contains(&target) {
                continue;
            }
            let top = self.types.program.func(target, FunctionId::TOP);
            let mut how = How::trigger(Via::Import, None, crate::finding::Confidence::Likely);
            how.first_use = true;
            self.edge(func, site, top, how);
        }
    }
}

/// Adds what is not there. Calls are recorded in the order of their places, so that equal ones stand beside each other.
fn push_new<T: PartialEq>(list: &mut ThinVec<T>, item: T, site: impl Fn(&T) -> ValueId) {
    let same_place = |it: &&T| site(it) == site(&item);
    if !list.iter().rev().take_while(same_place).any(|it| *it == item) {
        list.push(item);
    }
}

fn top_level_file(types: &Types<'_>, node: NodeId) -> Option<FileId> {
    types.program.node(node).scope.filter(|it| it.1 == ScopeId::FILE).map(|it| it.0)
}

/// Files that are loaded when the program starts: those that nobody imports, and what they import at their top level.
fn eager_files(types: &Types<'_>) -> FxHashSet<FileId> {
    let program = types.program;
    let mut imported: FxHashSet<FileId> = FxHashSet::default();
    let mut at_top: Vec<Vec<FileId>> = vec![Vec::new(); program.files().count()];
    for func in program.all_functions() {
        let (file, id) = program.place_of(func);
        for value in &program.function(func).values {
            let ValueKind::Import { path, .. } = &value.kind else { continue };
            for node in program.modules_on(file, path) {
                let Some(target) = top_level_file(types, node).filter(|&it| it != file) else { continue };
                imported.insert(target);
                if id == FunctionId::TOP {
                    at_top[file.0 as usize].push(target);
                }
            }
        }
    }
    let mut todo: Vec<FileId> = program.files().map(|it| it.0).filter(|it| !imported.contains(it)).collect();
    let mut eager: FxHashSet<FileId> = todo.iter().copied().collect();
    while let Some(file) = todo.pop() {
        for &target in &at_top[file.0 as usize] {
            if eager.insert(target) {
                todo.push(target);
            }
        }
    }
    eager
}
