//! What a call runs without naming it: the trait method of an argument's type, the conversion to the type that is wanted.

use super::build::Builder;
use super::{How, passed};
use crate::finding::{Confidence, Via};
use crate::link::{FileId, Func, MemberRef, Ty};
use crate::types::{Set, Shape, ShapeId};
use blocklint_catalog::fact::{Decorates, Runs, RunsOn, Subject, Triggered};
use blocklint_ir::{Call, MemberKind, Name, Receiver, Spread, TypeKind, ValueId, ValueKind};
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
        let mut found = false;
        for ty in self.instances(func, first.value) {
            for member in program.hierarchy.members(ty, name, None).to_vec() {
                found = true;
                self.call_function(func, site, member.func, How::call(Confidence::Likely));
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
        for implementation in self.types.overrides(func, target, receiver) {
            self.call_function(func, site, implementation, How::call(Confidence::Likely));
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
        match (runs.what, runs.by.as_deref()) {
            (Runs::Convert, Some(by)) => self.convert(func, site, of.first().copied(), by),
            (Runs::CallMember, _) => {
                for of in of {
                    let member = self.types.held_member(func, of, first);
                    self.call_held(func, site, member);
                }
            }
            (Runs::Member | Runs::ElementMember | Runs::InnerMember, Some(by)) => {
                for of in of {
                    self.run_by_name(func, site, of, (runs.what, by));
                }
            }
            (what, _) => {
                for of in of {
                    self.builtin(func, site, of, what);
                }
            }
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
        program.hierarchy.external_bases(ty).any(|base| {
            let base = self.types.paths.intern(program.language(file), base);
            let member = self.types.paths.member(base, text);
            self.types.paths.facts(member).decorates.is_some_and(|it| it.makes == Decorates::Constructor)
        })
    }

    /// Calls functions of another language that the receiver stands for.
    pub(super) fn call_held(&mut self, func: Func, site: ValueId, held: Set) {
        for shape in self.types.shapes(held).to_vec() {
            self.run_callable(func, site, shape, RunsOn::Here, None);
        }
    }

    /// `by` of the type that the call's result is wanted as.
    fn convert(&mut self, func: Func, site: ValueId, from: Option<ValueId>, by: &str) {
        let program = self.types.program;
        let Some(name) = program.symbol(by) else { return };
        let from = from.map_or(Set::EMPTY, |it| self.types.of(func, it));
        for ty in self.wanted(func, site, from) {
            let written = !program.hierarchy.members(ty, name, None).is_empty();
            let members = self.own_or_derived(ty, name);
            let alone = members.len() == 1;
            for member in members {
                if alone || !written || self.takes(member, from) {
                    self.run_member(func, site, member, Confidence::Likely);
                }
            }
        }
    }

    /// Whether a conversion's parameter may be one of these values.
    fn takes(&mut self, member: MemberRef, values: Set) -> bool {
        let function = self.types.program.function(member.func);
        let parameter = function.values.iter().position(|it| it.kind == ValueKind::Parameter(0));
        let Some(parameter) = parameter else { return false };
        let taken = self.types.of(member.func, ValueId::new(parameter));
        let taken = self.types.shapes(taken).to_vec();
        self.types.shapes(values).iter().any(|it| taken.contains(it))
    }

    /// The types that the result of a call is wanted as: what it is annotated with, what its function gives, what its receiver is
    /// bounded to give.
    fn wanted(&mut self, func: Func, site: ValueId, from: Set) -> Vec<Ty> {
        let program = self.types.program;
        let function = program.function(func);
        for (index, value) in function.values.iter().enumerate() {
            if let ValueKind::Narrow { of, holds: true, .. } = value.kind
                && self.opened(func, of) == site
            {
                return self.instances(func, ValueId::new(index));
            }
        }
        if function.result.is_some() && function.returns.iter().any(|&it| self.opened(func, it) == site) {
            let result = self.types.body_result(func);
            return self.types_in(result);
        }
        let passed = self.wanted_by_call(func, site);
        if !passed.is_empty() {
            return passed;
        }
        let bounded = self.types.shapes(from).iter().filter_map(|&it| match self.types.shape(it) {
            Shape::ExternalInstance(_, args) => args.first().copied(),
            _ => None,
        });
        let bounded: Vec<Set> = bounded.collect();
        bounded.into_iter().flat_map(|it| self.types_in(it)).collect()
    }

    /// The types of the parameter that a value is passed for as it is.
    fn wanted_by_call(&mut self, func: Func, site: ValueId) -> Vec<Ty> {
        let program = self.types.program;
        let mut found = Vec::new();
        for value in program.function(func).values.iter().skip(site.index()) {
            let ValueKind::Call(call) = &value.kind else { continue };
            let Some(position) = call.arguments.iter().position(|it| it.value == site) else { continue };
            let argument = call.arguments[position];
            let callees = self.types.of(func, call.callee);
            for shape in self.types.shapes(callees).to_vec() {
                let set = match (self.types.shape(shape).clone(), argument.name) {
                    (Shape::Function(target), None) => self.types.declared_parameter(target, position),
                    (Shape::Method(target, _), None) => self.types.declared_parameter(target, position + 1),
                    // A struct written with its fields, and one whose other fields are these.
                    (Shape::Class(ty), name) => {
                        let made = Shape::Instance { ty, exact: true, args: Box::default() };
                        match (argument.spread, name) {
                            (Spread::Named, _) => self.types.one(made),
                            (Spread::No, Some(name)) => {
                                let made = self.types.intern(made);
                                self.types.attribute_of(program.file_of(func), made, name)
                            }
                            _ => continue,
                        }
                    }
                    _ => continue,
                };
                found.extend(self.types_in(set));
            }
        }
        found
    }

    /// What a value is before `?`, `.unwrap()` and their like open it.
    pub(super) fn opened(&self, func: Func, value: ValueId) -> ValueId {
        const OPENING: [&str; 6] = ["unwrap", "expect", "map_err", "unwrap_or_default", "ok", "context"];
        let program = self.types.program;
        let module = &program.file(program.file_of(func)).summary.module;
        let mut at = value;
        loop {
            at = match &program.value(func, at).kind {
                ValueKind::Unwrap(of) | ValueKind::Present(of) => *of,
                ValueKind::Call(call) => match program.value(func, call.callee).kind {
                    ValueKind::Attribute { base, name } if OPENING.contains(&module.text(name)) => base,
                    _ => return at,
                },
                _ => return at,
            };
        }
    }

    fn instances(&mut self, func: Func, value: ValueId) -> Vec<Ty> {
        let set = self.types.of(func, value);
        self.types_in(set)
    }

    pub(super) fn types_in(&self, set: Set) -> Vec<Ty> {
        let own = |it: &_| match *self.types.shape(*it) {
            Shape::Instance { ty, .. } => Some(ty),
            _ => None,
        };
        self.types.shapes(set).iter().filter_map(own).collect()
    }

    /// Making an instance makes the defaults of its fields: `x: T = field(default_factory=make)`.
    pub(super) fn defaults(&mut self, func: Func, site: ValueId, ty: Ty) {
        let program = self.types.program;
        for &at in program.hierarchy.order(ty) {
            let (file, _) = program.place_of_type(at);
            for value in program.type_def(at).fields.iter().filter(|it| it.on_class).flat_map(|it| &it.values) {
                let around = program.func(file, value.function);
                for factory in self.factories(around, value.value) {
                    self.run_callable(func, site, factory, RunsOn::Here, None);
                }
            }
        }
    }

    /// The callables that a field's description names.
    fn factories(&mut self, around: Func, value: ValueId) -> Vec<ShapeId> {
        let program = self.types.program;
        let call = match &program.value(around, value).kind {
            ValueKind::Call(call) => call,
            ValueKind::Narrow { of, .. } => return self.factories(around, *of),
            _ => return Vec::new(),
        };
        let describes = |it: &blocklint_catalog::Facts<'_>| it.hand_offs.iter().any(|it| it.runs == RunsOn::FirstUse);
        let Some(path) = self.types.library_function(around, call.callee, describes) else { return Vec::new() };
        let hand_offs = self.types.paths.facts(path).hand_offs.clone();
        let mut found = Vec::new();
        for which in hand_offs.iter().filter_map(|it| it.callable.as_ref()) {
            if let Ok(Some(factory)) = passed(self.types, around, call, which) {
                let set = self.types.of(around, factory);
                found.extend_from_slice(self.types.shapes(set));
            }
        }
        found
    }
}
