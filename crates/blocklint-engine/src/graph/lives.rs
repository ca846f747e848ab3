//! Which values end where their life seems to: not what others hold too, and not what a method took.

use super::build::Builder;
use crate::link::Func;
use crate::types::Shape;
use blocklint_catalog::fact::Gives;
use blocklint_ir::{Call, RegionKind, ValueId, ValueKind};
use rustc_hash::FxHashSet;

impl Builder<'_, '_> {
    /// Whether a value goes on after `site`, where its end stands.
    pub(super) fn lives_on(&mut self, func: Func, site: ValueId, of: ValueId) -> bool {
        self.is_lent(func, of) || self.is_taken(func, site, of)
    }

    /// Whether a method was called on a value that nothing names: of a library's method it is not known whether it takes the value.
    pub(super) fn may_be_taken(&mut self, func: Func, of: ValueId) -> bool {
        let named = self.types.program.function(func).variables.iter().any(|it| it.values.contains(&of));
        !named && !self.types.calls_of(func, of).is_empty()
    }

    /// Whether a value ends only where the function is left early: what little it does then is not worth a word.
    pub(super) fn is_left(&self, func: Func, site: ValueId) -> bool {
        let program = self.types.program;
        program.function(func).region(program.value(func, site).region).kind == RegionKind::Leaving
    }

    /// Whether the value is what a function lends: a reference, or one more pointer to what others hold.
    fn is_lent(&mut self, func: Func, of: ValueId) -> bool {
        let program = self.types.program;
        let mut todo = vec![of];
        let mut seen = FxHashSet::default();
        while let Some(value) = todo.pop() {
            let made = self.opened(func, value);
            match &program.value(func, made).kind {
                // What a loop goes round with, and what branches leave.
                ValueKind::Choice(options) => todo.extend(options.iter().copied().filter(|&it| seen.insert(it))),
                ValueKind::Call(call) if self.lends(func, call) => return true,
                ValueKind::Parameter(_) if self.types.is_lent_by_alias(func, made) => return true,
                _ => {}
            }
        }
        false
    }

    fn lends(&mut self, func: Func, call: &Call) -> bool {
        let program = self.types.program;
        let by_path =
            matches!(program.value(func, call.callee).kind, ValueKind::Path(_) | ValueKind::Associated { .. });
        let callees = self.types.of(func, call.callee);
        self.types.shapes(callees).iter().any(|&it| match *self.types.shape(it) {
            Shape::Function(target) | Shape::Method(target, _) => {
                let module = &program.file(program.file_of(target)).summary.module;
                program.function(target).result.is_some_and(|it| module.lent(it))
            }
            // `Arc::clone(&it)`, `Arc::downgrade(&it)`
            Shape::External(path) => by_path && self.types.paths.facts(path).gives == Some(&Gives::Receiver),
            _ => false,
        })
    }

    /// Whether a method that was called before took the value.
    fn is_taken(&mut self, func: Func, site: ValueId, of: ValueId) -> bool {
        let program = self.types.program;
        for call in self.types.calls_of(func, of).into_iter().filter(|&it| it < site) {
            let ValueKind::Call(call) = &program.value(func, call).kind else { continue };
            let callees = self.types.of(func, call.callee);
            let taken = self.types.shapes(callees).iter().any(|&it| match *self.types.shape(it) {
                Shape::Method(target, _) => program.function(target).consumes,
                _ => false,
            });
            if taken {
                return true;
            }
        }
        false
    }
}
