//! Objects that raise instead of waiting: the code has told them to, or catches what they raise.

use super::Cx;
use super::caught::handlers;
use super::finished::same_place;
use crate::link::{Func, Ty};
use crate::types::{Shape, ShapeId, Types};
use blocklint_catalog::fact::Guard;
use blocklint_ir::{Literal, Name, ValueId, ValueKind};
use rustc_hash::FxHashMap;
use std::iter;
use std::rc::Rc;

/// Where an object was told is looked for through no more values than this: functions that give what one of many functions gives
/// multiply.
const MAX_VALUES: usize = 64;

/// The values that were asked about, and what came of it; nothing as long as it is not known.
type Seen = FxHashMap<(Func, ValueId), bool>;

/// Who was told not to wait, once that was asked.
#[derive(Debug, Default)]
pub struct Told {
    /// By function: the values that it tells.
    values: FxHashMap<Func, Rc<[ValueId]>>,
    /// The libraries that the program tells as a whole, by the roots of their paths.
    libraries: Option<Rc<[Box<str>]>>,
}

/// Whether the call is made on something that does not wait.
pub(super) fn raises_instead(cx: &mut Cx<'_, '_>, func: Func, site: ValueId) -> bool {
    let program = cx.types.program;
    let ValueKind::Call(call) = &program.value(func, site).kind else { return false };
    let ValueKind::Attribute { base, .. } = program.value(func, call.callee).kind else { return false };
    !handlers(cx.types, func, site, Guard::RaisedInsteadOfWaiting).is_empty()
        || is_object(cx.types, func, base) && told(cx, &mut Seen::default(), func, base)
        || told_as_a_whole(cx, func, base)
}

/// Whether the value may be something that can be told: a module or class cannot.
fn is_object(types: &mut Types<'_>, func: Func, value: ValueId) -> bool {
    let set = types.of(func, value);
    let told_nothing = |it: &ShapeId| matches!(types.shape(*it), Shape::External(_) | Shape::Module(_));
    set.is_empty() || !types.shapes(set).iter().all(told_nothing)
}

/// Whether the value was told where it is used, by the function that gives it, or by the object that keeps it.
fn told(cx: &mut Cx<'_, '_>, seen: &mut Seen, func: Func, value: ValueId) -> bool {
    if let Some(&known) = seen.get(&(func, value)) {
        return known;
    }
    if seen.len() >= MAX_VALUES {
        return false;
    }
    seen.insert((func, value), false);
    let told_here = tells(cx, func).iter().any(|&it| same_place(cx.types, func, it, value));
    let program = cx.types.program;
    let found = told_here
        || match &program.value(func, value).kind {
            ValueKind::Present(of) | ValueKind::Narrow { of, .. } | ValueKind::Unwrap(of) | ValueKind::Await(of) => {
                told(cx, seen, func, *of)
            }
            ValueKind::Choice(options) => !options.is_empty() && options.iter().all(|&it| told(cx, seen, func, it)),
            ValueKind::Attribute { base, name } => kept_told(cx, seen, func, (*base, *name)),
            ValueKind::Call(_) => given_told(cx, seen, func, value),
            _ => false,
        };
    seen.insert((func, value), found);
    found
}

fn tells(cx: &mut Cx<'_, '_>, func: Func) -> Rc<[ValueId]> {
    if let Some(known) = cx.told.values.get(&func) {
        return Rc::clone(known);
    }
    let found: Rc<[ValueId]> = find_told(cx.types, func).into();
    cx.told.values.insert(func, Rc::clone(&found));
    found
}

/// Whether the value is of a library whose objects share what one of them was told: an SSH session's channels and files. Which of them
/// comes of which is not followed, so that one such call counts for the program.
fn told_as_a_whole(cx: &mut Cx<'_, '_>, func: Func, value: ValueId) -> bool {
    let libraries = told_libraries(cx);
    !libraries.is_empty() && roots(cx.types, func, value).iter().any(|it| libraries.contains(it))
}

fn told_libraries(cx: &mut Cx<'_, '_>) -> Rc<[Box<str>]> {
    if let Some(known) = &cx.told.libraries {
        return Rc::clone(known);
    }
    let program = cx.types.program;
    let mut found = Vec::new();
    for func in program.checked_functions() {
        let function = program.function(func);
        for value in &function.values {
            let ValueKind::Call(call) = &value.kind else { continue };
            let ValueKind::Attribute { base, .. } = function.value(call.callee).kind else { continue };
            let off = call.arguments.first().and_then(|it| truth(&function.value(it.value).kind)) == Some(false);
            if off
                && cx.types.is_library_function(func, call.callee, |it| it.guard == Some(Guard::EndsWaitingOfLibrary))
            {
                found.extend(roots(cx.types, func, base));
            }
        }
    }
    let found: Rc<[Box<str>]> = found.into();
    cx.told.libraries = Some(Rc::clone(&found));
    found
}

/// The first segments of the paths of the libraries' types that a value may be of.
fn roots(types: &mut Types<'_>, func: Func, value: ValueId) -> Vec<Box<str>> {
    let set = types.of(func, value);
    let root = |it: &ShapeId| match *types.shape(*it) {
        Shape::ExternalInstance(path, _) => types.paths.dotted(path).split('.').next().map(Into::into),
        _ => None,
    };
    types.shapes(set).iter().filter_map(root).collect()
}

/// What a function tells not to wait, and never tells to wait.
fn find_told(types: &mut Types<'_>, func: Func) -> Vec<ValueId> {
    let function = types.program.function(func);
    let (mut told, mut waits) = (Vec::new(), Vec::new());
    for value in &function.values {
        let ValueKind::Call(call) = &value.kind else { continue };
        let ValueKind::Attribute { base, .. } = function.value(call.callee).kind else { continue };
        let Some(on) = call.arguments.first().and_then(|it| truth(&function.value(it.value).kind)) else { continue };
        let mut says = |ends: Guard| types.is_library_function(func, call.callee, |it| it.guard == Some(ends));
        if says(if on { Guard::EndsWaitingWhenTrue } else { Guard::EndsWaiting }) {
            told.push(base);
        } else if says(if on { Guard::EndsWaiting } else { Guard::EndsWaitingWhenTrue }) {
            waits.push(base);
        }
    }
    told.retain(|&it| !waits.iter().any(|&other| same_place(types, func, it, other)));
    told
}

/// Of a written value: zero and `false` are not true.
fn truth(value: &ValueKind) -> Option<bool> {
    match *value {
        ValueKind::Literal(Literal::Bool(on)) => Some(on),
        ValueKind::Literal(Literal::Int(number)) => Some(number != 0),
        ValueKind::Literal(Literal::Float(number)) => Some(number != 0.0),
        _ => None,
    }
}

/// Whether a function of the program tells what it gives: `fn open() -> io::Result<UdpSocket>`.
fn given_told(cx: &mut Cx<'_, '_>, seen: &mut Seen, func: Func, site: ValueId) -> bool {
    let program = cx.types.program;
    let ValueKind::Call(call) = &program.value(func, site).kind else { return false };
    let set = cx.types.of(func, call.callee);
    let target = |&it: &ShapeId| match *cx.types.shape(it) {
        Shape::Function(target) => Some(target),
        _ => None,
    };
    let targets: Vec<Func> = cx.types.shapes(set).iter().filter_map(target).collect();
    !targets.is_empty()
        && targets.into_iter().all(|target| {
            let function = program.function(target);
            function.returns.iter().any(|&it| {
                let inside = match &function.value(it).kind {
                    // `Ok(socket)`
                    ValueKind::Call(wraps) => match *wraps.arguments {
                        [only] if !matches!(function.value(wraps.callee).kind, ValueKind::Attribute { .. }) => {
                            only.value
                        }
                        _ => it,
                    },
                    _ => it,
                };
                told(cx, seen, target, inside)
            })
        })
}

/// Whether a method of the object that keeps the value tells it: `self.sock` was told in `__init__`.
fn kept_told(cx: &mut Cx<'_, '_>, seen: &mut Seen, func: Func, (base, name): (ValueId, Name)) -> bool {
    let program = cx.types.program;
    let text = program.text(program.sym(program.file_of(func), name)).to_owned();
    let set = cx.types.of(func, base);
    let owner = |&it: &ShapeId| match *cx.types.shape(it) {
        Shape::Instance { ty, .. } => Some(ty),
        _ => None,
    };
    let owners: Vec<Ty> = cx.types.shapes(set).iter().filter_map(owner).collect();
    let line = owners.iter().flat_map(|&it| program.hierarchy.order(it));
    let parts: Vec<Ty> = line.flat_map(|it| iter::once(it).chain(program.hierarchy.blocks(*it))).copied().collect();
    let methods: Vec<Func> = parts
        .iter()
        .flat_map(|&ty| {
            let (file, _) = program.place_of_type(ty);
            program.type_def(ty).members.iter().map(move |it| program.func(file, it.function))
        })
        .collect();
    methods.into_iter().any(|method| {
        let function = program.function(method);
        let named = |it: Name| program.text(program.sym(program.file_of(method), it)) == text;
        let tells_it =
            |it: &ValueId| matches!(function.value(*it).kind, ValueKind::Attribute { name, .. } if named(name));
        if tells(cx, method).iter().any(tells_it) {
            return true;
        }
        let given: Vec<ValueId> = function
            .values
            .iter()
            .filter_map(|it| match &it.kind {
                ValueKind::Store { name, value, .. } if named(*name) => *value,
                // A struct literal.
                ValueKind::Call(made) => made.arguments.iter().find(|it| it.name.is_some_and(named)).map(|it| it.value),
                _ => None,
            })
            .collect();
        given.into_iter().any(|it| told(cx, seen, method, it))
    })
}
