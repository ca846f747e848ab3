//! Functions that nothing in the program runs, but that only asynchronous code can use.

use super::{in_test, member_kind};
use crate::graph::Graph;
use crate::link::{Func, Program, Ty};
use blocklint_ir::{Color, Form, MemberKind, Name, Receiver, TypeExpr};
use rustc_hash::FxHashSet;

/// Types with an asynchronous method that nothing in the program calls: it is there for others, who await it, so that they hold a
/// value of the type in asynchronous code. A method that the type's own code drives to its end says nothing.
pub(super) fn held_by_tasks(program: &Program<'_>, graph: &Graph) -> FxHashSet<Ty> {
    let called = called(program, graph);
    let mut held = FxHashSet::default();
    for ty in program.all_types() {
        let Some(target) = program.hierarchy.target(program, ty) else { continue };
        let (file, _) = program.place_of_type(ty);
        let for_others = program.type_def(ty).members.iter().any(|it| {
            let func = program.func(file, it.function);
            let function = program.function(func);
            function.color == Color::Async
                && function.receiver == Receiver::Instance
                && !function.stub
                && !called[func.0 as usize]
                && !in_test(program, func)
        });
        if for_others {
            held.insert(target);
        }
    }
    held
}

/// Finalizers of what asynchronous code holds, and functions that give a future: what they do before is done by whoever awaits it.
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
        let Some(result) = function.result else { continue };
        let module = &program.file(program.file_of(func)).summary.module;
        let gives = matches!(module.type_expr(result), TypeExpr::Future(_));
        if gives && function.color == Color::Sync && function.form == Form::Named && !called[func.0 as usize] {
            found.push(func);
        }
    }
    found.retain(|&it| graph.walked[it.0 as usize] && !in_test(program, it));
    found
}

/// By function: whether another one calls it. Tests are left aside, and finalizers, which are no reason for a method to be there.
fn called(program: &Program<'_>, graph: &Graph) -> Vec<bool> {
    let mut called = vec![false; program.function_count()];
    let finalizer = |it| member_kind(program, it) == Some(MemberKind::Finalize);
    for func in program.all_functions().filter(|&it| !in_test(program, it) && !finalizer(it)) {
        let calls = graph.edges[func.0 as usize].iter().map(|it| it.to);
        let awaits = graph.awaits[func.0 as usize].iter().map(|it| it.1);
        for to in calls.chain(awaits).filter(|&it| it != func) {
            called[to.0 as usize] = true;
        }
    }
    called
}
