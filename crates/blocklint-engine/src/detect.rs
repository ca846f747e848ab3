//! Where blocking meets an event loop's thread: one detector for each shape, one finding for each root cause.

mod blocking;
mod caught;
mod cause;
mod chain;
mod dialogue;
mod eager_offload;
mod finished;
mod in_place;
mod library;
mod lock_across_await;
mod lost_task;
mod message;
mod nested;
mod nonblocking;
mod ordinal;
mod own_place;
mod owned_runtime;
mod pool_exit;
mod reparsed_buffer;
mod rule;
mod runtime;
mod self_wait;

pub(crate) use cause::waits_for_nothing;
pub use dialogue::fold;
pub use library::Hidden;
pub use message::{does, fingerprint};
pub use nonblocking::Told;
pub use ordinal::Ordinals;
pub use rule::Rule;

use crate::finding::{Finding, Place};
use crate::graph::{Graph, Guards};
use crate::link::Func;
use crate::propagate::Contexts;
use crate::types::Types;
use blocklint_ir::{ValueId, ValueKind};
use std::rc::Rc;

/// What detectors may ask.
#[derive(Debug)]
pub struct Cx<'c, 'a> {
    /// What values are.
    pub types: &'c mut Types<'a>,
    /// Who calls whom.
    pub graph: &'c Graph,
    /// What runs on a loop.
    pub contexts: &'c Contexts,
    /// What tests say of the thread.
    pub guards: &'c mut Guards,
    /// How many chains of one finding are spelled out.
    pub max_chains: usize,
    /// Waits that are known to be shorter than this, in milliseconds, are notes.
    pub threshold_ms: u64,
    /// Accesses that nobody sees and that block inside a library: one finding for each cause, wherever it is met.
    pub hidden: library::Hidden,
    /// Findings that are alike.
    pub ordinals: Ordinals,
    /// What functions tell not to wait.
    pub told: Told,
    /// What runs on a runtime of its own, as soon as that is asked.
    pub entries: Option<Rc<in_place::Entries>>,
}

/// Every finding, all chains with it, in no particular order.
pub fn detect(cx: &mut Cx<'_, '_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let detectors: [fn(&mut Cx<'_, '_>, Func, &mut Vec<Finding>); 6] = [
        blocking::detect,
        lock_across_await::detect,
        lost_task::detect,
        eager_offload::detect,
        in_place::detect,
        reparsed_buffer::detect,
    ];
    for func in cx.types.program.all_functions() {
        let (file, _) = cx.types.program.place_of(func);
        if cx.types.program.file(file).reported {
            for detector in &detectors {
                detector(cx, func, &mut findings);
            }
        }
    }
    owned_runtime::detect(cx, &mut findings);
    findings.extend(std::mem::take(&mut cx.hidden).merged(cx));
    findings
}

impl Cx<'_, '_> {
    /// Where a value stands.
    pub(crate) fn place(&self, func: Func, site: ValueId) -> Place {
        let program = self.types.program;
        let file = program.file(program.file_of(func));
        Place { file: file.summary.path.clone(), span: program.value(func, site).span }
    }

    /// What the call at this place is a method of.
    fn receiver(&self, func: Func, site: ValueId) -> Option<ValueId> {
        let ValueKind::Call(call) = &self.types.program.value(func, site).kind else { return None };
        match self.types.program.value(func, call.callee).kind {
            ValueKind::Attribute { base, .. } => Some(base),
            _ => None,
        }
    }
}
