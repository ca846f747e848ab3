//! What people say of the program's own functions: comments (`blocklint: nonblocking`, `blocking`, `offload`), and facts of the
//! users' configuration whose paths name them. A comment is the closer word, and wins.
//!
//! A mark is believed where it says more than the code shows, and checked where it promises.

use crate::link::{Func, Program};
use crate::paths::Paths;
use blocklint_catalog::Facts;
use blocklint_catalog::fact::{Blocking, Decorates, Effect, RunsOn};
use blocklint_ir::{Directive, DirectiveKind, Form, FunctionId, Module};
use rustc_hash::FxHashMap;

/// What is said of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It promises not to block: it is checked as if an event loop ran it.
    NonBlocking,
    /// Calling it blocks, whatever its body shows.
    Blocking,
    /// It runs its callable arguments on another thread, or what it decorates.
    Offload,
    /// Whatever its body shows, calling it does not block.
    Harmless,
    /// An event loop runs it, or what it decorates.
    LoopEntry,
}

/// What calling a function does that is marked as blocking.
pub static BLOCKING: Blocking = Blocking::plain(Effect::Wait);

/// The marks of the program.
#[derive(Debug, Default)]
pub struct Marks {
    by_function: FxHashMap<Func, Mark>,
}

impl Marks {
    /// Those of every file, and what users' facts say of functions by their paths.
    pub fn of(program: &Program<'_>, paths: &mut Paths<'_>) -> Self {
        let mut by_function = FxHashMap::default();
        if paths.catalog().has_users_facts() {
            by_function = by_path(program, paths);
        }
        for (id, file) in program.files().filter(|it| it.1.library.is_none()) {
            let module = &file.summary.module;
            for directive in &module.directives {
                if let (Some(mark), Some(function)) = (mark(&directive.kind), marked(module, directive)) {
                    by_function.insert(program.func(id, function), mark);
                }
            }
        }
        Self { by_function }
    }

    /// Whether nothing is said of any.
    pub fn is_empty(&self) -> bool {
        self.by_function.is_empty()
    }

    /// What is said of a function.
    pub fn of_function(&self, func: Func) -> Option<Mark> {
        self.by_function.get(&func).copied()
    }
}

fn by_path(program: &Program<'_>, paths: &mut Paths<'_>) -> FxHashMap<Func, Mark> {
    let mut found = FxHashMap::default();
    for func in program.all_functions().filter(|&it| program.function(it).form == Form::Named) {
        let file = program.file_of(func);
        let path = paths.intern(program.language(file), &program.dotted(func));
        if paths.is_users(path)
            && let Some(mark) = fact_mark(paths.facts(path))
        {
            found.insert(func, mark);
        }
    }
    found
}

fn fact_mark(facts: &Facts<'_>) -> Option<Mark> {
    let runs = |wanted| facts.hand_offs.iter().any(|it| it.runs == wanted);
    if facts.blocking.is_some() {
        Some(Mark::Blocking)
    } else if facts.harmless {
        Some(Mark::Harmless)
    } else if runs(RunsOn::Worker) || runs(RunsOn::Process) {
        Some(Mark::Offload)
    } else if facts.decorates.is_some_and(|it| it.makes == Decorates::LoopEntry) {
        Some(Mark::LoopEntry)
    } else {
        None
    }
}

/// What a comment says of a function, if it does.
pub fn mark(kind: &DirectiveKind) -> Option<Mark> {
    match kind {
        DirectiveKind::NonBlocking => Some(Mark::NonBlocking),
        DirectiveKind::Blocking => Some(Mark::Blocking),
        DirectiveKind::Offload => Some(Mark::Offload),
        DirectiveKind::Ignore { .. } | DirectiveKind::IgnoreFile { .. } | DirectiveKind::Unknown(_) => None,
    }
}

/// The function whose name stands in the lines that a comment speaks for.
pub fn marked(module: &Module, directive: &Directive) -> Option<FunctionId> {
    let named = |it: &&(usize, &blocklint_ir::Function)| {
        it.1.form == Form::Named && directive.target.contains(it.1.name_span.start)
    };
    module.functions.iter().enumerate().skip(1).find(|it| named(&it)).map(|it| FunctionId::new(it.0))
}
