//! What is put into containers where they are used: `handles.push(…)`, `self.hooks.push(…)`.

use super::question::{Holder, Place};
use super::{Set, Shape, ShapeId, Types};
use crate::link::{Func, Sym, Ty};
use blocklint_catalog::fact::Contains;
use blocklint_ir::{ValueId, ValueKind};

/// What wraps a container that a field holds (a lock, a pointer) is looked through so often.
const MAX_WRAPS: usize = 3;

impl Types<'_> {
    /// A container that is empty where it is made, with what this function puts into it later: `handles.push(…)`.
    pub(super) fn with_kept(&mut self, func: Func, made: ValueId, set: Set) -> Set {
        if !self.shapes(set).iter().any(|&it| self.is_empty_container(it)) {
            return set;
        }
        let kept = self.kept_in(func, made, set);
        if kept.is_empty() {
            return set;
        }
        self.map(set, |types, it| match types.shape(it).clone() {
            Shape::ExternalInstance(path, _) if types.is_empty_container(it) => {
                let args: Box<[Set]> = match types.paths.facts(path).contains {
                    Some(Contains::Elements) => Box::new([kept]),
                    _ => Box::new([Set::EMPTY, kept]),
                };
                types.one(Shape::ExternalInstance(path, args))
            }
            Shape::Sequence(_) if types.is_empty_container(it) => types.one(Shape::Sequence(kept)),
            _ => types.arena.set(vec![it]),
        })
    }

    fn is_empty_container(&self, shape: ShapeId) -> bool {
        match self.shape(shape) {
            Shape::Sequence(items) => items.is_empty(),
            Shape::ExternalInstance(path, args) => {
                let contains = self.paths.facts(*path).contains;
                contains.is_some_and(Contains::is_container) && args.iter().all(|it| it.is_empty())
            }
            _ => false,
        }
    }

    fn kept_in(&mut self, func: Func, made: ValueId, container: Set) -> Set {
        let program = self.program;
        let module = &program.file(program.file_of(func)).summary.module;
        let mut kept = Vec::new();
        let calls = self.method_calls(func);
        for &site in calls.get(&made).map_or(&[][..], Vec::as_slice) {
            let ValueKind::Call(call) = &program.value(func, site).kind else { continue };
            let ValueKind::Attribute { name, .. } = program.value(func, call.callee).kind else { continue };
            for shape in self.shapes(container).to_vec() {
                let member = match self.shape(shape) {
                    Shape::ExternalInstance(path, _) => Some(*path),
                    _ => self.prelude_path(program.file_of(func), module.prelude.sequence.as_deref()),
                };
                let Some(member) = member.map(|it| self.paths.member(it, module.text(name))) else { continue };
                let argument = self.paths.facts(member).keeps.and_then(|it| call.arguments.get(it));
                kept.extend(argument.map(|it| self.eval(func, it.value)));
            }
        }
        self.union(kept)
    }

    /// A container is given a callable where it stands in a field. Forgets nothing, so that later rounds only learn. What tests put
    /// there is theirs.
    pub fn keep(&mut self, holder: ShapeId, field: Sym, set: Set) {
        let callable = |it: &ShapeId| match *self.shape(*it) {
            Shape::Function(func) | Shape::Method(func, _) => !self.program.in_test(func),
            Shape::Partial(_) => true,
            _ => false,
        };
        let callables: Vec<ShapeId> = self.shapes(set).iter().copied().filter(callable).collect();
        let callables = self.arena.set(callables);
        self.give(holder, Place::Kept(field), callables);
    }

    /// What a field holds, with the callables that were put into its container.
    pub(super) fn with_kept_in_field(&mut self, ty: Ty, field: Sym, set: Set) -> Set {
        // Most fields hold no container, and every question is remembered.
        let takes = |it: &ShapeId| match self.shape(*it) {
            Shape::Sequence(_) => true,
            Shape::ExternalInstance(_, args) => !args.is_empty(),
            _ => false,
        };
        if !self.shapes(set).iter().any(takes) {
            return set;
        }
        let kept = self.given_to(ty, Place::Kept(field));
        if kept.is_empty() { set } else { self.put_into(set, kept, 0) }
    }

    /// A set with what was put in, where that is open.
    pub(super) fn filled(&mut self, set: Set) -> Set {
        if !self.shapes(set).iter().any(|&it| matches!(self.shape(it), Shape::Open(..))) {
            return set;
        }
        self.map(set, |types, it| match types.shape(it) {
            Shape::Open(..) => types.given([Holder::Made(it)], Place::Inside),
            _ => types.arena.set(vec![it]),
        })
    }

    /// Something is put into what these may be, behind what wraps them: `sender.lock().unwrap().send(job)`. What tests put into
    /// what others make is theirs.
    pub fn put(&mut self, by: Func, holders: Set, set: Set, wraps: usize) {
        for shape in self.shapes(holders).to_vec() {
            match self.shape(shape).clone() {
                Shape::Open(made_by, _) if !self.program.in_test(by) || self.program.in_test(made_by) => {
                    self.give(shape, Place::Inside, set);
                }
                Shape::ExternalInstance(_, args) if wraps < MAX_WRAPS => {
                    args.iter().for_each(|&it| self.put(by, it, set, wraps + 1));
                }
                _ => {}
            }
        }
    }

    /// Whether anything was made of which it is open what is put into it.
    pub fn opens(&self) -> bool {
        self.opens
    }

    /// What is given to a place where more is said of it than where it was made: `Sender<Job>`.
    pub fn settle(&mut self, by: Func, declared: impl FnOnce(&mut Self) -> Set, given: Set) {
        let holds = |it: &ShapeId| match self.shape(*it) {
            Shape::ExternalInstance(_, args) | Shape::Tuple(args) => !args.is_empty(),
            _ => false,
        };
        if self.opens && self.shapes(given).iter().any(holds) {
            let declared = declared(self);
            self.settle_each(by, declared, given, 0);
        }
    }

    fn settle_each(&mut self, by: Func, declared: Set, given: Set, hops: usize) {
        if hops > MAX_WRAPS {
            return;
        }
        for shape in self.shapes(given).to_vec() {
            for said in self.shapes(declared).to_vec() {
                let parts = match (self.shape(shape).clone(), self.shape(said).clone()) {
                    (Shape::ExternalInstance(path, given), Shape::ExternalInstance(at, said)) if path == at => {
                        (given, said)
                    }
                    (Shape::Tuple(given), Shape::Tuple(said)) => (given, said),
                    _ => continue,
                };
                for (&given, &said) in parts.0.iter().zip(&parts.1) {
                    self.put(by, given, said, MAX_WRAPS);
                    self.settle_each(by, said, given, hops + 1);
                }
            }
        }
    }

    fn put_into(&mut self, set: Set, kept: Set, wraps: usize) -> Set {
        self.map(set, |types, it| match types.shape(it).clone() {
            Shape::Sequence(items) => {
                let items = types.union([items, kept]);
                types.one(Shape::Sequence(items))
            }
            Shape::ExternalInstance(path, mut args) if !args.is_empty() && wraps < MAX_WRAPS => {
                let last = args.len() - 1;
                args[last] = match types.paths.facts(path).contains {
                    Some(contains) if contains.is_container() => types.union([args[last], kept]),
                    Some(_) => types.put_into(args[last], kept, wraps + 1),
                    None => args[last],
                };
                types.one(Shape::ExternalInstance(path, args))
            }
            _ => types.arena.set(vec![it]),
        })
    }
}
