//! Closures that a function gives back around what it is given: `load = retried(fetch)`. Such a closure calls what the call that made it
//! was given, where the code shows which call that is.

use super::build::Builder;
use super::recorded::CallableUse;
use crate::finding::Via;
use crate::link::Func;
use crate::types::Shape;
use blocklint_ir::{ValueId, ValueKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// Where each closure is called.
pub(super) type Calls = FxHashMap<Func, Vec<(Func, ValueId)>>;

/// Of a callable that was made in more places, nobody knows in which.
const MAX_MADE: usize = 4;

impl Builder<'_, '_> {
    /// Whether a function gives its caller this closure of its own.
    pub(super) fn gives_back(&mut self, closure: Func, around: Func) -> bool {
        let program = self.types.program;
        self.types.around(closure) == around
            && program.function(around).returns.iter().any(|&it| {
                let given = self.types.of(around, it);
                self.types.shapes(given).iter().any(|&it| *self.types.shape(it) == Shape::Function(closure))
            })
    }

    /// Where these closures are called.
    pub(super) fn calls_of(&self, captured: &[(Func, CallableUse)]) -> Calls {
        let closures: FxHashSet<Func> = captured.iter().map(|it| it.0).collect();
        let mut calls = Calls::default();
        for (at, edges) in self.graph.edges.iter().enumerate() {
            for edge in edges.iter().filter(|it| it.how.via == Via::Call && closures.contains(&it.to)) {
                calls.entry(edge.to).or_default().push((Func(at as u32), edge.site));
            }
        }
        calls
    }

    /// Runs, where a closure is called, what was passed where it was made. `passed` are the bindings of the parameter that it uses.
    pub(super) fn run_around(&mut self, calls: &[(Func, ValueId)], used: &CallableUse, passed: &[usize]) {
        let by_maker: FxHashMap<(Func, ValueId), usize> =
            passed.iter().map(|&it| ((self.bindings[it].caller, self.bindings[it].site), it)).collect();
        for &(caller, site) in calls {
            for made in self.made_at(caller, site) {
                let Some(binding) = by_maker.get(&made).map(|&it| self.bindings[it]) else { continue };
                if self.passed_down(binding, used).is_none() {
                    self.run_used(caller, site, binding, used, Some(&used.hops));
                }
            }
        }
    }

    /// The calls that made what is called: just before, or whatever was put into the variable or attribute.
    fn made_at(&mut self, func: Func, site: ValueId) -> Vec<(Func, ValueId)> {
        let program = self.types.program;
        let ValueKind::Call(call) = &program.value(func, site).kind else { return Vec::new() };
        let callee = program.function(func).bare(call.callee);
        let made = match program.value(func, callee).kind {
            ValueKind::Call(_) => vec![(func, callee)],
            _ => self.types.given_nearest(func, callee),
        };
        if made.len() > MAX_MADE { Vec::new() } else { made }
    }
}
