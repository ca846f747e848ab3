//! What calling a value gives.

use super::annotation::Known;
use super::extension::ANY_OWNER;
use super::{Path, Set, Shape, ShapeId, Types};
use crate::graph::any_holds;
use crate::link::{Func, Ty};
use blocklint_catalog::fact::{Gives, Runs, RunsOn};
use blocklint_ir::{Call, Color, Language, MemberKind, Spread, TypeKind, ValueId, ValueKind};

impl Types<'_> {
    pub(super) fn call(&mut self, func: Func, call: &Call) -> Set {
        let callees = self.eval(func, call.callee);
        let mut found = Vec::new();
        for callee in self.shapes(callees).to_vec() {
            let given = self.called(func, callee, call);
            found.push(match *self.shape(callee) {
                Shape::Function(target) | Shape::Method(target, _)
                    if self.program.function(target).color == Color::Sync =>
                {
                    let first = usize::from(matches!(self.shape(callee), Shape::Method(..)));
                    self.generic_result((func, call), target, first, given)
                }
                _ => given,
            });
        }
        self.union(found)
    }

    /// What an awaited call gives where it may be one of a library's function that blocks: that one gives nothing to await.
    pub(super) fn called_to_await(&mut self, func: Func, call: &Call) -> Option<Set> {
        let callees = self.eval(func, call.callee);
        let mut shapes = self.shapes(callees).to_vec();
        let all = shapes.len();
        shapes.retain(|&it| match *self.shape(it) {
            Shape::External(path) => self.paths.facts(path).blocking.is_none(),
            _ => true,
        });
        if shapes.is_empty() || shapes.len() == all {
            return None;
        }
        let sets: Vec<Set> = shapes.into_iter().map(|it| self.called(func, it, call)).collect();
        Some(self.union(sets))
    }

    fn called(&mut self, func: Func, callee: ShapeId, call: &Call) -> Set {
        match self.shape(callee).clone() {
            Shape::Function(target) => {
                let set = self.decorated_result(target, None);
                self.with_type_arguments(set, func, target, call)
            }
            Shape::Method(target, receiver) => self.method_result((func, call.callee), target, receiver),
            Shape::Class { ty, exact } => {
                let made = self.constructed_of(ty, func, call);
                let subtype = !exact && self.leaves_open(ty) && !self.hangs_on_caller(func, call.callee);
                if subtype { self.or_of_subtype(made) } else { made }
            }
            Shape::External(path) => self.library_call(func, path, call),
            Shape::ExternalInstance(path, _) => {
                let method = self.paths.member(path, "__call__");
                // The object that is called is the receiver.
                match self.paths.facts(method).gives {
                    Some(Gives::Receiver | Gives::ElementOfReceiver(_)) => {
                        self.given_by(method, Some(callee), &[]).unwrap_or_default()
                    }
                    _ => self.library_call(func, method, call),
                }
            }
            Shape::Instance { ty, .. } => {
                let members = self.program.hierarchy.triggered(ty, MemberKind::Call).to_vec();
                // A variant, or a struct without fields, written with its parentheses or braces.
                if members.is_empty() && matches!(self.program.type_def(ty).kind, TypeKind::Enum | TypeKind::Struct) {
                    return self.arena.set(vec![callee]);
                }
                let at = (func, call.callee);
                let sets: Vec<Set> = members.iter().map(|it| self.method_result(at, it.func, callee)).collect();
                self.union(sets)
            }
            Shape::Partial(inner) => {
                let shapes = self.shapes(inner).to_vec();
                let sets: Vec<Set> = shapes.into_iter().map(|it| self.called(func, it, call)).collect();
                self.union(sets)
            }
            Shape::Callable(result) => result,
            Shape::Reader(file, name, calls) => {
                let of = call.arguments.first().map_or(Set::EMPTY, |it| self.eval(func, it.value));
                let read = self.attribute_behind(file, of, name);
                if calls { self.results_of(read) } else { read }
            }
            _ => Set::EMPTY,
        }
    }

    /// Whether a value is the class of the method that reads it, a field of its receiver, or what it was passed. What that makes is
    /// told by the callers, who are not asked: the class that is written stands for theirs.
    fn hangs_on_caller(&self, func: Func, value: ValueId) -> bool {
        let function = self.program.function(func);
        match function.value(function.bare(value)).kind {
            ValueKind::Parameter(_) | ValueKind::TypeOf(_) => true,
            ValueKind::Attribute { base, .. } => self.hangs_on_caller(func, base),
            _ => false,
        }
    }

    /// Whether a class leaves methods to its subclasses: then it is one of those that is made, whichever that is.
    fn leaves_open(&self, ty: Ty) -> bool {
        let hierarchy = &self.program.hierarchy;
        hierarchy.order(ty).iter().any(|&at| {
            let (file, _) = self.program.place_of_type(at);
            self.program.type_def(at).members.iter().any(|it| {
                let left = self.program.function(self.program.func(file, it.function)).stub;
                let own = hierarchy.members(ty, self.program.sym(file, it.name), None);
                left && own.iter().any(|own| own.func == self.program.func(file, it.function))
            })
        })
    }

    /// The same instances, which may be of subtypes.
    fn or_of_subtype(&mut self, set: Set) -> Set {
        self.map(set, |types, it| Set::single(types.of_any_subtype(it)))
    }

    /// The same object, which may be of a subtype.
    pub fn of_any_subtype(&mut self, object: ShapeId) -> ShapeId {
        match self.shape(object).clone() {
            Shape::Instance { ty, args, exact: true } => self.intern(Shape::Instance { ty, exact: false, args }),
            _ => object,
        }
    }

    pub(super) fn constructed(&mut self, ty: Ty) -> Set {
        match self.program.type_def(ty).kind {
            TypeKind::Alias | TypeKind::Implementation => self.instance_of(ty, &[]),
            _ => self.one(Shape::Instance { ty, exact: true, args: Box::default() }),
        }
    }

    fn library_call(&mut self, func: Func, path: Path, call: &Call) -> Set {
        let receivers = self.receivers(func, path, call);
        let positional: Vec<ValueId> =
            call.arguments.iter().filter(|it| it.name.is_none()).map(|it| it.value).collect();
        let wraps = self.paths.facts(path).hand_offs.iter().any(|it| it.runs == RunsOn::WhenCalled);
        if wraps {
            let callable = positional.first().map_or(Set::EMPTY, |&it| self.eval(func, it));
            return self.one(Shape::Partial(callable));
        }
        let arguments: Vec<Set> = match self.paths.facts(path).gives {
            Some(gives) if gives.rests_on_arguments() => self.counted_arguments(func, path, call),
            _ => Vec::new(),
        };
        if let Some(Gives::TypeUnless(_, conditions, otherwise)) = self.paths.facts(path).gives
            && any_holds(self, func, call, conditions)
        {
            return self.type_text(self.paths.language(path), otherwise, Known::NOTHING);
        }
        if let Some(given) = self.given_by_values(func, path, call, &positional) {
            return given;
        }
        // `from_str::<Settings>(text)`
        let by_path = matches!(self.program.value(func, call.callee).kind, ValueKind::Path(_));
        let converts = self.paths.facts(path).runs.is_some_and(|it| it.what == Runs::Convert);
        if by_path && converts && !call.types.is_empty() {
            return self.written_with(func, call);
        }
        if let Some(gives @ Gives::Type(text)) = self.paths.facts(path).gives
            && gives.is_open()
        {
            self.opens = true;
            let put = self.one(Shape::Open(func, call.callee));
            let put = match self.written_with(func, call) {
                written if self.merely_callable(written) => put,
                written => self.union([written, put]),
            };
            return self.type_text(self.paths.language(path), text, Known { put, ..Known::NOTHING });
        }
        if let Some(given) = self.given_by_anyones(path, &receivers) {
            return given;
        }
        if self.paths.facts(path).gives.is_some_and(|it| !matches!(it, Gives::AttributeOf(_))) {
            let none = [None];
            let each = receivers.iter().map(|&it| Some(it));
            let receivers: Vec<Option<ShapeId>> = if receivers.is_empty() { none.into() } else { each.collect() };
            let given: Vec<Option<Set>> = receivers.into_iter().map(|it| self.given_by(path, it, &arguments)).collect();
            return self.union(given.into_iter().flatten());
        }
        // A capitalised name is a type, and calling it constructs one.
        if self.paths.last(path).starts_with(char::is_uppercase) {
            return self.library_instance(path, &[]);
        }
        let result = self.paths.called(path);
        self.one(Shape::ExternalInstance(result, Box::default()))
    }

    /// What a method gives of which no more is known than its name: the type that has it is nowhere described, and is given no types.
    fn given_by_anyones(&mut self, method: Path, receivers: &[ShapeId]) -> Option<Set> {
        let of_anyones = self.paths.facts(method);
        if of_anyones.gives.is_none() || !self.paths.holds_of_anyone(of_anyones) {
            return None;
        }
        let bare = |&it: &ShapeId| match self.shape(it) {
            Shape::ExternalInstance(path, given) => given.is_empty() && !self.paths.is_described(*path),
            _ => false,
        };
        if receivers.is_empty() || !receivers.iter().all(bare) {
            return None;
        }
        let anyones = format!("{ANY_OWNER}.{}", self.paths.last(method));
        let anyones = self.paths.intern(self.paths.language(method), &anyones);
        if self.paths.holds_of_anyone(self.paths.facts(anyones)) {
            return None;
        }
        self.given_by(anyones, None, &[])
    }

    /// What the catalogue says of a call that hangs on how its arguments are written, not on what they are alone.
    fn given_by_values(&mut self, func: Func, path: Path, call: &Call, positional: &[ValueId]) -> Option<Set> {
        let argument = |index: usize| positional.get(index).copied();
        let receiver = match self.program.value(func, call.callee).kind {
            ValueKind::Attribute { base, .. } => Some(base),
            _ => None,
        };
        Some(match (self.paths.facts(path).gives?, receiver) {
            (&Gives::Module(language, index), _) => self.foreign_module(func, path, language, argument(index)),
            (Gives::Registered(index, entry, otherwise), _) => {
                let group = self.counted_values(func, path, call).get(*index).copied().flatten();
                match (group, otherwise) {
                    (None, Some(otherwise)) => self.type_text(self.paths.language(path), otherwise, Known::NOTHING),
                    _ => self.registered(func, group, entry),
                }
            }
            (&Gives::Reader(index, calls), _) => self.reader(func, argument(index), calls),
            (&Gives::At(index), _) => self.object_at(func, argument(index)),
            (Gives::FailureOfReceiver, Some(of)) => self.failures(func, of),
            (&Gives::Member(index), Some(of)) => self.foreign_member(func, path, of, argument(index)),
            (&Gives::AttributeOf(index), _) => {
                let found = self.named_attribute(func, argument(index), argument(index + 1));
                return (!found.is_empty()).then_some(found);
            }
            // `table.get("key")`
            (Gives::ElementOfReceiver(default), Some(of)) => {
                let (of, &key) = (self.eval(func, of), positional.first()?);
                if !self.tells_keys(of) {
                    return None;
                }
                let (keys, mut lacks) = (self.keys_written(func, key), false);
                let found = self.map(of, |types, it| {
                    let (found, sure) = types.under_keys(it, &keys);
                    lacks |= !sure;
                    found
                });
                let default = default.and_then(argument).filter(|_| lacks);
                let default = default.map_or(Set::EMPTY, |it| self.eval(func, it));
                self.union([found, default])
            }
            (Gives::FutureOfAll(future), _) => {
                let results = self.all_results(func, call);
                self.future(self.paths.language(path), Some(future), results)
            }
            _ => return None,
        })
    }

    /// What a call is passed in the order of the parameters: by position, or by a name that a table knows.
    fn counted_arguments(&mut self, func: Func, path: Path, call: &Call) -> Vec<Set> {
        let counted = self.counted_values(func, path, call);
        let spread = |value| call.arguments.iter().any(|it| it.value == value && it.spread == Spread::Positional);
        let mut sets = Vec::with_capacity(counted.len());
        for value in counted {
            let set = value.map_or(Set::EMPTY, |it| self.eval(func, it));
            // `chain(*lists)` is given what is in them.
            sets.push(if value.is_some_and(spread) { self.each_in(set) } else { set });
        }
        sets
    }

    fn counted_values(&self, func: Func, path: Path, call: &Call) -> Vec<Option<ValueId>> {
        let module = &self.program.file(self.program.file_of(func)).summary.module;
        let names = self.paths.facts(path).parameters;
        let positional = call.arguments.iter().filter(|it| it.name.is_none());
        let named = names.iter().skip(positional.clone().count()).map(|parameter| {
            let meant = |name| parameter.split('|').any(|it| it == module.text(name));
            call.arguments.iter().find(|it| it.name.is_some_and(meant))
        });
        positional.map(Some).chain(named).map(|it| it.map(|it| it.value)).collect()
    }

    /// Of what a method is called on, the shapes whose method this is, seen through what only guards or wraps.
    fn receivers(&mut self, func: Func, path: Path, call: &Call) -> Vec<ShapeId> {
        let (base, name) = match self.program.value(func, call.callee).kind {
            ValueKind::Attribute { base, name } => (base, name),
            ValueKind::Path(_) | ValueKind::Associated { .. } => return self.first_as_receiver(func, path, call),
            _ => return Vec::new(),
        };
        let name = self.program.file(self.program.file_of(func)).summary.module.text(name);
        let set = self.eval(func, base);
        let all = self.shapes(set).to_vec();
        let mut found = Vec::new();
        let mut todo: Vec<(ShapeId, usize)> = all.iter().rev().map(|&it| (it, 0)).collect();
        while let Some((shape, hops)) = todo.pop() {
            match self.shape(shape).clone() {
                Shape::ExternalInstance(owner, _) if self.paths.member(owner, name) == path => found.push(shape),
                Shape::ExternalInstance(_, args) if hops < 4 => {
                    let inner = args.first().map_or(&[][..], |&it| self.shapes(it));
                    todo.extend(inner.iter().rev().map(|&it| (it, hops + 1)));
                }
                Shape::Sequence(_)
                | Shape::Mapping(..)
                | Shape::Record(..)
                | Shape::Tuple(_)
                | Shape::Class { .. }
                | Shape::Function(_)
                | Shape::Method(..)
                | Shape::Partial(_)
                | Shape::Callable(_) => found.push(shape),
                Shape::Instance { ty, .. } if hops < 4 => {
                    let target = self.deref_target(ty);
                    if target.is_empty() {
                        found.push(shape);
                    }
                    todo.extend(self.shapes(target).iter().rev().map(|&it| (it, hops + 1)));
                }
                _ => {}
            }
        }
        if found.is_empty() { all.first().copied().into_iter().collect() } else { found }
    }

    /// `Arc::clone(&it)`: a type's method that is named by its path has its receiver as first argument.
    fn first_as_receiver(&mut self, func: Func, path: Path, call: &Call) -> Vec<ShapeId> {
        let of_a_type = self.paths.owner(path).is_some_and(|it| self.paths.last(it).starts_with(char::is_uppercase));
        match call.arguments.first() {
            Some(first) if of_a_type && first.spread == Spread::No && first.name.is_none() => {
                let set = self.eval(func, first.value);
                self.shapes(set).to_vec()
            }
            _ => Vec::new(),
        }
    }

    /// What the catalogue says that calling `path` gives.
    pub(super) fn given_by(&mut self, path: Path, receiver: Option<ShapeId>, arguments: &[Set]) -> Option<Set> {
        let argument = |index: usize| arguments.get(index).copied().unwrap_or(Set::EMPTY);
        Some(match self.paths.facts(path).gives? {
            Gives::Type(text) | Gives::TypeUnless(text, ..) => {
                let inside = receiver.map_or(Set::EMPTY, |it| self.contents(it));
                let keys = receiver.map_or(Set::EMPTY, |it| self.keys(it));
                self.type_text(self.paths.language(path), text, Known { inside, keys, arguments, ..Known::NOTHING })
            }
            Gives::Receiver => receiver.map_or(Set::EMPTY, |it| self.arena.set(vec![it])),
            Gives::Instance => {
                let class = receiver.map_or(Set::EMPTY, |it| self.arena.set(vec![it]));
                self.instances_of(class, &[])
            }
            Gives::Argument(index) => argument(*index),
            Gives::ResultOf(index) => self.results_of(argument(*index)),
            Gives::EachResultOf(index) => {
                let result = self.results_of(argument(*index));
                self.one(Shape::Sequence(result))
            }
            Gives::FutureOf(index, future) => {
                let result = self.results_of(argument(*index));
                self.future(self.paths.language(path), future.as_deref(), result)
            }
            Gives::ProvidedBy(index) => self.provided_by(argument(*index)),
            Gives::ElementOf(index) => self.each_in(argument(*index)),
            Gives::MappingOf(index) => self.mapping_of(argument(*index)),
            Gives::AsynchronousOf(index) => {
                let result = self.results_of(argument(*index));
                let future = self.one(Shape::Future(result));
                self.one(Shape::Callable(future))
            }
            Gives::Entered(index) => {
                let of = argument(*index);
                self.entered_in(of, &[MemberKind::Enter, MemberKind::EnterAsync])
            }
            Gives::ElementOfReceiver(default) => {
                let element = receiver.map_or(Set::EMPTY, |it| self.contents(it));
                self.union([element, default.map_or(Set::EMPTY, argument)])
            }
            Gives::Module(..)
            | Gives::Member(_)
            | Gives::Registered(..)
            | Gives::MemberName
            | Gives::MemberText
            | Gives::FailureOfReceiver
            | Gives::At(_)
            | Gives::AttributeOf(_)
            | Gives::Reader(..)
            | Gives::FutureOfAll(_) => return None,
            Gives::Owner => {
                let owner = self.paths.owner(path)?;
                self.library_instance(owner, &[])
            }
        })
    }

    /// A future of this result, of a library's type where it has one.
    fn future(&mut self, language: Language, future: Option<&str>, result: Set) -> Set {
        match future {
            Some(future) => {
                let path = self.paths.intern(language, future);
                self.one(Shape::ExternalInstance(path, Box::new([result])))
            }
            None => self.one(Shape::Future(result)),
        }
    }

    /// The results of everything that a call is passed, one by one, or of what it spreads.
    fn all_results(&mut self, func: Func, call: &Call) -> Set {
        let arguments = call.arguments.iter().filter(|it| it.name.is_none());
        if arguments.clone().any(|it| it.spread != Spread::No) {
            let mut results = Vec::new();
            for argument in arguments {
                let set = self.eval(func, argument.value);
                let set = if argument.spread == Spread::No { set } else { self.each_in(set) };
                results.push(self.results_of(set));
            }
            let result = self.union(results);
            return self.one(Shape::Sequence(result));
        }
        let arguments: Vec<Set> = arguments.map(|it| self.eval(func, it.value)).collect();
        let results = arguments.into_iter().map(|it| self.results_of(it)).collect();
        self.one(Shape::Tuple(results))
    }

    /// What calling the callables of a set, or awaiting its coroutines, gives.
    pub(super) fn results_of(&mut self, callables: Set) -> Set {
        let mut found = Vec::new();
        for shape in self.shapes(callables).to_vec() {
            found.push(match *self.shape(shape) {
                // What calls a generator for its result, as a framework does for what it injects, hands out what it yields.
                Shape::Function(func) if self.program.function(func).color.yields() => self.yielded(func),
                Shape::Function(func) | Shape::Coroutine(func) => self.result_of(func, None),
                Shape::Method(func, receiver) => self.result_of(func, Some(receiver)),
                Shape::Class { ty, .. } => self.constructed(ty),
                // A capitalised name is a type.
                Shape::External(path) if self.paths.last(path).starts_with(char::is_uppercase) => {
                    self.library_instance(path, &[])
                }
                Shape::Partial(inner) => self.results_of(inner),
                Shape::Future(result) | Shape::Callable(result) => result,
                _ => {
                    let promised = self.promised(shape).unwrap_or_default();
                    self.filled(promised)
                }
            });
        }
        self.union(found)
    }

    fn provided_by(&mut self, callables: Set) -> Set {
        let mut found = Vec::new();
        for shape in self.shapes(callables).to_vec() {
            let generator =
                |func: &Func| matches!(self.program.function(*func).color, Color::Generator | Color::AsyncGenerator);
            found.push(match *self.shape(shape) {
                Shape::Function(func) | Shape::Method(func, _) if generator(&func) => self.yielded(func),
                _ => {
                    let one = self.arena.set(vec![shape]);
                    self.results_of(one)
                }
            });
        }
        self.union(found)
    }

    /// The types that are written with what is called.
    pub fn written_with(&mut self, func: Func, call: &Call) -> Set {
        let sets: Vec<Set> = call.types.iter().map(|&it| self.annotation(func, it)).collect();
        self.union(sets)
    }
}
