//! What a call tells of the type parameters of the function that it calls: `def first(make: Callable[[], T]) -> T`.

use super::{Set, Shape, ShapeId, Types};
use crate::link::{FileId, Func, Program};
use blocklint_catalog::fact::Contains;
use blocklint_ir::{Argument, Call, Name, ParameterKind, Spread, TypeExpr, TypeExprId, ValueId, ValueKind};

/// The type parameters that something is written with, and their bounds.
type Generics = [(Name, Option<TypeExprId>)];

/// What type parameters stand for in one call.
type Bound = Vec<(Name, Set)>;

impl Types<'_> {
    /// The result of a call, where the function says it in type parameters of its own and the call tells what those are: by the types
    /// that are written with it (`load::<T>()`), or by what it passes. Else what is `given`. What wraps a function says that it gives
    /// the same one, and gives another.
    ///
    /// The first of the function's parameters that are passed is at `first`.
    pub(super) fn generic_result(
        &mut self,
        (caller, call): (Func, &Call),
        target: Func,
        first: usize,
        given: Set,
    ) -> Set {
        let wraps =
            |it: &ShapeId| matches!(self.shape(*it), Shape::Function(_) | Shape::Method(..) | Shape::Partial(_));
        if self.program.function(target).generics.is_empty() || self.shapes(given).iter().any(wraps) {
            return given;
        }
        self.told_by_call((caller, call), target, first).unwrap_or(given)
    }

    fn told_by_call(&mut self, (caller, call): (Func, &Call), target: Func, first: usize) -> Option<Set> {
        let program = self.program;
        let function = program.function(target);
        let result = function.result?;
        let file = program.file_of(target);
        let module = &program.file(file).summary.module;
        if function.color.yields() || !module.names_one_of(&function.generics, result) {
            return None;
        }
        let mut bound = match written_types(program, (caller, call), target) {
            Some(written) => {
                let written = function.generics.iter().zip(written);
                written.map(|(it, &to)| (it.0, self.annotation(caller, to))).collect()
            }
            None => self.told_by_arguments((caller, call), target, first),
        };
        bound.retain(|it| !it.1.is_empty() && !self.merely_structural(it.1));
        // What is passed twice and differs says nothing: either may come back.
        let told = bound.clone();
        bound.retain(|it| told.iter().all(|other| other.0 != it.0 || other.1 == it.1));
        if bound.is_empty() {
            return None;
        }
        let found = self.with_standing(|types| {
            types.alias_arguments.extend(bound.into_iter().map(|(name, set)| (file, name, set)));
            types.annotation(target, result)
        });
        let found = self.without_none(found);
        (!found.is_empty()).then_some(found)
    }

    fn told_by_arguments(&mut self, (caller, call): (Func, &Call), target: Func, first: usize) -> Bound {
        let program = self.program;
        let (file, function) = (program.file_of(target), program.function(target));
        let module = &program.file(file).summary.module;
        let mut bound = Bound::new();
        for (index, parameter) in function.parameters.iter().enumerate() {
            let named = |it: &TypeExprId| module.names_one_of(&function.generics, *it);
            let Some(annotation) = parameter.annotation.filter(named) else { continue };
            let Some(value) = written_for(program, (caller, call), target, index, first) else { continue };
            let set = self.eval(caller, value);
            let set = self.without_none(set);
            self.stands_for(file, &function.generics, annotation, set, &mut bound);
        }
        bound
    }

    /// Finds the type parameters in what a parameter is written to be, and what they stand for where it is `set`.
    fn stands_for(&mut self, file: FileId, generics: &Generics, written: TypeExprId, set: Set, bound: &mut Bound) {
        if set.is_empty() {
            return;
        }
        let program = self.program;
        let (inside, set) = match program.file(file).summary.module.type_expr(written) {
            TypeExpr::Path { path, .. } => {
                let parameter = generics.iter().find(|it| *path.segments == [it.0]);
                bound.extend(parameter.map(|it| (it.0, set)));
                return;
            }
            TypeExpr::Union(options) => {
                let set = self.without_none(set);
                for &option in options {
                    self.stands_for(file, generics, option, set, bound);
                }
                return;
            }
            TypeExpr::Callable(result) => (*result, self.results_of(set)),
            TypeExpr::Future(result) => (*result, self.awaited_or_own(set)),
            TypeExpr::Sequence(item) => (*item, self.each_in(set)),
            TypeExpr::TypeOf(of) => (*of, self.instances_of(set, &[])),
            TypeExpr::Apply { base, args } => {
                let Some((&first, &last)) = args.first().zip(args.last()) else { return };
                match self.container(file, *base) {
                    Some(Contains::Itself) => (first, set),
                    Some(Contains::Elements) => (first, self.each_in(set)),
                    Some(Contains::Result) => (last, self.results_of(set)),
                    Some(Contains::Awaited | Contains::Promised) => (last, self.awaited_or_own(set)),
                    _ => return,
                }
            }
            _ => return,
        };
        self.stands_for(file, generics, inside, set, bound);
    }

    /// What awaiting gives; of what an asynchronous function gives when it is awaited, that itself.
    fn awaited_or_own(&mut self, set: Set) -> Set {
        let awaited = self.results_of(set);
        if awaited.is_empty() { set } else { awaited }
    }

    /// What the catalogue says that a library's generic type contains.
    fn container(&mut self, file: FileId, base: TypeExprId) -> Option<Contains> {
        let program = self.program;
        let TypeExpr::Path { scope, path } = program.file(file).summary.module.type_expr(base) else { return None };
        program.named(file, *scope, path).iter().find_map(|it| self.contained_by(file, it))
    }
}

/// The types that a call writes for the type parameters of the function that it calls: `load::<T>()`. What is written with
/// `App::<Disk>::load()` are the type's.
pub(crate) fn written_types<'c>(
    program: &Program<'_>,
    (caller, call): (Func, &'c Call),
    target: Func,
) -> Option<&'c [TypeExprId]> {
    let of_owner = matches!(program.value(caller, call.callee).kind, ValueKind::Associated { .. });
    let all = call.types.len() == program.function(target).generics.len();
    (all && !of_owner).then_some(&call.types[..])
}

/// The value that a call writes for a parameter: by its name, or by its position where no spread may move it. What stands first in the
/// call is for the parameter at `first`.
pub(crate) fn written_for(
    program: &Program<'_>,
    (caller, call): (Func, &Call),
    callee: Func,
    index: usize,
    first: usize,
) -> Option<ValueId> {
    let function = program.function(callee);
    let declared = function.parameters.get(index)?;
    if matches!(declared.kind, ParameterKind::RestPositional | ParameterKind::RestNamed) {
        return None;
    }
    let own = &program.file(program.file_of(callee)).summary.module;
    let module = &program.file(program.file_of(caller)).summary.module;
    let name = own.text(declared.name);
    let named = call.arguments.iter().find(|it| it.name.is_some_and(|it| module.text(it) == name));
    let positional = |position: usize| -> Option<&Argument> {
        let spread = call.arguments.iter().any(|it| it.spread != Spread::No);
        call.arguments.iter().filter(|it| it.name.is_none() && !spread).nth(position)
    };
    named.or_else(|| index.checked_sub(first).and_then(positional)).map(|it| it.value)
}
