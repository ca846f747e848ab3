//! What is inside containers, wrappers, contexts, futures and iterators.

use super::{Set, Shape, ShapeId, Types};
use crate::link::{Func, Ty};
use blocklint_catalog::fact::Contains;
use blocklint_ir::{Call, MemberKind, Receiver, ValueId, ValueKind};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// The methods that start an iteration, by the names under which catalogues list them.
pub const ITERATES: [&str; 2] = ["__iter__", "into_iter"];

/// The calls in a function of methods of a value, by the value.
pub(super) type MethodCalls = FxHashMap<ValueId, Vec<ValueId>>;

/// A container that is one of more than this is not followed into what is put into it.
const MAX_ORIGINS: usize = 64;

impl Types<'_> {
    /// What one container contains.
    pub(super) fn contents(&mut self, shape: ShapeId) -> Set {
        match self.shape(shape).clone() {
            Shape::Sequence(items) | Shape::Mapping(_, items) | Shape::Future(items) => items,
            Shape::Record(_, entries) => self.union(entries.iter().map(|it| it.1)),
            Shape::Tuple(items) => self.union(items),
            Shape::ExternalInstance(path, args) => {
                let inside = match self.paths.facts(path).contains {
                    Some(contains) if contains.is_keyed() => args.get(1),
                    _ => args.first(),
                };
                self.filled(inside.copied().unwrap_or(Set::EMPTY))
            }
            _ => Set::EMPTY,
        }
    }

    /// Each of these, and what is in those that are containers.
    pub fn with_contents(&mut self, set: Set) -> Vec<ShapeId> {
        let mut found = self.shapes(set).to_vec();
        for index in 0..found.len() {
            if self.is_written_out(found[index]) {
                let inside = self.contents(found[index]);
                found.extend(self.shapes(inside));
            }
        }
        found
    }

    pub(super) fn map(&mut self, set: Set, mut f: impl FnMut(&mut Self, ShapeId) -> Set) -> Set {
        let shapes = self.shapes(set).to_vec();
        let sets: Vec<Set> = shapes.into_iter().map(|it| f(self, it)).collect();
        self.union(sets)
    }

    /// One element of an iteration.
    pub(super) fn each_of_value(&mut self, func: Func, of: ValueId) -> Set {
        let set = self.eval(func, of);
        self.each_in(set)
    }

    /// What an iterator goes on with at each of its steps.
    pub fn draws_from(&self, shape: ShapeId) -> Vec<ShapeId> {
        match self.shape(shape) {
            Shape::ExternalInstance(path, args) if self.paths.facts(*path).contains == Some(Contains::Drawn) => {
                args.iter().skip(1).flat_map(|&it| self.shapes(it)).copied().collect()
            }
            _ => Vec::new(),
        }
    }

    /// One element of an iteration over any of these.
    pub fn each_in(&mut self, set: Set) -> Set {
        self.map(set, |types, it| types.each_of(it, 0))
    }

    fn each_of(&mut self, shape: ShapeId, hops: usize) -> Set {
        match self.shape(shape).clone() {
            Shape::Mapping(keys, _) | Shape::Record(keys, _) => keys,
            Shape::Generator(func) => self.yielded(func),
            Shape::Class { ty, .. } if self.is_enumeration(ty) => {
                self.one(Shape::Instance { ty, exact: true, args: Box::default() })
            }
            Shape::Instance { ty, .. } if hops < 4 => {
                let next = self.program.hierarchy.triggered(ty, MemberKind::Next).to_vec();
                if let Some(next) = next.first() {
                    return self.result_of(next.func, Some(shape));
                }
                let set = self.started(shape);
                self.map(set, |types, it| types.each_of(it, hops + 1))
            }
            Shape::ExternalInstance(path, args) => match self.paths.facts(path).contains {
                Some(Contains::Pairs) => match *args {
                    [_, _] => self.one(Shape::Tuple(args)),
                    _ => Set::EMPTY,
                },
                Some(_) => self.filled(args.first().copied().unwrap_or(Set::EMPTY)),
                None => {
                    let mut given = None;
                    for method in ITERATES {
                        let method = self.paths.member(path, method);
                        given = given.or_else(|| self.given_by(method, Some(shape), &[]));
                    }
                    given.map_or(Set::EMPTY, |it| self.map(it, Self::contents))
                }
            },
            _ => self.contents(shape),
        }
    }

    /// What an object gives that is asked for its items: `__iter__`, `into_iter`.
    pub fn started(&mut self, shape: ShapeId) -> Set {
        let Shape::Instance { ty, .. } = *self.shape(shape) else { return Set::EMPTY };
        let starts = self.program.hierarchy.triggered(ty, MemberKind::Iterate).to_vec();
        let sets: Vec<Set> = starts.iter().map(|it| self.result_of_call(it.func, Some(shape))).collect();
        self.union(sets)
    }

    /// Those of a set that are no objects of this one's own type; none where some are, or where it depends on the object which of
    /// several generators is meant.
    pub fn of_other_types(&self, set: Set, object: ShapeId) -> Vec<ShapeId> {
        let type_of = |it: ShapeId| match self.shape(it) {
            Shape::Instance { ty, .. } => Some(*ty),
            _ => None,
        };
        let own = type_of(object);
        let others = self.shapes(set).to_vec();
        let generators = others.iter().filter(|&&it| matches!(self.shape(it), Shape::Generator(_))).count();
        if generators > 1 || others.iter().any(|&it| type_of(it) == own) { Vec::new() } else { others }
    }

    /// What a method gives the closure that it takes: what iterating its receiver gives, else the receiver.
    pub fn handed_element(&mut self, func: Func, call: &Call) -> Set {
        let ValueKind::Attribute { base, .. } = self.program.value(func, call.callee).kind else { return Set::EMPTY };
        let set = self.eval(func, base);
        self.map(set, |types, it| match *types.shape(it) {
            Shape::Instance { ty, .. } => {
                let hierarchy = &types.program.hierarchy;
                let kinds = [MemberKind::Iterate, MemberKind::Next];
                let iterates = kinds.iter().any(|&kind| !hierarchy.triggered(ty, kind).is_empty());
                if iterates { types.each_of(it, 0) } else { types.arena.set(vec![it]) }
            }
            Shape::Sequence(_) | Shape::Mapping(..) | Shape::Record(..) => types.each_of(it, 0),
            Shape::ExternalInstance(path, _) if types.paths.facts(path).contains.is_some() => types.each_of(it, 0),
            Shape::ExternalInstance(path, _) if !types.paths.dotted(path).contains("()") => types.arena.set(vec![it]),
            _ => Set::EMPTY,
        })
    }

    /// The calls in a function of methods of a value.
    pub fn calls_of(&mut self, func: Func, value: ValueId) -> Vec<ValueId> {
        self.method_calls(func).get(&value).cloned().unwrap_or_default()
    }

    /// The calls in a function of methods of each value. A function may make thousands of containers: its calls are looked
    /// through once.
    pub(super) fn method_calls(&mut self, func: Func) -> Rc<MethodCalls> {
        if let Some(known) = self.method_calls.get(&func) {
            return Rc::clone(known);
        }
        let function = self.program.function(func);
        let mut calls = MethodCalls::default();
        for (index, value) in function.values.iter().enumerate() {
            let ValueKind::Call(call) = &value.kind else { continue };
            let ValueKind::Attribute { base, .. } = function.value(call.callee).kind else { continue };
            for made in function.origins(base, MAX_ORIGINS) {
                calls.entry(made).or_default().push(ValueId::new(index));
            }
        }
        let calls = Rc::new(calls);
        self.method_calls.insert(func, Rc::clone(&calls));
        calls
    }

    pub(super) fn yielded(&mut self, func: Func) -> Set {
        let function = self.program.function(func);
        let sets: Vec<Set> = function.yields.iter().map(|&it| self.eval(func, it)).collect();
        let yielded = self.union(sets);
        let declared = function.result.map_or(Set::EMPTY, |it| self.annotation(func, it));
        let declared = self.map(declared, Self::contents);
        self.declared_or_given(declared, yielded)
    }

    /// One element of an asynchronous iteration.
    pub(super) fn each_async(&mut self, func: Func, of: ValueId) -> Set {
        let set = self.eval(func, of);
        self.map(set, |types, it| types.each_async_of(it, 0))
    }

    fn each_async_of(&mut self, shape: ShapeId, hops: usize) -> Set {
        match *self.shape(shape) {
            Shape::Generator(generator) => self.yielded(generator),
            Shape::Instance { ty, .. } if hops < 4 => {
                if let Some(&next) = self.program.hierarchy.triggered(ty, MemberKind::NextAsync).first() {
                    return self.result_of(next.func, Some(shape));
                }
                let iterate = self.program.hierarchy.triggered(ty, MemberKind::IterateAsync).to_vec();
                let sets: Vec<Set> = iterate.iter().map(|it| self.result_of_call(it.func, Some(shape))).collect();
                let set = self.union(sets);
                self.map(set, |types, it| types.each_async_of(it, hops + 1))
            }
            _ => self.contents(shape),
        }
    }

    /// One part of an unpacked value.
    pub(super) fn element(&mut self, func: Func, base: ValueId, index: Option<u32>) -> Set {
        let set = self.eval(func, base);
        self.map(set, |types, it| match (types.shape(it).clone(), index) {
            (Shape::Tuple(items), Some(index)) => items.get(index as usize).copied().unwrap_or(Set::EMPTY),
            (Shape::Instance { ty, .. }, Some(index)) if types.is_named_tuple(ty) => types.declared_field(ty, index),
            _ => types.each_of(it, 0),
        })
    }

    /// Any of the fields that a type declares.
    pub(super) fn declared_fields(&mut self, ty: Ty) -> Set {
        let count = self.program.type_def(ty).fields.len() as u32;
        let fields: Vec<Set> = (0..count).map(|it| self.declared_field(ty, it)).collect();
        self.union(fields)
    }

    /// The type's field at this position, of those that it declares.
    pub(super) fn declared_field(&mut self, ty: Ty, index: u32) -> Set {
        let (file, _) = self.program.place_of_type(ty);
        let declared = self.program.type_def(ty).fields.iter().filter(|it| it.annotation.is_some()).nth(index as usize);
        declared.map_or(Set::EMPTY, |it| self.field(ty, self.program.sym(file, it.name), &[]))
    }

    /// What entering a context gives.
    pub(super) fn entered(&mut self, func: Func, of: ValueId, kind: MemberKind) -> Set {
        let set = self.eval(func, of);
        self.entered_in(set, &[kind])
    }

    /// What entering any of these gives, by the first of the ways that a type has.
    pub(super) fn entered_in(&mut self, set: Set, kinds: &[MemberKind]) -> Set {
        self.map(set, |types, it| match types.shape(it).clone() {
            Shape::Context(generator) | Shape::Generator(generator) => types.yielded(generator),
            Shape::Instance { ty, .. } => {
                let hierarchy = &types.program.hierarchy;
                let members = kinds.iter().map(|&kind| hierarchy.triggered(ty, kind)).find(|it| !it.is_empty());
                let members = members.unwrap_or_default().to_vec();
                if members.is_empty() {
                    return types.arena.set(vec![it]);
                }
                let sets: Vec<Set> = members.iter().map(|member| types.result_of(member.func, Some(it))).collect();
                types.union(sets)
            }
            Shape::ExternalInstance(path, _) => {
                let method = types.paths.member(path, "__enter__");
                types.given_by(method, Some(it), &[]).unwrap_or_else(|| types.arena.set(vec![it]))
            }
            Shape::Future(inner) => inner,
            _ => types.arena.set(vec![it]),
        })
    }

    /// What awaiting gives.
    pub(super) fn awaited(&mut self, func: Func, of: ValueId) -> Set {
        let set = match &self.program.value(func, of).kind {
            ValueKind::Call(call) => self.called_to_await(func, call).unwrap_or_else(|| self.eval(func, of)),
            _ => self.eval(func, of),
        };
        let set = self.futures_of(set);
        self.map(set, |types, it| match types.shape(it).clone() {
            Shape::Coroutine(target) => {
                let given = types.result_of(target, None);
                match &types.program.value(func, of).kind {
                    ValueKind::Call(call) => {
                        let first = usize::from(types.program.function(target).receiver != Receiver::None);
                        types.generic_result((func, call), target, first, given)
                    }
                    _ => given,
                }
            }
            // An asynchronous block or closure awaited where it stands.
            Shape::Function(target) if types.program.function(target).color.on_loop() => types.result_of(target, None),
            Shape::Future(result) => result,
            Shape::Instance { ty, .. } => types.awaited_instance(ty, it),
            _ if types.promised(it).is_some() => {
                let promised = types.promised(it).unwrap_or_default();
                types.filled(promised)
            }
            // The catalogue says of asynchronous calls what awaiting them gives.
            Shape::ExternalInstance(..)
            | Shape::None
            | Shape::Tuple(_)
            | Shape::Sequence(_)
            | Shape::Mapping(..)
            | Shape::Record(..)
            | Shape::Function(_)
            | Shape::Method(..)
            | Shape::Partial(_)
            | Shape::Callable(_) => types.arena.set(vec![it]),
            _ => Set::EMPTY,
        })
    }

    /// Where some of the shapes are futures, the others are not what is awaited: a synchronous twin's result.
    fn futures_of(&mut self, set: Set) -> Set {
        let future = |&it: &ShapeId| {
            matches!(self.shape(it), Shape::Coroutine(_) | Shape::Future(_)) || self.promised(it).is_some()
        };
        let futures: Vec<ShapeId> = self.shapes(set).iter().copied().filter(future).collect();
        if futures.is_empty() { set } else { self.arena.set(futures) }
    }

    /// What a library's future was said to give.
    pub fn promised(&self, shape: ShapeId) -> Option<Set> {
        match self.shape(shape) {
            Shape::ExternalInstance(path, args) => match self.paths.facts(*path).contains {
                Some(Contains::Awaited | Contains::Promised) => args.last().copied(),
                _ => None,
            },
            _ => None,
        }
    }

    fn awaited_instance(&mut self, ty: Ty, shape: ShapeId) -> Set {
        let members = self.program.hierarchy.triggered(ty, MemberKind::Await).to_vec();
        if !members.is_empty() {
            let sets: Vec<Set> = members.iter().map(|member| self.result_of(member.func, Some(shape))).collect();
            let set = self.union(sets);
            return self.map(set, |types, it| match *types.shape(it) {
                // What gives a future is awaited for what that gives.
                Shape::Future(result) => result,
                Shape::Coroutine(body) | Shape::Function(body) if types.program.function(body).color.on_loop() => {
                    types.result_of(body, None)
                }
                _ => types.arena.set(vec![it]),
            });
        }
        // A future written by hand gives what polling it gives; of a library's call, the catalogue says what awaiting it gives.
        let polled = self.program.hierarchy.triggered(ty, MemberKind::Poll).to_vec();
        let sets: Vec<Set> = polled.iter().map(|member| self.result_of(member.func, Some(shape))).collect();
        let set = self.union(sets);
        if set.is_empty() { self.arena.set(vec![shape]) } else { set }
    }

    /// What an explicit dereference gives.
    pub(super) fn dereferenced(&mut self, func: Func, of: ValueId) -> Set {
        let set = self.eval(func, of);
        self.map(set, |types, it| match types.shape(it).clone() {
            Shape::Instance { ty, .. } => {
                let target = types.deref_target(ty);
                if target.is_empty() { types.arena.set(vec![it]) } else { target }
            }
            Shape::ExternalInstance(path, args)
                if matches!(types.paths.facts(path).contains, Some(Contains::Itself | Contains::Guarded))
                    && !args.is_empty() =>
            {
                args[0]
            }
            _ => types.arena.set(vec![it]),
        })
    }
}
