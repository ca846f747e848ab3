//! What functions of the program call their parameters with: the callable that somebody passes is given that.

use super::build::Builder;
use crate::link::Func;
use crate::types::{Set, Shape};
use blocklint_ir::{Receiver, Spread, ValueId, ValueKind};
use std::rc::Rc;

/// An argument that is one of more values than this is taken for what all callers make of it.
const MAX_ORIGINS: usize = 4;

/// What an argument is made of is looked at to this many parts.
const MAX_PARTS: usize = 32;

/// An argument of a call: the parameter that takes it, and its value.
pub(super) type Passed = (u16, ValueId);

impl Builder<'_, '_> {
    /// `each(rows, lambda row: row.load())`: a row is what the caller passes for rows, and not what others pass.
    pub(super) fn call_back(&mut self, caller: Func, target: Func, passed: &[Passed]) {
        for &(parameter, value) in passed {
            let callables = self.called_with_values(caller, value);
            if callables.is_empty() {
                continue;
            }
            for &site in &*self.calls_of_parameter(target, parameter) {
                let ValueKind::Call(call) = &self.types.program.value(target, site).kind else { continue };
                let plain = call.arguments.iter().take_while(|it| it.spread == Spread::No && it.name.is_none());
                for (position, argument) in plain.enumerate() {
                    let set = self.passed_there((caller, target), argument.value, passed);
                    for &(callable, first) in &callables {
                        self.teach(callable, first + position as u16, set);
                    }
                }
            }
        }
    }

    /// Functions that a value may be, with the position of the first parameter that a call gives something.
    fn called_with_values(&mut self, func: Func, value: ValueId) -> Vec<(Func, u16)> {
        let shapes = self.shapes_of(func, value).into_iter();
        let callables = shapes.filter_map(|it| match *self.types.shape(it) {
            Shape::Function(callable) => Some((callable, 0)),
            Shape::Method(callable, _) => Some((callable, 1)),
            _ => None,
        });
        callables.collect()
    }

    /// A parameter is given these values, unless it says itself what it takes.
    pub(super) fn teach(&mut self, func: Func, parameter: u16, set: Set) {
        let there = self.types.program.function(func).parameters.len() > parameter.into();
        if there && !set.is_empty() && self.types.learns(func, parameter, false) {
            self.types.pass(func, parameter, set);
        }
    }

    /// What an argument of a call inside of a function is when this caller calls it.
    fn passed_there(&mut self, (caller, target): (Func, Func), argument: ValueId, passed: &[Passed]) -> Set {
        if let Some(value) = self.passed_for(target, argument, passed) {
            return self.types.of(caller, value);
        }
        let function = self.types.program.function(target);
        let each = function.origins(argument, MAX_ORIGINS).into_iter().find_map(|it| match function.value(it).kind {
            ValueKind::Each(of) => self.passed_for(target, of, passed),
            _ => None,
        });
        match each {
            Some(items) => {
                let items = self.types.of(caller, items);
                self.types.each_in(items)
            }
            None => self.known_there(target, argument),
        }
    }

    /// What an argument is whoever calls: it is made there, or the only thing that a field of the receiver holds. Where the caller has a
    /// part in it, the others have one too.
    fn known_there(&mut self, target: Func, argument: ValueId) -> Set {
        let function = self.types.program.function(target);
        let set = self.types.of(target, argument);
        let (mut todo, mut next) = (vec![argument], 0);
        while let Some(&value) = todo.get(next) {
            next += 1;
            match &function.value(value).kind {
                ValueKind::Parameter(0) if function.receiver != Receiver::None => {
                    if self.types.shapes(set).len() > 1 {
                        return Set::EMPTY;
                    }
                }
                ValueKind::Parameter(_) | ValueKind::Captured { .. } => return Set::EMPTY,
                kind => {
                    let parts: Vec<ValueId> = kind.operands().filter(|it| !todo.contains(it)).collect();
                    todo.extend(parts);
                }
            }
            if todo.len() > MAX_PARTS {
                return Set::EMPTY;
            }
        }
        set
    }

    /// What the caller passes for the parameter that a value is.
    fn passed_for(&mut self, target: Func, value: ValueId, passed: &[Passed]) -> Option<ValueId> {
        let (of, parameter) = self.parameter_behind(target, value, 0)?;
        passed.iter().find(|it| of == target && it.0 == parameter).map(|it| it.1)
    }

    /// Where a function calls one of its parameters.
    fn calls_of_parameter(&mut self, func: Func, parameter: u16) -> Rc<[ValueId]> {
        if let Some(known) = self.parameters_called.get(&(func, parameter)) {
            return Rc::clone(known);
        }
        let mut calls = Vec::new();
        for (index, value) in self.types.program.function(func).values.iter().enumerate() {
            if let ValueKind::Call(call) = &value.kind
                && self.parameter_behind(func, call.callee, 0) == Some((func, parameter))
            {
                calls.push(ValueId::new(index));
            }
        }
        let calls: Rc<[ValueId]> = calls.into();
        self.parameters_called.insert((func, parameter), Rc::clone(&calls));
        calls
    }
}
