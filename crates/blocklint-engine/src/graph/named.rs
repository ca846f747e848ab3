//! Methods that a decorator names for an attribute: reading or setting the attribute runs them.

use super::How;
use super::build::Builder;
use super::recorded::Named;
use crate::finding::{Accessor, Confidence, Via};
use crate::link::{Func, Ty};
use blocklint_catalog::fact::Decorates;
use blocklint_ir::{Literal, ValueId, ValueKind};
use std::sync::Arc;

impl Builder<'_, '_> {
    /// Runs what the closest class says of the attribute: its own decorators win over those of what it inherits from.
    pub(super) fn run_named(&mut self, func: Func, site: ValueId, ty: Ty, (attribute, when): (&str, Decorates)) {
        for method in self.named_for(ty, (attribute, when)).filter(|&it| it != func) {
            let how = How::trigger(Via::Property, Some(Accessor::Descriptor), Confidence::Likely);
            self.call_function(func, site, method, How { first_use: when == Decorates::FirstRead, ..how });
        }
    }

    /// The methods of the closest class that has any for the attribute.
    pub(super) fn named_for(
        &mut self,
        ty: Ty,
        (attribute, when): (&str, Decorates),
    ) -> impl Iterator<Item = Func> + use<> {
        let is_it = |it: &&Named| it.when == when && *it.attribute == *attribute;
        let order = self.types.program.hierarchy.order(ty).iter();
        let closest = order.map(|&at| self.named_in(at)).find(|it| it.iter().any(|it| is_it(&it)));
        let methods: Vec<Func> = closest.iter().flat_map(|it| it.iter()).filter(is_it).map(|it| it.method).collect();
        methods.into_iter()
    }

    fn named_in(&mut self, ty: Ty) -> Arc<[Named]> {
        if let Some(known) = self.named.get(&ty) {
            return Arc::clone(known);
        }
        let program = self.types.program;
        let (file, _) = program.place_of_type(ty);
        let mut found = Vec::new();
        for member in &program.type_def(ty).members {
            let method = program.func(file, member.function);
            let attributes = self.named_by_decorators(method);
            if attributes.is_empty() {
                continue;
            }
            if let Some(when @ (Decorates::FirstRead | Decorates::WhenSet)) = self.types.decoration(method) {
                found.extend(attributes.into_iter().map(|attribute| Named { attribute, when, method }));
            }
        }
        let found: Arc<[Named]> = found.into();
        self.named.insert(ty, Arc::clone(&found));
        found
    }

    /// The texts that a method's decorators are given.
    fn named_by_decorators(&self, method: Func) -> Vec<Box<str>> {
        let program = self.types.program;
        let (module, around) = (&program.file(program.file_of(method)).summary.module, self.types.around(method));
        let calls =
            program.function(method).decorators.iter().filter_map(|&it| match &program.value(around, it).kind {
                ValueKind::Call(call) => Some(call),
                _ => None,
            });
        let arguments = calls.flat_map(|it| &it.arguments).filter(|it| it.name.is_none());
        arguments
            .filter_map(|it| match program.value(around, it.value).kind {
                ValueKind::Literal(Literal::Text(text)) => Some(module.text(text).into()),
                _ => None,
            })
            .collect()
    }
}
