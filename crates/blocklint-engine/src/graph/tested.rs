//! What tests expect of parameters, and of fields that hold what they were given once: `if mode == "now":`,
//! `if kind in (Kind.A, Kind.B):`, `match kind { Kind::A => … }`.

use super::demand::{Expected, Subject};
use super::known::Written;
use crate::link::Func;
use crate::types::Types;
use blocklint_catalog::fact::Constant;
use blocklint_ir::{Import, Operator, RegionKind, ValueId, ValueKind};

/// What a caller decides of a value, if anything.
type Own<'o> = &'o dyn Fn(ValueId) -> Option<Subject>;

/// What the tests around a place expect of what `own` finds behind values.
pub(super) fn around(types: &mut Types<'_>, func: Func, site: ValueId, own: Own<'_>) -> Vec<(Subject, Expected)> {
    let function = types.program.function(func);
    let mut out = Vec::new();
    for (_, region) in function.regions_around(function.value(site).region) {
        match &region.kind {
            RegionKind::When { test, holds } => by_test(types, func, (*test, *holds), own, &mut out),
            RegionKind::Match { subject, holds, variant: Some(variant) } => {
                if let Some(subject) = own(*subject) {
                    out.extend(matched(types, func, variant, *holds).map(|it| (subject, it)));
                }
            }
            _ => {}
        }
    }
    out
}

/// Likewise a test that holds, or does not.
fn by_test(
    types: &mut Types<'_>,
    func: Func,
    (test, holds): (ValueId, bool),
    own: Own<'_>,
    out: &mut Vec<(Subject, Expected)>,
) {
    let none = |of: ValueId, none: bool| own(of).map(|it| (it, Expected::None(none)));
    match &types.program.value(func, test).kind {
        ValueKind::Truth(of) | ValueKind::Present(of) | ValueKind::Narrow { of, .. } => {
            by_test(types, func, (*of, holds), own, out);
        }
        ValueKind::Operator { operator, operands } => match operator {
            Operator::Not => by_test(types, func, (operands[0], !holds), own, out),
            Operator::IsNone => out.extend(none(operands[0], holds)),
            Operator::IsPresent => out.extend(none(operands[0], !holds)),
            Operator::Equal | Operator::Identity | Operator::Contains => {
                let compared = compared(types, func, (*operator, operands), own);
                out.extend(compared.map(|(subject, values)| (subject, Expected::OneOf(values, holds))));
            }
            Operator::And if holds => operands.iter().for_each(|&it| by_test(types, func, (it, true), own, out)),
            Operator::Or if !holds => operands.iter().for_each(|&it| by_test(types, func, (it, false), own, out)),
            Operator::Or => out.extend(any_of(types, func, operands, own)),
            _ => {}
        },
        _ => out.extend(own(test).map(|it| (it, Expected::Truth(holds)))),
    }
}

/// What is compared with what is written, and what that is.
fn compared(
    types: &mut Types<'_>,
    func: Func,
    (operator, operands): (Operator, &[ValueId]),
    own: Own<'_>,
) -> Option<(Subject, Vec<Written>)> {
    let &[left, right] = operands else { return None };
    let (subject, other) = match (own(left), own(right)) {
        (Some(subject), None) => (subject, right),
        (None, Some(subject)) if operator != Operator::Contains => (subject, left),
        _ => return None,
    };
    let values = if operator == Operator::Contains {
        contained(types, func, other)
    } else {
        Written::of(types, func, other).map(|it| vec![it])
    };
    values.map(|it| (subject, it))
}

/// What a container holds that is written out, here or as the value of a constant. At great length it is not read.
fn contained(types: &mut Types<'_>, func: Func, container: ValueId) -> Option<Vec<Written>> {
    let program = types.program;
    let (at, items) = match &program.value(func, container).kind {
        ValueKind::Tuple(items) | ValueKind::Sequence(items) => (func, items),
        _ => {
            let (at, value) = types.only_value(func, container)?;
            match &program.value(at, value).kind {
                // What may grow is not the same for long.
                ValueKind::Tuple(items) => (at, items),
                _ => return None,
            }
        }
    };
    if items.is_empty() {
        return None;
    }
    items.iter().map(|&it| Written::of(types, at, it)).collect()
}

/// `mode == "a" or mode is None`, all of them of one.
fn any_of(types: &mut Types<'_>, func: Func, operands: &[ValueId], own: Own<'_>) -> Option<(Subject, Expected)> {
    let mut all: Option<(Subject, Vec<Written>)> = None;
    for &operand in operands {
        let mut one = Vec::new();
        by_test(types, func, (operand, true), own, &mut one);
        let (subject, values) = match &one[..] {
            [(subject, Expected::OneOf(values, true))] => (*subject, values.clone()),
            [(subject, Expected::None(true))] => (*subject, vec![Written::Constant(Constant::None)]),
            _ => return None,
        };
        match &mut all {
            None => all = Some((subject, values)),
            Some(all) if all.0 == subject => all.1.extend(values),
            Some(_) => return None,
        }
    }
    all.map(|(subject, values)| (subject, Expected::OneOf(values, true)))
}

/// What a pattern that names a variant, or a member of an enumeration, expects.
fn matched(types: &mut Types<'_>, func: Func, variant: &Import, holds: bool) -> Option<Expected> {
    let program = types.program;
    let entities = program.named(program.file_of(func), program.function(func).scope, variant);
    Written::named(types, func, &entities).map(|it| Expected::OneOf(vec![it], holds))
}
