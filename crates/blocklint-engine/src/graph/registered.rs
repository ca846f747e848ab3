//! What is registered with a function that dispatches by its argument: a call of that runs one of them.

use super::How;
use super::build::Builder;
use crate::finding::Confidence;
use crate::link::Func;
use crate::types::Shape;
use blocklint_catalog::fact::Decorates;
use blocklint_ir::{Call, FunctionId, Spread, ValueId, ValueKind};
use rustc_hash::FxHashMap;

/// Functions by the function that they are registered with.
pub(super) type Registered = FxHashMap<Func, Vec<Func>>;

impl Builder<'_, '_> {
    /// Runs what was registered with a function that is called.
    pub(super) fn dispatch(&mut self, func: Func, site: ValueId, dispatcher: Func, how: &How) {
        if self.registered.is_none() {
            let registered = self.find_registered();
            self.registered = Some(registered);
        }
        let registered = self.registered.as_ref().and_then(|it| it.get(&dispatcher)).cloned();
        for target in registered.unwrap_or_default() {
            let how = How { confidence: how.confidence.min(Confidence::Likely), ..how.clone() };
            self.call_function(func, site, target, how);
        }
    }

    /// Looks through all decorators, and through what files do when they are loaded.
    fn find_registered(&mut self) -> Registered {
        let program = self.types.program;
        let mut found = Registered::default();
        for func in program.all_functions().filter(|&it| !program.in_test(it)) {
            let around = self.types.around(func);
            for &decorator in &program.function(func).decorators {
                let named = match &program.value(around, decorator).kind {
                    ValueKind::Call(call) => call.callee,
                    _ => decorator,
                };
                self.register(around, named, func, &mut found);
            }
            if program.place_of(func).1 == FunctionId::TOP {
                for value in &program.function(func).values {
                    if let ValueKind::Call(call) = &value.kind {
                        self.register_called(func, call, &mut found);
                    }
                }
            }
        }
        found
    }

    /// `dispatcher.register(int, function)`
    fn register_called(&mut self, func: Func, call: &Call, found: &mut Registered) {
        let [_, last] = call.arguments[..] else { return };
        if last.spread != Spread::No || self.registers(func, call.callee).is_none() {
            return;
        }
        let set = self.types.of(func, last.value);
        for shape in self.types.shapes(set).to_vec() {
            if let Shape::Function(function) = *self.types.shape(shape) {
                self.register(func, call.callee, function, found);
            }
        }
    }

    fn register(&mut self, func: Func, named: ValueId, function: Func, found: &mut Registered) {
        let Some(base) = self.registers(func, named) else { return };
        let set = self.types.of(func, base);
        for &shape in self.types.shapes(set) {
            if let Shape::Function(dispatcher) | Shape::Method(dispatcher, _) = *self.types.shape(shape)
                && dispatcher != function
            {
                let registered = found.entry(dispatcher).or_default();
                if !registered.contains(&function) {
                    registered.push(function);
                }
            }
        }
    }

    /// Whose attribute a decorator or function is that registers, if it does.
    fn registers(&mut self, func: Func, named: ValueId) -> Option<ValueId> {
        let ValueKind::Attribute { base, .. } = self.types.program.value(func, named).kind else { return None };
        let registers =
            |it: &blocklint_catalog::Facts<'_>| it.decorates.is_some_and(|it| it.makes == Decorates::Registers);
        self.types.is_library_function(func, named, registers).then_some(base)
    }
}
