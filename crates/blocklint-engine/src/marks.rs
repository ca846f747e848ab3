//! Comments that say what a function does: `blocklint: nonblocking`, `blocklint: blocking`, `blocklint: offload`.
//!
//! A mark is believed where it says more than the code shows, and checked where it promises.

use crate::link::{Func, Program};
use blocklint_catalog::fact::{Blocking, Effect, OnLoop, Scale};
use blocklint_ir::{Directive, DirectiveKind, Form, FunctionId, Module};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a comment says of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It promises not to block: it is checked as if an event loop ran it.
    NonBlocking,
    /// Calling it blocks, whatever its body shows.
    Blocking,
    /// It runs its callable arguments on another thread.
    Offload,
}

/// What calling a function does that is marked as blocking.
pub static BLOCKING: LazyLock<Blocking> = LazyLock::new(|| Blocking {
    effect: Effect::Wait,
    scale: Scale::Large,
    bound: None,
    unless: Vec::new(),
    only: Vec::new(),
    credential: false,
    first_use: false,
    on_loop: OnLoop::Stalls,
    failure: None,
    instead: None,
    instead_on: Vec::new(),
    source: "the comment above the function".to_owned(),
});

/// The marks of the program.
#[derive(Debug, Default)]
pub struct Marks {
    by_function: FxHashMap<Func, Mark>,
}

impl Marks {
    /// Those of every file.
    pub fn of(program: &Program<'_>) -> Self {
        let mut by_function = FxHashMap::default();
        for (id, file) in program.files() {
            let module = &file.summary.module;
            for directive in &module.directives {
                if let (Some(mark), Some(function)) = (mark(&directive.kind), marked(module, directive)) {
                    by_function.insert(program.func(id, function), mark);
                }
            }
        }
        Self { by_function }
    }

    /// What is said of a function.
    pub fn of_function(&self, func: Func) -> Option<Mark> {
        self.by_function.get(&func).copied()
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
