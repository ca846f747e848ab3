//! What is called here in one case, and handed over to run elsewhere in the other: who wrote that knows that it may block, and may know
//! that it does not in this case.

use super::build::Builder;
use super::recorded::CallableUse;
use crate::finding::Confidence;
use crate::link::Func;
use blocklint_catalog::fact::RunsOn;
use blocklint_ir::{Function, RegionKind, ValueId};
use rustc_hash::FxHashSet;

impl Builder<'_, '_> {
    /// `if paths: await to_thread(self.load, paths)`, and otherwise `self.load([])`.
    pub(super) fn tell_calls_apart(&mut self) {
        let program = self.types.program;
        for handed in self.graph.handed.iter().filter(|it| elsewhere(it.runs)) {
            let function = program.function(handed.by);
            for edge in &mut self.graph.edges[handed.by.0 as usize] {
                if edge.to == handed.callable && in_other_case(function, edge.site, handed.site) {
                    edge.how.confidence = Confidence::Possible;
                }
            }
        }
    }

    /// `if self.executor is None: return work()`, and otherwise it is handed over: a parameter.
    pub(super) fn tell_uses_apart(&mut self) {
        let handed: FxHashSet<Func> =
            self.graph.handed.iter().filter(|it| elsewhere(it.runs)).map(|it| it.callable).collect();
        let by_closure = self.captured.iter().filter(|it| handed.contains(&it.0)).map(|it| &it.1);
        let offloaded: FxHashSet<(Func, u16)> = self
            .uses
            .iter()
            .filter(|it| elsewhere(it.runs))
            .chain(by_closure)
            .map(|it| (it.func, it.parameter))
            .collect();
        let program = self.types.program;
        let tested = |used: &CallableUse| {
            let function = program.function(used.func);
            used.hops.first().is_some_and(|hop| {
                let mut around = function.regions_around(function.value(hop.site).region);
                around.any(|it| matches!(it.1.kind, RegionKind::When { .. }))
            })
        };
        for used in &mut self.uses {
            let here = used.runs == RunsOn::Here && used.method.is_none();
            used.in_one_case = here && offloaded.contains(&(used.func, used.parameter)) && tested(used);
        }
    }
}

fn elsewhere(runs: RunsOn) -> bool {
    matches!(runs, RunsOn::Worker | RunsOn::Process)
}

/// Whether a test that holds where one of two values is does not hold where the other is.
pub fn in_other_case(function: &Function, one: ValueId, other: ValueId) -> bool {
    let around = |it: ValueId| function.regions_around(function.value(it).region);
    around(one).any(|(_, region)| match region.kind {
        RegionKind::When { test, holds } => {
            around(other).any(|(_, it)| it.kind == RegionKind::When { test, holds: !holds })
        }
        _ => false,
    })
}
