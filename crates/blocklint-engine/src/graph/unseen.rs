//! What a call runs without naming it: the trait method of an argument's type, the conversion to the type that is wanted.

use super::build::Builder;
use super::{How, passed};
use crate::finding::{Confidence, Via};
use crate::link::{Entity, FileId, Func, Ty};
use crate::types::{Path, Set, Shape, ShapeId};
use blocklint_catalog::fact::{Decorates, Runs, RunsOn, Subject, Triggered};
use blocklint_ir::{Call, Color, MemberKind, Name, Receiver, TypeKind, ValueId, ValueKind};
use std::sync::Arc;

impl Builder<'_, '_> {
    /// `Trait::method(&value)`: what the value's own type has for the method.
    pub(super) fn called_through_trait(&mut self, func: Func, site: ValueId, call: &Call, target: Func) -> bool {
        let program = self.types.program;
        let (file, _) = program.place_of(target);
        let function = program.function(target);
        let Some(owner) = function.owner.map(|it| program.ty(file, it)) else { return false };
        let Some(first) = call.arguments.first() else { return false };
        if function.receiver != Receiver::Instance || program.type_def(owner).kind != TypeKind::Trait {
            return false;
        }
        let name = program.sym(file, function.name);
        let base = program.function(func).bare(first.value);
        let mut found = false;
        for shape in self.shapes_of(func, first.value) {
            let Shape::Instance { ty, .. } = *self.types.shape(shape) else { continue };
            for member in program.hierarchy.members(ty, name, None).to_vec() {
                found = true;
                self.call_method_of((func, site), call, (member.func, shape), Some(base), 0);
            }
        }
        found
    }

    /// `T::method()` of a type parameter: what the types that implement its trait have for it.
    pub(super) fn call_implementations(&mut self, func: Func, site: ValueId, call: &Call, target: Func) {
        let program = self.types.program;
        let of_parameter = matches!(program.value(func, call.callee).kind, ValueKind::Associated { .. });
        let owner = program.owner(target).filter(|&it| of_parameter && program.type_def(it).kind == TypeKind::Trait);
        let Some(ty) = owner else { return };
        let receiver = self.types.intern(Shape::Instance { ty, exact: false, args: Box::default() });
        let implementations = self.types.overrides(func, target, receiver);
        // Which of several is meant is asked of a function's callers; of a method, what its type is made of may say it. What is
        // asynchronous runs with any of them.
        let function = program.function(func);
        let unsure = implementations.len() > 1 && function.owner.is_some() && !function.color.on_loop();
        let confidence = if unsure { Confidence::Possible } else { Confidence::Likely };
        for implementation in implementations {
            self.call_function(func, site, implementation, How::call(confidence));
        }
    }

    /// An object is called: `__call__` of its type, or of a subtype where no other is meant.
    pub(super) fn call_instance(&mut self, func: Func, site: ValueId, call: &Call, (ty, instance): (Ty, ShapeId)) {
        self.give_payload(func, call, ty, instance);
        for member in self.types.program.hierarchy.triggered(ty, MemberKind::Call).to_vec() {
            let mut overrides = self.types.overrides(func, member.func, instance);
            if self.types.program.value(func, call.callee).kind == ValueKind::Parameter(0) {
                self.keep_possible(func, &mut overrides);
            }
            for target in std::iter::once(member.func).chain(overrides) {
                self.call_function(func, site, target, How::call(Confidence::Likely));
                self.bind(func, site, call, target, 1);
            }
        }
    }

    /// What the catalogue says that the call runs.
    pub(super) fn triggered(&mut self, func: Func, site: ValueId, call: &Call, runs: &Triggered) {
        let receiver = match self.types.program.value(func, call.callee).kind {
            ValueKind::Attribute { base, .. } => Some(base),
            _ => None,
        };
        let positional = call.arguments.iter().filter(|it| it.name.is_none()).map(|it| it.value);
        let first = call.arguments.first().map(|it| it.value);
        let of: Vec<ValueId> = match runs.of {
            Subject::Receiver => receiver.into_iter().collect(),
            Subject::First => first.into_iter().collect(),
            Subject::Every => positional.collect(),
        };
        if let (Runs::Convert, Some(by)) = (runs.what, runs.by.as_deref()) {
            self.convert(func, site, of.first().copied(), by);
            return;
        }
        for of in of {
            match runs.what {
                Runs::CallMember => {
                    let member = self.types.held_member(func, of, first);
                    self.call_held(func, site, member);
                }
                Runs::Call => {
                    let held = self.types.held(func, of);
                    self.call_held(func, site, held);
                }
                Runs::Drop => self.finalize(func, site, of),
                _ => {
                    let of = self.types.of(func, of);
                    self.triggered_in(func, site, of, runs);
                }
            }
        }
    }

    /// A library's function that is called with each of these runs what it runs of its argument: `map(str, rows)`.
    pub(super) fn triggered_on(&mut self, func: Func, site: ValueId, path: Path, of: Set) {
        if let Some(runs) = self.types.paths.facts(path).runs.filter(|it| it.of != Subject::Receiver) {
            self.triggered_in(func, site, of, runs);
        }
    }

    fn triggered_in(&mut self, func: Func, site: ValueId, of: Set, runs: &Triggered) {
        match (runs.what, runs.by.as_deref()) {
            (Runs::Member | Runs::ElementMember | Runs::InnerMember, Some(by)) => {
                self.run_by_name(func, site, of, (runs.what, by));
            }
            (what, _) => self.builtin_on(func, site, of, what),
        }
    }

    /// Making an object runs the methods that a library's decorators, or its bases, make part of its construction.
    pub(super) fn validate(&mut self, func: Func, site: ValueId, ty: Ty) {
        let validators = match self.validators.get(&ty) {
            Some(known) => Arc::clone(known),
            None => self.find_validators(ty),
        };
        for &validator in &*validators {
            let how = How { via: Via::Construct, ..How::call(Confidence::Likely) };
            self.call_function(func, site, validator, how);
        }
    }

    fn find_validators(&mut self, ty: Ty) -> Arc<[Func]> {
        let program = self.types.program;
        let mut found = Vec::new();
        for &at in program.hierarchy.order(ty) {
            let (file, _) = program.place_of_type(at);
            for member in &program.type_def(at).members {
                let validator = program.func(file, member.function);
                let decorated = !program.function(validator).decorators.is_empty()
                    && self.types.decoration(validator) == Some(Decorates::Constructor);
                if decorated || self.completes_by_name(ty, file, member.name) {
                    found.push(validator);
                }
            }
        }
        let found: Arc<[Func]> = found.into();
        self.validators.insert(ty, Arc::clone(&found));
        found
    }

    /// Whether a library's base calls the member of this name when an object is made.
    fn completes_by_name(&mut self, ty: Ty, file: FileId, name: Name) -> bool {
        let program = self.types.program;
        let text = program.file(file).summary.module.text(name);
        self.types.library_bases(ty).into_iter().any(|base| {
            let member = self.types.paths.member(base, text);
            self.types.paths.facts(member).decorates.is_some_and(|it| it.makes == Decorates::Constructor)
        })
    }

    /// Calls functions of another language that the receiver stands for.
    pub(super) fn call_held(&mut self, func: Func, site: ValueId, held: Set) {
        for shape in self.types.shapes(held).to_vec() {
            self.run_callable(func, site, shape, RunsOn::Here, How::callback());
        }
    }

    /// Making an instance makes the defaults of its fields: `x: T = field(default_factory=make)`.
    pub(super) fn defaults(&mut self, func: Func, site: ValueId, ty: Ty) {
        let factories = match self.factories.get(&ty) {
            Some(known) => Arc::clone(known),
            None => self.find_factories(ty),
        };
        for &(around, factory) in &*factories {
            let set = self.types.of(around, factory);
            for shape in self.types.shapes(set).to_vec() {
                self.run_callable(func, site, shape, RunsOn::Here, How::callback());
            }
        }
    }

    fn find_factories(&mut self, ty: Ty) -> Arc<[(Func, ValueId)]> {
        let program = self.types.program;
        let mut found = Vec::new();
        for &at in program.hierarchy.order(ty) {
            let (file, _) = program.place_of_type(at);
            for value in program.type_def(at).fields.iter().filter(|it| it.on_class).flat_map(|it| &it.values) {
                let around = program.func(file, value.function);
                found.extend(self.factories_in(around, value.value).into_iter().map(|it| (around, it)));
            }
        }
        let found: Arc<[(Func, ValueId)]> = found.into();
        self.factories.insert(ty, Arc::clone(&found));
        found
    }

    /// The callables that a field's description names.
    fn factories_in(&mut self, around: Func, value: ValueId) -> Vec<ValueId> {
        let program = self.types.program;
        let call = match &program.value(around, value).kind {
            ValueKind::Call(call) => call,
            ValueKind::Narrow { of, .. } => return self.factories_in(around, *of),
            _ => return Vec::new(),
        };
        let describes = |it: &blocklint_catalog::Facts<'_>| it.hand_offs.iter().any(|it| it.runs == RunsOn::FirstUse);
        let Some(path) = self.types.library_function(around, call.callee, describes) else { return Vec::new() };
        let named = self.types.paths.facts(path).hand_offs.iter().filter_map(|it| it.callable.as_ref());
        named.filter_map(|which| passed(self.types, around, call, which).ok().flatten()).collect()
    }

    /// An asynchronous function's parameter of a type that a framework makes from a request runs what makes it.
    pub(super) fn extract(&mut self, func: Func, site: ValueId, index: u16) {
        let program = self.types.program;
        let function = program.function(func);
        let annotation = function.parameters.get(index as usize).and_then(|it| it.annotation);
        let Some(annotation) = annotation.filter(|_| function.color == Color::Async) else { return };
        let file = program.file_of(func);
        let language = program.language(file);
        for entity in program.head_entities(file, annotation) {
            let Entity::External(path) = entity else { continue };
            let path = self.types.paths.intern(language, &path);
            let Some(name) = self.types.paths.facts(path).extracts.and_then(|it| program.symbol(it)) else { continue };
            for ty in self.instances(func, site) {
                for member in self.own_or_derived(ty, name) {
                    self.run_member(func, site, member, Confidence::Likely);
                }
            }
        }
    }
}
