//! Objects that raise instead of waiting: the code has told them to, or catches what they raise.
//!
//! What counts is the last word before the use: where the object is used, in the function that gives it, or in those of the object that
//! keeps it. A word that stands in a branch may not have been said, so that nothing is sure then.

use super::Cx;
use super::caught::handlers;
use super::finished::same_place;
use crate::graph::in_other_case;
use crate::link::{Func, Sym, Ty};
use crate::types::{Shape, ShapeId, Types};
use blocklint_catalog::Facts;
use blocklint_catalog::fact::{Gives, Guard, Runs};
use blocklint_ir::{Call, Function, Literal, Receiver, RegionKind, ValueId, ValueKind};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Who was told is looked for through no more values than this: functions that give what one of many functions gives multiply. Beyond
/// them nothing is said of the call.
const MAX_VALUES: usize = 256;

/// What an object was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Raise,
    Wait,
}

/// A call that tells an object.
#[derive(Debug)]
struct Saying {
    at: ValueId,
    object: ValueId,
    word: Word,
    /// What comes of the object is told too.
    of_library: bool,
}

/// Who is told what, once that was asked.
#[derive(Debug, Default)]
pub struct Told {
    by: FxHashMap<Func, Rc<[Saying]>>,
    libraries: Option<Rc<[Library]>>,
}

/// A library's root whose objects a package tells to raise, and nobody to wait.
type Library = (Box<str>, Option<usize>);

/// The values that were looked at, with the places where they are used, and what came of it; nothing as long as it is not known.
type Seen = FxHashMap<(Func, ValueId, Option<ValueId>), Option<Word>>;

/// Whether the call is made on something that does not wait.
pub(super) fn raises_instead(cx: &mut Cx<'_, '_>, func: Func, site: ValueId) -> bool {
    let program = cx.types.program;
    let ValueKind::Call(call) = &program.value(func, site).kind else { return false };
    let ValueKind::Attribute { base, .. } = program.value(func, call.callee).kind else { return false };
    !handlers(cx.types, func, site, Guard::RaisedInsteadOfWaiting).is_empty()
        || is_object(cx.types, func, base)
            && (word(cx, &mut Seen::default(), (func, base), Some(site)) == Some(Word::Raise)
                || comes_of_told(cx, (func, base), site))
}

/// Whether the value may be something that can be told: a module or class cannot.
fn is_object(types: &mut Types<'_>, func: Func, value: ValueId) -> bool {
    let set = types.of(func, value);
    let told_nothing = |it: &ShapeId| matches!(types.shape(*it), Shape::External(_) | Shape::Module(_));
    set.is_empty() || !types.shapes(set).iter().all(told_nothing)
}

/// What the object was told when `site` is reached, or the end of the function.
fn word(cx: &mut Cx<'_, '_>, seen: &mut Seen, (func, value): (Func, ValueId), site: Option<ValueId>) -> Option<Word> {
    if let Some(word) = last_word(cx, (func, value), site) {
        return Some(word);
    }
    if let Some(&known) = seen.get(&(func, value, site)) {
        return known;
    }
    if seen.len() >= MAX_VALUES {
        return Some(Word::Raise);
    }
    seen.insert((func, value, site), None);
    let found = word_before(cx, seen, (func, value), site);
    seen.insert((func, value, site), found);
    found
}

/// What it was told before this function had it.
fn word_before(
    cx: &mut Cx<'_, '_>,
    seen: &mut Seen,
    (func, value): (Func, ValueId),
    site: Option<ValueId>,
) -> Option<Word> {
    let program = cx.types.program;
    match &program.value(func, value).kind {
        ValueKind::Present(of)
        | ValueKind::Narrow { of, .. }
        | ValueKind::Unwrap(of)
        | ValueKind::Await(of)
        | ValueKind::Deref(of)
        | ValueKind::Payload { base: of, .. } => word(cx, seen, (func, *of), site),
        ValueKind::Choice(options) => {
            let there = |it: &ValueId| program.value(func, *it).kind != ValueKind::Literal(Literal::None);
            let words = options.iter().copied().filter(there).map(|it| word(cx, seen, (func, it), site));
            common(words)
        }
        ValueKind::Attribute { .. } => word_to_kept(cx, seen, func, value),
        ValueKind::Call(call) => word_to_given(cx, seen, (func, call), site),
        _ => None,
    }
}

/// The word of all of them.
fn common(mut words: impl Iterator<Item = Option<Word>>) -> Option<Word> {
    let first = words.next()??;
    words.all(|it| it == Some(first)).then_some(first)
}

/// What this function told the object before.
fn last_word(cx: &mut Cx<'_, '_>, (func, value): (Func, ValueId), site: Option<ValueId>) -> Option<Word> {
    let function = cx.types.program.function(func);
    let sayings = sayings(cx, func);
    for said in sayings.iter().rev().filter(|it| !it.of_library) {
        let before = site.is_none_or(|site| said.at < site && !in_other_case(function, said.at, site));
        if before && same_place(cx.types, func, said.object, value) {
            match said.word {
                Word::Raise => return Some(Word::Raise),
                Word::Wait if is_certain(function, said.at, site) => return Some(Word::Wait),
                Word::Wait => {}
            }
        }
    }
    None
}

/// Whether whoever comes to `site` has come past the call.
fn is_certain(function: &Function, call: ValueId, site: Option<ValueId>) -> bool {
    let region = function.value(call).region;
    match site {
        Some(site) => function.regions_around(function.value(site).region).any(|it| it.0 == region),
        None => function.regions_around(region).all(|it| !matches!(it.1.kind, RegionKind::When { .. })),
    }
}

/// What the methods of the object that keeps the value tell it, and those who put it there.
fn word_to_kept(cx: &mut Cx<'_, '_>, seen: &mut Seen, func: Func, value: ValueId) -> Option<Word> {
    let program = cx.types.program;
    let ValueKind::Attribute { base, name } = program.value(func, value).kind else { return None };
    let name = program.sym(program.file_of(func), name);
    let set = cx.types.of(func, base);
    let owners: Vec<Ty> = cx.types.shapes(set).iter().filter_map(|&it| type_of(cx.types, it)).collect();
    let line: Vec<Ty> = owners.iter().flat_map(|&it| program.hierarchy.order(it)).copied().collect();
    let blocks = line.iter().flat_map(|&it| program.hierarchy.blocks(it));
    let parts: Vec<Ty> = line.iter().chain(blocks).copied().collect();
    for part in parts {
        let (file, _) = program.place_of_type(part);
        for member in &program.type_def(part).members {
            let method = program.func(file, member.function);
            let tells =
                sayings(cx, method).iter().rev().find(|it| is_own(cx.types, method, it.object, name)).map(|it| it.word);
            if tells == Some(Word::Raise)
                || put_by(cx.types, method, &line, name)
                    .into_iter()
                    .any(|it| word(cx, seen, (method, it), None) == Some(Word::Raise))
            {
                return Some(Word::Raise);
            }
        }
    }
    None
}

fn type_of(types: &Types<'_>, shape: ShapeId) -> Option<Ty> {
    match *types.shape(shape) {
        Shape::Instance { ty, .. } | Shape::Class { ty, .. } => Some(ty),
        _ => None,
    }
}

/// Whether a value is what the receiver of this method has under the name.
fn is_own(types: &Types<'_>, method: Func, value: ValueId, of: Sym) -> bool {
    let program = types.program;
    let function = program.function(method);
    match function.value(function.bare(value)).kind {
        ValueKind::Attribute { base, name } => {
            function.receiver == Receiver::Instance
                && matches!(function.value(function.bare(base)).kind, ValueKind::Parameter(0))
                && program.sym(program.file_of(method), name) == of
        }
        _ => false,
    }
}

/// What a method puts under the name into its receiver, or into an object of one of these types that it makes.
fn put_by(types: &mut Types<'_>, method: Func, line: &[Ty], under: Sym) -> Vec<ValueId> {
    let program = types.program;
    let (file, function) = (program.file_of(method), program.function(method));
    let named = |it| program.sym(file, it) == under;
    let mut found = Vec::new();
    for value in &function.values {
        match &value.kind {
            ValueKind::Store { base, name, value: Some(value) } if named(*name) => {
                if matches!(function.value(function.bare(*base)).kind, ValueKind::Parameter(0)) {
                    found.push(*value);
                }
            }
            ValueKind::Call(call) => {
                let Some(given) = call.arguments.iter().find(|it| it.name.is_some_and(named)) else { continue };
                let made = types.of(method, call.callee);
                if types.shapes(made).iter().any(|&it| type_of(types, it).is_some_and(|it| line.contains(&it))) {
                    found.push(given.value);
                }
            }
            _ => {}
        }
    }
    found
}

/// What was told to what a call gives: a function of the program's own, or what a library's hands on.
fn word_to_given(
    cx: &mut Cx<'_, '_>,
    seen: &mut Seen,
    (func, call): (Func, &Call),
    site: Option<ValueId>,
) -> Option<Word> {
    let set = cx.types.of(func, call.callee);
    let callees = cx.types.shapes(set).to_vec();
    let words = callees.into_iter().map(|it| match *cx.types.shape(it) {
        Shape::Function(target) | Shape::Method(target, _) => word_to_result(cx, seen, target),
        Shape::External(path) => {
            let facts = cx.types.paths.facts(path);
            let first = call.arguments.first().map(|it| it.value);
            let receiver = match cx.types.program.value(func, call.callee).kind {
                ValueKind::Attribute { base, .. } => Some(base),
                _ => None,
            };
            let of = match facts.gives {
                Some(Gives::Receiver | Gives::ElementOfReceiver(_)) => receiver,
                Some(&Gives::Argument(index)) => call.arguments.get(index).map(|it| it.value),
                _ if facts.runs.is_some_and(|it| it.what == Runs::Convert) => receiver.or(first),
                _ => None,
            };
            of.and_then(|it| word(cx, seen, (func, it), site))
        }
        _ => None,
    });
    common(words)
}

/// What a function told to what it gives, unless it fails.
fn word_to_result(cx: &mut Cx<'_, '_>, seen: &mut Seen, target: Func) -> Option<Word> {
    let function = cx.types.program.function(target);
    let given: Vec<ValueId> = function.returns.iter().copied().filter(|&it| !fails(cx.types, target, it)).collect();
    common(given.into_iter().map(|it| {
        // `Ok(socket)` stands where it is returned, a variable where it was made.
        let site =
            is_library_call(cx.types, target, it, |it| matches!(it.gives, Some(Gives::Argument(_)))).then_some(it);
        word(cx, seen, (target, it), site)
    }))
}

/// `None`, `Err(…)`
fn fails(types: &mut Types<'_>, func: Func, value: ValueId) -> bool {
    types.program.value(func, value).kind == ValueKind::Literal(Literal::None)
        || is_library_call(types, func, value, |it| it.fails.is_some() && it.gives.is_none())
}

fn is_library_call(types: &mut Types<'_>, func: Func, value: ValueId, test: impl Fn(&Facts<'_>) -> bool) -> bool {
    match &types.program.value(func, value).kind {
        ValueKind::Call(call) => types.is_library_function(func, call.callee, test),
        _ => false,
    }
}

/// Whether the value is of a library whose objects share what one of them was told: an SSH session's channels and files. Which of them
/// comes of which is not followed, so that such a call counts for the package, unless this function says it only later.
fn comes_of_told(cx: &mut Cx<'_, '_>, (func, value): (Func, ValueId), site: ValueId) -> bool {
    let libraries = libraries(cx);
    let package = cx.types.program.file(cx.types.program.file_of(func)).placement.package;
    let told = |it: &str| libraries.iter().any(|(root, by)| **root == *it && *by == package);
    if libraries.is_empty() || !roots(cx.types, func, value).iter().any(|it| told(it)) {
        return false;
    }
    let here = sayings(cx, func);
    let mut here = here.iter().filter(|it| it.of_library).peekable();
    here.peek().is_none() || here.any(|it| it.at < site)
}

fn libraries(cx: &mut Cx<'_, '_>) -> Rc<[Library]> {
    if let Some(known) = &cx.told.libraries {
        return Rc::clone(known);
    }
    let program = cx.types.program;
    let named = cx.types.paths.any(|it| it.guard == Some(Guard::EndsWaitingOfLibrary));
    let (mut told, mut wait) = (Vec::new(), Vec::new());
    for func in program.checked_functions().filter(|&it| named && !program.in_test(it)) {
        let package = program.file(program.file_of(func)).placement.package;
        for said in find_sayings(cx.types, func).iter().filter(|it| it.of_library) {
            let roots = roots(cx.types, func, said.object);
            if said.word == Word::Raise { &mut told } else { &mut wait }
                .extend(roots.into_iter().map(|it| (it, package)));
        }
    }
    told.retain(|it| !wait.contains(it));
    let told: Rc<[Library]> = told.into();
    cx.told.libraries = Some(Rc::clone(&told));
    told
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

/// Whom a function tells what, in the order of its text.
fn sayings(cx: &mut Cx<'_, '_>, func: Func) -> Rc<[Saying]> {
    if let Some(known) = cx.told.by.get(&func) {
        return Rc::clone(known);
    }
    let found: Rc<[Saying]> = find_sayings(cx.types, func).into();
    cx.told.by.insert(func, Rc::clone(&found));
    found
}

fn find_sayings(types: &mut Types<'_>, func: Func) -> Vec<Saying> {
    let function = types.program.function(func);
    let mut found = Vec::new();
    for (index, value) in function.values.iter().enumerate() {
        let ValueKind::Call(call) = &value.kind else { continue };
        let ValueKind::Attribute { base, .. } = function.value(call.callee).kind else { continue };
        let Some(on) = call.arguments.first().and_then(|it| truth(&function.value(it.value).kind)) else { continue };
        let tells = [Guard::EndsWaiting, Guard::EndsWaitingWhenTrue, Guard::EndsWaitingOfLibrary];
        let guards = |it: &Facts<'_>| it.guard.is_some_and(|it| tells.contains(&it));
        let Some(path) = types.library_function(func, call.callee, guards) else { continue };
        let guard = types.paths.facts(path).guard;
        let raises = if guard == Some(Guard::EndsWaitingWhenTrue) { on } else { !on };
        let of_library = guard == Some(Guard::EndsWaitingOfLibrary);
        let word = if raises { Word::Raise } else { Word::Wait };
        found.push(Saying { at: ValueId::new(index), object: base, word, of_library });
    }
    found
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
