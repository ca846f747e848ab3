//! Tests of what a callable is: where one says that it is asynchronous, calling it runs nothing.

use super::build::Builder;
use crate::link::Func;
use blocklint_catalog::fact::Guard;
use blocklint_ir::{Call, Operator, RegionId, RegionKind, ValueId, ValueKind};

/// A flag is handed from variable to variable, and turned around, no more often than this.
const MAX_FLAGS: usize = 8;

impl Builder<'_, '_> {
    /// Whether a place is only come to when the function that a parameter stands for is asynchronous.
    pub(super) fn asked_asynchronous(&mut self, func: Func, site: ValueId, parameter: (Func, u16)) -> bool {
        let program = self.types.program;
        let (mut at, mut region) = (func, program.value(func, site).region);
        loop {
            if self.holds_of_asynchronous(at, region, parameter) {
                return true;
            }
            if at == parameter.0 {
                return false;
            }
            let Some((around, defined)) = self.definition(at) else { return false };
            (at, region) = (around, defined);
        }
    }

    /// The function around a closure, and under which tests it defines it.
    fn definition(&self, closure: Func) -> Option<(Func, RegionId)> {
        let program = self.types.program;
        let (file, id) = program.place_of(closure);
        let around = program.func(file, program.function(closure).parent?);
        let defines = |kind: &ValueKind| matches!(*kind, ValueKind::Function(it) if it == id);
        let value = program.function(around).values.iter().find(|it| defines(&it.kind))?;
        Some((around, value.region))
    }

    fn holds_of_asynchronous(&mut self, func: Func, region: RegionId, parameter: (Func, u16)) -> bool {
        let function = self.types.program.function(func);
        function.regions_around(region).any(|(_, it)| match it.kind {
            RegionKind::When { test, holds } => self.tells_asynchronous(func, (test, holds), parameter, 0),
            _ => false,
        })
    }

    /// Whether the outcome of a test says so.
    fn tells_asynchronous(
        &mut self,
        func: Func,
        (test, holds): (ValueId, bool),
        parameter: (Func, u16),
        flags: usize,
    ) -> bool {
        let program = self.types.program;
        if flags > MAX_FLAGS {
            return false;
        }
        let flags = flags + 1;
        match &program.value(func, test).kind {
            ValueKind::Call(call) => holds && self.asks_of(func, call, parameter),
            ValueKind::Truth(of) | ValueKind::Present(of) => {
                self.tells_asynchronous(func, (*of, holds), parameter, flags)
            }
            ValueKind::Operator { operator: Operator::Not, operands } => {
                self.tells_asynchronous(func, (operands[0], !holds), parameter, flags)
            }
            ValueKind::Captured { function, name } => {
                let owner = program.func(program.file_of(func), *function);
                let values = program.function(owner).given_to(*name);
                !values.is_empty()
                    && values.iter().all(|&it| self.tells_asynchronous(owner, (it, holds), parameter, flags))
            }
            _ => false,
        }
    }

    fn asks_of(&mut self, func: Func, call: &Call, parameter: (Func, u16)) -> bool {
        let Some(asked) = call.arguments.first() else { return false };
        self.types.is_library_function(func, call.callee, |it| it.guard == Some(Guard::TrueOfAsynchronous))
            && self.parameter_behind(func, asked.value, 0) == Some(parameter)
    }
}
