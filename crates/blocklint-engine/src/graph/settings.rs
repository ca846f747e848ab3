//! What a library's object keeps of what it is given by name: `Application(handlers, **settings)`, read as `self.settings["db"]`.

use super::build::Builder;
use crate::link::{Func, Sym};
use crate::types::{Place, Shape};
use blocklint_ir::{Call, Literal, Spread, ValueId, ValueKind};

/// Settings are looked for through no more functions and branches than this.
const MAX_HOPS: usize = 6;

/// A setting, and the value that it has in a function.
type Setting = (Sym, Func, ValueId);

impl Builder<'_, '_> {
    /// Gives the object that a call's settings end up in what it is called with.
    pub(super) fn keep_named(&mut self, func: Func, call: &Call, kept_in: &str) {
        let program = self.types.program;
        if program.in_test(func) {
            return;
        }
        let kept_in = self.types.paths.intern(program.language(program.file_of(func)), kept_in);
        let object = self.types.intern(Shape::ExternalInstance(kept_in, Box::default()));
        let mut settings = self.named_arguments(func, call);
        for spread in call.arguments.iter().filter(|it| it.spread == Spread::Named) {
            self.settings(func, spread.value, 0, &mut settings);
        }
        for (name, at, value) in settings {
            let set = self.types.of(at, value);
            self.types.give(object, Place::Entry(name), set);
        }
    }

    fn named_arguments(&self, func: Func, call: &Call) -> Vec<Setting> {
        let program = self.types.program;
        let named = call.arguments.iter().filter(|it| it.spread == Spread::No);
        named.filter_map(|it| Some((program.sym(program.file_of(func), it.name?), func, it.value))).collect()
    }

    /// Collects what a mapping is written down with, where it is made or in the function that makes it.
    fn settings(&mut self, func: Func, mapping: ValueId, hops: usize, out: &mut Vec<Setting>) {
        if hops > MAX_HOPS {
            return;
        }
        let program = self.types.program;
        match &program.value(func, mapping).kind {
            ValueKind::Mapping(items) => {
                for pair in items.chunks_exact(2) {
                    if let ValueKind::Literal(Literal::Text(key)) = program.value(func, pair[0]).kind {
                        out.push((program.sym(program.file_of(func), key), func, pair[1]));
                    }
                }
            }
            ValueKind::Call(call) => {
                let callees = self.types.of(func, call.callee);
                for callee in self.types.shapes(callees).to_vec() {
                    match *self.types.shape(callee) {
                        Shape::Function(made_by) | Shape::Method(made_by, _) => {
                            for &returned in &program.function(made_by).returns {
                                self.settings(made_by, returned, hops + 1, out);
                            }
                        }
                        // `dict(db=…)`
                        Shape::External(_) => out.extend(self.named_arguments(func, call)),
                        _ => {}
                    }
                }
            }
            ValueKind::Choice(options) => {
                for &option in options {
                    self.settings(func, option, hops + 1, out);
                }
            }
            ValueKind::Present(of) | ValueKind::Narrow { of, .. } => self.settings(func, *of, hops + 1, out),
            _ => {}
        }
    }
}
