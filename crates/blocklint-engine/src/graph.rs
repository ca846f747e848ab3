//! Who calls whom: every call, visible or not, as an edge between functions, and every call that leaves the program as an exit.

mod asked;
mod attributes;
mod awaited;
mod build;
mod callable;
mod called_back;
mod calls;
mod cases;
mod constant;
mod construct;
mod conversions;
mod decorated;
mod demand;
mod derived;
mod fixed;
mod given_back;
mod guard;
mod held;
mod implicit;
mod iteration;
mod known;
mod lazy;
mod lives;
mod made;
mod methods;
mod named;
mod operators;
mod passing;
mod published;
mod receiver;
mod recorded;
mod registered;
mod rounds;
mod same_thread;
mod settings;
mod standing;
mod tested;
mod through;
mod unseen;

pub use cases::in_other_case;
pub use constant::{Argument, any_holds, applies, argument, bound_ms, constant, passed};
pub use demand::{Demands, demanded};
pub use guard::{Guards, OnLoop, guard_of, own_loop};
pub use implicit::how_run;
pub use recorded::CallableUse;

use crate::finding::{Accessor, Confidence, Via};
use crate::link::Func;
use crate::types::{Path, Types};
use blocklint_catalog::fact::RunsOn;
use blocklint_ir::ValueId;
use rustc_hash::FxHashSet;
use std::sync::Arc;
use thin_vec::ThinVec;

/// The program's calls.
#[derive(Debug, Default)]
pub struct Graph {
    /// By caller.
    pub edges: Vec<ThinVec<Edge>>,
    /// By function: calls that leave the program.
    pub exits: Vec<ThinVec<Exit>>,
    /// By function: whether its calls were looked at. Of libraries, only what the checked sources lead to is.
    pub walked: Vec<bool>,
    /// Calls of asynchronous functions of the program, whether awaited here or scheduled: they run as roots of their own.
    pub awaits: Vec<ThinVec<(ValueId, Func)>>,
    /// Callables that were handed over, and where they will run.
    pub handed: Vec<Handed>,
    /// Asynchronous blocks that a function drives to their end itself: the function and the block.
    pub driven: Vec<(Func, Func)>,
    /// Parameters that some call site gives the event loop of its own thread.
    pub loops_passed: FxHashSet<(Func, u16)>,
    /// Calls of parameters that are only come to when what is passed is asynchronous.
    pub only_asynchronous: FxHashSet<(Func, ValueId)>,
    /// How many calls there are, and what became of them.
    pub counts: Counts,
}

/// A callable of the program that was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handed {
    /// Who hands it over.
    pub by: Func,
    /// Where.
    pub site: ValueId,
    /// What.
    pub callable: Func,
    /// Where it will run.
    pub runs: RunsOn,
}

/// How many calls there are, and what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Calls that are written.
    pub sites: usize,
    /// Those that lead to a function or type of the program.
    pub resolved: usize,
    /// Those that lead to a known path of a library.
    pub external: usize,
}

/// A call from one function of the program to another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edge {
    /// Where in the caller.
    pub site: ValueId,
    /// The callee.
    pub to: Func,
    /// How.
    pub how: How,
}

/// A call that leaves the program.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Exit {
    /// Where in the caller.
    pub site: ValueId,
    /// The library's function.
    pub path: Path,
    /// How.
    pub how: How,
}

/// How a call comes about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct How {
    /// How the step leads on.
    pub via: Via,
    /// The kind of call that the caller does not see, if it is one.
    pub accessor: Option<Accessor>,
    /// How sure the target is.
    pub confidence: Confidence,
    /// Only the first call does the work.
    pub first_use: bool,
    /// Functions between the two: a callable passed down runs inside them.
    pub through: Option<Arc<[Hop]>>,
}

/// A step inside a function that a callable was passed to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hop {
    /// The function.
    pub func: Func,
    /// Where it calls the callable or passes it on.
    pub site: ValueId,
    /// How that leads on.
    pub via: Via,
}

impl How {
    /// A call that is written and whose target is certain.
    pub fn call(confidence: Confidence) -> Self {
        Self { via: Via::Call, accessor: None, confidence, first_use: false, through: None }
    }

    /// A callable that was passed is called.
    pub fn callback() -> Self {
        Self { via: Via::Callback, ..Self::call(Confidence::Likely) }
    }

    /// A call by a trigger.
    pub fn trigger(via: Via, accessor: Option<Accessor>, confidence: Confidence) -> Self {
        Self { via, accessor, confidence, first_use: false, through: None }
    }
}

/// Finds every call of the program.
pub fn build(types: &mut Types<'_>) -> Graph {
    build::build(types)
}
