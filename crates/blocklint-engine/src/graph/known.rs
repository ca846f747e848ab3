//! What is known of a value that a call passes: what is written, and what the tests around the call say of it.

use super::constant::constant;
use crate::link::{Entity, Func, Program, Sym, Ty, names_variant};
use crate::types::{Path, Paths, Shape, Types};
use blocklint_catalog::fact::Constant;
use blocklint_ir::{Literal, Operator, PathId, RegionKind, Value, ValueId, ValueKind};

/// A constant that is another one's value is followed through no more names than this.
const MAX_NAMES: usize = 4;

/// A value that is the same wherever it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Written {
    /// A text, a number, a truth value, nothing.
    Constant(Constant),
    /// A member of an enumeration.
    Member(Ty, Sym),
    /// A constant of a library, or a variant of a type of one.
    Library(Path),
    /// A variant with what it holds, which is not compared.
    Holding(Box<Written>),
}

impl Written {
    /// What a value is, where the code says it.
    pub(super) fn of(types: &mut Types<'_>, func: Func, value: ValueId) -> Option<Self> {
        Self::behind(types, func, value, 0)
    }

    fn behind(types: &mut Types<'_>, func: Func, value: ValueId, hops: usize) -> Option<Self> {
        let set = types.of(func, value);
        if let [only] = *types.shapes(set)
            && let Shape::External(path) = *types.shape(only)
            && is_named(types.program, func, value)
        {
            return Some(Self::Library(path));
        }
        if let Some(constant) = constant(types, func, value, 0) {
            return Some(Self::Constant(constant));
        }
        if let Some((ty, name)) = types.member_written(func, value) {
            return Some(Self::Member(ty, name));
        }
        match types.program.value(func, value).kind {
            ValueKind::Path(path) => match types.only_value(func, value).filter(|_| hops < MAX_NAMES) {
                Some((at, value)) => Self::behind(types, at, value, hops + 1),
                None => Self::by_path(types, func, path),
            },
            ValueKind::Call(ref call) => match types.program.value(func, call.callee).kind {
                ValueKind::Path(path) => Self::by_path(types, func, path).map(|it| Self::Holding(Box::new(it))),
                _ => None,
            },
            _ => None,
        }
    }

    fn by_path(types: &mut Types<'_>, func: Func, path: PathId) -> Option<Self> {
        let program = types.program;
        Self::named(types, func, &program.named_path(program.file_of(func), path))
    }

    /// The variant, or the member of an enumeration, that a path names.
    pub(super) fn named(types: &mut Types<'_>, func: Func, entities: &[Entity]) -> Option<Self> {
        let [Entity::External(dotted)] = entities else {
            return types.variant_named(entities).map(|(ty, name)| Self::Member(ty, name));
        };
        let language = types.program.language(types.program.file_of(func));
        names_variant(dotted).then(|| Self::Library(types.paths.intern(language, dotted)))
    }

    /// Whether it is the same as another; `None` where languages count truth values as numbers, and where nobody knows what a library
    /// makes of its own.
    pub(super) fn is(&self, other: &Self, paths: &mut Paths<'_>) -> Option<bool> {
        match (self, other) {
            // A pattern asks for the variant alone.
            (Self::Holding(one), _) if !matches!(other, Self::Holding(_)) => one.is(other, paths),
            (_, Self::Holding(other)) => {
                let one = if let Self::Holding(one) = self { one } else { self };
                one.is(other, paths).filter(|same| !same)
            }
            (Self::Library(one), Self::Library(other)) if one == other => Some(true),
            // Constants may be two names of one value.
            (Self::Library(one), Self::Library(other)) => {
                let variants = [*one, *other].iter().all(|&it| names_variant(paths.dotted(it)));
                (variants && paths.owner(*one) == paths.owner(*other)).then_some(false)
            }
            (Self::Library(path), Self::Constant(Constant::Text(text)))
            | (Self::Constant(Constant::Text(text)), Self::Library(path)) => {
                (paths.shown(*path) == text).then_some(true)
            }
            (Self::Library(_), _)
            | (_, Self::Library(_))
            | (Self::Constant(Constant::Bool(_)), Self::Constant(Constant::Number(_)))
            | (Self::Constant(Constant::Number(_)), Self::Constant(Constant::Bool(_))) => None,
            _ => Some(self == other),
        }
    }
}

/// Whether a value is written as a name, alone or behind others.
fn is_named(program: &Program<'_>, func: Func, value: ValueId) -> bool {
    match program.value(func, value).kind {
        ValueKind::Path(_) => true,
        ValueKind::Attribute { base, .. } => is_named(program, func, base),
        _ => false,
    }
}

/// What is known of an argument.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) truth: Option<bool>,
    pub(super) none: Option<bool>,
    pub(super) written: Option<Written>,
}

/// What is known of a value, by what is written and by the tests around `site`, where that is in the same function.
pub(super) fn known(types: &mut Types<'_>, func: Func, site: Option<ValueId>, value: ValueId) -> Known {
    let program = types.program;
    let module = &program.file(program.file_of(func)).summary.module;
    let written = Written::of(types, func, value).filter(|it| is_constant(program, func, value, it));
    let mut known = Known { written, ..Known::default() };
    match program.value(func, value).kind {
        ValueKind::Literal(Literal::None) => known.none = Some(true),
        ValueKind::Literal(Literal::Bool(value)) => known.truth = Some(value),
        ValueKind::Literal(Literal::Int(value)) => known.truth = Some(value != 0),
        ValueKind::Literal(Literal::Text(name)) => known.truth = Some(!module.text(name).is_empty()),
        ValueKind::Function(_) => known.truth = Some(true),
        ValueKind::Present(_) => known.none = Some(false),
        ValueKind::Operator { operator: Operator::Not, ref operands } => {
            known.truth = self::known(types, func, site, operands[0]).truth.map(|it| !it);
        }
        _ => {}
    }
    if let Some(site) = site {
        tell_around(types, func, site, value, &mut known);
    }
    if let Some((around, made, variable)) = captured(program, func, value) {
        tell_around(types, around, made, variable, &mut known);
    }
    if known.none == Some(true) {
        known.truth = Some(false);
    } else if known.truth == Some(true)
        || matches!(program.value(func, value).kind, ValueKind::Literal(_))
        || matches!(known.written, Some(Written::Member(..)))
    {
        known.none = Some(false);
    }
    known
}

/// Whether what is written is passed as it is: a variant in a variable may be changed in its place by whoever else is given it.
fn is_constant(program: &Program<'_>, func: Func, value: ValueId, written: &Written) -> bool {
    let function = program.function(func);
    let uses = |it: &Value| it.kind.operands().any(|it| function.bare(it) == value);
    matches!(written, Written::Constant(_)) || function.values.iter().filter(|it| uses(it)).nth(1).is_none()
}

/// What the tests around a place say of a value.
fn tell_around(types: &mut Types<'_>, func: Func, site: ValueId, value: ValueId, known: &mut Known) {
    let function = types.program.function(func);
    if let ValueKind::Parameter(index) = function.value(function.bare(value)).kind
        && function.parameters.get(usize::from(index)).is_some_and(|it| it.changes)
    {
        return;
    }
    for (_, region) in function.regions_around(function.value(site).region) {
        if let RegionKind::When { test, holds } = region.kind {
            tell(types, func, (test, holds), value, known);
        }
    }
}

/// Of a variable that a closure captured and that is given a value once: the function around, where it makes the closure, and the
/// value there.
pub(super) fn captured(program: &Program<'_>, func: Func, value: ValueId) -> Option<(Func, ValueId, ValueId)> {
    let ValueKind::Captured { function, name } = program.value(func, bare(program, func, value)).kind else {
        return None;
    };
    let (file, id) = program.place_of(func);
    let around = program.func(file, function);
    let body = program.function(around);
    let variable = body.variable(name).filter(|_| body.foreign(name).next().is_none())?;
    let [value] = variable.values[..] else { return None };
    let made = body.values.iter().position(|it| it.kind == ValueKind::Function(id))?;
    Some((around, ValueId::new(made), value))
}

/// What a test around a call says of a value that the call passes.
fn tell(types: &mut Types<'_>, func: Func, (test, holds): (ValueId, bool), value: ValueId, known: &mut Known) {
    let program = types.program;
    let is_value = |it: ValueId| bare(program, func, it) == bare(program, func, value);
    if is_value(test) {
        known.truth = Some(holds);
        return;
    }
    match &program.value(func, test).kind {
        ValueKind::Truth(of) | ValueKind::Present(of) => tell(types, func, (*of, holds), value, known),
        ValueKind::Operator { operator, operands } => match operator {
            Operator::Not => tell(types, func, (operands[0], !holds), value, known),
            Operator::IsNone | Operator::IsPresent if is_value(operands[0]) => {
                known.none = Some(holds == (*operator == Operator::IsNone));
            }
            Operator::Equal | Operator::Identity if holds => {
                let other = match operands[..] {
                    [left, right] if is_value(left) => Some(right),
                    [left, right] if is_value(right) => Some(left),
                    _ => None,
                };
                let written = other.and_then(|it| Written::of(types, func, it));
                known.written = written.or(known.written.take());
            }
            Operator::And if holds => operands.iter().for_each(|&it| tell(types, func, (it, true), value, known)),
            Operator::Or if !holds => operands.iter().for_each(|&it| tell(types, func, (it, false), value, known)),
            _ => {}
        },
        _ => {}
    }
}

/// The value without what is merely known about it.
pub(super) fn bare(program: &Program<'_>, func: Func, value: ValueId) -> ValueId {
    match program.value(func, value).kind {
        ValueKind::Present(of) | ValueKind::Narrow { of, .. } | ValueKind::Truth(of) => bare(program, func, of),
        _ => value,
    }
}
