//! Branches that a caller rules out: `if is_async:` in a function called with `is_async=False`.
//!
//! Only what is written counts: literals at the call, and literal defaults where the argument is not given.

use super::Edge;
use crate::link::{Func, Program};
use blocklint_ir::{Argument, Call, FunctionId, Literal, Operator, Receiver, RegionKind, Spread, ValueId, ValueKind};

/// What a branch expects of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// Its truth.
    Truth(bool),
    /// That it is `None`, or is not.
    None(bool),
}

/// What is known of an argument.
#[derive(Debug, Clone, Copy)]
struct Known {
    truth: bool,
    none: bool,
}

/// Whether a call may lead on to what stands at `site` of the callee, as far as the call's literals say.
pub fn feasible(program: &Program<'_>, caller: Func, edge: &Edge, site: ValueId) -> bool {
    if edge.how.through.is_some() {
        return true;
    }
    let ValueKind::Call(call) = &program.value(caller, edge.site).kind else { return true };
    let function = program.function(edge.to);
    let mut expected = Vec::new();
    for (_, region) in function.regions_around(function.value(site).region) {
        if let RegionKind::When { test, holds } = region.kind {
            expect(program, edge.to, test, holds, &mut expected);
        }
    }
    expected.into_iter().all(|(parameter, expected)| {
        let Some(known) = known(program, caller, call, edge.to, parameter) else { return true };
        match expected {
            Expected::Truth(truth) => known.truth == truth,
            Expected::None(none) => known.none == none,
        }
    })
}

fn expect(program: &Program<'_>, func: Func, test: ValueId, holds: bool, out: &mut Vec<(u16, Expected)>) {
    let parameter = |value: ValueId| match program.value(func, value).kind {
        ValueKind::Parameter(index) => Some(index),
        _ => None,
    };
    match &program.value(func, test).kind {
        ValueKind::Parameter(index) => out.push((*index, Expected::Truth(holds))),
        ValueKind::Truth(of) | ValueKind::Present(of) | ValueKind::Narrow { of, .. } => {
            expect(program, func, *of, holds, out);
        }
        ValueKind::Operator { operator, operands } => match operator {
            Operator::Not => expect(program, func, operands[0], !holds, out),
            Operator::IsNone => out.extend(parameter(operands[0]).map(|it| (it, Expected::None(holds)))),
            Operator::IsPresent => out.extend(parameter(operands[0]).map(|it| (it, Expected::None(!holds)))),
            Operator::And if holds => operands.iter().for_each(|&it| expect(program, func, it, true, out)),
            Operator::Or if !holds => operands.iter().for_each(|&it| expect(program, func, it, false, out)),
            _ => {}
        },
        _ => {}
    }
}

fn known(program: &Program<'_>, caller: Func, call: &Call, callee: Func, parameter: u16) -> Option<Known> {
    let function = program.function(callee);
    let declared = function.parameters.get(parameter as usize)?;
    if call.arguments.iter().any(|it| it.spread != Spread::No) {
        return None;
    }
    let own = &program.file(program.file_of(callee)).summary.module;
    let module = &program.file(program.file_of(caller)).summary.module;
    let name = own.text(declared.name);
    let named = call.arguments.iter().find(|it| it.name.is_some_and(|it| module.text(it) == name));
    let offset = usize::from(function.receiver != Receiver::None);
    let position = (parameter as usize).checked_sub(offset)?;
    let positional: Option<&Argument> = call.arguments.iter().filter(|it| it.name.is_none()).nth(position);
    if let Some(argument) = named.or(positional) {
        return literal(program, caller, argument.value);
    }
    let (file, _) = program.place_of(callee);
    let around = program.func(file, function.parent.unwrap_or(FunctionId::TOP));
    literal(program, around, declared.default?)
}

fn literal(program: &Program<'_>, func: Func, value: ValueId) -> Option<Known> {
    let module = &program.file(program.file_of(func)).summary.module;
    let truth = match program.value(func, value).kind {
        ValueKind::Literal(Literal::None) => return Some(Known { truth: false, none: true }),
        ValueKind::Literal(Literal::Bool(value)) => value,
        ValueKind::Literal(Literal::Int(value)) => value != 0,
        ValueKind::Literal(Literal::Text(name)) => !module.text(name).is_empty(),
        ValueKind::Function(_) => true,
        _ => return None,
    };
    Some(Known { truth, none: false })
}
