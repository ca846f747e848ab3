//! What decorators and attributes make of functions and types.

use super::{Path, Set, Shape, ShapeId, Types};
use crate::graph::any_holds;
use crate::link::{FileId, Func, MemberRef, Ty};
use crate::marks::Mark;
use blocklint_catalog::fact::{Decorates, Gives};
use blocklint_ir::{Color, MemberKind, ValueId, ValueKind};

/// How reading a method runs it.
#[derive(Debug, Clone, Copy)]
pub struct ReadAs {
    /// Each time, or the first.
    pub kind: MemberKind,
    /// The descriptor's method in between.
    pub by: Option<MemberRef>,
    /// It runs when it is read of the class, too.
    pub of_class: bool,
}

impl ReadAs {
    fn of(kind: MemberKind) -> Self {
        Self { kind, by: None, of_class: false }
    }
}

/// No real type has more derives.
const MAX_DERIVES: usize = 64;

impl Types<'_> {
    /// What calling a function gives, its decorators counted.
    pub(super) fn decorated_result(&mut self, func: Func, receiver: Option<ShapeId>) -> Set {
        match self.decoration(func) {
            Some(Decorates::ContextManager) => self.one(Shape::Context(func)),
            Some(Decorates::Offloads) => {
                let result = self.result_of(func, receiver);
                self.one(Shape::Future(result))
            }
            _ => self.result_of_call(func, receiver),
        }
    }

    /// What the catalogue says that the function's decorators make of it. The outermost that makes something else of it counts.
    pub fn decoration(&mut self, func: Func) -> Option<Decorates> {
        let around = self.around(func);
        let function = self.program.function(func);
        let mut unchanged = None;
        for &decorator in &function.decorators {
            match self.made_by(around, decorator) {
                Some(Decorates::Same) => unchanged = Some(Decorates::Same),
                None => {}
                made => return made,
            }
        }
        unchanged
    }

    /// What makes a getter of a method whose own name and decorators' names do not say it.
    pub fn read_as(&mut self, func: Func) -> Option<ReadAs> {
        let function = self.program.function(func);
        if function.decorators.is_empty() || function.color != Color::Sync {
            return None;
        }
        match self.decoration(func) {
            Some(Decorates::Getter) => return Some(ReadAs::of(MemberKind::Getter)),
            Some(Decorates::CachedGetter) => return Some(ReadAs::of(MemberKind::CachedGetter)),
            _ => {}
        }
        let around = self.around(func);
        function.decorators.iter().find_map(|&it| {
            let set = self.of(around, it);
            self.shapes(set).to_vec().into_iter().find_map(|it| self.made_a_getter_by(it))
        })
    }

    /// A class of the program whose objects are descriptors and call what they were made with, or a function that gives a property.
    fn made_a_getter_by(&mut self, decorator: ShapeId) -> Option<ReadAs> {
        match *self.shape(decorator) {
            Shape::Class { ty, .. } => {
                let get = self.program.hierarchy.triggered(ty, MemberKind::DescriptorGet).first().copied()?;
                let of_class = self.calls_what_it_was_made_with(ty, get.func)?;
                Some(ReadAs { kind: MemberKind::Getter, by: Some(get), of_class })
            }
            Shape::Function(decorator) => {
                let given = self.body_result(decorator);
                let is_property = |types: &mut Self, it: ShapeId| match *types.shape(it) {
                    Shape::Function(inner) if types.around(inner) == decorator => {
                        matches!(types.decoration(inner), Some(Decorates::Getter | Decorates::CachedGetter))
                    }
                    Shape::ExternalInstance(path, _) => {
                        types.paths.facts(path).decorates.is_some_and(|it| it.makes == Decorates::Getter)
                    }
                    _ => false,
                };
                let given = self.shapes(given).to_vec();
                let property = given.into_iter().any(|it| is_property(self, it));
                property.then_some(ReadAs::of(MemberKind::Getter))
            }
            _ => None,
        }
    }

    /// Whether a descriptor calls the function that it was made with; then, whether it passes the class to it.
    fn calls_what_it_was_made_with(&self, ty: Ty, get: Func) -> Option<bool> {
        let program = self.program;
        let function = program.function(get);
        let file = program.file_of(get);
        let first_argument = |(func, value): (Func, ValueId)| program.function(func).is_parameter(value, 1);
        function.values.iter().find_map(|value| {
            let ValueKind::Call(call) = &value.kind else { return None };
            let ValueKind::Attribute { base, name } = function.value(call.callee).kind else { return None };
            let made_with = function.is_parameter(base, 0)
                && program
                    .hierarchy
                    .fields(ty, program.sym(file, name))
                    .iter()
                    .any(|&it| program.field_values(it).any(first_argument));
            made_with.then(|| call.arguments.iter().any(|it| function.is_parameter(it.value, 2)))
        })
    }

    /// Whether what stands above a type, or above a block of its members, makes this of it.
    pub fn is_made(&mut self, ty: Ty, what: Decorates) -> bool {
        let (file, _) = self.program.place_of_type(ty);
        let decorators = &self.program.type_def(ty).decorators;
        decorators.iter().any(|it| self.made_by(self.program.func(file, it.function), it.value) == Some(what))
    }

    /// The name of the trait that an attribute of this one writes beside it, and whose methods a framework calls.
    pub fn written_beside(&mut self, ty: Ty) -> Option<String> {
        let program = self.program;
        let ((file, _), def) = (program.place_of_type(ty), program.type_def(ty));
        let name = program.file(file).summary.module.text(def.name);
        def.decorators.iter().find_map(|it| {
            let paths = self.decorator_path(program.func(file, it.function), it.value);
            let known = paths.into_iter().find_map(|it| self.paths.facts(it).decorates)?;
            let pattern = known.object.as_deref().filter(|_| known.makes == Decorates::LoopEntries)?;
            Some(pattern.replace("{}", name))
        })
    }

    /// Whether a derive writes the constructor of this name that the sources do not have: `Settings::default()`, `Arguments::parse()`.
    pub(super) fn constructs_by_derive(&mut self, (file, ty): (FileId, Ty), name: &str) -> bool {
        let program = self.program;
        program.type_def(ty).decorators.iter().take(MAX_DERIVES).any(|it| {
            let set = self.of(program.func(file, it.function), it.value);
            self.shapes(set).to_vec().into_iter().any(|it| match *self.shape(it) {
                Shape::External(derive) => {
                    let member = self.paths.member(derive, name);
                    self.paths.facts(member).gives == Some(&Gives::Owner)
                }
                _ => false,
            })
        })
    }

    fn made_by(&mut self, around: Func, decorator: ValueId) -> Option<Decorates> {
        if let Some(makes) = self.own_decoration(around, decorator) {
            return Some(makes);
        }
        self.decorator_path(around, decorator).into_iter().find_map(|path| {
            let known = self.paths.facts(path).decorates?;
            let excused = match &self.program.value(around, decorator).kind {
                ValueKind::Call(call) => any_holds(self, around, call, &known.unless),
                _ => false,
            };
            if excused { known.otherwise } else { Some(known.makes) }
        })
    }

    /// What is said of a decorator that the program defines itself.
    fn own_decoration(&mut self, around: Func, decorator: ValueId) -> Option<Decorates> {
        if self.marks.is_empty() {
            return None;
        }
        let named = match &self.program.value(around, decorator).kind {
            ValueKind::Call(call) => call.callee,
            _ => decorator,
        };
        let set = self.of(around, named);
        self.shapes(set).iter().find_map(|&it| {
            let (Shape::Function(own) | Shape::Method(own, _)) = *self.shape(it) else { return None };
            match self.marks.of_function(own)? {
                Mark::Offload => Some(Decorates::Offloads),
                Mark::LoopEntry => Some(Decorates::LoopEntry),
                Mark::NonBlocking | Mark::Blocking | Mark::Harmless => None,
            }
        })
    }

    /// The library paths of a function's decorators and attributes, from the outermost: of `@app.get("/")` that of `app.get`.
    pub fn decorator_paths(&mut self, func: Func) -> Vec<Path> {
        let function = self.program.function(func);
        let around = self.around(func);
        function.decorators.iter().flat_map(|&it| self.decorator_path(around, it)).collect()
    }

    fn decorator_path(&mut self, around: Func, decorator: ValueId) -> Vec<Path> {
        let named = match &self.program.value(around, decorator).kind {
            ValueKind::Call(call) => call.callee,
            _ => decorator,
        };
        let set = self.eval(around, named);
        let mut paths = Vec::new();
        for shape in self.shapes(set).to_vec() {
            match *self.shape(shape) {
                Shape::External(path) => paths.push(path),
                // What is known of a library holds where the library itself is checked.
                Shape::Function(decorator) => paths.push(self.own_path(decorator)),
                _ => {}
            }
        }
        paths
    }

    /// The path by which others know a function of the program.
    fn own_path(&mut self, func: Func) -> Path {
        if let Some(&known) = self.own_paths.get(&func) {
            return known;
        }
        let file = self.program.file_of(func);
        let language = self.program.language(file);
        let module = self.program.module_path(file).replace(language.separator(), ".");
        let name = self.program.function(func).qualname.replace(language.separator(), ".");
        let path = self.paths.intern(language, &format!("{module}.{name}"));
        self.own_paths.insert(func, path);
        path
    }
}
