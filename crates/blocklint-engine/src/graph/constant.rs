//! Arguments whose value is written in the code: timeouts, flags.

use crate::link::{Entity, Func, Program};
use crate::types::{Shape, ShapeId, Types};
use blocklint_catalog::fact::{ArgumentRef, Blocking, Condition, Constant, Expected};
use blocklint_ir::{BindingKind, Call, Literal, Operator, RegionKind, Spread, ValueId, ValueKind};

/// An argument of a call, as far as the code says what it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// It is not given.
    Missing,
    /// It is given, and always this.
    Known(Constant),
    /// It is given, or may be.
    Unknown,
}

/// The value passed for an argument; `Err` when a spread may hold it.
fn positional_value(call: &Call, which: &ArgumentRef) -> Result<Option<ValueId>, Hidden> {
    let mut position = 0;
    let mut spread = false;
    for argument in &call.arguments {
        match (argument.spread, argument.name) {
            (Spread::No, None) => {
                if which.position == Some(position) && !spread {
                    return Ok(Some(argument.value));
                }
                position += 1;
            }
            (Spread::No, Some(_)) => {}
            (Spread::Positional | Spread::Named, _) => spread = true,
        }
    }
    if spread { Err(Hidden) } else { Ok(None) }
}

/// The value passed by keyword, if the call names it.
fn keyword_value(types: &Types<'_>, func: Func, call: &Call, keyword: &str) -> Option<ValueId> {
    let module = &types.program.file(types.program.file_of(func)).summary.module;
    call.arguments.iter().find(|it| it.name.is_some_and(|it| module.text(it) == keyword)).map(|it| it.value)
}

/// A spread may hold the argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hidden;

/// The value that reaches an argument by keyword or position, if it is given.
pub fn passed(types: &Types<'_>, func: Func, call: &Call, which: &ArgumentRef) -> Result<Option<ValueId>, Hidden> {
    if let Some(value) = which.name.as_deref().and_then(|it| keyword_value(types, func, call, it)) {
        return Ok(Some(value));
    }
    match types.program.value(func, call.callee).kind {
        ValueKind::Attribute { base, .. } if which.name.as_deref() == Some("self") => Ok(Some(base)),
        _ => positional_value(call, which),
    }
}

/// What the code says of an argument.
pub fn argument(types: &mut Types<'_>, func: Func, call: &Call, which: &ArgumentRef) -> Argument {
    match passed(types, func, call, which) {
        Ok(Some(value)) => {
            let known = constant(types, func, value, 0).or_else(|| compared(types, func, call, value));
            known.map_or(Argument::Unknown, Argument::Known)
        }
        Ok(None) => Argument::Missing,
        Err(Hidden) => Argument::Unknown,
    }
}

/// What the tests around a call compare a value with: under `if host == "localhost":` it is that.
fn compared(types: &mut Types<'_>, func: Func, call: &Call, value: ValueId) -> Option<Constant> {
    let function = types.program.function(func);
    let region = function.value(call.callee).region;
    function.regions_around(region).find_map(|(_, it)| {
        let RegionKind::When { test, holds: true } = it.kind else { return None };
        let ValueKind::Operator { operator: Operator::Equal, operands } = &function.value(test).kind else {
            return None;
        };
        let other = match operands[..] {
            [left, right] if left == value => right,
            [left, right] if right == value => left,
            _ => return None,
        };
        constant(types, func, other, 0)
    })
}

/// Whether the call, with these arguments, does what the entry says.
pub fn applies(types: &mut Types<'_>, func: Func, call: &Call, blocking: &Blocking) -> bool {
    let excused = any_holds(types, func, call, &blocking.unless);
    !excused && (blocking.only.is_empty() || any_may_hold(types, func, call, &blocking.only))
}

/// Whether one of the conditions holds of a call, or of one of the values that the code gives to choose from: `data if data else None`.
fn any_may_hold(types: &mut Types<'_>, func: Func, call: &Call, conditions: &[Condition]) -> bool {
    any_holds(types, func, call, conditions)
        || conditions.iter().any(|condition| {
            let Expected::Value(expected) = &condition.is else { return false };
            let Ok(Some(value)) = passed(types, func, call, &condition.argument) else { return false };
            let ValueKind::Choice(options) = &types.program.value(func, value).kind else { return false };
            options.iter().any(|&it| constant(types, func, it, 0).as_ref() == Some(expected))
        })
}

/// Whether the code says that one of the conditions holds of a call.
pub fn any_holds(types: &mut Types<'_>, func: Func, call: &Call, conditions: &[Condition]) -> bool {
    conditions.iter().any(|condition| match &condition.is {
        Expected::Value(expected) => match argument(types, func, call, &condition.argument) {
            Argument::Missing => *expected == Constant::None,
            Argument::Known(constant) => constant == *expected,
            Argument::Unknown => {
                let passed = passed(types, func, call, &condition.argument).ok().flatten();
                matches!(expected, Constant::Text(flag) if passed.is_some_and(|it| has_flag(types, func, it, flag)))
            }
        },
        Expected::Instance(of) => {
            let passed = passed(types, func, call, &condition.argument);
            passed.ok().flatten().is_some_and(|it| is_instance(types, func, it, of))
        }
        Expected::Address => {
            let passed = passed(types, func, call, &condition.argument);
            passed.ok().flatten().is_some_and(|it| is_address(types, func, it))
        }
    })
}

/// Whether a library's constant is the value, or is among the flags that it joins.
fn has_flag(types: &mut Types<'_>, func: Func, value: ValueId, flag: &str) -> bool {
    match &types.program.value(func, value).kind {
        ValueKind::Operator { operator: Operator::BitOr, operands } => {
            operands.iter().any(|&it| has_flag(types, func, it, flag))
        }
        // `Some(flags)`.
        ValueKind::Call(call) if call.arguments.len() == 1 => has_flag(types, func, call.arguments[0].value, flag),
        // `flags.into()`.
        ValueKind::Call(call) if call.arguments.is_empty() => match types.program.value(func, call.callee).kind {
            ValueKind::Attribute { base, .. } => has_flag(types, func, base, flag),
            _ => false,
        },
        ValueKind::Path(_) | ValueKind::Attribute { .. } => {
            let set = types.of(func, value);
            types.shapes(set).iter().any(|&it| match *types.shape(it) {
                Shape::External(path) => types.paths.shown(path) == flag,
                _ => false,
            })
        }
        _ => false,
    }
}

/// Whether everything that the value is known to be is an instance of one of these library types.
fn is_instance(types: &mut Types<'_>, func: Func, value: ValueId, of: &[String]) -> bool {
    let set = types.of(func, value);
    let mut shapes = types.shapes(set).to_vec();
    shapes.retain(|&it| *types.shape(it) != Shape::None);
    let one_of_these = |&shape: &ShapeId| match *types.shape(shape) {
        Shape::ExternalInstance(path, _) => of.iter().any(|it| it == types.paths.shown(path)),
        _ => false,
    };
    !shapes.is_empty() && shapes.iter().all(one_of_these)
}

/// Whether a value is always the address of a host.
fn is_address(types: &mut Types<'_>, func: Func, value: ValueId) -> bool {
    let host = host(types.program, func, value);
    matches!(constant(types, func, host, 0), Some(Constant::Text(text)) if names_address(&text))
}

/// What names the host: a text that also says the port, or what a pair of both begins with.
pub(super) fn host(program: &Program<'_>, func: Func, value: ValueId) -> ValueId {
    match program.value(func, value).kind {
        ValueKind::Tuple(ref parts) => parts.first().copied().unwrap_or(value),
        _ => value,
    }
}

/// Whether a text is the address of a host, with a port or without.
pub(super) fn names_address(text: &str) -> bool {
    text.parse::<std::net::SocketAddr>().is_ok() || text.parse::<std::net::IpAddr>().is_ok()
}

/// The longest that the call can take, in milliseconds.
pub fn bound_ms(types: &mut Types<'_>, func: Func, call: &Call, blocking: &Blocking) -> Option<u64> {
    let bound = blocking.bound.as_ref()?;
    let known = match passed(types, func, call, &bound.argument) {
        Ok(Some(value)) => {
            if let Some(ms) = duration_ms(types, func, value) {
                return Some(ms);
            }
            constant(types, func, value, 0)
        }
        Ok(None) => return bound.default_ms,
        Err(Hidden) => None,
    };
    match known {
        Some(Constant::Number(number)) if number >= 0.0 && number.is_finite() => {
            #[expect(clippy::cast_sign_loss, reason = "checked to be positive")]
            let ms = (number * bound.unit_ms).round() as u64;
            Some(ms)
        }
        _ => None,
    }
}

/// A constructed duration: `Duration::from_millis(50)`, whose unit is in its name.
fn duration_ms(types: &mut Types<'_>, func: Func, value: ValueId) -> Option<u64> {
    let ValueKind::Call(call) = &types.program.value(func, value).kind else { return None };
    let callee = types.of(func, call.callee);
    let path = types.shapes(callee).iter().find_map(|&it| match *types.shape(it) {
        Shape::External(path) => Some(path),
        _ => None,
    })?;
    let unit_ms = match types.paths.last(path) {
        "from_secs" | "from_secs_f64" | "from_secs_f32" => 1000.0,
        "from_mins" => 60_000.0,
        "from_millis" => 1.0,
        "from_micros" => 0.001,
        "from_nanos" => 0.000_001,
        _ => return None,
    };
    let argument = call.arguments.first()?.value;
    match constant(types, func, argument, 0)? {
        #[expect(clippy::cast_sign_loss, reason = "negative durations do not compile, and saturate to zero")]
        Constant::Number(number) => Some((number * unit_ms).round() as u64),
        _ => None,
    }
}

/// What a value always is, followed through single assignments and module constants.
pub fn constant(types: &mut Types<'_>, func: Func, value: ValueId, hops: usize) -> Option<Constant> {
    if hops > 6 {
        return None;
    }
    let file = types.program.file_of(func);
    match &types.program.value(func, value).kind {
        ValueKind::Literal(literal) => literal_constant(types, func, *literal),
        ValueKind::Narrow { of, .. } | ValueKind::Present(of) => constant(types, func, *of, hops + 1),
        ValueKind::Choice(options) => {
            let mut all = options.iter().map(|&it| constant(types, func, it, hops + 1));
            let first = all.next()??;
            all.all(|it| it.as_ref() == Some(&first)).then_some(first)
        }
        ValueKind::Path(path) => {
            let entities = types.program.named_path(file, *path);
            let [Entity::Variable(file, scope, index)] = entities[..] else {
                return library_constant(types, func, value);
            };
            let binding = &types.program.file(file).summary.module.scope(scope).bindings[index as usize];
            let BindingKind::Value { values, .. } = &binding.kind else { return None };
            let [value] = values[..] else { return None };
            let func = types.program.func(file, value.function);
            constant(types, func, value.value, hops + 1)
        }
        // What an object holds is no constant: `urlsplit(url).scheme`.
        ValueKind::Attribute { base, .. } if names_library(types, func, *base) => library_constant(types, func, value),
        _ => None,
    }
}

/// Whether everything that the value may be is a module or a type of a library, and no object or what one holds.
fn names_library(types: &mut Types<'_>, func: Func, value: ValueId) -> bool {
    if let ValueKind::Attribute { base, .. } = types.program.value(func, value).kind
        && !names_library(types, func, base)
    {
        return false;
    }
    let set = types.of(func, value);
    types.shapes(set).iter().all(|&it| matches!(types.shape(it), Shape::External(_)))
}

/// A constant of a library is known by its name: `zmq.NOBLOCK`.
fn library_constant(types: &mut Types<'_>, func: Func, value: ValueId) -> Option<Constant> {
    let set = types.of(func, value);
    match *types.shapes(set) {
        [shape] => match *types.shape(shape) {
            Shape::External(path) => Some(Constant::Text(types.paths.shown(path).to_owned())),
            _ => None,
        },
        _ => None,
    }
}

fn literal_constant(types: &Types<'_>, func: Func, literal: Literal) -> Option<Constant> {
    let module = &types.program.file(types.program.file_of(func)).summary.module;
    Some(match literal {
        Literal::None => Constant::None,
        Literal::Bool(value) => Constant::Bool(value),
        #[expect(clippy::cast_precision_loss, reason = "timeouts and flags are small numbers")]
        Literal::Int(value) => Constant::Number(value as f64),
        Literal::Float(value) => Constant::Number(value),
        Literal::Text(name) => Constant::Text(module.text(name).to_owned()),
        Literal::Other => return None,
    })
}
