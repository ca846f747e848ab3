//! Iteration: what begins it, what each step runs, and what iterators draw from.

use super::How;
use super::build::Builder;
use crate::finding::{Confidence, Via};
use crate::link::Func;
use crate::types::{ITERATES, Set, Shape, ShapeId};
use blocklint_catalog::fact::RunsOn;
use blocklint_ir::{Color, MemberKind, TypeKind, ValueId};

impl Builder<'_, '_> {
    /// A step of an iteration, with those of the iterators that it draws from, and of the functions that they call with each item.
    pub(super) fn iterate(&mut self, func: Func, site: ValueId, of: Set) {
        let mut iterated = self.types.shapes(of).to_vec();
        let mut next = 0;
        while let Some(&shape) = iterated.get(next) {
            next += 1;
            self.iterate_one(func, site, shape);
            let sources = self.types.draws_from(shape).into_iter();
            let (called, drawn): (Vec<_>, Vec<_>) = sources.partition(|&it| self.is_called_at_each_step(it));
            for callable in called {
                let items: Vec<Set> = drawn.iter().map(|&it| self.types.each_in(Set::single(it))).collect();
                let items = self.types.union(items);
                self.run_callable(func, site, callable, RunsOn::Here, How::callback());
                self.called_with((func, site), callable, items);
            }
            for source in drawn {
                if !iterated.contains(&source) {
                    iterated.push(source);
                }
            }
        }
    }

    /// Of what an iterator draws from, functions are called and everything else is iterated.
    fn is_called_at_each_step(&mut self, source: ShapeId) -> bool {
        match *self.types.shape(source) {
            Shape::Function(_) | Shape::Method(..) | Shape::Partial(_) | Shape::External(_) | Shape::Reader(..) => true,
            Shape::Class { ty, .. } => !self.types.is_enumeration(ty),
            _ => false,
        }
    }

    fn iterate_one(&mut self, func: Func, site: ValueId, shape: ShapeId) {
        self.go_on(func, site, shape);
        let started = self.types.started(shape);
        let others = self.types.of_other_types(started, shape);
        // What gives another object for its items is not asked for them itself.
        let own: &[MemberKind] = match others[..] {
            [] => &[MemberKind::Iterate, MemberKind::Next],
            _ => &[MemberKind::Iterate],
        };
        for method in ITERATES.into_iter().chain(["next"]) {
            self.trigger_of(func, site, shape, own, method);
        }
        for other in others {
            self.go_on(func, site, other);
            self.trigger_of(func, site, other, &[MemberKind::Next], "next");
        }
        self.iterate_by_index(func, site, shape);
    }

    /// The next item of a generator.
    fn go_on(&mut self, func: Func, site: ValueId, shape: ShapeId) {
        if let Shape::Generator(generator) = *self.types.shape(shape)
            && self.types.program.function(generator).color == Color::Generator
        {
            self.edge(func, site, generator, How::trigger(Via::Iterate, None, Confidence::Likely));
        }
    }

    /// An object that can be subscripted and says nothing of iteration is iterated by its subscripts.
    fn iterate_by_index(&mut self, func: Func, site: ValueId, shape: ShapeId) {
        let program = self.types.program;
        let Shape::Instance { ty, .. } = *self.types.shape(shape) else { return };
        let iterates = [MemberKind::Iterate, MemberKind::Next];
        if program.type_def(ty).kind != TypeKind::Class
            || iterates.iter().any(|&it| !program.hierarchy.triggered(ty, it).is_empty())
        {
            return;
        }
        if program.hierarchy.external_bases(ty).next().is_none() {
            self.trigger(func, site, ty, MemberKind::Index);
        } else {
            self.inherited(func, site, ty, "__iter__");
        }
    }

    /// `async for`: what begins it and what asks for the next element run here where they are no coroutines.
    pub(super) fn iterate_async(&mut self, func: Func, site: ValueId, of: ValueId) {
        let program = self.types.program;
        let set = self.types.of(func, of);
        for ty in self.types_in(set) {
            for kind in [MemberKind::IterateAsync, MemberKind::NextAsync] {
                for &member in program.hierarchy.triggered(ty, kind) {
                    if program.function(member.func).color == Color::Sync {
                        self.run_member(func, site, member, Confidence::Likely);
                    }
                }
            }
        }
    }
}
