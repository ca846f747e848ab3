//! Objects that raise instead of waiting: the code has told them to, or catches what they raise.

use super::Cx;
use super::caught::handlers;
use super::finished::same_place;
use crate::link::{Func, Ty};
use crate::types::{Shape, ShapeId, Types};
use blocklint_catalog::fact::Guard;
use blocklint_ir::{Literal, Name, ValueId, ValueKind};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// By function: what it tells not to wait, once that was asked.
#[derive(Debug, Default)]
pub struct Told(FxHashMap<Func, Rc<[ValueId]>>);

/// Whether the call is made on something that does not wait.
pub(super) fn raises_instead(cx: &mut Cx<'_, '_>, func: Func, site: ValueId) -> bool {
    let program = cx.types.program;
    let ValueKind::Call(call) = &program.value(func, site).kind else { return false };
    let ValueKind::Attribute { base, .. } = program.value(func, call.callee).kind else { return false };
    !handlers(cx.types, func, site, Guard::RaisedInsteadOfWaiting).is_empty()
        || is_object(cx.types, func, base) && (told(cx, func, base) || kept_told(cx, func, base))
}

/// Whether the value may be something that can be told: a module or class cannot.
fn is_object(types: &mut Types<'_>, func: Func, value: ValueId) -> bool {
    let set = types.of(func, value);
    let told_nothing = |it: &ShapeId| matches!(types.shape(*it), Shape::External(_) | Shape::Module(_));
    set.is_empty() || !types.shapes(set).iter().all(told_nothing)
}

/// Whether this function tells the value itself: `sock.setblocking(False)`.
fn told(cx: &mut Cx<'_, '_>, func: Func, base: ValueId) -> bool {
    tells(cx, func).iter().any(|&it| same_place(cx.types, func, it, base))
}

fn tells(cx: &mut Cx<'_, '_>, func: Func) -> Rc<[ValueId]> {
    if let Some(known) = cx.told.0.get(&func) {
        return Rc::clone(known);
    }
    let found: Rc<[ValueId]> = find_told(cx.types, func).into();
    cx.told.0.insert(func, Rc::clone(&found));
    found
}

/// What a function tells not to wait.
fn find_told(types: &mut Types<'_>, func: Func) -> Vec<ValueId> {
    let function = types.program.function(func);
    let mut found = Vec::new();
    for value in &function.values {
        let ValueKind::Call(call) = &value.kind else { continue };
        let ValueKind::Attribute { base, .. } = function.value(call.callee).kind else { continue };
        let off = call.arguments.first().is_some_and(|it| match function.value(it.value).kind {
            ValueKind::Literal(Literal::Bool(on)) => !on,
            ValueKind::Literal(Literal::Int(seconds)) => seconds == 0,
            ValueKind::Literal(Literal::Float(seconds)) => seconds == 0.0,
            _ => false,
        });
        if off && types.is_library_function(func, call.callee, |it| it.guard == Some(Guard::EndsWaiting)) {
            found.push(base);
        }
    }
    found
}

/// Whether a method of the object that keeps the value tells it: `self.sock` was told in `__init__`.
fn kept_told(cx: &mut Cx<'_, '_>, func: Func, value: ValueId) -> bool {
    let program = cx.types.program;
    let (base, name) = match program.value(func, value).kind {
        ValueKind::Attribute { base, name } => (base, name),
        ValueKind::Present(of) | ValueKind::Narrow { of, .. } => return kept_told(cx, func, of),
        _ => return false,
    };
    let text = program.text(program.sym(program.file_of(func), name)).to_owned();
    let set = cx.types.of(func, base);
    let owner = |&it: &ShapeId| match *cx.types.shape(it) {
        Shape::Instance { ty, .. } => Some(ty),
        _ => None,
    };
    let owners: Vec<Ty> = cx.types.shapes(set).iter().filter_map(owner).collect();
    let line: Vec<Ty> = owners.iter().flat_map(|&it| program.hierarchy.order(it)).copied().collect();
    let methods: Vec<Func> = line
        .iter()
        .flat_map(|&ty| {
            let (file, _) = program.place_of_type(ty);
            program.type_def(ty).members.iter().map(move |it| program.func(file, it.function))
        })
        .collect();
    methods.into_iter().any(|method| {
        let told = tells(cx, method);
        let function = program.function(method);
        let named = |it: Name| program.text(program.sym(program.file_of(method), it)) == text;
        told.iter().any(|&it| {
            matches!(function.value(it).kind, ValueKind::Attribute { name, .. } if named(name))
                || function.values.iter().any(|store| {
                    matches!(store.kind, ValueKind::Store { name, value: Some(value), .. } if named(name) && value == it)
                })
        })
    })
}
