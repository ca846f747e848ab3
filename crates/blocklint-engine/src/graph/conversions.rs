//! Conversions to a type that is wanted, written (`.into()`) or not (`?`).

use super::build::Builder;
use crate::finding::Confidence;
use crate::link::{Func, MemberRef, Sym, Ty};
use crate::types::{Set, Shape, ShapeId};
use blocklint_catalog::fact::{Gives, HandOff, Receives, Runs};
use blocklint_ir::{Spread, ValueId, ValueKind};

/// A value that may be more things than this is wanted for what it is first.
const MAX_ORIGINS: usize = 8;

/// Which half of a result is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    /// What it is where all went well.
    Success,
    /// What it fails with.
    Failure,
}

impl Builder<'_, '_> {
    /// `by` of the type that the call's result is wanted as.
    pub(super) fn convert(&mut self, func: Func, site: ValueId, from: Option<ValueId>, by: &str) {
        let Some(name) = self.types.program.symbol(by) else { return };
        let from = from.map_or(Set::EMPTY, |it| self.types.of(func, it));
        for ty in self.wanted(func, site, from) {
            let written = !self.types.program.hierarchy.members(ty, name, None).is_empty();
            let members = self.own_or_derived(ty, name);
            let alone = members.len() == 1;
            for member in members {
                if alone || !written || self.takes(member, from) {
                    self.run_member(func, site, member, Confidence::Likely);
                }
            }
        }
    }

    /// `?` makes what the function fails with of what the function that it called failed with.
    pub(super) fn hand_on_failure(&mut self, func: Func, site: ValueId, of: ValueId) {
        let program = self.types.program;
        let module = &program.file(program.file_of(func)).summary.module;
        let Some(name) = module.prelude.handed_on.as_ref().and_then(|it| it.last()) else { return };
        let name = program.sym(program.file_of(func), *name);
        let wanted = self.types.failures_of_result(func);
        let converts = |it: &Ty| !program.hierarchy.members(*it, name, None).is_empty();
        let wanted: Vec<Ty> = self.types_in(wanted).into_iter().filter(converts).collect();
        if !wanted.is_empty() {
            let from = self.types.failures(func, of);
            self.convert_known(func, site, from, (&wanted, name));
        }
    }

    /// A callable that converts whatever it is called with, called with these: `.map_err(Into::into)`.
    pub(super) fn run_conversion(
        &mut self,
        (func, site): (Func, ValueId),
        hand_off: &HandOff,
        callable: ShapeId,
        from: Set,
    ) {
        let Shape::External(path) = *self.types.shape(callable) else { return };
        let runs = self.types.paths.facts(path).runs.filter(|it| it.what == Runs::Convert);
        let Some(name) = runs.and_then(|it| self.types.program.symbol(it.by.as_deref()?)) else { return };
        let half = match hand_off.receives {
            Some(Receives::Element) => Half::Success,
            Some(Receives::Failure) => Half::Failure,
            _ => return,
        };
        let wanted = self.wanted_here(func, site, half);
        let wanted = self.types_in(wanted);
        self.convert_known(func, site, from, (&wanted, name));
    }

    fn convert_known(&mut self, func: Func, site: ValueId, from: Set, (to, name): (&[Ty], Sym)) {
        for &ty in to {
            for member in self.types.program.hierarchy.members(ty, name, None).to_vec() {
                if self.takes(member, from) {
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
        let taken = self.types.shapes(taken);
        self.types.shapes(values).iter().any(|value| {
            taken.iter().any(|taken| match (self.types.shape(*taken), self.types.shape(*value)) {
                (Shape::Instance { ty: taken, .. }, Shape::Instance { ty: value, .. }) => taken == value,
                _ => taken == value,
            })
        })
    }

    /// The types that the result of a call is wanted as: what it is annotated with, what its function gives, what its receiver is
    /// bounded to give.
    fn wanted(&mut self, func: Func, site: ValueId, from: Set) -> Vec<Ty> {
        let wanted = self.wanted_as(func, site, Half::Success);
        if !wanted.is_empty() {
            return wanted;
        }
        let bounded = self.types.shapes(from).iter().filter_map(|&it| match self.types.shape(it) {
            Shape::ExternalInstance(_, args) => args.first().copied(),
            _ => None,
        });
        let bounded: Vec<Set> = bounded.collect();
        bounded.into_iter().flat_map(|it| self.types_in(it)).collect()
    }

    fn wanted_as(&mut self, func: Func, site: ValueId, half: Half) -> Vec<Ty> {
        let written = match &self.types.program.value(func, site).kind {
            ValueKind::Call(call) if half == Half::Success => self.types.written_with(func, call),
            _ => Set::EMPTY,
        };
        for wanted in [written, self.wanted_here(func, site, half)] {
            let wanted = self.types_in(wanted);
            if !wanted.is_empty() {
                return wanted;
            }
        }
        self.wanted_by_call(func, site, half)
    }

    /// What a value's own place wants of it: an annotation, or that the function gives it.
    fn wanted_here(&mut self, func: Func, site: ValueId, half: Half) -> Set {
        let program = self.types.program;
        let function = program.function(func);
        for (index, value) in function.values.iter().enumerate().skip(site.index()) {
            if let ValueKind::Narrow { of, holds: true, .. } = value.kind
                && self.opened(func, of) == site
            {
                return match half {
                    Half::Success => self.types.of(func, ValueId::new(index)),
                    Half::Failure => self.types.failures(func, ValueId::new(index)),
                };
            }
        }
        let returned =
            |&it: &ValueId| function.origins(it, MAX_ORIGINS).into_iter().any(|it| self.opened(func, it) == site);
        if function.result.is_none() || !function.returns.iter().any(returned) {
            return Set::EMPTY;
        }
        match half {
            Half::Success => self.types.body_result(func),
            Half::Failure => self.types.failures_of_result(func),
        }
    }

    /// The types of the parameter that a value is passed for as it is.
    fn wanted_by_call(&mut self, func: Func, site: ValueId, half: Half) -> Vec<Ty> {
        let program = self.types.program;
        let mut found = Vec::new();
        for (index, value) in program.function(func).values.iter().enumerate().skip(site.index()) {
            let ValueKind::Call(call) = &value.kind else { continue };
            let Some(position) = call.arguments.iter().position(|it| it.value == site) else { continue };
            let argument = call.arguments[position];
            let callees = self.types.of(func, call.callee);
            for shape in self.types.shapes(callees).to_vec() {
                let set = match (self.types.shape(shape).clone(), argument.name, half) {
                    // What only wraps it is wanted as a whole.
                    (Shape::External(path), None, Half::Success) => {
                        let facts = self.types.paths.facts(path);
                        let half = match (facts.fails, facts.gives) {
                            (Some(Gives::Argument(it)), _) if *it == position => Half::Failure,
                            (_, Some(Gives::Argument(it))) if *it == position => Half::Success,
                            _ => continue,
                        };
                        found.extend(self.wanted_as(func, ValueId::new(index), half));
                        continue;
                    }
                    (Shape::Function(target), None, Half::Success) => self.types.declared_parameter(target, position),
                    (Shape::Method(target, _), None, Half::Success) => {
                        self.types.declared_parameter(target, position + 1)
                    }
                    // A struct written with its fields, and one whose other fields are these.
                    (Shape::Class { ty, .. }, name, Half::Success) => {
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
                ValueKind::Unwrap(of) | ValueKind::Present(of) | ValueKind::Await(of) => *of,
                ValueKind::Call(call) => match program.value(func, call.callee).kind {
                    ValueKind::Attribute { base, name } if OPENING.contains(&module.text(name)) => base,
                    _ => return at,
                },
                _ => return at,
            };
        }
    }

    pub(super) fn instances(&mut self, func: Func, value: ValueId) -> Vec<Ty> {
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
}
