//! Callables that are passed down: a function that calls its parameter runs what each caller passes, and only that. One that
//! calls a method of a parameter of any type with that method runs the method of what is passed.

use super::build::Builder;
use super::demand::{Demands, Met};
use super::recorded::{Binding, CallableUse, Candidates};
use super::{Hop, How, through};
use crate::finding::{Confidence, Via};
use crate::link::Func;
use crate::types::{Set, Shape, ShapeId};
use blocklint_catalog::fact::{HandOff, Receives, RunsOn};
use blocklint_ir::{Call, Form, Name, Receiver, Spread, ValueId, ValueKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;
use std::sync::Arc;
use thin_vec::ThinVec;

/// The bindings of each parameter, by their positions.
type ByParameter = FxHashMap<(Func, u16), Vec<usize>>;

/// Callables passed down further than this are lost.
const MAX_HOPS: usize = 5;

/// A parameter that is used in more ways than this is followed in the first of them.
const MAX_USES: usize = 16;

impl Builder<'_, '_> {
    /// A parameter is called, or handed over, at `site` of `func`; `owner` has it, which is a function around `func` where a
    /// closure captured it. An asynchronous function that is passed runs by itself.
    pub(super) fn use_parameter(&mut self, func: Func, site: ValueId, (owner, parameter): (Func, u16), runs: RunsOn) {
        if self.asked_asynchronous(func, site, (owner, parameter)) {
            self.graph.only_asynchronous.insert((func, site));
            return;
        }
        let hops = Arc::from([Hop { func, site, via: Via::Callback }]);
        let used = CallableUse::of((owner, parameter), runs, hops);
        self.record_use(func, used);
    }

    /// What a callable that is handed over is called with.
    pub(super) fn received(&mut self, func: Func, call: &Call, hand_off: &HandOff) -> Set {
        match &hand_off.receives {
            Some(Receives::Type(text)) => {
                self.types.written(self.types.program.language(self.types.program.file_of(func)), text)
            }
            Some(Receives::Element) => self.types.handed_element(func, call),
            Some(Receives::ElementOf(index)) => match call.arguments.get(*index) {
                Some(argument) if argument.spread == Spread::No && argument.name.is_none() => {
                    let of = self.types.of(func, argument.value);
                    self.types.each_in(of)
                }
                _ => Set::EMPTY,
            },
            Some(Receives::Failure) => self.types.handed_failure(func, call),
            None => Set::EMPTY,
        }
    }

    /// A callable is called with what a library's function gives it.
    pub(super) fn give_element(&mut self, at: (Func, ValueId), callable: ShapeId, hand_off: &HandOff, element: Set) {
        match *self.types.shape(callable) {
            Shape::Function(target) => self.teach(target, hand_off.parameter as u16, element),
            Shape::Method(target, _) => self.teach(target, 1 + hand_off.parameter as u16, element),
            _ if hand_off.runs == RunsOn::Here => self.called_with(at, callable, element),
            _ => {}
        }
    }

    /// What a library's function does with each of these, or what reading an attribute of them runs.
    pub(super) fn called_with(&mut self, (func, site): (Func, ValueId), callable: ShapeId, items: Set) {
        match *self.types.shape(callable) {
            _ if items.is_empty() => {}
            Shape::External(path) => self.triggered_on(func, site, path, items),
            Shape::Reader(file, name, calls) => self.read_by_reader((func, site), (file, name, calls), items),
            _ => {}
        }
    }

    /// Of several callables that objects of a type were given, nobody knows which one this object has.
    pub(super) fn candidates(&self, func: Func, callee: ValueId, callees: &[ShapeId]) -> Candidates {
        let of_a_field = matches!(self.types.program.value(func, callee).kind, ValueKind::Attribute { .. });
        let count = |test: fn(&Shape) -> bool| callees.iter().filter(|&&it| test(self.types.shape(it))).count();
        match callees {
            [] | [_] => Candidates::One,
            _ if of_a_field
                && count(|it| matches!(it, Shape::Callable(_))) > 0
                && count(|it| matches!(it, Shape::Function(_))) > 1 =>
            {
                Candidates::OneOfSeveral
            }
            _ => Candidates::Several,
        }
    }

    /// A method is called of a parameter whose type says only which methods there are.
    pub(super) fn use_method(&mut self, func: Func, site: ValueId, callee: ValueId) {
        let function = self.types.program.function(func);
        let ValueKind::Attribute { base, name } = function.value(callee).kind else { return };
        let base = function.bare(base);
        let (passed, argument) = match function.value(base).kind {
            _ if self.is_awaited(func, site) => return,
            ValueKind::Parameter(_) | ValueKind::Captured { .. } => (self.parameter_behind(func, base, 0), None),
            ValueKind::Attribute { base, name } => match self.argument_behind(func, base, name) {
                Some(argument) => (Some((func, 0)), Some(argument)),
                None => return,
            },
            _ => return,
        };
        let Some((owner, parameter)) = passed else { return };
        if argument.is_some() || self.types.bounded(owner, parameter) {
            let method = Some((self.types.program.file_of(func), name));
            let hops = Arc::from([Hop { func, site, via: Via::Call }]);
            let used = CallableUse { method, argument, ..CallableUse::of((owner, parameter), RunsOn::Here, hops) };
            self.record_use(func, used);
        }
    }

    /// The argument of the receiver's type that a field of the receiver is of: `self.inner` of a `Framed<R>`.
    fn argument_behind(&self, func: Func, object: ValueId, field: Name) -> Option<u16> {
        let program = self.types.program;
        let function = program.function(func);
        let own = function.receiver == Receiver::Instance && function.is_parameter(object, 0);
        let owner = program.owner(func).filter(|_| own)?;
        let position = self.types.parameter_of_field(owner, program.sym(program.file_of(func), field))?;
        u16::try_from(position).ok()
    }

    /// Of objects whose type has parameters, it counts which object a method is called on.
    pub(super) fn bind_receiver(&mut self, caller: Func, site: ValueId, base: Option<ValueId>, target: Func) {
        let program = self.types.program;
        let generic = program.owner(target).is_some_and(|it| !program.type_def(it).generics.is_empty());
        if let Some(value) = base.filter(|_| generic) {
            self.bindings.push(Binding { caller, site, target, parameter: 0, value, handed: None });
        }
    }

    /// Whether it may be one that runs when it is called.
    pub(super) fn is_callable(&self, set: Set) -> bool {
        self.types.shapes(set).iter().any(|&it| {
            matches!(
                self.types.shape(it),
                Shape::Function(_) | Shape::Method(..) | Shape::Partial(_) | Shape::Class { .. } | Shape::External(_)
            )
        })
    }

    /// What is handed over is called with the arguments that follow it: `call_soon(call, callback)`.
    pub(super) fn bind_handed(
        &mut self,
        (caller, site): (Func, ValueId),
        call: &Call,
        hand_off: &HandOff,
        handed: ShapeId,
        runs: RunsOn,
    ) {
        let elsewhere = matches!(runs, RunsOn::Loop | RunsOn::Worker | RunsOn::Process);
        let Some(position) = hand_off.callable.as_ref().and_then(|it| it.position).filter(|_| elsewhere) else {
            return;
        };
        let (target, first) = match *self.types.shape(handed) {
            Shape::Function(target) => (target, 0),
            Shape::Method(target, _) => (target, 1),
            _ => return,
        };
        let parameters = &self.types.program.function(target).parameters;
        let plain = call.arguments.iter().take_while(|it| it.spread == Spread::No && it.name.is_none());
        for (parameter, argument) in (first..parameters.len()).zip(plain.skip(position + 1)) {
            let value = argument.value;
            let set = self.types.of(caller, value);
            if self.is_callable(set) || self.parameter_behind(caller, value, 0).is_some() {
                let parameter = parameter as u16;
                self.bindings.push(Binding { caller, site, target, parameter, value, handed: Some(runs) });
            }
        }
    }

    fn record_use(&mut self, func: Func, used: CallableUse) {
        if used.func == func {
            self.uses.push(used);
        } else {
            self.captured.push((func, used));
        }
    }

    /// Gives every caller the callables that it passes down.
    pub(super) fn follow_callables(&mut self) {
        self.forget_offloaded();
        self.tell_uses_apart();
        let mut by_parameter = ByParameter::default();
        for (index, binding) in self.bindings.iter().enumerate() {
            by_parameter.entry((binding.target, binding.parameter)).or_default().push(index);
        }
        self.use_captured(&by_parameter);
        let mut seen: FxHashMap<_, Vec<(RunsOn, Demands)>> = FxHashMap::default();
        let mut todo: Vec<CallableUse> = self.uses.clone();
        let mut callers: Vec<Func> = Vec::new();
        todo.reverse();
        while let Some(used) = todo.pop() {
            let key = (used.func, used.parameter);
            let Some(demands) = through::demands(self.types, &used.hops) else { continue };
            let known = seen.entry((key, used.method, used.argument)).or_default();
            if known.len() >= MAX_USES || known.iter().any(|it| it.0 == used.runs && it.1.allow(&demands)) {
                continue;
            }
            for &index in by_parameter.get(&key).map_or(&[][..], Vec::as_slice) {
                let binding = self.bindings[index];
                callers.push(binding.caller);
                if let Some(next) = self.pass_on(binding, &used, &demands) {
                    todo.push(next);
                }
            }
            known.push((used.runs, demands));
        }
        // What is passed down in two ways is called once.
        callers.sort_unstable();
        callers.dedup();
        for at in callers.into_iter().map(|it| it.0 as usize) {
            retain_first(&mut self.graph.edges[at]);
            retain_first(&mut self.graph.exits[at]);
        }
    }

    /// What a caller's argument does by this use, which asks for something of the call; a use of the caller's own parameter if that is
    /// what it passes on.
    fn pass_on(&mut self, binding: Binding, used: &CallableUse, demands: &Demands) -> Option<CallableUse> {
        let met = match binding.handed {
            Some(_) => Met::default(),
            None => through::met(self.types, (binding.caller, binding.site, Via::Call), &used.hops, demands)?,
        };
        let within = self.left(binding.caller, used);
        let here = used.runs == RunsOn::Here && within.is_none();
        let runs = binding.handed.filter(|_| here).unwrap_or(used.runs);
        let in_one_case = used.in_one_case && !met.decided;
        let used = &CallableUse { runs, in_one_case, within, ..used.clone() };
        if let Some((owner, parameter)) = self.passed_down(binding, used) {
            if used.hops.len() >= MAX_HOPS || owner != binding.caller {
                return None;
            }
            let first = Hop { func: binding.caller, site: binding.site, via: Via::Call };
            let hops = std::iter::once(first).chain(used.hops.iter().cloned()).collect();
            return Some(CallableUse { func: owner, parameter, hops, ..used.clone() });
        }
        match used.within {
            Some((func, site)) => self.run_used(func, site, binding, used, None),
            None => self.run_used(binding.caller, binding.site, binding, used, Some(&used.hops)),
        }
        None
    }

    /// The asynchronous function that this use is in, where who made its coroutine is not asynchronous.
    fn left(&self, caller: Func, used: &CallableUse) -> Option<(Func, ValueId)> {
        let on_loop = |it: Func| self.types.program.function(it).color.on_loop();
        let leaves = used.runs == RunsOn::Here && on_loop(used.func) && !on_loop(caller);
        used.within.or_else(|| used.hops.first().filter(|_| leaves).map(|it| (used.func, it.site)))
    }

    /// The caller's own parameter that it passes on, of which its own callers know more.
    pub(super) fn passed_down(&mut self, binding: Binding, used: &CallableUse) -> Option<(Func, u16)> {
        if used.argument.is_some() {
            let program = self.types.program;
            let function = program.function(binding.caller);
            let own = function.receiver == Receiver::Instance
                && function.is_parameter(binding.value, 0)
                && program.owner(binding.caller) == program.owner(used.func);
            return own.then_some((binding.caller, 0));
        }
        let behind = self.parameter_behind(binding.caller, binding.value, 0)?;
        (used.method.is_none() || self.types.bounded(behind.0, behind.1)).then_some(behind)
    }

    /// Runs what is passed, or its method, at `site` of `func`.
    fn run_used(
        &mut self,
        func: Func,
        site: ValueId,
        passed: Binding,
        used: &CallableUse,
        through: Option<&Arc<[Hop]>>,
    ) {
        let set = self.types.of(passed.caller, passed.value);
        self.run_passed_set((func, site), set, used, through);
    }

    /// Likewise of what is known of what is passed.
    pub(super) fn run_passed_set(
        &mut self,
        (func, site): (Func, ValueId),
        passed: Set,
        used: &CallableUse,
        through: Option<&Arc<[Hop]>>,
    ) {
        let shapes = self.types.shapes(passed).to_vec();
        let shapes = match used.argument {
            Some(argument) => self.arguments(used.func, shapes, argument.into()),
            None => shapes,
        };
        let confidence = if used.in_one_case { Confidence::Possible } else { Confidence::Likely };
        for shape in shapes {
            let Some((file, name)) = used.method else {
                let how = How { through: through.cloned(), confidence, ..How::callback() };
                self.run_callable(func, site, shape, used.runs, how);
                continue;
            };
            let methods = self.types.attribute_of(file, shape, name);
            for method in self.types.shapes(methods).to_vec() {
                let how = How { through: through.cloned(), ..How::call(Confidence::Likely) };
                self.run_method(func, site, method, how);
            }
        }
    }

    /// What an argument of the type that has the function stands for in these.
    fn arguments(&self, func: Func, shapes: Vec<ShapeId>, position: usize) -> Vec<ShapeId> {
        let owner = self.types.program.owner(func);
        let given = shapes.into_iter().filter_map(|it| match self.types.shape(it) {
            Shape::Instance { ty, args, .. } if Some(*ty) == owner => args.get(position).copied(),
            _ => None,
        });
        given.flat_map(|it| self.types.shapes(it)).copied().collect()
    }

    fn run_method(&mut self, func: Func, site: ValueId, method: ShapeId, how: How) {
        match *self.types.shape(method) {
            Shape::Function(target) | Shape::Method(target, _) => self.call_function(func, site, target, how),
            Shape::External(path) => {
                let facts = self.types.paths.facts(path);
                // Its arguments are those of the call inside. What whoever has the method does was asked there.
                let blocks = facts.blocking.is_some_and(|it| it.only.is_empty() && it.unless.is_empty());
                if blocks && !self.types.paths.holds_of_anyone(facts) {
                    self.exit(func, site, path, how);
                }
            }
            _ => {}
        }
    }

    /// A function whose decorator hands it over and calls it nowhere itself does not run where it is called.
    fn forget_offloaded(&mut self) {
        let on_worker: FxHashSet<Func> =
            self.graph.handed.iter().filter(|it| it.runs == RunsOn::Worker).map(|it| it.callable).collect();
        let (mut offloads, mut calls): (FxHashSet<Func>, FxHashSet<Func>) = Default::default();
        let captured = self.captured.iter().map(|(closure, used)| (Some(closure), used));
        let uses = self.uses.iter().map(|it| (None, it)).chain(captured);
        for (closure, used) in uses.filter(|(_, it)| it.parameter == 0 && it.method.is_none()) {
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
    /// one, and an unnamed one that it gives back to its only caller, wherever it runs; any other that it gives back, where the code
    /// shows which of its calls made what is called.
    fn use_captured(&mut self, by_parameter: &ByParameter) {
        let captured = std::mem::take(&mut self.captured);
        let mut calls = None;
        for (closure, used) in captured.iter().cloned() {
            let passed = by_parameter.get(&(used.func, used.parameter)).map_or(&[][..], Vec::as_slice);
            let given_back = !passed.is_empty() && self.gives_back(closure, used.func);
            let function = self.types.program.function(closure);
            let of_one_caller = given_back && function.form == Form::Closure && passed.len() == 1;
            if function.color.on_loop() || of_one_caller {
                self.run_passed(closure, &used, by_parameter);
                continue;
            }
            if given_back {
                let calls = calls.get_or_insert_with(|| self.calls_of(&captured));
                self.run_around(calls.get(&closure).map_or(&[][..], Vec::as_slice), &used, passed);
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
                if let Some(above) = self.passed_down(binding, used) {
                    if !todo.contains(&above) {
                        todo.push(above);
                    }
                    continue;
                }
                if self.lets_closure((binding.caller, binding.site), used, binding.target) {
                    self.run_used(closure, site, binding, used, None);
                }
            }
        }
        let at = closure.0 as usize;
        retain_first(&mut self.graph.edges[at]);
        retain_first(&mut self.graph.exits[at]);
    }
}

/// Takes out what stands in a list for the second time.
fn retain_first<T: Clone + Eq + Hash>(list: &mut ThinVec<T>) {
    let mut seen: FxHashSet<T> = FxHashSet::default();
    list.retain(|it| seen.insert(it.clone()));
}
