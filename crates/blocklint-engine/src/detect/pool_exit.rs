//! Leaving a pool waits for what was handed to it; where the code has waited for that already, leaving is no wait of its own.

use super::Cx;
use crate::link::Func;
use crate::types::{Path, Shape, ShapeId};
use blocklint_catalog::fact::{Effect, RunsOn};
use blocklint_ir::{RegionId, RegionKind, ValueId, ValueKind};

/// Whether the end of a context at `site` finds nothing to wait for: nothing was handed over in it but by calls that are awaited,
/// or what was is waited for inside, which is a finding of its own.
pub(super) fn waits_for_nothing(cx: &mut Cx<'_, '_>, func: Func, site: ValueId) -> bool {
    let function = cx.types.program.function(func);
    let ValueKind::Exit(context) = function.value(site).kind else { return false };
    let held: Vec<RegionId> = (0..function.regions.len())
        .map(RegionId::new)
        .filter(|&it| {
            let mut around = function.regions_around(it);
            around.any(|(_, it)| it.kind == RegionKind::Held { context })
        })
        .collect();
    let inside = |it: ValueId| held.contains(&function.value(it).region);
    let waits = cx.graph.exits[func.0 as usize].iter().any(|it| {
        let effect = cx.types.paths.facts(it.path).blocking.map(|it| it.effect);
        it.site != site && effect == Some(Effect::Wait) && inside(it.site)
    });
    is_pool(cx, func, context) && (waits || !hands_over(cx, func, context, &inside))
}

/// Whether what is entered runs callables that it is given on other threads.
fn is_pool(cx: &mut Cx<'_, '_>, func: Func, context: ValueId) -> bool {
    let set = cx.types.of(func, context);
    let shapes = cx.types.shapes(set).to_vec();
    !shapes.is_empty()
        && shapes.into_iter().all(|it| {
            library_types(cx, it).into_iter().any(|it| {
                let submit = cx.types.paths.member(it, "submit");
                !cx.types.paths.facts(submit).hand_offs.is_empty()
            })
        })
}

/// The library's type that an object is of, or those that its class inherits from.
fn library_types(cx: &mut Cx<'_, '_>, object: ShapeId) -> Vec<Path> {
    match *cx.types.shape(object) {
        Shape::ExternalInstance(path, _) => vec![path],
        Shape::Instance { ty, .. } => cx.types.library_bases(ty),
        _ => Vec::new(),
    }
}

/// Whether a callable is handed to what was entered.
fn hands_over(cx: &mut Cx<'_, '_>, func: Func, context: ValueId, inside: &impl Fn(ValueId) -> bool) -> bool {
    let function = cx.types.program.function(func);
    let entered = |it: ValueId| it == context || function.value(it).kind == ValueKind::Enter(context);
    (0..function.values.len()).map(ValueId::new).filter(|&it| inside(it)).any(|it| {
        let ValueKind::Call(call) = &function.value(it).kind else { return false };
        let ValueKind::Attribute { base, .. } = function.value(call.callee).kind else { return false };
        entered(base)
            && cx.types.is_library_function(func, call.callee, |it| {
                it.hand_offs.iter().any(|it| matches!(it.runs, RunsOn::Worker | RunsOn::Process))
            })
    })
}
