//! What is asked of what stands for a parameter: of `fn read<F: Files>(files: &F)`, whose `files.open()?.read()` leads on by one
//! implementation of the trait, callers that pass another do not come there. The same holds of what is written for a type
//! parameter, and of what the type of the receiver was given for one.

use super::Edge;
use super::passing::{Passed, passed_for};
use super::receiver::{Method, base, base_of, may_have_method};
use crate::finding::Via;
use crate::link::{FileId, Func, Program};
use crate::types::{Set, Shape, TypeParameter, Types, written_types};
use blocklint_ir::{Call, Name, Parameter, Receiver, TypeExpr, ValueId, ValueKind};
use thin_vec::ThinVec;

/// More methods than these are not followed from what stands for a parameter.
const MAX_ROUTE: usize = 3;

/// Functions by their names in a file.
type Route = ThinVec<(FileId, Name)>;

/// What an object must have, or a type, for a chain of calls to be taken.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// What the first of these of the object gives has the second, and so on to what has the method.
    route: Route,
    method: Method,
}

/// What a type parameter must stand for.
pub(super) type Typed = (TypeParameter, Wanted);

/// What a step is a member of.
enum Origin {
    /// A value.
    Value(ValueId),
    /// The type that a type parameter stands for.
    Type(TypeParameter),
}

/// What must be passed for a parameter, other than the receiver, for a step to lead on to a method: the step is a member of it, or of
/// what its methods give.
pub(super) fn parameter(
    types: &Types<'_>,
    caller: Func,
    site: ValueId,
    via: Via,
    method: Method,
) -> Option<(u16, Wanted)> {
    let program = types.program;
    let own = match method {
        Method::Own(it) => Some(it),
        Method::Library(_) => None,
    };
    let base = base_of(program, caller, (site, via), own).filter(|_| via != Via::Construct)?;
    let (Origin::Value(origin), route) = origin(types, caller, base)? else { return None };
    match program.value(caller, origin).kind {
        ValueKind::Parameter(0) if is_receiver(program, caller, origin) => None,
        ValueKind::Parameter(index) => Some((index, Wanted { route, method })),
        _ => None,
    }
}

/// What a type parameter of `caller`, or of its receiver's type, must stand for so that its call leads on: `self.store.save()` of an
/// `App<S>` runs the method of the store that the app has. `None` when another stands there.
#[expect(clippy::option_option, reason = "nothing fits, or anything does")]
pub(super) fn typed(types: &mut Types<'_>, caller: Func, edge: &Edge, below: Option<&Typed>) -> Option<Option<Typed>> {
    let through = base(types.program, caller, edge);
    if let Some((parameter, route)) = by_type_parameter(types, caller, edge.site, through) {
        return Some(Some((parameter, Wanted { route, method: Method::Own(edge.to) })));
    }
    let Some((parameter, wanted)) = below else { return Some(None) };
    match *parameter {
        TypeParameter::OfReceiver(position) => of_receiver(types, caller, edge, (position, wanted), through),
        TypeParameter::OfFunction(position) => of_function(types, caller, edge, (position, wanted)),
    }
}

/// Whether a value that is passed may be what is wanted.
pub(super) fn may_be(types: &mut Types<'_>, (func, value): (Func, ValueId), wanted: &Wanted) -> bool {
    let set = types.of(func, value);
    stands(types, func, set, wanted)
}

/// Whether one of these objects, or nothing that is known, may be what is wanted: it is not when it has another method by that name.
fn stands(types: &mut Types<'_>, func: Func, set: Set, wanted: &Wanted) -> bool {
    let mut set = set;
    for &(file, name) in &wanted.route {
        let objects = types.shapes(set).to_vec();
        let given: Vec<Set> = objects.into_iter().map(|it| types.result_of_method((func, file), it, name)).collect();
        if given.iter().any(|it| it.is_empty()) {
            return true;
        }
        set = types.union(given);
    }
    let mut shapes = types.shapes(set).to_vec();
    shapes.retain(|&it| *types.shape(it) != Shape::None);
    shapes.is_empty() || shapes.into_iter().any(|it| may_have_method(types, it, wanted.method))
}

/// Whether a value is the receiver.
fn is_receiver(program: &Program<'_>, func: Func, value: ValueId) -> bool {
    let function = program.function(func);
    function.receiver != Receiver::None && function.is_parameter(value, 0)
}

/// The type parameter that a step is a member of, or of what its functions give: `S::load()`, `self.store.open()?.read()`.
fn by_type_parameter(
    types: &Types<'_>,
    caller: Func,
    site: ValueId,
    through: Option<ValueId>,
) -> Option<(TypeParameter, Route)> {
    let program = types.program;
    if let ValueKind::Call(call) = &program.value(caller, site).kind
        && let ValueKind::Associated { of, .. } = program.value(caller, call.callee).kind
        && let Some(parameter) = types.parameter_named(caller, of)
    {
        return Some((parameter, Route::new()));
    }
    let (value, route) = match origin(types, caller, through?)? {
        (Origin::Type(parameter), route) => return Some((parameter, route)),
        (Origin::Value(value), route) => (value, route),
    };
    let ValueKind::Attribute { base: object, name } = program.value(caller, value).kind else { return None };
    let owner = program.owner(caller).filter(|_| is_receiver(program, caller, object))?;
    let position = types.parameter_of_field(owner, program.sym(program.file_of(caller), name))?;
    Some((TypeParameter::OfReceiver(position), route))
}

/// What a caller must have for what its call asks of the type of the receiver.
#[expect(clippy::option_option, reason = "nothing fits, or anything does")]
fn of_receiver(
    types: &mut Types<'_>,
    caller: Func,
    edge: &Edge,
    (position, wanted): (usize, &Wanted),
    through: Option<ValueId>,
) -> Option<Option<Typed>> {
    let program = types.program;
    let owner = program.owner(edge.to);
    let own = (program.owner(caller) == owner).then(|| (TypeParameter::OfReceiver(position), wanted.clone()));
    let call = call_at(program, caller, edge.site);
    if call.is_some_and(|it| passes_another(types, caller, it, edge.to, TypeParameter::OfReceiver(position), wanted)) {
        return None;
    }
    if let Some(parameter) = through.and_then(|it| made_with(types, caller, it, position)) {
        return Some(Some((parameter, wanted.clone())));
    }
    let set = match (through, call.map(|it| &program.value(caller, it.callee).kind)) {
        (Some(base), _) if is_receiver(program, caller, base) => return Some(own),
        (Some(base), _) => types.of(caller, base),
        (None, Some(&ValueKind::Associated { of, .. })) => types.annotation(caller, of),
        // `Self::load()`
        (None, Some(ValueKind::Path(_))) => return Some(own),
        (None, _) => return Some(None),
    };
    let given: Vec<Set> = types
        .shapes(set)
        .iter()
        .map(|&it| match types.shape(it) {
            Shape::Instance { ty, args, .. } if Some(*ty) == owner => args.get(position).copied().unwrap_or_default(),
            _ => Set::EMPTY,
        })
        .collect();
    let ruled_out = !given.is_empty() && !given.into_iter().any(|it| stands(types, caller, it, wanted));
    (!ruled_out).then_some(None)
}

/// Likewise for what it asks of a type parameter of the function that is called: what is written for it, or passed for a parameter
/// of that type.
#[expect(clippy::option_option, reason = "nothing fits, or anything does")]
fn of_function(
    types: &mut Types<'_>,
    caller: Func,
    edge: &Edge,
    (position, wanted): (usize, &Wanted),
) -> Option<Option<Typed>> {
    let program = types.program;
    let Some(call) = call_at(program, caller, edge.site).filter(|_| edge.how.via == Via::Call) else {
        return Some(None);
    };
    let target = program.function(edge.to);
    if let Some(written) = written_types(program, (caller, call), edge.to) {
        let written = written[position];
        if let Some(own) = types.parameter_named(caller, written) {
            return Some(Some((own, wanted.clone())));
        }
        let set = types.annotation(caller, written);
        return stands(types, caller, set, wanted).then_some(None);
    }
    let is_it =
        |types: &Types<'_>, func: Func, it: &Parameter| it.annotation.and_then(|it| types.parameter_named(func, it));
    let of_that_type = |it: &Parameter| is_it(types, edge.to, it) == Some(TypeParameter::OfFunction(position));
    let Some(parameter) = target.parameters.iter().position(of_that_type) else { return Some(None) };
    let Passed::Value(func, value) = passed_for(types, caller, call, edge.to, parameter as u16) else {
        return Some(None);
    };
    if let ValueKind::Parameter(index) = program.value(func, program.function(func).bare(value)).kind
        && func == caller
        && let Some(own) = is_it(types, func, &program.function(func).parameters[index as usize])
    {
        return Some(Some((own, wanted.clone())));
    }
    may_be(types, (func, value), wanted).then_some(None)
}

/// The type parameter of `func` that is written for the one at `position` where a value is made: `Pool::<S>::open()`.
fn made_with(types: &Types<'_>, func: Func, value: ValueId, position: usize) -> Option<TypeParameter> {
    let program = types.program;
    let function = program.function(func);
    let mut at = function.bare(value);
    while let ValueKind::Unwrap(of) | ValueKind::Await(of) = function.value(at).kind {
        at = function.bare(of);
    }
    let call = call_at(program, func, at)?;
    let ValueKind::Associated { of, .. } = function.value(call.callee).kind else { return None };
    let module = &program.file(program.file_of(func)).summary.module;
    let TypeExpr::Apply { args, .. } = module.type_expr(of) else { return None };
    types.parameter_named(func, *args.get(position)?)
}

/// Whether a call passes what nobody passes who means a wanted method's type: of `fn open(fs: &S::Fs)`, the type that `S` must be has
/// another `Fs`.
fn passes_another(
    types: &mut Types<'_>,
    caller: Func,
    call: &Call,
    target: Func,
    parameter: TypeParameter,
    wanted: &Wanted,
) -> bool {
    let program = types.program;
    let Method::Own(method) = wanted.method else { return false };
    let Some(ty) = program.owner(method).filter(|_| wanted.route.is_empty()) else { return false };
    let file = program.file_of(target);
    let module = &program.file(file).summary.module;
    let parameters = program.function(target).parameters.iter().enumerate();
    let mut told = parameters.filter_map(|(index, it)| match *module.type_expr(it.annotation?) {
        TypeExpr::Associated { base, name } => Some((index, base, name)),
        _ => None,
    });
    told.any(|(index, base, name)| {
        let Passed::Value(func, value) = passed_for(types, caller, call, target, index as u16) else { return false };
        types.parameter_named(target, base) == Some(parameter) && {
            let meant = types.associated(ty, program.sym(file, name));
            let passed = types.of(func, value);
            types.are_apart(meant, passed)
        }
    })
}

fn call_at<'p>(program: &'p Program<'_>, func: Func, site: ValueId) -> Option<&'p Call> {
    match &program.value(func, site).kind {
        ValueKind::Call(call) => Some(call),
        _ => None,
    }
}

/// What a value comes from by calls of methods alone, and those methods from the first to the last.
fn origin(types: &Types<'_>, func: Func, value: ValueId) -> Option<(Origin, Route)> {
    let program = types.program;
    let (mut at, mut route) = (value, Route::new());
    let mut origin = None;
    while origin.is_none() {
        at = match &program.value(func, at).kind {
            ValueKind::Unwrap(of)
            | ValueKind::Await(of)
            | ValueKind::Present(of)
            | ValueKind::Deref(of)
            | ValueKind::Narrow { of, .. } => *of,
            ValueKind::Call(call) => match program.value(func, call.callee).kind {
                ValueKind::Attribute { base, name } => {
                    route.push((program.file_of(func), name));
                    base
                }
                // `Arc::clone(&it)`
                ValueKind::Path(path) => {
                    let module = &program.file(program.file_of(func)).summary.module;
                    let [.., owner, name] = module.paths.get(path).path.segments[..] else { return None };
                    let [receiver] = &call.arguments[..] else { return None };
                    if !module.text(owner).starts_with(char::is_uppercase) {
                        return None;
                    }
                    route.push((program.file_of(func), name));
                    receiver.value
                }
                ValueKind::Associated { of, name, .. } => {
                    route.push((program.file_of(func), name));
                    origin = Some(Origin::Type(types.parameter_named(func, of)?));
                    at
                }
                _ => return None,
            },
            _ => {
                origin = Some(Origin::Value(at));
                at
            }
        };
    }
    route.reverse();
    Some((origin?, route)).filter(|it| it.1.len() <= MAX_ROUTE)
}
