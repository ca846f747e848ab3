//! Which functions run on an event loop's thread, and by which chains of calls.
//!
//! Contexts flow down: from what certainly runs on a loop, through every call whose place does not say otherwise.

mod implied;
mod route;
mod served;

pub use route::Route;

use crate::finding::Confidence;
use crate::graph::{Edge, Graph, Guards, OnLoop};
use crate::link::{Entity, Func, Program, Ty};
use crate::marks::Mark;
use crate::types::{Path, Types};
use blocklint_catalog::fact::{Decorates, RunsOn};
use blocklint_ir::{Form, Language, MemberKind, TypeKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// Why a function runs on a loop, if by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Root {
    /// Its body is asynchronous, or an executor polls it.
    Asynchronous,
    /// It was handed to a loop, or a framework runs it there.
    Callback,
    /// A comment promises that a loop may run it.
    Promise,
    /// Nothing here calls it, but only asynchronous code can use it: the end of what tasks hold, a function that gives a future,
    /// one that raises where no loop runs.
    Implied,
    /// Nothing says so, but an asynchronous caller could not see that it blocks: accessors, operators, finalizers.
    Accessor,
}

/// The contexts of the program.
#[derive(Debug)]
pub struct Contexts {
    /// By function.
    roots: Vec<Option<Root>>,
    /// By function: the best confidence with which it is reached on a loop.
    reached: Vec<Option<Confidence>>,
    /// By function: callers that reach it on a loop, with the index of the edge there.
    callers: FxHashMap<Func, Vec<(Func, u32)>>,
    /// Every caller in `callers`.
    linked: FxHashSet<(Func, u32)>,
    /// Types whose values asynchronous code holds.
    held: FxHashSet<Ty>,
}

/// What runs on a loop.
pub fn propagate(types: &mut Types<'_>, graph: &Graph, guards: &mut Guards, accessors: bool) -> Contexts {
    let mut roots = find_roots(types, graph);
    let mut contexts = Contexts {
        reached: vec![None; roots.len()],
        callers: FxHashMap::default(),
        linked: FxHashSet::default(),
        held: implied::held_by_tasks(types, graph),
        roots: Vec::new(),
    };
    let own: Vec<Func> = types.program.all_functions().filter(|it| roots[it.0 as usize].is_some()).collect();
    for confidence in [Confidence::Likely, Confidence::Possible] {
        contexts.spread(types, graph, guards, &own, confidence);
    }
    let mut implied = implied::functions(types.program, graph, &contexts.held);
    implied.extend(implied::asking(types, graph, guards));
    let implied: Vec<Func> = implied
        .into_iter()
        .filter(|it| contexts.reached[it.0 as usize].is_none() && roots[it.0 as usize].is_none())
        .collect();
    for &func in &implied {
        roots[func.0 as usize] = Some(Root::Implied);
    }
    contexts.spread(types, graph, guards, &implied, Confidence::Likely);
    if accessors {
        let more: Vec<Func> = unseen_accessors(types.program)
            .into_iter()
            .filter(|it| contexts.reached[it.0 as usize].is_none() && roots[it.0 as usize].is_none())
            .collect();
        for &func in &more {
            roots[func.0 as usize] = Some(Root::Accessor);
        }
        contexts.spread(types, graph, guards, &more, Confidence::Possible);
    }
    contexts.roots = roots;
    contexts
}

impl Contexts {
    /// Why the function runs on a loop by itself.
    pub fn root(&self, func: Func) -> Option<Root> {
        self.roots[func.0 as usize]
    }

    /// The confidence with which the function is reached on a loop.
    pub fn reached(&self, func: Func) -> Option<Confidence> {
        self.reached[func.0 as usize]
    }

    /// Whether asynchronous code holds values of the type: others await methods of it that nothing here calls.
    pub fn held_by_tasks(&self, ty: Ty) -> bool {
        self.held.contains(&ty)
    }

    fn spread(&mut self, types: &mut Types<'_>, graph: &Graph, guards: &mut Guards, from: &[Func], least: Confidence) {
        let mut todo: Vec<Func> = from.to_vec();
        if least == Confidence::Possible {
            todo.extend((0..self.reached.len() as u32).map(Func).filter(|it| self.reached[it.0 as usize].is_some()));
        }
        for &func in from {
            self.reached[func.0 as usize].get_or_insert(if least == Confidence::Likely {
                Confidence::Proven
            } else {
                least
            });
        }
        while let Some(func) = todo.pop() {
            for (index, edge) in graph.edges[func.0 as usize].iter().enumerate() {
                let follows = match least {
                    Confidence::Possible => true,
                    _ => edge.how.confidence >= least,
                };
                let link = (func, index as u32);
                if !follows || self.linked.contains(&link) {
                    continue;
                }
                let hops = edge.how.through.as_deref().unwrap_or_default();
                let mut places = hops.iter().map(|it| (it.func, it.site)).chain([(func, edge.site)]);
                if places.any(|(func, site)| guards.of_value(types, func, site) == Some(OnLoop::No)) {
                    continue;
                }
                self.linked.insert(link);
                self.callers.entry(edge.to).or_default().push(link);
                let reached = &mut self.reached[edge.to.0 as usize];
                if reached.is_none() {
                    *reached = Some(least);
                    todo.push(edge.to);
                }
            }
        }
    }
}

/// The edge of a route's step.
pub fn step(graph: &Graph, (func, index): (Func, u32)) -> &Edge {
    &graph.edges[func.0 as usize][index as usize]
}

fn find_roots(types: &mut Types<'_>, graph: &Graph) -> Vec<Option<Root>> {
    let program = types.program;
    let mut roots: Vec<Option<Root>> = vec![None; program.function_count()];
    for func in program.all_functions().filter(|it| graph.walked[it.0 as usize]) {
        let function = program.function(func);
        if function.color.on_loop() {
            roots[func.0 as usize] = Some(Root::Asynchronous);
        } else if !function.decorators.is_empty() && types.decoration(func) == Some(Decorates::LoopEntry) {
            roots[func.0 as usize] = Some(Root::Callback);
        }
    }
    let written = served::of_written_traits(types);
    for ty in program.all_types() {
        let (file, _) = program.place_of_type(ty);
        let bases = known_bases(types, ty);
        let served = types.is_made(ty, Decorates::LoopEntries);
        for member in &program.type_def(ty).members {
            let func = program.func(file, member.function);
            if !graph.walked[func.0 as usize] {
                continue;
            }
            if member.kind == MemberKind::Poll && !program.function(func).stub {
                roots[func.0 as usize] = Some(Root::Asynchronous);
            } else if roots[func.0 as usize].is_none()
                && (served && served::is_served(types, member.kind, func)
                    || written.contains(&func)
                    || runs_on_loop(types, &bases, func))
                && !works_elsewhere(types, ty)
            {
                roots[func.0 as usize] = Some(Root::Callback);
            }
        }
    }
    for handed in &graph.handed {
        if handed.runs == RunsOn::Loop {
            roots[handed.callable.0 as usize].get_or_insert(Root::Callback);
        }
    }
    // An asynchronous block that is handed to threads for work that takes long.
    for handed in graph.handed.iter().filter(|it| it.runs == RunsOn::Worker) {
        if program.function(handed.callable).form == Form::Block {
            roots[handed.callable.0 as usize] = None;
        }
    }
    // On a thread that was started for it, what is driven to its end is that thread's own work: no other loop stands still.
    for &(driver, block) in &graph.driven {
        if graph.handed.iter().any(|it| it.callable == driver && it.runs == RunsOn::Worker) {
            roots[block.0 as usize] = None;
        }
    }
    for func in program.all_functions() {
        let root = match types.marks.of_function(func) {
            Some(Mark::NonBlocking) => Root::Promise,
            Some(Mark::LoopEntry) => Root::Callback,
            _ => continue,
        };
        roots[func.0 as usize].get_or_insert(root);
    }
    roots
}

/// The paths by which the catalogue may know what a type inherits, or what a block implements: those of libraries, and the
/// program's own, as a library that is checked itself is known under its own name.
fn known_bases(types: &mut Types<'_>, ty: Ty) -> Vec<Path> {
    let program = types.program;
    let def = program.type_def(ty);
    let (file, _) = program.place_of_type(ty);
    let language = program.language(file);
    let own = |base: Ty| {
        let (file, _) = program.place_of_type(base);
        let module = program.module_path(file).replace(language.separator(), ".");
        format!("{module}.{}", program.type_def(base).qualname.replace(language.separator(), "."))
    };
    let bases: Vec<String> = match def.kind {
        TypeKind::Trait => return Vec::new(),
        // The target's other traits may have members of the same name: those are not what the block writes.
        TypeKind::Implementation => def
            .implements
            .into_iter()
            .flat_map(|it| program.head_entities(file, it))
            .filter_map(|it| match it {
                Entity::External(path) => Some(path.into()),
                Entity::Type(base) => Some(own(base)),
                _ => None,
            })
            .collect(),
        _ => {
            let inherited = program.hierarchy.order(ty).iter().map(|&it| own(it));
            program.hierarchy.external_bases(ty).map(str::to_owned).chain(inherited).collect()
        }
    };
    let bases: Vec<Path> = bases.iter().map(|it| types.paths.intern(language, it)).collect();
    // Most are the program's own: asking for each of their methods would make a path of every one.
    bases.into_iter().filter(|&it| types.paths.is_described(it)).collect()
}

/// Whether the type says by an associated type that threads run it: an actor with a context for them.
fn works_elsewhere(types: &mut Types<'_>, ty: Ty) -> bool {
    let program = types.program;
    let Some(ty) = program.hierarchy.target(program, ty) else { return false };
    let written: Vec<(Language, Box<str>)> = program
        .hierarchy
        .associated_of(ty)
        .flat_map(|(file, expr)| program.head_entities(file, expr).into_iter().map(move |it| (file, it)))
        .filter_map(|(file, it)| match it {
            Entity::External(path) => Some((program.language(file), path)),
            _ => None,
        })
        .collect();
    written.into_iter().any(|(language, path)| {
        let path = types.paths.intern(language, &path);
        types.paths.facts(path).overrides == Some(RunsOn::Worker)
    })
}

/// Whether a method overrides one that a framework calls on its loop.
fn runs_on_loop(types: &mut Types<'_>, bases: &[Path], func: Func) -> bool {
    let program = types.program;
    let name = program.file(program.file_of(func)).summary.module.text(program.function(func).name);
    bases.iter().any(|&base| {
        let method = types.paths.member(base, name);
        types.paths.facts(method).overrides == Some(RunsOn::Loop)
    })
}

/// Functions that run without a call that one sees.
fn unseen_accessors(program: &Program<'_>) -> Vec<Func> {
    let mut found = Vec::new();
    for ty in program.all_types() {
        let (file, _) = program.place_of_type(ty);
        for member in &program.type_def(ty).members {
            if is_unseen(member.kind) {
                found.push(program.func(file, member.function));
            }
        }
    }
    found
}

/// Whether whoever runs a member of this kind cannot see a call.
pub fn is_unseen(kind: MemberKind) -> bool {
    !matches!(
        kind,
        MemberKind::Method
            | MemberKind::ClassMethod
            | MemberKind::Static
            | MemberKind::Construct
            | MemberKind::Subclass
            | MemberKind::Call
            | MemberKind::Await
            | MemberKind::Enter
            | MemberKind::Exit
            | MemberKind::EnterAsync
            | MemberKind::ExitAsync
            | MemberKind::Iterate
            | MemberKind::Next
            | MemberKind::IterateAsync
            | MemberKind::NextAsync
            | MemberKind::Poll
            | MemberKind::Convert
    )
}
