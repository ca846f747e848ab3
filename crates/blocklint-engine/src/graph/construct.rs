//! What making an object runs, and what the object's fields are given.

use super::How;
use super::build::Builder;
use crate::finding::{Confidence, Via};
use crate::link::{Entity, Func, Program, Sym, Ty};
use crate::types::{Path, Place, Shape, ShapeId, own_field};
use blocklint_catalog::fact::Decorates;
use blocklint_ir::{Call, MemberKind, Spread, TypeKind, ValueId, ValueKind};

impl Builder<'_, '_> {
    pub(super) fn construct(&mut self, func: Func, site: ValueId, call: &Call, ty: Ty) {
        let members = self.types.program.hierarchy.triggered(ty, MemberKind::Construct).to_vec();
        // Another object of a value's own class is mostly made of what that value has, and is spared the work.
        let another = matches!(self.types.program.value(func, call.callee).kind, ValueKind::TypeOf(_));
        let confidence = if another { Confidence::Possible } else { Confidence::Proven };
        for member in &members {
            let how = How { via: Via::Construct, ..How::call(confidence) };
            self.call_function(func, site, member.func, how);
            self.bind(func, site, call, member.func, 1);
        }
        self.complete(func, site, ty);
        for meta in self.types.program.hierarchy.metaclasses(self.types.program, ty) {
            for member in self.types.program.hierarchy.triggered(meta, MemberKind::Call).to_vec() {
                let how = How { via: Via::Construct, ..How::call(Confidence::Likely) };
                self.call_function(func, site, member.func, how);
            }
        }
        if let Some(constructor) = self.types.program.constructor_from(self.types.program.file_of(func), ty) {
            self.call_function(func, site, constructor, How::call(Confidence::Proven));
        } else if members.is_empty() {
            self.give_fields(func, call, ty);
            self.set_named(func, site, call, ty);
            for base in self.types.library_bases(ty) {
                self.call_library(func, site, call, base);
            }
        }
    }

    /// A library's constructor sets the attributes that are passed by name, which runs what watches them.
    fn set_named(&mut self, func: Func, site: ValueId, call: &Call, ty: Ty) {
        let program = self.types.program;
        if program.hierarchy.external_bases(ty).next().is_none() {
            return;
        }
        for name in call.arguments.iter().filter_map(|it| it.name) {
            let attribute = program.text(program.sym(program.file_of(func), name));
            self.run_named(func, site, ty, (attribute, Decorates::WhenSet));
        }
    }

    /// `super().__init__(…)` does what making an object of the library's class does. What is said of the constructor itself goes before.
    pub(super) fn made_above(&mut self, func: Func, call: &Call, path: Path) -> Path {
        let function = self.types.program.function(func);
        let ValueKind::Attribute { base, .. } = function.value(call.callee).kind else { return path };
        let above = function.value(base).kind == ValueKind::Super && self.types.paths.last(path) == "__init__";
        if !above || self.types.paths.is_known(path) {
            return path;
        }
        self.types.paths.owner(path).unwrap_or(path)
    }

    /// What making an object runs besides its constructor.
    fn complete(&mut self, func: Func, site: ValueId, ty: Ty) {
        self.validate(func, site, ty);
        self.defaults(func, site, ty);
    }

    /// A library's method of a class makes an instance: `Model.model_validate(data)`.
    pub(super) fn construct_by_library(&mut self, func: Func, site: ValueId, call: &Call) {
        let ValueKind::Attribute { base, .. } = self.types.program.value(func, call.callee).kind else { return };
        let set = self.types.of(func, base);
        for shape in self.types.shapes(set).to_vec() {
            if let Shape::Class { ty, .. } = *self.types.shape(shape) {
                self.complete(func, site, ty);
            }
        }
    }

    /// A constructor that nobody wrote gives the fields that are declared, in their order or by their names.
    fn give_fields(&mut self, func: Func, call: &Call, ty: Ty) {
        let program = self.types.program;
        let declared = declared_fields(program, ty);
        let made = self.types.intern(Shape::Instance { ty, exact: true, args: Box::default() });
        for (position, argument) in call.arguments.iter().enumerate().filter(|it| it.1.spread == Spread::No) {
            let named = argument.name.map(|it| program.sym(program.file_of(func), it));
            let Some(field) = named.or_else(|| declared.get(position).copied()) else { continue };
            let set = self.types.of(func, argument.value);
            self.types.settle(func, |it| it.field(ty, field, &[]), set);
            if !program.in_test(func) {
                self.types.give(made, Place::Attribute(field), set);
                self.give_lazy(func, made, field, argument.value);
            }
        }
    }

    /// A variant is made with callables: they are what it is taken apart into.
    pub(super) fn give_payload(&mut self, func: Func, call: &Call, ty: Ty, made: ShapeId) {
        let program = self.types.program;
        let file = program.file_of(func);
        let ValueKind::Path(path) = program.value(func, call.callee).kind else { return };
        if program.type_def(ty).kind != TypeKind::Enum || program.in_test(func) {
            return;
        }
        let named = program.named_path(file, path);
        let [Entity::Inside(_, variant)] = &named[..] else { return };
        for (position, argument) in call.arguments.iter().enumerate().filter(|it| it.1.spread == Spread::No) {
            let module = &program.file(file).summary.module;
            let field = argument.name.map_or_else(|| position.to_string(), |it| module.text(it).to_owned());
            let set = self.types.of(func, argument.value);
            if let Some(field) = program.symbol(&format!("{variant}.{field}")).filter(|_| self.is_callable(set)) {
                self.types.give(made, Place::Attribute(field), set);
            }
        }
    }

    /// A callable is put into the container that a field holds: `self.hooks.lock().unwrap().push(hook)`.
    pub(super) fn keep_in_field(&mut self, func: Func, call: &Call, value: ValueId) {
        let program = self.types.program;
        let ValueKind::Attribute { base: container, .. } = program.value(func, call.callee).kind else { return };
        let Some((object, field)) = self.field_behind(func, container) else { return };
        if own_field(program, func, object) || program.in_test(func) {
            return;
        }
        let (objects, set) = (self.types.of(func, object), self.types.of(func, value));
        for holder in self.types.shapes(objects).to_vec() {
            self.types.keep(holder, field, set);
        }
    }

    /// What a function gives is what it says that it gives.
    pub(super) fn settle_result(&mut self, func: Func, given: ValueId) {
        if self.types.program.function(func).result.is_some() && self.types.opens() {
            let set = self.types.of(func, given);
            self.types.settle(func, |it| it.declared_result(func), set);
        }
    }

    /// Something is put into what a call made: `sender.send(job)`.
    pub(super) fn put(&mut self, func: Func, call: &Call, value: ValueId) {
        let ValueKind::Attribute { base, .. } = self.types.program.value(func, call.callee).kind else { return };
        let (holders, set) = (self.types.of(func, base), self.types.of(func, value));
        self.types.put(func, holders, set, 0);
    }

    /// The object and its field that a value is read from, seen through what opens it.
    fn field_behind(&self, func: Func, value: ValueId) -> Option<(ValueId, Sym)> {
        let program = self.types.program;
        let mut at = value;
        loop {
            at = match &program.value(func, at).kind {
                ValueKind::Attribute { base, name } => return Some((*base, program.sym(program.file_of(func), *name))),
                ValueKind::Call(call) => match program.value(func, call.callee).kind {
                    ValueKind::Attribute { base, .. } => base,
                    _ => return None,
                },
                ValueKind::Unwrap(of) | ValueKind::Present(of) | ValueKind::Await(of) | ValueKind::Deref(of) => *of,
                _ => return None,
            };
        }
    }
}

/// The fields that a type declares, in the order in which a constructor that nobody wrote takes them.
pub(super) fn declared_fields(program: &Program<'_>, ty: Ty) -> Vec<Sym> {
    let mut declared: Vec<Sym> = Vec::new();
    // What bases declare comes first.
    for &ty in program.hierarchy.order(ty).iter().rev() {
        let (file, _) = program.place_of_type(ty);
        let fields = program.type_def(ty).fields.iter().filter(|it| it.annotation.is_some());
        for field in fields.map(|it| program.sym(file, it.name)) {
            if !declared.contains(&field) {
                declared.push(field);
            }
        }
    }
    declared
}
