//! What a step of a chain passes for a parameter of the function that it leads to.

use super::known::bare;
use crate::link::{Func, Program, Ty};
use crate::types::{Shape, ShapeId, Types, written_for};
use blocklint_ir::{Call, FunctionId, ParameterKind, Receiver, Spread, ValueId, ValueKind};

/// What a call passes for a parameter.
pub(super) enum Passed {
    /// This value of this function.
    Value(Func, ValueId),
    /// A spread may hold it, or nothing is known.
    Hidden,
}

/// What a step passes for a parameter of the function that it leads to.
pub(super) fn passed_at(types: &mut Types<'_>, (caller, site): (Func, ValueId), to: Func, parameter: u16) -> Passed {
    let program = types.program;
    match (call_behind(program, caller, site), &program.value(caller, site).kind) {
        (Some(call), _) => passed_for(types, caller, call, to, parameter),
        (None, &ValueKind::Index { index, .. } | &ValueKind::StoreIndex { index, .. }) if parameter == 1 => {
            Passed::Value(caller, index)
        }
        (None, &ValueKind::StoreIndex { value: Some(value), .. }) if parameter == 2 => Passed::Value(caller, value),
        (None, ValueKind::Operator { operands, .. }) if parameter == 1 => match operands[..] {
            [left, right] => {
                let of = types.of(caller, left);
                let has_it =
                    program.owner(to).is_some_and(|it| types.shapes(of).iter().any(|of| of_line(types, *of, it)));
                Passed::Value(caller, if has_it { right } else { left })
            }
            _ => Passed::Hidden,
        },
        _ => Passed::Hidden,
    }
}

/// Whether an object is of a type, or of one above or below it.
fn of_line(types: &Types<'_>, object: ShapeId, ty: Ty) -> bool {
    let hierarchy = &types.program.hierarchy;
    let related = |it: Ty| hierarchy.order(it).contains(&ty) || hierarchy.order(ty).contains(&it);
    matches!(*types.shape(object), Shape::Instance { ty: it, .. } if related(it))
}

/// What a call passes for a parameter of the function that it calls.
pub(super) fn passed_for(types: &Types<'_>, caller: Func, call: &Call, callee: Func, parameter: u16) -> Passed {
    let program = types.program;
    let function = program.function(callee);
    let Some(declared) = function.parameters.get(parameter as usize) else { return Passed::Hidden };
    if matches!(declared.kind, ParameterKind::RestPositional | ParameterKind::RestNamed) {
        return Passed::Hidden;
    }
    let first = usize::from(function.receiver != Receiver::None);
    if let Some(value) = written_for(program, (caller, call), callee, parameter.into(), first) {
        return Passed::Value(caller, value);
    }
    if call.arguments.iter().any(|it| it.spread != Spread::No) {
        return Passed::Hidden;
    }
    let (file, _) = program.place_of(callee);
    let around = program.func(file, function.parent.unwrap_or(FunctionId::TOP));
    declared.default.map_or(Passed::Hidden, |it| Passed::Value(around, it))
}

/// The call that gives a step its arguments: of what is entered or iterated, the one that made it.
fn call_behind<'p>(program: &'p Program<'_>, func: Func, site: ValueId) -> Option<&'p Call> {
    match &program.value(func, site).kind {
        ValueKind::Call(call) => Some(call),
        ValueKind::Enter(of) | ValueKind::Exit(of) | ValueKind::Each(of) => {
            match &program.value(func, bare(program, func, *of)).kind {
                ValueKind::Call(call) => Some(call),
                _ => None,
            }
        }
        _ => None,
    }
}
