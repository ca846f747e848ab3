//! Attributes that are read and assigned: getters, descriptors, and what an object does for every attribute or for one that it lacks.

use super::How;
use super::build::Builder;
use crate::finding::{Accessor, Confidence, Via};
use crate::link::{Entity, FileId, Func, MemberRef, NodeId, Program, Sym, Ty};
use crate::types::{Path, Set, Shape, ShapeId};
use blocklint_catalog::fact::{Decorates, RunsOn};
use blocklint_ir::{Function, MemberKind, Name, RegionKind, ValueId, ValueKind};

impl Builder<'_, '_> {
    /// Reading `base.name`.
    pub(super) fn read(&mut self, func: Func, site: ValueId, base: ValueId, name: Name) {
        self.first_use_of_variable(func, site, base);
        self.asked.clear();
        for shape in self.shapes_of(func, base) {
            if let Shape::ExternalInstance(path, _) = *self.types.shape(shape) {
                self.read_library(func, site, path, name);
            }
            self.read_shape(func, site, shape, name, 0);
        }
    }

    /// `attrgetter("name")` or `methodcaller("name")` is called with each of these.
    pub(super) fn read_by_reader(
        &mut self,
        (func, site): (Func, ValueId),
        (file, name, calls): (FileId, Name, bool),
        of: Set,
    ) {
        self.asked.clear();
        for shape in self.types.shapes(of).to_vec() {
            // Names are those of the file that reads.
            if file == self.types.program.file_of(func) {
                self.read_shape(func, site, shape, name, 0);
            }
            if !calls {
                continue;
            }
            let methods = self.types.attribute_of(file, shape, name);
            for method in self.types.shapes(methods).to_vec() {
                self.run_callable(func, site, method, RunsOn::Here, How::callback());
            }
        }
    }

    /// A library's property that blocks: it is known as an attribute, and says what it does when read.
    fn read_library(&mut self, func: Func, site: ValueId, path: Path, name: Name) {
        let program = self.types.program;
        let text = program.file(program.file_of(func)).summary.module.text(name);
        let member = self.types.paths.member(path, text);
        let facts = self.types.paths.facts(member);
        if facts.is.is_some() && facts.blocking.is_some() {
            self.exit(func, site, member, How::trigger(Via::Property, Some(Accessor::Property), Confidence::Likely));
        }
    }

    fn read_shape(&mut self, func: Func, site: ValueId, shape: ShapeId, name: Name, hops: usize) {
        let program = self.types.program;
        match self.types.shape(shape).clone() {
            Shape::Instance { ty, .. } => self.read_instance(func, site, (ty, shape), name, hops),
            Shape::Super(after, receiver) => {
                let sym = program.sym(program.file_of(func), name);
                let members = program.hierarchy.members(after, sym, Some(after)).to_vec();
                self.getters(func, site, &members, receiver);
            }
            Shape::Class { ty, .. } => {
                let sym = program.sym(program.file_of(func), name);
                let mut members = program.hierarchy.members(ty, sym, None).to_vec();
                if members.is_empty() && !program.hierarchy.fields(ty, sym).is_empty() {
                    self.descriptors_of_class(func, site, (ty, shape), name);
                } else if members.is_empty() && hops == 0 {
                    for meta in program.hierarchy.metaclasses(program, ty) {
                        let class = self.types.intern(Shape::Instance { ty: meta, exact: true, args: Box::default() });
                        self.read_instance(func, site, (meta, class), name, hops + 1);
                    }
                }
                members.retain(|&it| {
                    program.is_class_getter(it) || self.types.read_as(it.func).is_some_and(|it| it.of_class)
                });
                self.getters(func, site, &members, shape);
            }
            Shape::Module(node) => self.read_module(func, site, node, name),
            Shape::ExternalInstance(path, args) if hops < 4 && self.types.paths.facts(path).contains.is_some() => {
                for inner in args.first().map_or(Vec::new(), |&it| self.types.shapes(it).to_vec()) {
                    self.read_shape(func, site, inner, name, hops + 1);
                }
            }
            _ => {}
        }
    }

    /// A module of Python may have a function for the names that it lacks.
    fn read_module(&mut self, func: Func, site: ValueId, node: NodeId, name: Name) {
        let program = self.types.program;
        let Some(answers) = self.answers_for_module(node) else { return };
        let file = program.file_of(func);
        let text = program.file(file).summary.module.text(name);
        let home = program.file_of(answers);
        // A name that the module does not mention may come from a glob, from another file, or be one that every module has.
        let answered = program.mentions(home, program.sym(file, name)) && !program.binds(home, program.sym(file, name));
        if answered && program.member(&Entity::Module(node), text, 0).is_empty() {
            let how = How::trigger(Via::Attribute, Some(Accessor::Getattr), Confidence::Likely);
            self.call_function(func, site, answers, how);
        }
    }

    fn answers_for_module(&mut self, node: NodeId) -> Option<Func> {
        let program = self.types.program;
        *self.answering.entry(node).or_insert_with(|| {
            program.member(&Entity::Module(node), "__getattr__", 0).iter().find_map(|it| match *it {
                Entity::Function(func) => Some(func),
                _ => None,
            })
        })
    }

    fn read_instance(&mut self, func: Func, site: ValueId, (ty, shape): (Ty, ShapeId), name: Name, hops: usize) {
        let program = self.types.program;
        let sym = program.sym(program.file_of(func), name);
        if self.is_plain(ty, sym) {
            return;
        }
        self.trigger(func, site, ty, MemberKind::EveryAttribute);
        let members = program.hierarchy.members(ty, sym, None).to_vec();
        if !members.is_empty() {
            self.getters(func, site, &members, shape);
            return;
        }
        self.run_named(func, site, ty, (program.text(sym), Decorates::FirstRead));
        if !program.hierarchy.fields(ty, sym).is_empty() {
            self.descriptors(func, site, (ty, shape), (name, MemberKind::DescriptorGet));
            self.first_use_of_field(func, site, ty, sym);
            return;
        }
        if !matches!(self.types.shape(shape), Shape::Instance { exact: true, .. }) {
            for provider in program.hierarchy.providers(program, ty, sym) {
                let members = program.hierarchy.members(provider, sym, None).to_vec();
                self.getters(func, site, &members, shape);
            }
        }
        let missing = program.hierarchy.triggered(ty, MemberKind::MissingAttribute).to_vec();
        // A library base may have the attribute itself.
        let known_whole = self.types.is_known_whole(ty);
        let confidence = if known_whole { Confidence::Likely } else { Confidence::Possible };
        for &member in &missing {
            self.run_member(func, site, member, confidence);
        }
        if hops < 4 {
            // `return getattr(self.inner, name)`
            for member in missing {
                let to = self.types.delegates_to(member.func);
                for target in self.types.shapes(to).to_vec() {
                    if self.asked.insert(target) {
                        self.read_shape(func, site, target, name, hops + 1);
                    }
                }
            }
            let deref = program.hierarchy.triggered(ty, MemberKind::Deref).to_vec();
            for member in &deref {
                self.run_member(func, site, *member, Confidence::Likely);
            }
            for target in self.types.deref_shapes(ty) {
                self.read_shape(func, site, target, name, hops + 1);
            }
        }
    }

    /// Whether reading the attribute of any instance of the type runs nothing. Most attributes are read often.
    fn is_plain(&mut self, ty: Ty, name: Sym) -> bool {
        if let Some(&known) = self.plain.get(&(ty, name)) {
            return known;
        }
        let program = self.types.program;
        let hierarchy = &program.hierarchy;
        let members = hierarchy.members(ty, name, None);
        let mut plain = hierarchy.triggered(ty, MemberKind::EveryAttribute).is_empty()
            && !members.iter().any(|it| it.kind.is_getter() || self.types.read_as(it.func).is_some());
        if members.is_empty() {
            plain = plain
                && !hierarchy.fields(ty, name).is_empty()
                && !stands_on_class(program, ty, name)
                && !self.lazy_fields.contains(&name)
                && self.named_for(ty, (program.text(name), Decorates::FirstRead)).next().is_none();
        }
        self.plain.insert((ty, name), plain);
        plain
    }

    fn getters(&mut self, func: Func, site: ValueId, members: &[MemberRef], receiver: ShapeId) {
        for member in members {
            if !member.kind.is_getter() {
                if let Some(read) = self.types.read_as(member.func) {
                    for member in read.by.into_iter().chain([MemberRef { kind: read.kind, ..*member }]) {
                        self.run_member(func, site, member, Confidence::Likely);
                    }
                }
                continue;
            }
            self.run_member(func, site, *member, Confidence::Likely);
            for target in self.types.overrides(func, member.func, receiver) {
                self.run_member(func, site, MemberRef { func: target, kind: member.kind }, Confidence::Likely);
            }
        }
    }

    /// The types of the descriptors that an attribute holds: they act as such where they stand on the class.
    fn descriptors_at(&mut self, func: Func, (ty, shape): (Ty, ShapeId), name: Name) -> Vec<Ty> {
        let program = self.types.program;
        let file = program.file_of(func);
        if !stands_on_class(program, ty, program.sym(file, name)) {
            return Vec::new();
        }
        let held = self.types.attribute_of(file, shape, name);
        let types = self.types.shapes(held).iter().filter_map(|&it| match *self.types.shape(it) {
            Shape::Instance { ty, .. } => Some(ty),
            _ => None,
        });
        types.collect()
    }

    fn descriptors(&mut self, func: Func, site: ValueId, at: (Ty, ShapeId), (name, kind): (Name, MemberKind)) {
        for ty in self.descriptors_at(func, at, name) {
            self.trigger(func, site, ty, kind);
        }
    }

    /// The same read of the class: most give themselves then, and ask for that first.
    fn descriptors_of_class(&mut self, func: Func, site: ValueId, at: (Ty, ShapeId), name: Name) {
        let program = self.types.program;
        for ty in self.descriptors_at(func, at, name) {
            for &member in program.hierarchy.triggered(ty, MemberKind::DescriptorGet) {
                if !tests_parameter(program.function(member.func), 1) {
                    self.run_member(func, site, member, Confidence::Likely);
                }
            }
        }
    }

    /// Assigning or deleting `base.name`.
    pub(super) fn store(&mut self, func: Func, site: ValueId, base: ValueId, name: Name, delete: bool) {
        let program = self.types.program;
        let sym = program.sym(program.file_of(func), name);
        let (named, every, held) = if delete {
            (MemberKind::Deleter, MemberKind::EveryDelete, MemberKind::DescriptorDelete)
        } else {
            (MemberKind::Setter, MemberKind::EverySet, MemberKind::DescriptorSet)
        };
        for shape in self.shapes_of(func, base) {
            let Shape::Instance { ty, .. } = *self.types.shape(shape) else { continue };
            self.trigger(func, site, ty, every);
            if !delete {
                self.run_named(func, site, ty, (program.text(sym), Decorates::WhenSet));
            }
            for member in program.hierarchy.members(ty, sym, None).to_vec() {
                if member.kind == named {
                    self.run_member(func, site, member, Confidence::Likely);
                }
            }
            if !program.hierarchy.fields(ty, sym).is_empty() {
                self.descriptors(func, site, (ty, shape), (name, held));
            }
        }
    }
}

/// Whether a field is given something on the class itself, where a descriptor acts as one. What is written out is none.
fn stands_on_class(program: &Program<'_>, ty: Ty, field: Sym) -> bool {
    program.hierarchy.all_fields(ty, field).any(|(at, index)| {
        let field = &program.type_def(at).fields[index as usize];
        let given = program.field_values((at, index));
        let mut on_class = given.filter(|it| program.owner(it.0).is_none()).peekable();
        let is_data = |(func, value): (Func, ValueId)| {
            matches!(
                program.value(func, value).kind,
                ValueKind::Literal(_) | ValueKind::Tuple(_) | ValueKind::Sequence(_) | ValueKind::Mapping(_)
            )
        };
        field.on_class && (on_class.peek().is_none() || !on_class.all(is_data))
    })
}

/// Whether a function goes one way or another by what a parameter is.
fn tests_parameter(function: &Function, parameter: u16) -> bool {
    let is_it = |it: ValueId| function.is_parameter(it, parameter);
    function.regions.iter().any(|it| match it.kind {
        RegionKind::When { test, .. } => is_it(test) || function.value(test).kind.operands().any(is_it),
        _ => false,
    })
}
