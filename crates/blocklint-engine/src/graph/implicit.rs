//! Calls that are not written: operators, formatting, iteration, contexts, the end of a life.

use super::How;
use super::build::Builder;
use crate::finding::{Accessor, Confidence, Via};
use crate::link::{Func, MemberRef, Ty};
use crate::types::{ENTERS, Path, Set, Shape, ShapeId};
use blocklint_catalog::fact::{Contains, Runs, Scale, Triggered};
use blocklint_ir::{Color, MemberKind, Operator, TypeId, ValueId, ValueKind};

/// Owners of owners are dropped too; deeper nesting is not looked into.
const MAX_OWNED: usize = 3;

/// A value's end, and what ends with it.
#[derive(Clone, Copy)]
struct End {
    /// In how many others what ends is.
    depth: usize,
    confidence: Confidence,
    /// Others may hold it too, and longer.
    shared: bool,
}

impl Builder<'_, '_> {
    pub(super) fn shapes_of(&mut self, func: Func, value: ValueId) -> Vec<ShapeId> {
        let set: Set = self.types.of(func, value);
        self.types.shapes(set).to_vec()
    }

    /// A class is made: its bases are told, its metaclass constructs it, and its decorators are called with it.
    pub(super) fn create(&mut self, func: Func, site: ValueId, id: TypeId) {
        let program = self.types.program;
        let file = program.file_of(func);
        let ty = program.ty(file, id);
        let told = |&&it: &&Ty| !program.hierarchy.triggered(it, MemberKind::Subclass).is_empty();
        if let Some(&base) = program.hierarchy.order(ty).iter().skip(1).find(told) {
            self.trigger(func, site, base, MemberKind::Subclass);
        }
        for meta in program.hierarchy.metaclasses(program, ty) {
            self.trigger(func, site, meta, MemberKind::Construct);
        }
        for decorator in &program.type_def(ty).decorators {
            for shape in self.shapes_of(program.func(file, decorator.function), decorator.value) {
                if let Shape::Function(target) = *self.types.shape(shape) {
                    let how = How { via: Via::Decorator, ..How::call(Confidence::Likely) };
                    self.call_function(func, site, target, how);
                }
                self.pass_to_decorator(func, shape, Shape::Class { ty, exact: true });
            }
        }
    }

    pub(super) fn subscript(&mut self, func: Func, site: ValueId, base: ValueId, index: ValueId) {
        let of = self.types.of(func, base);
        self.trigger_on(func, site, of, &[MemberKind::Index], "__getitem__");
        self.bind_operand(func, site, base, (MemberKind::Index, 1), index);
    }

    /// `base[index] = value`, or its deletion.
    pub(super) fn store_subscript(
        &mut self,
        func: Func,
        site: ValueId,
        (base, index): (ValueId, ValueId),
        value: Option<ValueId>,
    ) {
        let (kind, method) = match value {
            None => (MemberKind::IndexDelete, "__delitem__"),
            Some(_) => (MemberKind::IndexSet, "__setitem__"),
        };
        let of = self.types.of(func, base);
        self.trigger_on(func, site, of, &[kind], method);
        self.bind_operand(func, site, base, (kind, 1), index);
        if let Some(value) = value {
            self.bind_operand(func, site, base, (kind, 2), value);
        }
    }

    /// Awaiting an object of the program runs what it does to be awaited.
    pub(super) fn wait(&mut self, func: Func, site: ValueId, of: ValueId) {
        for shape in self.shapes_of(func, of) {
            if let Shape::Instance { ty, .. } = *self.types.shape(shape) {
                self.trigger(func, site, ty, MemberKind::Await);
            }
        }
    }

    pub(super) fn enter(&mut self, func: Func, site: ValueId, of: Set) {
        self.enter_generators(func, site, of);
        self.trigger_on(func, site, of, &[MemberKind::Enter], ENTERS);
    }

    /// `context.__enter__()` runs a generator behind a context as `with` does.
    pub(super) fn enter_by_name(&mut self, func: Func, site: ValueId, callee: ValueId) {
        let program = self.types.program;
        let ValueKind::Attribute { base, name } = program.value(func, callee).kind else { return };
        if program.file(program.file_of(func)).summary.module.text(name) == ENTERS {
            let of = self.types.of(func, base);
            self.enter_generators(func, site, of);
        }
    }

    fn enter_generators(&mut self, func: Func, site: ValueId, of: Set) {
        for shape in self.types.shapes(of).to_vec() {
            if let Shape::Context(generator) = *self.types.shape(shape) {
                self.edge(func, site, generator, How::trigger(Via::Context, None, Confidence::Likely));
            }
        }
    }

    pub(super) fn leave(&mut self, func: Func, site: ValueId, of: Set) {
        self.trigger_on(func, site, of, &[MemberKind::Exit], "__exit__");
    }

    pub(super) fn format(&mut self, func: Func, site: ValueId, of: Set) {
        self.trigger_on(func, site, of, &[MemberKind::Format], "__str__");
    }

    pub(super) fn truth(&mut self, func: Func, site: ValueId, of: Set) {
        for shape in self.types.shapes(of).to_vec() {
            if let Shape::ExternalInstance(path, _) = *self.types.shape(shape) {
                self.exit_by(func, site, path, (MemberKind::Truth, "__bool__"));
            }
            let Shape::Instance { ty, .. } = *self.types.shape(shape) else { continue };
            // The length is asked only where there is no truth of its own.
            let truth = self.types.program.hierarchy.triggered(ty, MemberKind::Truth).is_empty();
            self.trigger(func, site, ty, if truth { MemberKind::Length } else { MemberKind::Truth });
        }
    }

    pub(super) fn deref(&mut self, func: Func, site: ValueId, of: ValueId) {
        self.first_use_of_variable(func, site, of);
        let of = self.types.of(func, of);
        self.trigger_on(func, site, of, &[MemberKind::Deref], "deref");
    }

    /// The end of a life: the value's own finalizer and those of what it owns.
    pub(super) fn finalize(&mut self, func: Func, site: ValueId, of: ValueId) {
        // Behind a pointer or guard stands something that may be empty by now, or that others hold too.
        let overwritten = matches!(self.types.program.value(func, of).kind, ValueKind::Deref(_));
        if self.lives_on(func, site, of) {
            return;
        }
        let confidence = if overwritten { Confidence::Possible } else { Confidence::Likely };
        for shape in self.shapes_of(func, of) {
            self.finalize_shape(func, site, shape, End { depth: 0, confidence, shared: false });
        }
    }

    fn finalize_shape(&mut self, func: Func, site: ValueId, shape: ShapeId, end: End) {
        let inside = End { depth: end.depth + 1, ..end };
        match self.types.shape(shape).clone() {
            Shape::Instance { ty, .. } => {
                for member in self.types.program.hierarchy.triggered(ty, MemberKind::Finalize).to_vec() {
                    self.run_member(func, site, member, end.confidence);
                }
                if end.depth < MAX_OWNED {
                    for (owned, shared) in self.types.owned_fields(ty) {
                        self.finalize_shape(func, site, owned, End { shared: end.shared || shared, ..inside });
                    }
                }
            }
            Shape::ExternalInstance(path, args) => {
                // A finalizer of the program's own is at fault wherever the last pointer goes, the end of a library's value is not.
                let confidence = if end.shared { Confidence::Possible } else { end.confidence };
                self.finalize_library(func, site, (path, confidence));
                let owns = self.types.paths.facts(path).contains.is_some_and(Contains::is_container);
                if owns && end.depth < MAX_OWNED {
                    self.finalize_all(func, site, &args, inside);
                }
            }
            Shape::Sequence(items) if end.depth < MAX_OWNED => {
                self.finalize_all(func, site, &[items], inside);
            }
            Shape::Tuple(items) if end.depth < MAX_OWNED => {
                self.finalize_all(func, site, &items, inside);
            }
            _ => {}
        }
    }

    fn finalize_library(&mut self, func: Func, site: ValueId, (path, confidence): (Path, Confidence)) {
        let drop = self.types.paths.member(path, "drop");
        let Some(blocking) = self.types.paths.facts(drop).blocking else { return };
        if blocking.scale == Scale::Small && self.is_left(func, site) {
            return;
        }
        match self.types.program.value(func, site).kind {
            ValueKind::Drop(of) if self.may_be_taken(func, of) => {}
            _ => self.exit(func, site, drop, How::trigger(Via::Finalize, Some(Accessor::Drop), confidence)),
        }
    }

    fn finalize_all(&mut self, func: Func, site: ValueId, owned: &[Set], end: End) {
        for &set in owned {
            for shape in self.types.shapes(set).to_vec() {
                self.finalize_shape(func, site, shape, end);
            }
        }
    }

    /// What a built-in function makes whatever it is called with do.
    pub(super) fn builtin_on(&mut self, func: Func, site: ValueId, of: Set, runs: Runs) {
        match runs {
            Runs::Length => self.trigger_on(func, site, of, &[MemberKind::Length], "__len__"),
            Runs::Truth => self.truth(func, site, of),
            Runs::Format => self.format(func, site, of),
            Runs::Hash => self.trigger_on(func, site, of, &[MemberKind::Hash], "__hash__"),
            Runs::Iterate => self.iterate(func, site, of),
            Runs::Equal => {
                self.trigger_on(func, site, of, &[MemberKind::Operator(Operator::Equal)], "__eq__");
            }
            Runs::Enter => {
                self.enter(func, site, of);
                self.leave(func, site, of);
            }
            // What is wanted decides, and what an argument, the entry or the value itself names: none of it is known here.
            Runs::Drop
            | Runs::Call
            | Runs::Convert
            | Runs::CallMember
            | Runs::Member
            | Runs::ElementMember
            | Runs::InnerMember
            | Runs::Fields
            | Runs::Named
            | Runs::NamedInside
            | Runs::NamedBesides
            | Runs::OwnNamed => {}
        }
    }

    /// Members of the value's type that the trigger runs; of a library's type, the method that stands for it.
    pub(super) fn trigger_on(&mut self, func: Func, site: ValueId, of: Set, kinds: &[MemberKind], method: &str) {
        for shape in self.types.shapes(of).to_vec() {
            self.trigger_of(func, site, shape, kinds, method);
        }
    }

    pub(super) fn trigger_of(&mut self, func: Func, site: ValueId, shape: ShapeId, kinds: &[MemberKind], method: &str) {
        match *self.types.shape(shape) {
            Shape::Instance { ty, .. } => {
                for &kind in kinds {
                    self.trigger(func, site, ty, kind);
                }
                self.exit_by_bases(func, site, ty, (kinds, method));
            }
            // A class is an object of its metaclass.
            Shape::Class { ty, .. } => {
                for meta in self.types.program.hierarchy.metaclasses(self.types.program, ty) {
                    for &kind in kinds {
                        self.trigger(func, site, meta, kind);
                    }
                }
            }
            Shape::ExternalInstance(path, _) => {
                let Some(runs) = self.exit_by(func, site, path, (kinds[0], method)) else { return };
                if let Some(by) = runs.by.as_deref() {
                    self.run_by_name(func, site, Set::single(shape), (runs.what, by));
                }
            }
            _ => {}
        }
    }

    /// A type that has no such method itself does what that of its library's base does.
    fn exit_by_bases(&mut self, func: Func, site: ValueId, ty: Ty, (kinds, method): (&[MemberKind], &str)) {
        let program = self.types.program;
        if kinds.iter().any(|&it| !program.hierarchy.triggered(ty, it).is_empty()) {
            return;
        }
        for base in self.types.library_bases(ty) {
            let inherited = self.types.paths.member(base, method);
            if self.types.paths.facts(inherited).blocking.is_some() && !self.replaces_some(ty, base) {
                self.exit_by(func, site, base, (kinds[0], method));
            }
        }
    }

    /// Whether a type has a method of its own in the place of one by which its library's base does its work: leaving an executor shuts it
    /// down, in the way of the subclass.
    fn replaces_some(&mut self, ty: Ty, base: Path) -> bool {
        let program = self.types.program;
        program.hierarchy.order(ty).iter().any(|&own| {
            let (file, _) = program.place_of_type(own);
            let module = &program.file(file).summary.module;
            program.type_def(own).members.iter().any(|it| {
                let replaced = self.types.paths.member(base, module.text(it.name));
                self.types.paths.facts(replaced).blocking.is_some()
            })
        })
    }

    /// What a library's base runs of a type that has no such method itself: `collections.abc.Sequence` iterates by subscripts.
    pub(super) fn inherited(&mut self, func: Func, site: ValueId, ty: Ty, method: &str) {
        for base in self.types.library_bases(ty) {
            let member = self.types.paths.member(base, method);
            let Some(runs) = self.types.paths.facts(member).runs else { continue };
            if let Some(by) = runs.by.as_deref() {
                let of = self.types.one(Shape::Instance { ty, exact: false, args: Box::default() });
                self.run_by_name(func, site, of, (runs.what, by));
            }
        }
    }

    pub(super) fn trigger(&mut self, func: Func, site: ValueId, ty: Ty, kind: MemberKind) {
        let own = self.types.program.hierarchy.triggered(ty, kind).to_vec();
        let members = if own.is_empty() { self.derived_by(ty, kind) } else { own };
        for member in members {
            self.run_member(func, site, member, Confidence::Likely);
        }
    }

    pub(super) fn run_member(&mut self, func: Func, site: ValueId, member: MemberRef, confidence: Confidence) {
        // Inside its own body, what looks like the trigger is how it is written.
        if member.func == func {
            return;
        }
        let program = self.types.program;
        let name = program.function(member.func).name;
        let text = program.file(program.file_of(member.func)).summary.module.text(name);
        let (via, accessor) = how_run(member.kind, text);
        let mut how = How::trigger(via, accessor, confidence);
        how.first_use = member.kind == MemberKind::CachedGetter;
        // What starts an iteration or a wait and is a generator itself runs as that goes on.
        let goes_on = matches!(member.kind, MemberKind::Iterate | MemberKind::Await);
        if goes_on && program.function(member.func).color == Color::Generator {
            self.edge(func, site, member.func, how);
            return;
        }
        self.call_function(func, site, member.func, how);
    }
}

impl<'a> Builder<'_, 'a> {
    /// What a trigger runs of a library's object, where that blocks; gives what else it runs.
    fn exit_by(
        &mut self,
        func: Func,
        site: ValueId,
        owner: Path,
        (kind, method): (MemberKind, &str),
    ) -> Option<&'a Triggered> {
        let path = self.types.paths.member(owner, method);
        let facts = self.types.paths.facts(path);
        let runs = facts.runs;
        if facts.blocking.is_some() {
            let (via, accessor) = how_run(kind, method);
            self.exit(func, site, path, How::trigger(via, accessor, Confidence::Likely));
        }
        runs
    }
}

/// How a member is run, and what it is called when the caller cannot see it. Where both languages have the trigger, the member's
/// own name says which word its users know.
pub fn how_run(kind: MemberKind, name: &str) -> (Via, Option<Accessor>) {
    let dunder = name.starts_with("__");
    match kind {
        MemberKind::Getter | MemberKind::CachedGetter | MemberKind::Setter | MemberKind::Deleter => {
            (Via::Property, Some(Accessor::Property))
        }
        MemberKind::MissingAttribute | MemberKind::EveryAttribute => (Via::Attribute, Some(Accessor::Getattr)),
        MemberKind::EverySet | MemberKind::EveryDelete => (Via::Attribute, Some(Accessor::Setattr)),
        MemberKind::DescriptorGet | MemberKind::DescriptorSet | MemberKind::DescriptorDelete => {
            (Via::Property, Some(Accessor::Descriptor))
        }
        MemberKind::Deref => (Via::Attribute, Some(Accessor::Deref)),
        MemberKind::Finalize => (Via::Finalize, Some(if dunder { Accessor::Finalizer } else { Accessor::Drop })),
        MemberKind::Format => (Via::Format, Some(if dunder { Accessor::Format } else { Accessor::Display })),
        MemberKind::Operator(_) | MemberKind::Reflected(_) => (Via::Operator, Some(Accessor::Operator)),
        MemberKind::Index | MemberKind::IndexSet | MemberKind::IndexDelete => (Via::Operator, Some(Accessor::Index)),
        MemberKind::Length | MemberKind::Truth | MemberKind::Hash => (Via::Operator, Some(Accessor::Dunder)),
        MemberKind::Convert => (Via::Operator, Some(Accessor::Convert)),
        MemberKind::Poll => (Via::Poll, Some(Accessor::Poll)),
        MemberKind::Iterate | MemberKind::Next | MemberKind::IterateAsync | MemberKind::NextAsync => {
            (Via::Iterate, None)
        }
        MemberKind::Enter | MemberKind::Exit | MemberKind::EnterAsync | MemberKind::ExitAsync => (Via::Context, None),
        MemberKind::Construct | MemberKind::Subclass => (Via::Construct, None),
        MemberKind::Method | MemberKind::ClassMethod | MemberKind::Static | MemberKind::Call | MemberKind::Await => {
            (Via::Call, None)
        }
    }
}
