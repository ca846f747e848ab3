//! A type that owns what must not end on a loop's thread, and whose values live there: a runtime in a field.

use super::{Cx, Rule, message};
use crate::finding::{Confidence, Domain, Finding, Place, Severity, Step, Via};
use crate::link::{Entity, FileId, Func, Ty};
use crate::types::Path;
use blocklint_catalog::fact::{Blocking, OnLoop, RunsOn};
use blocklint_ir::{Field, MemberKind, Receiver, TypeExpr, TypeExprId, TypeKind, ValueKind};
use std::sync::Arc;

pub(super) fn detect(cx: &mut Cx<'_, '_>, out: &mut Vec<Finding>) {
    let program = cx.types.program;
    for ty in program.all_types() {
        let (file, _) = program.place_of_type(ty);
        let def = program.type_def(ty);
        let module = &program.file(file).summary.module;
        // Who writes the end of a value's life has thought of it.
        let looked_after = !program.hierarchy.triggered(ty, MemberKind::Finalize).is_empty();
        if def.kind != TypeKind::Struct || !program.file(file).reported || module.test || def.test || looked_after {
            continue;
        }
        for field in &def.fields {
            let Some((path, ending)) = field.annotation.and_then(|it| ends_badly(cx, file, it)) else { continue };
            if (cx.contexts.held_by_tasks(ty) && !made_by_main(cx, ty)) || steps_aside(cx, ty) {
                out.push(finding(cx, (file, ty, field), path, ending));
            }
        }
    }
}

/// The end of what a field owns itself, without a pointer that others may share, where a loop's thread does not survive it.
fn ends_badly<'a>(cx: &mut Cx<'_, 'a>, file: FileId, expr: TypeExprId) -> Option<(Path, &'a Blocking)> {
    let program = cx.types.program;
    let language = program.language(file);
    for entity in program.head_entities(file, expr) {
        let Entity::External(dotted) = entity else { continue };
        if let (TypeExpr::Apply { args, .. }, "std.option.Option") =
            (program.file(file).summary.module.type_expr(expr), &*dotted)
        {
            return args.first().and_then(|&it| ends_badly(cx, file, it));
        }
        let owned = cx.types.paths.intern(language, &dotted);
        let drop = cx.types.paths.member(owned, "drop");
        if let Some(blocking) = cx.types.paths.facts(drop).blocking.filter(|it| it.on_loop != OnLoop::Stalls) {
            return Some((drop, blocking));
        }
    }
    None
}

/// Whether the function that a program starts with makes values of the type, on no loop's thread: they may end there too.
fn made_by_main(cx: &Cx<'_, '_>, ty: Ty) -> bool {
    let program = cx.types.program;
    let makes = |func: Func| program.owner(func) == Some(ty) && program.function(func).receiver == Receiver::None;
    program.all_functions().any(|func| {
        program.is_main(func)
            && cx.contexts.reached(func).is_none()
            && cx.graph.edges[func.0 as usize].iter().any(|it| makes(it.to))
    })
}

/// Whether a method moves the other tasks away before it waits, which only makes sense where tasks run.
fn steps_aside(cx: &mut Cx<'_, '_>, ty: Ty) -> bool {
    let program = cx.types.program;
    let blocks = program.all_types().filter(|&it| program.hierarchy.target(program, it) == Some(ty));
    let methods: Vec<_> = blocks
        .flat_map(|block| {
            let (file, _) = program.place_of_type(block);
            program.type_def(block).members.iter().map(move |it| program.func(file, it.function))
        })
        .collect();
    methods.into_iter().any(|method| {
        program.function(method).values.iter().any(|value| {
            let ValueKind::Call(call) = &value.kind else { return false };
            let in_place = |it: &blocklint_catalog::Facts<'_>| it.hand_offs.iter().any(|it| it.runs == RunsOn::InPlace);
            cx.types.is_library_function(method, call.callee, in_place)
        })
    })
}

fn finding(cx: &Cx<'_, '_>, (file, ty, field): (FileId, Ty, &Field), drop: Path, ending: &Blocking) -> Finding {
    let program = cx.types.program;
    let def = program.type_def(ty);
    let name = program.file(file).summary.module.text(field.name);
    let place = Place { file: program.file(file).summary.path.clone(), span: field.span };
    let function: Arc<str> = def.qualname.as_str().into();
    let step = Step { place: place.clone(), function: function.clone(), via: Via::Finalize, domain: Domain::Loop };
    let said = ending.failure.as_deref().map_or_else(String::new, |it| format!(": \"{it}\""));
    let rule = Rule::runtime(program.language(file));
    let mut finding = Finding {
        code: rule.code().into(),
        rule: rule.name().into(),
        severity: Severity::Error,
        confidence: Confidence::Likely,
        language: program.language(file),
        effect: Some(ending.effect),
        api: cx.types.paths.shown(drop).to_owned(),
        bound_ms: None,
        message: format!("`{name}` ends with the value that owns it, which asynchronous code holds{said}"),
        help: ending.instead.as_ref().map_or_else(
            || "let a thread without a runtime own it".to_owned(),
            |it| format!("use {it}, or move it to a thread of its own in `Drop`"),
        ),
        place,
        function,
        accessor: None,
        chain: vec![step],
        other_chains: Vec::new(),
        entries: 1,
        small_in_test: false,
        fingerprint: String::new(),
    };
    finding.fingerprint = message::fingerprint(&finding, &program.module_path(file), 0);
    finding
}
