//! What is known of a value that a call passes: what is written, and what the tests around the call say of it.

use super::constant::constant;
use crate::link::{Func, Program};
use crate::types::Types;
use blocklint_catalog::fact::Constant;
use blocklint_ir::{Literal, Operator, RegionKind, ValueId, ValueKind};

/// What is known of an argument.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) truth: Option<bool>,
    pub(super) none: Option<bool>,
    pub(super) constant: Option<Constant>,
}

/// What is known of a value, by what is written and by the tests around `site`, where that is in the same function.
pub(super) fn known(types: &mut Types<'_>, func: Func, site: Option<ValueId>, value: ValueId) -> Known {
    let program = types.program;
    let module = &program.file(program.file_of(func)).summary.module;
    let mut known = Known { constant: constant(types, func, value, 0), ..Known::default() };
    match program.value(func, value).kind {
        ValueKind::Literal(Literal::None) => known.none = Some(true),
        ValueKind::Literal(Literal::Bool(value)) => known.truth = Some(value),
        ValueKind::Literal(Literal::Int(value)) => known.truth = Some(value != 0),
        ValueKind::Literal(Literal::Text(name)) => known.truth = Some(!module.text(name).is_empty()),
        ValueKind::Function(_) => known.truth = Some(true),
        ValueKind::Present(_) => known.none = Some(false),
        _ => {}
    }
    if let Some(site) = site {
        tell_around(program, func, site, value, &mut known);
    }
    if let Some((around, made, variable)) = captured(program, func, value) {
        tell_around(program, around, made, variable, &mut known);
    }
    if known.none == Some(true) {
        known.truth = Some(false);
    } else if known.truth == Some(true) || matches!(program.value(func, value).kind, ValueKind::Literal(_)) {
        known.none = Some(false);
    }
    known
}

/// What the tests around a place say of a value.
fn tell_around(program: &Program<'_>, func: Func, site: ValueId, value: ValueId, known: &mut Known) {
    let function = program.function(func);
    for (_, region) in function.regions_around(function.value(site).region) {
        if let RegionKind::When { test, holds } = region.kind {
            tell(program, func, (test, holds), value, known);
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
fn tell(program: &Program<'_>, func: Func, (test, holds): (ValueId, bool), value: ValueId, known: &mut Known) {
    if bare(program, func, test) == bare(program, func, value) {
        known.truth = Some(holds);
        return;
    }
    match &program.value(func, test).kind {
        ValueKind::Truth(of) | ValueKind::Present(of) => tell(program, func, (*of, holds), value, known),
        ValueKind::Operator { operator, operands } => match operator {
            Operator::Not => tell(program, func, (operands[0], !holds), value, known),
            Operator::IsNone | Operator::IsPresent
                if bare(program, func, operands[0]) == bare(program, func, value) =>
            {
                known.none = Some(holds == (*operator == Operator::IsNone));
            }
            Operator::Equal if holds => {
                known.constant = equal(program, func, operands, value).or(known.constant.take());
            }
            Operator::And if holds => operands.iter().for_each(|&it| tell(program, func, (it, true), value, known)),
            Operator::Or if !holds => operands.iter().for_each(|&it| tell(program, func, (it, false), value, known)),
            _ => {}
        },
        _ => {}
    }
}

/// The text that a value was found to be equal to.
fn equal(program: &Program<'_>, func: Func, operands: &[ValueId], value: ValueId) -> Option<Constant> {
    let &[left, right] = operands else { return None };
    let is_value = |it: ValueId| bare(program, func, it) == bare(program, func, value);
    let other = if is_value(left) { right } else { Some(left).filter(|_| is_value(right))? };
    let ValueKind::Literal(Literal::Text(text)) = program.value(func, other).kind else { return None };
    Some(Constant::Text(program.file(program.file_of(func)).summary.module.text(text).to_owned()))
}

/// The value without what is merely known about it.
pub(super) fn bare(program: &Program<'_>, func: Func, value: ValueId) -> ValueId {
    match program.value(func, value).kind {
        ValueKind::Present(of) | ValueKind::Narrow { of, .. } | ValueKind::Truth(of) => bare(program, func, of),
        _ => value,
    }
}
