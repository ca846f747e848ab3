//! Closures that a function gives back around what it is given: `load = retried(fetch)`. Such a closure calls what the call that made it
//! was given, where the code shows which call that is.

use super::build::Builder;
use super::recorded::{Binding, CallableUse};
use super::through;
use crate::finding::Via;
use crate::link::Func;
use crate::types::{Set, Shape};
use blocklint_ir::{Receiver, ValueId, ValueKind};
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
                if self.passed_down(binding, used).is_none() && self.lets_closure(made, used, used.func) {
                    let set = self.passed_by_object((caller, site), binding);
                    self.run_passed_set((caller, site), set, used, Some(&used.hops));
                }
            }
        }
    }

    /// What was passed where a closure was made, as the object has it whose attribute the closure is: `self.op = logged(self.work)` runs
    /// the `work` of the subclass that the object is of.
    fn passed_by_object(&mut self, (func, site): (Func, ValueId), passed: Binding) -> Set {
        let program = self.types.program;
        let maker = program.function(passed.caller);
        let all = self.types.of(passed.caller, passed.value);
        let (Some(owner), ValueKind::Attribute { base, name }) =
            (program.owner(passed.caller), &maker.value(passed.value).kind)
        else {
            return all;
        };
        let object = match &program.value(func, site).kind {
            ValueKind::Call(call) => match program.value(func, program.function(func).bare(call.callee)).kind {
                ValueKind::Attribute { base, .. } => base,
                _ => return all,
            },
            _ => return all,
        };
        if maker.receiver != Receiver::Instance || !maker.is_parameter(*base, 0) {
            return all;
        }
        let mut sets = Vec::new();
        for shape in self.shapes_of(func, object) {
            let of_line = |ty| program.hierarchy.order(ty).contains(&owner);
            if matches!(*self.types.shape(shape), Shape::Instance { ty, .. } if of_line(ty)) {
                sets.push(self.types.attribute_of(program.file_of(passed.caller), shape, *name));
            }
        }
        if sets.is_empty() { all } else { self.types.union(sets) }
    }

    /// Whether the call that made a closure lets it come to where it uses what it was given.
    pub(super) fn lets_closure(&mut self, made: (Func, ValueId), used: &CallableUse, around: Func) -> bool {
        used.hops.first().is_none_or(|inside| through::lets_closure(self.types, made, inside, around))
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
