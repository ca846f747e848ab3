//! Calls that are written.

use super::awaited::results_in_awaitable;
use super::build::Builder;
use super::called_back::Passed;
use super::constant::any_holds;
use super::recorded::{Binding, Candidates};
use super::{Handed, How, applies, own_loop, passed};
use crate::finding::{Confidence, Via};
use crate::link::{Func, Ty};
use crate::marks::Mark;
use crate::types::{Path, Set, Shape, ShapeId};
use blocklint_catalog::fact::{Blocking, Decorates, Effect, Gives, HandOff, RunsOn};
use blocklint_ir::{Call, Color, Form, MemberKind, ParameterKind, Spread, ValueId, ValueKind};

impl Builder<'_, '_> {
    pub(super) fn call(&mut self, func: Func, site: ValueId, call: &Call) {
        self.graph.counts.sites += 1;
        // What a parameter is depends on the caller: its calls are followed from there.
        let parameter = self.parameter_behind(func, call.callee, 0);
        if let Some(parameter) = parameter {
            self.use_parameter(func, site, parameter, RunsOn::Here);
        }
        let callees = self.types.of(func, call.callee);
        let (mut resolved, mut external) = (false, false);
        let mut callees = self.types.shapes(callees).to_vec();
        if parameter.is_some() {
            // An object that can be called is what its type says, whoever passes it.
            callees.retain(|&it| matches!(self.types.shape(it), Shape::Instance { .. }));
        }
        for spread in call.arguments.iter().filter(|it| it.spread == Spread::Positional) {
            let of = self.types.of(func, spread.value);
            self.iterate(func, site, of);
        }
        let is_path = |it: &ShapeId| matches!(self.types.shape(*it), Shape::External(_));
        if parameter.is_none() && callees.iter().all(is_path) {
            self.use_method(func, site, call.callee);
        }
        self.call_derived(func, site, call.callee);
        self.enter_by_name(func, site, call.callee);
        self.candidates = self.candidates(func, call.callee, &callees);
        if self.candidates == Candidates::OneOfSeveral
            && let Some(made) = self.made_with(func, call.callee)
        {
            (callees, self.candidates) = (made, Candidates::Made);
        }
        self.awaits_asynchronous =
            self.is_awaited(func, site) && callees.iter().any(|&it| self.is_asynchronous(func, it));
        for callee in callees {
            match *self.types.shape(callee) {
                Shape::External(_) | Shape::ExternalInstance(..) => external = true,
                Shape::Callable(_) => {}
                _ => resolved = true,
            }
            self.called(func, site, call, callee);
        }
        self.graph.counts.resolved += usize::from(resolved);
        self.graph.counts.external += usize::from(external && !resolved);
    }

    pub(super) fn is_awaited(&self, func: Func, site: ValueId) -> bool {
        let (file, id) = self.types.program.place_of(func);
        self.types.program.file(file).summary.facts[id.index()].awaited.contains(&site)
    }

    /// Whether calling it, or what may stand in its place, gives a coroutine.
    fn is_asynchronous(&mut self, func: Func, callee: ShapeId) -> bool {
        let program = self.types.program;
        let on_loop = |it: Func| program.function(it).color.on_loop();
        match *self.types.shape(callee) {
            Shape::Function(target) => on_loop(target),
            Shape::Method(target, receiver) => {
                // The object that is made by default stands for those that subtypes are given instead: what it gives cannot be awaited.
                let any = self.types.of_any_subtype(receiver);
                on_loop(target)
                    || self.types.overrides(func, target, receiver).into_iter().any(on_loop)
                    || (self.types.overrides(func, target, any).into_iter().any(on_loop)
                        && !results_in_awaitable(self.types, target))
            }
            _ => false,
        }
    }

    fn called(&mut self, func: Func, site: ValueId, call: &Call, callee: ShapeId) {
        match self.types.shape(callee).clone() {
            Shape::Function(target) => {
                if !self.called_through_trait(func, site, call, target) {
                    let confidence = match self.candidates {
                        Candidates::OneOfSeveral => Confidence::Possible,
                        Candidates::Made => Confidence::Likely,
                        Candidates::One | Candidates::Several => Confidence::Proven,
                    };
                    self.call_function(func, site, target, How::call(confidence));
                    self.call_implementations(func, site, call, target);
                }
                self.bind(func, site, call, target, 0);
            }
            Shape::Method(target, receiver) => {
                self.call_method(func, site, call, target, receiver);
            }
            Shape::Class { ty, .. } => self.construct(func, site, call, ty),
            Shape::External(path) => {
                let path = self.made_above(func, call, path);
                self.call_library(func, site, call, path);
            }
            Shape::ExternalInstance(path, _) => {
                let path = self.types.paths.member(path, "__call__");
                self.call_library(func, site, call, path);
            }
            Shape::Instance { ty, .. } => self.call_instance(func, site, call, (ty, callee)),
            Shape::Partial(inner) => {
                for shape in self.types.shapes(inner).to_vec() {
                    self.called(func, site, call, shape);
                }
            }
            Shape::Reader(file, name, calls) => {
                let of = call.arguments.first().map_or(Set::EMPTY, |it| self.types.of(func, it.value));
                self.read_by_reader((func, site), (file, name, calls), of);
            }
            _ => {}
        }
    }

    /// A call that runs a function, by its color and decorators.
    pub(super) fn call_function(&mut self, func: Func, site: ValueId, target: Func, how: How) {
        match self.types.program.function(target).color {
            Color::Async | Color::AsyncGenerator => {
                self.leads_to(target);
                self.graph.awaits[func.0 as usize].push((site, target));
                self.wrapped(func, site, target, &how);
                return;
            }
            Color::Generator => return,
            // Where one candidate gives a coroutine and the call is awaited, the synchronous twin is not meant.
            Color::Sync if self.awaits_asynchronous && how.via == Via::Call => return,
            Color::Sync => {}
        }
        match self.types.decoration(target) {
            Some(Decorates::Offloads | Decorates::ContextManager) => return,
            Some(Decorates::Dispatches) => self.dispatch(func, site, target, &how),
            Some(Decorates::Cached) => {
                let how = How { first_use: true, ..how };
                self.edge(func, site, target, how);
                return;
            }
            _ => {}
        }
        let wrappers = self.wrappers(target);
        if wrappers.iter().any(|&it| self.types.program.function(it).color.on_loop()) {
            return;
        }
        self.enter_around(func, site, target);
        for wrapper in wrappers {
            self.edge(func, site, wrapper, How { via: Via::Decorator, ..how.clone() });
        }
        self.edge(func, site, target, how);
    }

    /// Synchronous functions that decorators put in the place of an asynchronous one run where that is called.
    fn wrapped(&mut self, func: Func, site: ValueId, target: Func, how: &How) {
        if self.types.program.function(target).decorators.is_empty() {
            return;
        }
        let wrappers = self.wrappers(target);
        // A decorator that makes both takes the asynchronous one here.
        if wrappers.iter().any(|&it| self.types.program.function(it).color != Color::Sync) {
            return;
        }
        for wrapper in wrappers {
            self.edge(func, site, wrapper, How { via: Via::Decorator, ..how.clone() });
        }
    }

    /// The functions that decorators of the program put in a function's place.
    pub(super) fn wrappers(&mut self, target: Func) -> Vec<Func> {
        let function = self.types.program.function(target);
        let around = self.types.around(target);
        let mut found = Vec::new();
        for &decorator in &function.decorators {
            let set = self.types.of(around, decorator);
            for shape in self.types.shapes(set).to_vec() {
                match *self.types.shape(shape) {
                    Shape::Function(decorator) => self.closures_of(decorator, &mut found),
                    // An object of a decorating class takes the function's place.
                    Shape::Class { ty, .. } => found.extend(self.called_as(ty)),
                    // An object that was made with arguments is called with the function.
                    Shape::Instance { ty, .. } => {
                        self.called_as(ty).into_iter().for_each(|it| self.closures_of(it, &mut found));
                    }
                    _ => {}
                }
            }
        }
        found
    }

    fn called_as(&self, ty: Ty) -> Vec<Func> {
        self.types.program.hierarchy.triggered(ty, MemberKind::Call).iter().map(|it| it.func).collect()
    }

    /// The functions inside a decorator that it returns.
    fn closures_of(&mut self, decorator: Func, out: &mut Vec<Func>) {
        let result = self.types.body_result(decorator);
        for &result in self.types.shapes(result) {
            if let Shape::Function(wrapper) = *self.types.shape(result)
                && self.types.around(wrapper) == decorator
            {
                out.push(wrapper);
            }
        }
    }

    pub(super) fn call_library(&mut self, func: Func, site: ValueId, call: &Call, path: Path) {
        let facts = self.types.paths.facts(path);
        let keeps_named = facts.keeps_named;
        let makes_instance = facts.gives == Some(&Gives::Instance);
        let takes_coroutines = facts.completes || facts.weak_task || facts.schedules_on.is_some();
        let hand_offs: Vec<HandOff> = facts.hand_offs.iter().map(|&it| it.clone()).collect();
        let (consumes, keeps) = (facts.consumes, facts.keeps);
        let blocking = facts.blocking;
        if facts.subscribes.is_some() || facts.publishes.is_some() {
            self.note_published(func, site, call, path);
        }
        if takes_coroutines {
            self.asynchronous.extend(call.arguments.iter().map(|it| it.value));
        }
        for hand_off in &hand_offs {
            self.hand_off(func, site, call, hand_off);
        }
        if let Some(argument) = keeps.and_then(|it| call.arguments.get(it)) {
            self.keep_in_field(func, call, argument.value);
            self.put(func, call, argument.value);
        }
        if let Some(argument) = consumes.and_then(|it| call.arguments.get(it)) {
            let of = self.types.of(func, argument.value);
            self.iterate(func, site, of);
        }
        if makes_instance {
            self.construct_by_library(func, site, call);
        }
        if let Some(kept_in) = keeps_named {
            self.keep_named(func, call, kept_in);
        }
        if let Some(runs) = self.types.paths.facts(path).runs {
            self.triggered(func, site, call, runs);
        }
        if blocking.is_some_and(|it| it.effect == Effect::Runtime) {
            self.drive(func, call);
        }
        if let Some(blocking) = blocking
            && (!self.is_awaited(func, site) || self.makes_context(path))
            && applies(self.types, func, call, blocking)
        {
            let unsure = self.types.paths.rootless(path);
            let confidence = if unsure { Confidence::Likely } else { Confidence::Proven };
            self.exit(func, site, path, How::call(confidence));
        }
    }

    /// Whether the call makes an object to be entered asynchronously: it is made at once, whatever is awaited then.
    fn makes_context(&mut self, path: Path) -> bool {
        let enter = self.types.paths.member(path, "__aenter__");
        self.types.paths.is_known(enter)
    }

    /// The function stands still while the blocks that it passes run on its own thread.
    fn drive(&mut self, func: Func, call: &Call) {
        for argument in &call.arguments {
            let set = self.types.of(func, argument.value);
            for &shape in self.types.shapes(set) {
                if let Shape::Function(block) = *self.types.shape(shape)
                    && self.types.program.function(block).form == Form::Block
                {
                    self.graph.driven.push((func, block));
                }
            }
        }
    }

    fn hand_off(&mut self, func: Func, site: ValueId, call: &Call, hand_off: &HandOff) {
        let excused = any_holds(self.types, func, call, &hand_off.unless);
        let Some(runs) = (if excused { hand_off.otherwise } else { Some(hand_off.runs) }) else { return };
        let values: Vec<ValueId> = match &hand_off.callable {
            Some(which) => passed(self.types, func, call, which).ok().flatten().into_iter().collect(),
            None => call.arguments.iter().filter(|it| it.spread == Spread::No).map(|it| it.value).collect(),
        };
        let element = self.received(func, call, hand_off);
        for value in values {
            if let Some(parameter) = self.parameter_behind(func, value, 0) {
                // What a caller passes is run where it is handed on: iterators are mostly driven there.
                let runs = if runs == RunsOn::EachStep { RunsOn::Here } else { runs };
                self.use_parameter(func, site, parameter, runs);
                continue;
            }
            let set = self.types.of(func, value);
            for shape in self.types.with_contents(set) {
                self.give_element((func, site), shape, hand_off, element);
                self.run_callable(func, site, shape, runs, How::callback());
                self.run_conversion((func, site), hand_off, shape, element);
                self.bind_handed((func, site), call, hand_off, shape, runs);
            }
        }
    }

    /// A callable runs here, or is handed over.
    pub(super) fn run_callable(&mut self, func: Func, site: ValueId, callable: ShapeId, runs: RunsOn, how: How) {
        let target = match self.types.shape(callable).clone() {
            Shape::Function(target) | Shape::Method(target, _) => target,
            Shape::Partial(inner) => {
                for shape in self.types.shapes(inner).to_vec() {
                    self.run_callable(func, site, shape, runs, how.clone());
                }
                return;
            }
            Shape::Class { ty, .. } => {
                for member in self.types.program.hierarchy.triggered(ty, MemberKind::Construct).to_vec() {
                    if runs == RunsOn::Here {
                        self.call_function(func, site, member.func, how.clone());
                    }
                }
                return;
            }
            Shape::External(path) => {
                let blocking = self.types.paths.facts(path).blocking.filter(|_| runs == RunsOn::Here);
                if blocking.is_some_and(|it| self.applies_there(func, site, it)) {
                    self.exit(func, site, path, how);
                }
                return;
            }
            _ => return,
        };
        match runs {
            RunsOn::Here => self.call_function(func, site, target, how),
            RunsOn::EachStep | RunsOn::WhenCalled | RunsOn::FirstUse => {}
            _ => {
                self.leads_to(target);
                self.graph.handed.push(Handed { by: func, site, callable: target, runs });
            }
        }
    }

    /// Whether a library's function that is passed to a call does what is known of it: what the call passes by name goes on to it.
    fn applies_there(&mut self, func: Func, site: ValueId, blocking: &Blocking) -> bool {
        match &self.types.program.value(func, site).kind {
            ValueKind::Call(call) => applies(self.types, func, call, blocking),
            _ => true,
        }
    }

    /// Remembers which values reach which parameters. `offset` is 1 when the receiver takes the first.
    pub(super) fn bind(&mut self, func: Func, site: ValueId, call: &Call, target: Func, offset: usize) {
        if self.types.marks.of_function(target) == Some(Mark::Offload) {
            self.hand_off(func, site, call, &HandOff::of_every_callable(RunsOn::Worker));
            return;
        }
        let program = self.types.program;
        let function = program.function(target);
        let (file, home) = (program.file_of(func), program.file_of(target));
        let mut position = offset;
        let mut passed: Vec<Passed> = Vec::new();
        for argument in &call.arguments {
            let parameter = match (argument.spread, argument.name) {
                (Spread::No, None) => {
                    position += 1;
                    function
                        .parameters
                        .get(position - 1)
                        .filter(|it| matches!(it.kind, ParameterKind::Either | ParameterKind::Positional))
                        .map(|_| position - 1)
                }
                (Spread::No, Some(name)) => {
                    let name = program.sym(file, name);
                    function.parameters.iter().position(|it| program.sym(home, it.name) == name)
                }
                (Spread::Positional | Spread::Named, _) => None,
            };
            match parameter {
                Some(parameter) => {
                    passed.push((parameter as u16, argument.value));
                    self.bind_value(func, site, target, parameter as u16, argument.value);
                }
                None if argument.spread == Spread::No => {
                    self.bind_rest(func, target, argument.name.is_some(), argument.value);
                }
                None => {}
            }
        }
        self.call_back(func, target, &passed);
    }

    /// An argument that only `*args` or `**kwargs` takes.
    fn bind_rest(&mut self, func: Func, target: Func, named: bool, value: ValueId) {
        let wanted = if named { ParameterKind::RestNamed } else { ParameterKind::RestPositional };
        let function = self.types.program.function(target);
        let Some(parameter) = function.parameters.iter().position(|it| it.kind == wanted) else { return };
        let set = self.types.of(func, value);
        if !set.is_empty() && function.parameters[parameter].annotation.is_none() {
            self.types.pass(target, parameter as u16, set);
        }
    }

    pub(super) fn bind_value(&mut self, func: Func, site: ValueId, target: Func, parameter: u16, value: ValueId) {
        let set: Set = self.types.of(func, value);
        let callable = self.is_callable(set);
        let bounded = !set.is_empty() && self.types.bounded(target, parameter);
        self.types.settle(func, |it| it.declared_parameter(target, parameter.into()), set);
        if callable || bounded || self.parameter_behind(func, value, 0).is_some() {
            self.bindings.push(Binding { caller: func, site, target, parameter, value, handed: None });
        }
        if own_loop(self.types, func, value, 0) {
            self.loops_passed.push((target, parameter));
        }
        if !set.is_empty() && self.types.learns(target, parameter, callable) {
            self.types.pass(target, parameter, set);
        }
    }

    /// The parameter that a value is, seen through what only wraps it: the function that has it, and its position.
    pub(super) fn parameter_behind(&mut self, func: Func, value: ValueId, hops: usize) -> Option<(Func, u16)> {
        if hops > 6 {
            return None;
        }
        let program = self.types.program;
        match &program.value(func, value).kind {
            ValueKind::Parameter(index) => {
                let is_receiver = *index == 0 && program.function(func).receiver != blocklint_ir::Receiver::None;
                (!is_receiver).then_some((func, *index))
            }
            ValueKind::Present(of) | ValueKind::Narrow { of, .. } => self.parameter_behind(func, *of, hops + 1),
            ValueKind::Choice(options) => options.iter().find_map(|&it| self.parameter_behind(func, it, hops + 1)),
            ValueKind::Captured { function, name } => {
                let owner = program.func(program.file_of(func), *function);
                let variable = program.function(owner).variable(*name)?;
                let values = variable.values.clone();
                values.into_iter().find_map(|it| self.parameter_behind(owner, it, hops + 1))
            }
            ValueKind::Call(call) => {
                let callees = self.types.of(func, call.callee);
                let wraps = self.types.shapes(callees).iter().any(|&it| match *self.types.shape(it) {
                    Shape::External(path) => {
                        self.types.paths.facts(path).hand_offs.iter().any(|it| it.runs == RunsOn::WhenCalled)
                    }
                    _ => false,
                });
                let first = call.arguments.first().filter(|it| wraps && it.spread == Spread::No)?.value;
                self.parameter_behind(func, first, hops + 1)
            }
            _ => None,
        }
    }
}
