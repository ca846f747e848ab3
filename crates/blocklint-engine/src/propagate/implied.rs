//! Functions that nothing in the program runs, but that only asynchronous code can use.

use crate::graph::{Graph, Guards};
use crate::link::{Func, Program, Ty};
use crate::types::Types;
use blocklint_catalog::fact::Decorates;
use blocklint_ir::{Color, Form, FunctionId, MemberKind, Module, Name, Receiver, TypeExpr, TypeExprId};
use rustc_hash::FxHashSet;

/// Types with an asynchronous method that nothing in the program calls, or such a function that gives one: it is there for others, who
/// await it, so that they hold a value of the type in asynchronous code. A method that the type's own code drives to its end says nothing,
/// and neither does one that is there for another language: that holds its values on threads of its own.
pub(super) fn held_by_tasks(types: &mut Types<'_>, graph: &Graph) -> FxHashSet<Ty> {
    let program = types.program;
    let called = called(program, graph);
    let mut held = FxHashSet::default();
    for ty in program.all_types() {
        let Some(target) = program.hierarchy.target(program, ty) else { continue };
        let (file, _) = program.place_of_type(ty);
        let (def, module) = (program.type_def(ty), &program.file(file).summary.module);
        let for_others = def.members.iter().any(|it| {
            let func = program.func(file, it.function);
            let function = program.function(func);
            let gives_one = || function.result.is_some_and(|it| names(module, it, def.name));
            function.color == Color::Async
                && (function.receiver == Receiver::Instance || gives_one())
                && !function.stub
                && !called[func.0 as usize]
                && !program.in_test(func)
        });
        if for_others && !types.is_made(ty, Decorates::Foreign) && !types.is_made(target, Decorates::Foreign) {
            held.insert(target);
        }
    }
    held
}

/// Whether a type expression names a type, or means the type around it, anywhere.
fn names(module: &Module, expr: TypeExprId, name: Name) -> bool {
    match module.type_expr(expr) {
        TypeExpr::SelfType => true,
        TypeExpr::Path { path, .. } => path.segments.last() == Some(&name),
        TypeExpr::Apply { base, args } => names(module, *base, name) || args.iter().any(|&it| names(module, it, name)),
        TypeExpr::Tuple(items) | TypeExpr::Union(items) => items.iter().any(|&it| names(module, it, name)),
        TypeExpr::Sequence(item) | TypeExpr::Future(item) => names(module, *item, name),
        _ => false,
    }
}

/// Finalizers of what asynchronous code holds, and functions that give a future, or are run by awaiting: what they do before is done by
/// whoever awaits it.
pub(super) fn functions(program: &Program<'_>, graph: &Graph, held: &FxHashSet<Ty>) -> Vec<Func> {
    let called = called(program, graph);
    let mut found = Vec::new();
    for ty in program.all_types() {
        if program.hierarchy.target(program, ty).is_some_and(|it| held.contains(&it)) {
            let (file, _) = program.place_of_type(ty);
            let members = program.type_def(ty).members.iter();
            let module = &program.file(file).summary.module;
            // A collector runs `__del__` when and where it pleases.
            let collected = |it: Name| module.text(it).starts_with("__");
            let finalizers = members.filter(|it| it.kind == MemberKind::Finalize && !collected(it.name));
            found.extend(finalizers.map(|it| program.func(file, it.function)));
        }
    }
    for func in program.all_functions() {
        let function = program.function(func);
        let module = &program.file(program.file_of(func)).summary.module;
        let gives = function.result.is_some_and(|it| matches!(module.type_expr(it), TypeExpr::Future(_)))
            || program.member_kind(func) == Some(MemberKind::Await);
        if gives && function.color == Color::Sync && function.form == Form::Named && !called[func.0 as usize] {
            found.push(func);
        }
    }
    found.retain(|&it| graph.walked[it.0 as usize] && !program.in_test(it));
    found
}

/// Functions that ask for the loop of their thread and have no answer for its absence: they run on one, whoever calls them.
pub(super) fn asking(types: &mut Types<'_>, graph: &Graph, guards: &mut Guards) -> Vec<Func> {
    let program = types.program;
    let plain = |&it: &Func| {
        let function = program.function(it);
        function.color == Color::Sync && program.place_of(it).1 != FunctionId::TOP && !program.in_test(it)
    };
    let walked = program.all_functions().filter(|it| graph.walked[it.0 as usize]);
    walked.filter(plain).filter(|&it| guards.needs_loop(types, it)).collect()
}

/// By function: whether another one calls it. Tests are left aside, and finalizers, which are no reason for a method to be there.
fn called(program: &Program<'_>, graph: &Graph) -> Vec<bool> {
    let mut called = vec![false; program.function_count()];
    let finalizer = |it| program.member_kind(it) == Some(MemberKind::Finalize);
    for func in program.all_functions().filter(|&it| !program.in_test(it) && !finalizer(it)) {
        let calls = graph.edges[func.0 as usize].iter().map(|it| it.to);
        let awaits = graph.awaits[func.0 as usize].iter().map(|it| it.1);
        for to in calls.chain(awaits).filter(|&it| it != func) {
            called[to.0 as usize] = true;
        }
    }
    called
}
