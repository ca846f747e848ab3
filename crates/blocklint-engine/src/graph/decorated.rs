//! What decorators are called with: registries keep it, and it is called from there. What they put in a method's place is called
//! with the method's receiver.

use super::How;
use super::build::Builder;
use crate::finding::{Confidence, Via};
use crate::link::Func;
use crate::types::{Shape, ShapeId};
use blocklint_ir::{FunctionId, MemberKind, ParameterKind, Receiver, ValueId};

impl Builder<'_, '_> {
    /// A function is defined: its decorators learn what they are called with.
    pub(super) fn decorate(&mut self, func: Func, id: FunctionId) {
        let program = self.types.program;
        let target = program.func(program.file_of(func), id);
        for &decorator in &program.function(target).decorators {
            let set = self.types.of(func, decorator);
            for shape in self.types.shapes(set).to_vec() {
                self.pass_to_decorator(func, shape, Shape::Function(target));
            }
        }
        self.pass_receiver(func, target);
    }

    /// What stands in a method's place is called with the method's receiver.
    fn pass_receiver(&mut self, func: Func, method: Func) {
        let program = self.types.program;
        let function = program.function(method);
        let Some(owner) = program.owner(method).filter(|_| function.receiver == Receiver::Instance) else { return };
        if function.decorators.is_empty() || program.in_test(func) {
            return;
        }
        for wrapper in self.wrappers(method) {
            let first = program.function(wrapper).parameters.first();
            let positional = matches!(first.map(|it| it.kind), Some(ParameterKind::Either | ParameterKind::Positional));
            if positional && program.owner(wrapper).is_none() {
                let receiver = self.types.one(Shape::Instance { ty: owner, exact: false, args: Box::default() });
                self.types.pass(wrapper, 0, receiver);
            }
        }
    }

    /// What tests decorate is kept while they run.
    pub(super) fn pass_to_decorator(&mut self, func: Func, decorator: ShapeId, decorated: Shape) {
        let (target, parameter) = match *self.types.shape(decorator) {
            Shape::Function(it) => (it, 0),
            Shape::Method(it, _) => (it, 1),
            _ => return,
        };
        let takes = self.types.program.function(target).parameters.len() > usize::from(parameter);
        if takes && !self.types.program.in_test(func) {
            let set = self.types.one(decorated);
            self.types.pass(target, parameter, set);
        }
    }

    /// A context that decorates a function is entered and left around each of its calls: `@timed()`.
    pub(super) fn enter_around(&mut self, func: Func, site: ValueId, target: Func) {
        let around = self.types.around(target);
        for &decorator in &self.types.program.function(target).decorators {
            let set = self.types.of(around, decorator);
            for shape in self.types.shapes(set).to_vec() {
                match *self.types.shape(shape) {
                    Shape::Context(generator) => {
                        self.edge(func, site, generator, How::trigger(Via::Context, None, Confidence::Likely));
                    }
                    Shape::Instance { ty, .. }
                        if self.types.program.hierarchy.triggered(ty, MemberKind::Call).is_empty() =>
                    {
                        self.trigger(func, site, ty, MemberKind::Enter);
                        self.trigger(func, site, ty, MemberKind::Exit);
                    }
                    _ => {}
                }
            }
        }
    }
}
