//! Methods that are called, and what overrides them.

use super::How;
use super::build::Builder;
use super::recorded::Candidates;
use crate::finding::Confidence;
use crate::link::{Func, Sym, Ty};
use crate::types::{Shape, ShapeId};
use blocklint_ir::{Call, ValueId, ValueKind};

/// Methods that lead to one another by `super()` are followed this far.
const MAX_SUPERS: usize = 16;

impl Builder<'_, '_> {
    pub(super) fn call_method(&mut self, func: Func, site: ValueId, call: &Call, target: Func, receiver: ShapeId) {
        let base = match self.types.program.value(func, call.callee).kind {
            ValueKind::Attribute { base, .. } => Some(base),
            _ => None,
        };
        self.call_method_of((func, site), call, (target, receiver), base, 1);
    }

    /// A method runs, or what overrides it, of the receiver that the value `base` is. `offset` is 0 when that is the first argument.
    pub(super) fn call_method_of(
        &mut self,
        (func, site): (Func, ValueId),
        call: &Call,
        (target, receiver): (Func, ShapeId),
        base: Option<ValueId>,
        offset: usize,
    ) {
        let sure = !matches!(self.types.program.value(func, call.callee).kind, ValueKind::AnyAttribute { .. });
        let open = matches!(
            self.types.shape(receiver),
            Shape::Instance { exact: false, .. } | Shape::Class { exact: false, .. }
        );
        let exact = sure && !open;
        let kind = base.map(|it| &self.types.program.value(func, it).kind);
        // `super()` asks for what stands above: no override below is meant.
        let mut overrides = match kind {
            Some(ValueKind::Super) => Vec::new(),
            // What a class does itself, some class that is kept somewhere does too, unless it is known to be another.
            Some(kind) if *kind != ValueKind::Parameter(0) && self.is_done_by_class(target, receiver) => Vec::new(),
            // Which class a field holds is told by whoever made the object.
            Some(ValueKind::Attribute { .. }) if matches!(self.types.shape(receiver), Shape::Class { .. }) => {
                Vec::new()
            }
            _ => self.types.overrides(func, target, receiver),
        };
        if kind == Some(&ValueKind::Parameter(0)) {
            self.keep_possible(func, &mut overrides);
        }
        let several = self.candidates != Candidates::One || !overrides.is_empty();
        let chosen = several && base.is_some_and(|it| self.types.of_a_key(func, it));
        let confidence = match exact {
            _ if chosen => Confidence::Possible,
            true => Confidence::Proven,
            false => Confidence::Likely,
        };
        for (index, target) in std::iter::once(target).chain(overrides).enumerate() {
            let how = How::call(if index == 0 { confidence } else { confidence.min(Confidence::Likely) });
            self.call_function(func, site, target, how);
            self.bind(func, site, call, target, offset);
            self.bind_receiver(func, site, base, target);
        }
    }

    /// Whether a method is a class's own, and not one that it leaves to its subclasses.
    fn is_done_by_class(&self, target: Func, receiver: ShapeId) -> bool {
        matches!(self.types.shape(receiver), Shape::Class { .. }) && !self.types.program.function(target).stub
    }

    /// The overrides that a call on the receiver of `func` may mean: of a subtype that replaces `func` too, `func` never runs.
    pub(super) fn keep_possible(&self, func: Func, overrides: &mut Vec<Func>) {
        let program = self.types.program;
        if program.owner(func).is_none() {
            return;
        }
        let name = program.sym(program.file_of(func), program.function(func).name);
        overrides.retain(|&it| {
            let Some(subtype) = program.owner(it) else { return true };
            let runs = program.hierarchy.members(subtype, name, None);
            runs.is_empty() || runs.iter().any(|it| it.func == func || self.goes_up_to(it.func, (subtype, name), func))
        });
    }

    /// Whether what a subtype has in a method's place leads to that method by `super()`.
    fn goes_up_to(&self, mut method: Func, (subtype, name): (Ty, Sym), above: Func) -> bool {
        let program = self.types.program;
        for _ in 0..MAX_SUPERS {
            let (file, function) = (program.file_of(method), program.function(method));
            let is_above = |it: ValueId| match function.value(it).kind {
                ValueKind::Attribute { base, name: asked } => {
                    function.value(base).kind == ValueKind::Super && program.sym(file, asked) == name
                }
                _ => false,
            };
            let asks =
                function.values.iter().any(|it| matches!(&it.kind, ValueKind::Call(call) if is_above(call.callee)));
            let Some(owner) = program.owner(method).filter(|_| asks) else { return false };
            match program.hierarchy.members(subtype, name, Some(owner)).first() {
                Some(next) if next.func == above => return true,
                Some(next) => method = next.func,
                None => return false,
            }
        }
        false
    }
}
