//! Callables that are passed down: a function that calls its parameter runs what each caller passes, and only that.

use super::Hop;
use super::build::Builder;
use super::recorded::{Binding, CallableUse};
use crate::finding::Via;
use crate::link::Func;
use crate::types::Shape;
use blocklint_catalog::fact::RunsOn;
use blocklint_ir::ValueId;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;
use std::sync::Arc;

/// The bindings of each parameter, by their positions.
type ByParameter = FxHashMap<(Func, u16), Vec<usize>>;

/// Callables passed down further than this are lost.
const MAX_HOPS: usize = 5;

/// A parameter that is used in more ways than this is followed in the first of them.
const MAX_USES: usize = 4;

impl Builder<'_, '_> {
    /// A parameter is called, or handed over, at `site` of `func`; `owner` has it, which is a function around `func` where a
    /// closure captured it.
    pub(super) fn use_parameter(&mut self, func: Func, site: ValueId, (owner, parameter): (Func, u16), runs: RunsOn) {
        let hops = Arc::from([Hop { func, site, via: Via::Callback }]);
        let used = CallableUse { func: owner, parameter, runs, hops };
        if owner == func {
            self.uses.push(used);
        } else {
            self.captured.push((func, used));
        }
    }

    /// Gives every caller the callables that it passes down.
    pub(super) fn follow_callables(&mut self) {
        self.forget_offloaded();
        let mut by_parameter = ByParameter::default();
        for (index, binding) in self.bindings.iter().enumerate() {
            by_parameter.entry((binding.target, binding.parameter)).or_default().push(index);
        }
        self.use_captured(&by_parameter);
        let mut seen: FxHashMap<(Func, u16), Vec<RunsOn>> = FxHashMap::default();
        let mut todo: Vec<CallableUse> = self.uses.clone();
        let mut callers: Vec<Func> = Vec::new();
        todo.reverse();
        while let Some(used) = todo.pop() {
            let key = (used.func, used.parameter);
            let known = seen.entry(key).or_default();
            if known.len() >= MAX_USES || known.contains(&used.runs) {
                continue;
            }
            known.push(used.runs);
            for &index in by_parameter.get(&key).map_or(&[][..], Vec::as_slice) {
                let binding = self.bindings[index];
                callers.push(binding.caller);
                if let Some(next) = self.pass_on(binding, &used) {
                    todo.push(next);
                }
            }
        }
        // What is passed down in two ways is called once.
        callers.sort_unstable();
        callers.dedup();
        for at in callers.into_iter().map(|it| it.0 as usize) {
            retain_first(&mut self.graph.edges[at]);
            retain_first(&mut self.graph.exits[at]);
        }
    }

    /// What a caller's argument does by this use; a use of its own parameter if that is what it passes on.
    fn pass_on(&mut self, binding: Binding, used: &CallableUse) -> Option<CallableUse> {
        if let Some((owner, parameter)) = self.parameter_behind(binding.caller, binding.value, 0) {
            if used.hops.len() >= MAX_HOPS || owner != binding.caller {
                return None;
            }
            let first = Hop { func: binding.caller, site: binding.site, via: Via::Call };
            let hops = std::iter::once(first).chain(used.hops.iter().cloned()).collect();
            return Some(CallableUse { func: owner, parameter, runs: used.runs, hops });
        }
        let set = self.types.of(binding.caller, binding.value);
        for shape in self.types.shapes(set).to_vec() {
            self.run_callable(binding.caller, binding.site, shape, used.runs, Some(used.hops.clone()));
        }
        None
    }

    /// A function whose decorator hands it over and calls it nowhere itself does not run where it is called.
    fn forget_offloaded(&mut self) {
        let on_worker: FxHashSet<Func> =
            self.graph.handed.iter().filter(|it| it.runs == RunsOn::Worker).map(|it| it.callable).collect();
        let (mut offloads, mut calls): (FxHashSet<Func>, FxHashSet<Func>) = Default::default();
        let captured = self.captured.iter().map(|(closure, used)| (Some(closure), used));
        for (closure, used) in self.uses.iter().map(|it| (None, it)).chain(captured).filter(|it| it.1.parameter == 0) {
            let elsewhere = closure.is_some_and(|it| on_worker.contains(it));
            match used.runs {
                RunsOn::Here if !elsewhere => calls.insert(used.func),
                RunsOn::Here | RunsOn::Worker => offloads.insert(used.func),
                _ => false,
            };
        }
        offloads.retain(|it| !calls.contains(it));
        if offloads.is_empty() {
            return;
        }
        let program = self.types.program;
        let decorated = program.all_functions().filter(|&it| !program.function(it).decorators.is_empty());
        let handed: FxHashSet<Func> = decorated.filter(|&it| self.is_decorated_by(it, &offloads)).collect();
        for edges in &mut self.graph.edges {
            edges.retain(|it| !handed.contains(&it.to) || it.how.via == Via::Callback);
        }
    }

    fn is_decorated_by(&mut self, func: Func, decorators: &FxHashSet<Func>) -> bool {
        let around = self.types.around(func);
        self.types.program.function(func).decorators.iter().any(|&it| {
            let set = self.types.of(around, it);
            let decorates = |it: &_| matches!(self.types.shape(*it), Shape::Function(it) if decorators.contains(it));
            self.types.shapes(set).iter().any(decorates)
        })
    }

    /// A closure that calls a parameter of the function around it does so where that function runs the closure; an asynchronous
    /// one wherever it runs.
    fn use_captured(&mut self, by_parameter: &ByParameter) {
        for (closure, used) in std::mem::take(&mut self.captured) {
            if self.types.program.function(closure).color.on_loop() {
                self.run_passed(closure, &used, by_parameter);
                continue;
            }
            let runs_here: Vec<Hop> = self.graph.edges[used.func.0 as usize]
                .iter()
                .filter(|it| it.to == closure)
                .map(|it| Hop { func: used.func, site: it.site, via: it.how.via })
                .collect();
            for first in runs_here.into_iter().take(1) {
                let hops = std::iter::once(first).chain(used.hops.iter().cloned()).collect();
                self.uses.push(CallableUse { hops, ..used.clone() });
            }
        }
    }
}

impl Builder<'_, '_> {
    /// An asynchronous closure runs whatever anybody passes for the parameter that it calls.
    fn run_passed(&mut self, closure: Func, used: &CallableUse, by_parameter: &ByParameter) {
        let Some(site) = used.hops.first().map(|it| it.site) else { return };
        let mut todo = vec![(used.func, used.parameter)];
        let mut next = 0;
        while let Some(key) = todo.get(next).copied().filter(|_| next <= MAX_HOPS) {
            next += 1;
            for &index in by_parameter.get(&key).map_or(&[][..], Vec::as_slice) {
                let binding = self.bindings[index];
                if let Some(above) = self.parameter_behind(binding.caller, binding.value, 0) {
                    if !todo.contains(&above) {
                        todo.push(above);
                    }
                    continue;
                }
                let set = self.types.of(binding.caller, binding.value);
                for shape in self.types.shapes(set).to_vec() {
                    self.run_callable(closure, site, shape, used.runs, None);
                }
            }
        }
        let at = closure.0 as usize;
        retain_first(&mut self.graph.edges[at]);
        retain_first(&mut self.graph.exits[at]);
    }
}

/// Takes out what stands in a list for the second time.
fn retain_first<T: Clone + Eq + Hash>(list: &mut Vec<T>) {
    let mut seen: FxHashSet<T> = FxHashSet::default();
    list.retain(|it| seen.insert(it.clone()));
}
