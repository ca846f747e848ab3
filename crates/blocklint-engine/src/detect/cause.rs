//! What is known of one blocking place before it is known who leads there.

use super::self_wait::{self, SelfWait};
use super::{Cx, finished, nested, nonblocking, pool_exit};
use crate::graph::{Demands, Edge, Exit, OnLoop, bound_ms, own_loop};
use crate::link::Func;
use crate::propagate::{Route, is_unseen};
use blocklint_catalog::fact::{Blocking, OnLoop as Behaviour};
use blocklint_ir::{ValueId, ValueKind};
use std::sync::Arc;

/// A wait no longer than this is no stall that anybody sees.
const BRIEF_MS: u64 = 10;

/// A call that blocks.
pub(super) struct Cause<'e> {
    /// Where the blocking call stands.
    pub func: Func,
    pub exit: &'e Exit,
    pub blocking: &'e Blocking,
    pub self_wait: Option<SelfWait>,
    /// The code's own text proves that it goes wrong.
    pub proven: bool,
    /// The code's own text proves that it runs on a loop, whoever calls it.
    pub needs_no_caller: bool,
    /// The way to it, where it stands in a library.
    pub inside: Option<Inside<'e>>,
}

/// The way from a call that leaves the checked sources to the call inside that blocks.
#[derive(Debug, Clone)]
pub(super) struct Inside<'g> {
    /// The call that leaves.
    pub entry: &'g Edge,
    /// Calls inside the library, the first in the function that was entered.
    pub route: Route,
    /// The library as a reader knows it: name and version.
    pub library: String,
    /// What callers of the function with the call that leaves must do for this way to be taken.
    pub demands: Demands,
}

impl Inside<'_> {
    /// The function that was entered, and the library, in a reader's words.
    pub(super) fn named(&self, cx: &Cx<'_, '_>) -> (Arc<str>, &str) {
        (cx.name(self.entry.to), &self.library)
    }
}

/// Whether the code shows that the call does not wait after all: what it waits for is done, or it raises instead.
pub(crate) fn waits_for_nothing(cx: &mut Cx<'_, '_>, func: Func, site: ValueId, blocking: &Blocking) -> bool {
    finished::finished(cx.types, func, site, blocking.effect)
        || nonblocking::raises_instead(cx, func, site)
        || nested::allowed(cx.types, func, site, blocking)
        || pool_exit::waits_for_nothing(cx, func, site)
}

/// What is known of a call that may block; `None` where it does not, or no loop runs there.
pub(super) fn cause<'e>(cx: &mut Cx<'_, '_>, func: Func, exit: &'e Exit, blocking: &'e Blocking) -> Option<Cause<'e>> {
    let said = cx.guards.of_value(cx.types, func, exit.site);
    if said == Some(OnLoop::No) || waits_for_nothing(cx, func, exit.site, blocking) {
        return None;
    }
    let reached = cx.contexts.reached(func).is_some();
    let self_wait =
        self_wait::self_wait(cx, func, exit.site, blocking).filter(|it| *it == SelfWait::Certain || reached);
    let fails = blocking.on_loop != Behaviour::Stalls;
    // A handle taken from the thread's own runtime, in what nobody sees as a call: it fails wherever it works at all.
    let own_runtime =
        fails && unseen(cx, func) && cx.receiver(func, exit.site).is_some_and(|it| own_loop(cx.types, func, it, 0));
    let proven = self_wait == Some(SelfWait::Certain) || own_runtime || (fails && said == Some(OnLoop::Yes));
    let needs_no_caller = proven || said == Some(OnLoop::Yes);
    (reached || needs_no_caller).then_some(Cause {
        func,
        exit,
        blocking,
        self_wait,
        proven,
        needs_no_caller,
        inside: None,
    })
}

fn unseen(cx: &Cx<'_, '_>, func: Func) -> bool {
    cx.types.program.member_kind(func).is_some_and(is_unseen)
}

/// The longest that the call can take, as far as its arguments say.
pub(super) fn bound(cx: &mut Cx<'_, '_>, cause: &Cause<'_>) -> Option<u64> {
    match &cx.types.program.value(cause.func, cause.exit.site).kind {
        ValueKind::Call(call) => bound_ms(cx.types, cause.func, call, cause.blocking),
        _ => None,
    }
}

/// Whether it is over sooner than anybody sees, or happens only once.
pub(super) fn is_brief(cx: &mut Cx<'_, '_>, cause: &Cause<'_>) -> bool {
    cause.blocking.first_use || bound(cx, cause).is_some_and(|it| cx.is_brief(it))
}

impl Cx<'_, '_> {
    pub(super) fn is_brief(&self, bound_ms: u64) -> bool {
        bound_ms <= BRIEF_MS || bound_ms < self.threshold_ms
    }
}
