//! Where resolution stopped: from a value of which nothing is known to the last thing that could be followed.

use super::{Asked, Gap, Stop};
use crate::link::{Entity, FileId, Func};
use crate::types::{Shape, values_of};
use blocklint_ir::{BindingKind, Literal, Name, PathId, ValueId, ValueKind};

/// A reader does not follow more steps than this.
const MAX_STOPS: usize = 6;

/// What to look at next, if anything.
type Next = Option<(Func, ValueId)>;

impl Asked<'_, '_, '_> {
    /// Why nothing is known of a value.
    pub(super) fn stopped(&mut self, func: Func, value: ValueId) -> Vec<Stop> {
        let mut stops: Vec<Stop> = Vec::new();
        let mut seen = Vec::new();
        let mut next = Some((func, value));
        while let Some(at) = next.filter(|it| !seen.contains(it) && stops.len() < MAX_STOPS) {
            seen.push(at);
            let (gap, then) = self.gap(at.0, at.1);
            if let Some(gap) = gap {
                stops.push(Stop { place: self.cx.place(at.0, at.1), gap });
            }
            next = then;
        }
        stops
    }

    fn unknown(&mut self, func: Func, value: ValueId) -> bool {
        self.cx.types.of(func, value).is_empty()
    }

    /// Why the value is not known, and what that comes from.
    fn gap(&mut self, func: Func, value: ValueId) -> (Option<Gap>, Next) {
        let program = self.cx.types.program;
        let file = program.file_of(func);
        match &program.value(func, value).kind {
            ValueKind::Attribute { base, .. } if self.unknown(func, *base) => (None, Some((func, *base))),
            ValueKind::Attribute { base, name } => self.of_attribute(func, *base, *name),
            ValueKind::Call(call) if self.unknown(func, call.callee) => (None, Some((func, call.callee))),
            ValueKind::Call(call) => self.of_result(func, call.callee),
            ValueKind::Parameter(index) => (Some(self.of_parameter(func, *index)), None),
            ValueKind::Path(path) => self.of_path(file, *path),
            ValueKind::Captured { function, name } => {
                let owner = program.func(file, *function);
                let given = program.function(owner).given_to(*name);
                let given: Vec<(Func, ValueId)> = given.iter().map(|&it| (owner, it)).collect();
                let text = program.file(file).summary.module.text(*name).to_owned();
                (Some(Gap::Variable(text)), self.first_unknown(&given))
            }
            ValueKind::Choice(options) => {
                let none = |it: &ValueId| program.value(func, *it).kind == ValueKind::Literal(Literal::None);
                let options: Vec<(Func, ValueId)> =
                    options.iter().filter(|it| !none(it)).map(|&it| (func, it)).collect();
                match self.first_unknown(&options) {
                    Some(next) => (None, Some(next)),
                    None => (Some(Gap::Expression), None),
                }
            }
            ValueKind::Await(of)
            | ValueKind::Each(of)
            | ValueKind::EachAsync(of)
            | ValueKind::Enter(of)
            | ValueKind::EnterAsync(of)
            | ValueKind::Index { base: of, .. }
            | ValueKind::Element { base: of, .. }
            | ValueKind::Payload { base: of, .. }
            | ValueKind::Unwrap(of)
            | ValueKind::Present(of)
            | ValueKind::Deref(of)
            | ValueKind::TypeOf(of)
            | ValueKind::Narrow { of, .. } => {
                if self.unknown(func, *of) {
                    (None, Some((func, *of)))
                } else {
                    (Some(Gap::Contents), None)
                }
            }
            _ => (Some(Gap::Expression), None),
        }
    }

    fn first_unknown(&mut self, values: &[(Func, ValueId)]) -> Next {
        values.iter().copied().find(|&(func, value)| self.unknown(func, value))
    }

    fn of_parameter(&self, func: Func, index: u16) -> Gap {
        let program = self.cx.types.program;
        let function = program.function(func);
        let module = &program.file(program.file_of(func)).summary.module;
        let Some(parameter) = function.parameters.get(index as usize) else { return Gap::Expression };
        let (name, of) = (module.text(parameter.name).to_owned(), function.qualname.as_str().into());
        if parameter.annotation.is_some() {
            return Gap::ParameterAnnotation { name, function: of };
        }
        let called = self.callers.get(&func).map_or(0, Vec::len);
        let awaited = self.cx.graph.awaits.iter().flatten().filter(|it| it.1 == func).count();
        Gap::Parameter { name, function: of, callers: called + awaited }
    }

    fn of_path(&mut self, file: FileId, path: PathId) -> (Option<Gap>, Next) {
        let program = self.cx.types.program;
        let entities = program.named_path(file, path);
        let path = &program.file(file).summary.module.paths.get(path).path;
        let variable = entities.iter().find_map(|it| match it {
            Entity::Variable(file, scope, index) => Some((*file, *scope, *index)),
            _ => None,
        });
        let text = path.segments.last().map(|&it| program.file(file).summary.module.text(it).to_owned());
        let Some((file, scope, index)) = variable else {
            return (Some(text.map_or(Gap::Expression, Gap::Unbound)), None);
        };
        let binding = &program.file(file).summary.module.scope(scope).bindings[index as usize];
        let BindingKind::Value { values, .. } = &binding.kind else { return (Some(Gap::Expression), None) };
        let given: Vec<(Func, ValueId)> = values.iter().map(|it| (program.func(file, it.function), it.value)).collect();
        (text.map(Gap::Variable), self.first_unknown(&given))
    }

    /// The base is known, and the attribute is not.
    fn of_attribute(&mut self, func: Func, base: ValueId, name: Name) -> (Option<Gap>, Next) {
        let program = self.cx.types.program;
        let file = program.file_of(func);
        let text = program.file(file).summary.module.text(name).to_owned();
        let set = self.cx.types.of(func, base);
        let shapes = self.cx.types.shapes(set).to_vec();
        let own = shapes.iter().find_map(|&it| match *self.cx.types.shape(it) {
            Shape::Instance { ty, .. } | Shape::Class { ty, .. } => Some(ty),
            _ => None,
        });
        let Some(ty) = own else {
            let owner = shapes.first().map_or_else(String::new, |&it| self.described(it));
            return (Some(Gap::NoMember { owner, name: text }), None);
        };
        let sym = program.sym(file, name);
        let owner = program.type_def(ty).qualname.clone();
        let getter = program.hierarchy.members(ty, sym, None).first().map(|it| it.func);
        if let Some(getter) = getter {
            return self.of_body(getter);
        }
        if program.hierarchy.all_fields(ty, sym).next().is_none() {
            return (Some(Gap::NoMember { owner, name: text }), None);
        }
        let given: Vec<(Func, ValueId)> = values_of(program, ty, sym).collect();
        (Some(Gap::Field { owner, name: text, given: !given.is_empty() }), self.first_unknown(&given))
    }

    /// The callee is known, and what calling it gives is not.
    fn of_result(&mut self, func: Func, callee: ValueId) -> (Option<Gap>, Next) {
        let set = self.cx.types.of(func, callee);
        let target = self.cx.types.shapes(set).iter().find_map(|&it| match *self.cx.types.shape(it) {
            Shape::Function(target) | Shape::Method(target, _) => Some(target),
            _ => None,
        });
        target.map_or((Some(Gap::Contents), None), |it| self.of_body(it))
    }

    fn of_body(&mut self, target: Func) -> (Option<Gap>, Next) {
        let returned: Vec<(Func, ValueId)> =
            self.cx.types.program.function(target).returns.iter().map(|&it| (target, it)).collect();
        (Some(Gap::Result(self.cx.name(target))), self.first_unknown(&returned))
    }

    /// What a reader calls a shape that has no type of the sources.
    fn described(&self, shape: crate::types::ShapeId) -> String {
        match self.cx.types.shape(shape) {
            Shape::None => "None".to_owned(),
            Shape::Module(_) => "the module".to_owned(),
            Shape::Function(func) | Shape::Method(func, _) => self.cx.name(*func).to_string(),
            Shape::External(path) | Shape::ExternalInstance(path, _) => self.cx.types.paths.shown(*path).to_owned(),
            Shape::Coroutine(func) => format!("coroutine {}", self.cx.name(*func)),
            Shape::Generator(func) | Shape::Context(func) => format!("generator {}", self.cx.name(*func)),
            Shape::Sequence(_) => "a sequence".to_owned(),
            Shape::Mapping(..) | Shape::Record(..) => "a mapping".to_owned(),
            Shape::Tuple(_) => "a tuple".to_owned(),
            Shape::Future(_) => "a future".to_owned(),
            Shape::Open(..) => "what is put in".to_owned(),
            Shape::Partial(_) | Shape::Callable(_) | Shape::Reader(..) => "a callable".to_owned(),
            Shape::Instance { ty, .. } | Shape::Class { ty, .. } | Shape::Super(ty, _) => {
                self.cx.types.program.type_def(*ty).qualname.clone()
            }
        }
    }
}
