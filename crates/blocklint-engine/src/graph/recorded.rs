//! What the walk over a function leaves behind, besides its calls.

use super::{Counts, Hop};
use crate::link::{FileId, Func};
use blocklint_catalog::fact::{Decorates, RunsOn};
use blocklint_ir::{Name, ValueId};
use std::sync::Arc;

/// A parameter that is called or handed over, or a method of which is called.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CallableUse {
    /// The function that has the parameter.
    pub func: Func,
    /// Which one.
    pub parameter: u16,
    /// The method, by its name in a file; `None` where the parameter itself is called.
    pub method: Option<(FileId, Name)>,
    /// The method is not that of what is passed, but of what this argument of its type stands for.
    pub argument: Option<u16>,
    /// Where the callable runs.
    pub runs: RunsOn,
    /// It runs here in one case and elsewhere in another, as an object's settings may say: which case it is nobody knows.
    pub in_one_case: bool,
    /// From the function down to the call of the parameter.
    pub hops: Arc<[Hop]>,
    /// The asynchronous function that calls it, and where, once the way up has left it: that function runs on a loop whoever made
    /// its coroutine.
    pub within: Option<(Func, ValueId)>,
}

impl CallableUse {
    /// The parameter itself is called or handed over.
    pub(super) fn of((func, parameter): (Func, u16), runs: RunsOn, hops: Arc<[Hop]>) -> Self {
        Self { func, parameter, method: None, argument: None, runs, in_one_case: false, hops, within: None }
    }
}

/// A value that is passed for a parameter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binding {
    pub(super) caller: Func,
    pub(super) site: ValueId,
    pub(super) target: Func,
    pub(super) parameter: u16,
    pub(super) value: ValueId,
    /// Where the target runs, when it is handed over together with what it is called with.
    pub(super) handed: Option<RunsOn>,
}

/// What the call at hand may be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Candidates {
    /// One function.
    One,
    /// Several, of which each may be meant.
    Several,
    /// Those that the object at hand may have been made with.
    Made,
    /// One of several callables, and nobody knows which.
    OneOfSeveral,
}

/// A method, the attribute it was named for, and when it runs.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) attribute: Box<str>,
    pub(super) when: Decorates,
    pub(super) method: Func,
}

/// What each function contributed to what is recorded in the order of functions.
pub(super) type Shares = Vec<Share>;

/// What one function contributed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) lengths: Lengths,
    pub(super) counts: Counts,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lengths {
    pub(super) handed: u32,
    pub(super) driven: u32,
    pub(super) bindings: u32,
    pub(super) uses: u32,
    pub(super) captured: u32,
    pub(super) loops_passed: u32,
}
