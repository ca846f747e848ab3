//! What each kind of value is.

use super::annotation::Known;
use super::question::Question;
use super::{Set, Shape, ShapeId, Types};
use crate::link::{Entity, FileId, Func, Ty};
use blocklint_ir::{
    BindingKind, Color, FunctionId, Language, Literal, MemberKind, Name, Operator, ParameterKind, Receiver, ScopeId,
    TypeKind, ValueId, ValueKind,
};

impl Types<'_> {
    pub(super) fn eval(&mut self, func: Func, value: ValueId) -> Set {
        self.answer(Question::Value(func, value), |it| {
            let set = it.eval_kind(func, value);
            match it.program.value(func, value).kind {
                ValueKind::Call(_) | ValueKind::Sequence(_) => it.with_kept(func, value, set),
                _ => set,
            }
        })
    }

    fn eval_kind(&mut self, func: Func, value: ValueId) -> Set {
        let (file, _) = self.program.place_of(func);
        match &self.program.value(func, value).kind {
            ValueKind::Literal(Literal::None) => self.one(Shape::None),
            ValueKind::Literal(Literal::Text(_)) | ValueKind::Format(_) => self.a_text(file),
            ValueKind::Parameter(index) => self.parameter(func, *index),
            ValueKind::Path(path) => self.entities(file, &self.program.named_path(file, *path)),
            ValueKind::Import { path, binds } => {
                // Each statement is looked at once.
                let entities = self.program.resolve(file, ScopeId::FILE, binds.as_ref().unwrap_or(path));
                self.entities(file, &entities)
            }
            ValueKind::Associated { of, through, name } => self.associated_member(func, *of, *through, *name),
            ValueKind::Captured { function, name } => self.captured(file, *function, *name),
            ValueKind::Function(id) => self.one(Shape::Function(self.program.func(file, *id))),
            ValueKind::Type(id) => self.one(Shape::Class { ty: self.program.ty(file, *id), exact: true }),
            ValueKind::TypeOf(of) => self.type_of(func, *of),
            ValueKind::Super => self.super_of(func),
            ValueKind::Attribute { base, name } => self.attribute_at(func, value, *base, *name),
            ValueKind::AnyAttribute { base, prefix } => self.beginning_with(func, *base, *prefix),
            ValueKind::Index { base, index } => self.subscript(func, *base, *index),
            ValueKind::Call(call) => self.call(func, call),
            ValueKind::Await(of) => self.awaited(func, *of),
            ValueKind::Operator { operator, operands } => self.operator(func, *operator, operands),
            ValueKind::Each(of) => self.each_of_value(func, *of),
            ValueKind::EachAsync(of) => self.each_async(func, *of),
            ValueKind::Enter(of) => self.entered(func, *of, MemberKind::Enter),
            ValueKind::EnterAsync(of) => self.entered(func, *of, MemberKind::EnterAsync),
            ValueKind::Tuple(items) => {
                let sets = items.iter().map(|&it| self.eval(func, it)).collect();
                self.one(Shape::Tuple(sets))
            }
            ValueKind::Sequence(items) => {
                let set = self.union_of(func, items);
                self.one(Shape::Sequence(set))
            }
            ValueKind::Mapping(items) => self.mapping(func, items),
            ValueKind::Element { base, index } => self.element(func, *base, *index),
            ValueKind::Payload { base, variant, scope, field } => self.payload(func, *base, (variant, *scope), *field),
            ValueKind::Unwrap(of) | ValueKind::Present(of) => {
                let set = self.eval(func, *of);
                self.without_none(set)
            }
            ValueKind::Deref(of) => self.dereferenced(func, *of),
            ValueKind::Choice(options) => self.union_of(func, options),
            ValueKind::Narrow { of, to, holds } => self.narrowed(func, *of, *to, *holds),
            ValueKind::Unknown
            | ValueKind::Literal(_)
            | ValueKind::Exit(_)
            | ValueKind::ExitAsync(_)
            | ValueKind::Truth(_)
            | ValueKind::Store { .. }
            | ValueKind::StoreIndex { .. }
            | ValueKind::Drop(_) => Set::EMPTY,
        }
    }

    fn union_of(&mut self, func: Func, values: &[ValueId]) -> Set {
        let sets: Vec<Set> = values.iter().map(|&it| self.eval(func, it)).collect();
        self.union(sets)
    }

    /// A text, where the language has a path for its type.
    pub(super) fn a_text(&mut self, file: FileId) -> Set {
        match self.text_type(file) {
            Some(path) => self.one(Shape::ExternalInstance(path, Box::default())),
            None => Set::EMPTY,
        }
    }

    /// The library's type that texts are of.
    pub fn text_type(&mut self, file: FileId) -> Option<super::Path> {
        let text = self.program.file(file).summary.module.prelude.text.as_deref();
        self.prelude_path(file, text)
    }

    /// The library path that a language has for one of its words, where it has one.
    pub fn prelude_path(&mut self, file: FileId, path: Option<&[Name]>) -> Option<super::Path> {
        let module = &self.program.file(file).summary.module;
        let dotted: Vec<&str> = path?.iter().map(|&it| module.text(it)).collect();
        Some(self.paths.intern(module.language, &dotted.join(".")))
    }

    pub(super) fn parameter(&mut self, func: Func, index: u16) -> Set {
        let function = self.program.function(func);
        let Some(parameter) = function.parameters.get(index as usize) else { return Set::EMPTY };
        if index == 0
            && let Some(owner) = self.program.owner(func)
        {
            match function.receiver {
                Receiver::Instance => {
                    let args = self.receiver_arguments(func);
                    return self.one(Shape::Instance { ty: owner, exact: false, args });
                }
                Receiver::Type => return self.one(Shape::Class { ty: owner, exact: false }),
                Receiver::None => {}
            }
        }
        if index == 0 && function.receiver == Receiver::Instance && parameter.annotation.is_none() {
            return self.extended(func);
        }
        let annotated = parameter.annotation.map_or(Set::EMPTY, |it| self.annotation(func, it));
        let rest = match parameter.kind {
            ParameterKind::RestPositional | ParameterKind::RestNamed if parameter.annotation.is_none() => {
                self.passed(func, index)
            }
            _ => annotated,
        };
        let set = match parameter.kind {
            ParameterKind::RestPositional => return self.one(Shape::Sequence(rest)),
            ParameterKind::RestNamed => return self.one(Shape::Mapping(Set::EMPTY, rest)),
            _ => annotated,
        };
        if parameter.annotation.is_some() && !set.is_empty() {
            let open = self.merely_callable(set) || (self.merely_structural(set) && !self.bounded(func, index));
            return if open { self.with_passed(func, index, set) } else { set };
        }
        let default = parameter.default.map_or(Set::EMPTY, |it| {
            let around = self.around(func);
            self.eval(around, it)
        });
        let default = self.without_none(default);
        let passed = self.passed(func, index);
        self.union([set, default, passed])
    }

    /// Whether what call sites pass for a parameter says more than its annotation does.
    pub fn learns(&mut self, func: Func, parameter: u16, callable: bool) -> bool {
        match self.program.function(func).parameters[parameter as usize].annotation {
            None => true,
            Some(annotation) => {
                let declared = self.annotation(func, annotation);
                let of_functions = || callable && self.merely_callable(declared);
                !declared.is_empty() && (of_functions() || self.merely_structural(declared))
            }
        }
    }

    /// Of a parameter that is said to be callable: that, and what call sites pass for it.
    fn with_passed(&mut self, func: Func, index: u16, declared: Set) -> Set {
        let passed = self.passed(func, index);
        self.union([declared, passed])
    }

    /// Nothing but something that has certain members, whatever it is.
    pub(super) fn merely_structural(&self, set: Set) -> bool {
        self.shapes(set).iter().all(|&it| match *self.shape(it) {
            Shape::Instance { ty, .. } => self.program.type_def(ty).kind == TypeKind::Trait,
            _ => false,
        })
    }

    /// Nothing but something that can be called, whatever that is.
    pub(super) fn merely_callable(&self, set: Set) -> bool {
        self.shapes(set).iter().all(|&it| matches!(self.shape(it), Shape::Callable(_)))
    }

    /// The receiver of a method that an implementation block gives to a library's type.
    fn extended(&mut self, func: Func) -> Set {
        let (file, _) = self.program.place_of(func);
        let Some(block) = self.program.function(func).owner else { return Set::EMPTY };
        let target = self.program.file(file).summary.module.type_def(block).bases.first();
        target.map_or(Set::EMPTY, |&it| self.annotation(func, it))
    }

    /// The function whose values a function's decorators and defaults are.
    pub fn around(&self, func: Func) -> Func {
        let (file, _) = self.program.place_of(func);
        self.program.func(file, self.program.function(func).parent.unwrap_or(FunctionId::TOP))
    }

    fn captured(&mut self, file: FileId, function: FunctionId, name: Name) -> Set {
        let func = self.program.func(file, function);
        let function = self.program.function(func);
        let Some(variable) = function.variable(name) else { return Set::EMPTY };
        let mut sets: Vec<Set> = variable.values.iter().map(|&it| self.eval(func, it)).collect();
        for foreign in function.foreign(name) {
            let at = self.program.func(file, foreign.function);
            sets.push(self.eval(at, foreign.value));
        }
        let set = self.union(sets);
        self.without_none(set)
    }

    /// What names stand for, as values.
    pub(super) fn entities(&mut self, file: FileId, entities: &[Entity]) -> Set {
        let language = self.program.language(file);
        let sets: Vec<Set> = entities.iter().map(|it| self.entity(language, it)).collect();
        self.union(sets)
    }

    pub(super) fn entity(&mut self, language: Language, entity: &Entity) -> Set {
        match entity {
            Entity::Module(node) => self.one(Shape::Module(*node)),
            Entity::Function(func) => self.one(Shape::Function(*func)),
            Entity::Type(ty) => self.class_of(*ty),
            Entity::Variable(file, scope, index) => self.variable(*file, *scope, *index),
            Entity::Inside(ty, name) => self.inside((*ty, true), name),
            Entity::External(dotted) => {
                let path = self.paths.intern(language, dotted);
                self.external(path)
            }
        }
    }

    /// A library path as a value: its declared type if it is a constant, else the thing itself.
    pub(super) fn external(&mut self, path: super::Path) -> Set {
        self.external_of(path, Set::EMPTY)
    }

    /// The same, read from something: what `_` stands for in its declared type.
    pub(super) fn external_of(&mut self, path: super::Path, owner: Set) -> Set {
        if let Some(text) = self.paths.facts(path).is {
            return self.type_text(self.paths.language(path), text, Known { inside: owner, ..Known::NOTHING });
        }
        let read = self.in_source(path);
        if read.is_empty() { self.one(Shape::External(path)) } else { read }
    }

    /// A module's variable: its annotation, and whatever it is ever given.
    fn variable(&mut self, file: FileId, scope: ScopeId, index: u32) -> Set {
        let question = Question::Variable(file.0, scope.index() as u32, index);
        self.answer(question, |types| {
            let binding = &types.program.file(file).summary.module.scope(scope).bindings[index as usize];
            let BindingKind::Value { values, annotation } = &binding.kind else { return Set::EMPTY };
            let top = types.program.func(file, FunctionId::TOP);
            let annotated = annotation.map_or(Set::EMPTY, |it| types.annotation(top, it));
            let annotated = types.without_none(annotated);
            let given: Vec<Set> =
                values.iter().map(|it| types.eval(types.program.func(file, it.function), it.value)).collect();
            let given = types.union(given);
            let given = types.without_none(given);
            types.declared_or_made(annotated, given)
        })
    }

    /// What is given says more than a declaration, unless it says nothing.
    pub(super) fn declared_or_given(&mut self, declared: Set, given: Set) -> Set {
        if given.is_empty() || (!declared.is_empty() && self.all_vague(given)) {
            return declared;
        }
        if declared.is_empty() { given } else { self.union([declared, given]) }
    }

    /// What a field or a variable holds: of an object that is known to block nowhere, the library's type that is written for it says
    /// less.
    pub(super) fn declared_or_made(&mut self, declared: Set, given: Set) -> Set {
        let written = |types: &Self, it: &ShapeId| matches!(types.shape(*it), Shape::ExternalInstance(..));
        let made = !given.is_empty() && self.shapes(declared).iter().all(|it| written(self, it));
        if made && self.shapes(given).to_vec().into_iter().all(|it| self.blocks_nowhere(it)) {
            return given;
        }
        self.declared_or_given(declared, given)
    }

    fn blocks_nowhere(&mut self, shape: ShapeId) -> bool {
        let Shape::ExternalInstance(path, _) = *self.shape(shape) else { return false };
        self.paths.is_harmless_below(path)
    }

    /// Nothing but results of unknown calls, or what can be called.
    pub(super) fn all_vague(&self, set: Set) -> bool {
        self.shapes(set).iter().all(|&it| match self.shape(it) {
            Shape::ExternalInstance(path, _) => self.paths.dotted(*path).contains("()"),
            Shape::None | Shape::Callable(_) => true,
            _ => false,
        })
    }

    /// The set without `None`: whoever uses the value has checked, or fails for another reason.
    pub(super) fn without_none(&mut self, set: Set) -> Set {
        let shapes = self.shapes(set);
        let some: Vec<ShapeId> = shapes.iter().copied().filter(|&it| *self.shape(it) != Shape::None).collect();
        if some.len() == shapes.len() { set } else { self.arena.set(some) }
    }

    fn super_of(&mut self, func: Func) -> Set {
        // Inside a nested function, `super()` still means the method around it.
        let mut at = func;
        let (file, _) = self.program.place_of(func);
        let owner = loop {
            if let Some(owner) = self.program.owner(at) {
                break owner;
            }
            match self.program.function(at).parent {
                Some(parent) => at = self.program.func(file, parent),
                None => return Set::EMPTY,
            }
        };
        let receiver = self.intern(Shape::Instance { ty: owner, exact: false, args: Box::default() });
        self.one(Shape::Super(owner, receiver))
    }

    fn operator(&mut self, func: Func, operator: Operator, operands: &[ValueId]) -> Set {
        if matches!(operator, Operator::And | Operator::Or) {
            return self.union_of(func, operands);
        }
        let Some(&left) = operands.first() else { return Set::EMPTY };
        let set = self.eval(func, left);
        let mut found = Vec::new();
        for shape in self.shapes(set).to_vec() {
            match self.shape(shape).clone() {
                Shape::Instance { ty, .. } => {
                    let members = self.program.hierarchy.triggered(ty, MemberKind::Operator(operator)).to_vec();
                    found.extend(members.iter().map(|it| self.result_of_call(it.func, Some(shape))));
                }
                Shape::ExternalInstance(path, _) => {
                    let Some(name) = operator.method() else { continue };
                    let method = self.paths.member(path, name);
                    found.push(self.given_by(method, Some(shape), &[]).unwrap_or(Set::EMPTY));
                }
                Shape::Sequence(_) | Shape::Mapping(..) | Shape::Record(..) => found.push(Set::single(shape)),
                _ => {}
            }
            found.extend(self.joined(func, operator, shape, operands));
        }
        self.union(found)
    }

    /// A container and what is joined to it: `handlers + [last]`, `defaults | {name: value}`.
    fn joined(&mut self, func: Func, operator: Operator, left: ShapeId, operands: &[ValueId]) -> Vec<Set> {
        let (Operator::Add | Operator::BitOr, &[_, right]) = (operator, operands) else { return Vec::new() };
        if !self.is_container(left) {
            return Vec::new();
        }
        let right = self.eval(func, right);
        let mut parts = vec![left];
        parts.extend(self.shapes(right).iter().copied().filter(|&it| self.is_container(it)));
        parts.into_iter().map(|it| self.part(it)).collect()
    }

    /// A tuple's items are somewhere in what it is joined with.
    fn part(&mut self, shape: ShapeId) -> Set {
        match self.shape(shape).clone() {
            Shape::Tuple(items) => {
                let items = self.union(items);
                self.one(Shape::Sequence(items))
            }
            _ => self.arena.set(vec![shape]),
        }
    }

    fn narrowed(&mut self, func: Func, of: ValueId, to: blocklint_ir::TypeExprId, holds: bool) -> Set {
        let set = self.eval(func, of);
        let narrow = self.annotation(func, to);
        if !holds {
            let excluded = self.shapes(narrow).to_vec();
            let is_one = |it: &ShapeId| excluded.iter().any(|&excluded| self.is_a(*it, excluded));
            let kept: Vec<ShapeId> = self.shapes(set).iter().copied().filter(|it| !is_one(it)).collect();
            return self.arena.set(kept);
        }
        if narrow.is_empty() {
            return set;
        }
        let (tested, all) = (self.shapes(narrow).to_vec(), self.shapes(set).to_vec());
        let ruled_out = |it: &ShapeId| tested.iter().all(|&to| self.excludes(to, *it));
        let kept: Vec<ShapeId> = all.iter().copied().filter(|it| !ruled_out(it)).collect();
        let given = if kept.len() == all.len() { set } else { self.arena.set(kept) };
        // What was constructed here is more precise than what it was tested for.
        self.declared_or_given(narrow, given)
    }

    /// Whether every instance of the first is one of the second.
    fn is_a(&self, given: ShapeId, tested: ShapeId) -> bool {
        given == tested
            || match (self.shape(given), self.shape(tested)) {
                (&Shape::Instance { ty: given, .. }, &Shape::Instance { ty: tested, .. }) => {
                    self.program.hierarchy.order(given).contains(&tested)
                }
                (Shape::ExternalInstance(given, _), Shape::ExternalInstance(tested, _)) => given == tested,
                _ => false,
            }
    }

    /// Whether no instance of the first is one of the second too, as far as the program's own classes tell.
    fn excludes(&self, tested: ShapeId, given: ShapeId) -> bool {
        let hierarchy = &self.program.hierarchy;
        let a_class = |ty: Ty| self.program.type_def(ty).kind == TypeKind::Class;
        match (self.shape(tested), self.shape(given)) {
            (&Shape::Instance { ty: tested, .. }, &Shape::Instance { ty: given, .. }) => {
                a_class(tested) && a_class(given) && !hierarchy.order(given).contains(&tested)
            }
            // No library's type inherits from one of the program, and what does both is found by way of that.
            (&Shape::Instance { ty: tested, .. }, Shape::ExternalInstance(..)) => a_class(tested),
            _ => false,
        }
    }

    /// What calling a function by its color gives.
    pub(super) fn result_of_call(&mut self, func: Func, receiver: Option<ShapeId>) -> Set {
        match self.program.function(func).color {
            Color::Sync => self.result_of(func, receiver),
            Color::Async => self.one(Shape::Coroutine(func)),
            Color::Generator | Color::AsyncGenerator => self.one(Shape::Generator(func)),
        }
    }
}
