//! What a caller must do for a place to be reached: `if is_async:` is not reached by a call with `is_async=False`, and
//! `queue.get(block)` does not wait where the caller passes `block=False`.
//!
//! Only what is written counts: literals at the call, literal defaults where the argument is not given, and what the tests around
//! the call say. An argument that is the caller's own parameter is asked of the callers of the caller.

use super::awaited::{gives_nothing_to_await, is_awaited};
use super::constant::{host, names_address, passed};
use super::held::{self, Held};
use super::known::{Known, Written, known};
use super::passing::{Passed, passed_at};
use super::receiver::{self, Method};
use super::standing::{self, Typed, Wanted};
use super::{Edge, Exit, How, fixed, tested, through};
use crate::finding::Via;
use crate::link::{Func, Program, Sym};
use crate::types::{Shape, Types};
use blocklint_catalog::Facts;
use blocklint_catalog::fact::{Blocking, Constant, Expected as Argued};
use blocklint_ir::{Operator, ValueId, ValueKind};

/// What a function's callers must do for a place in it to be reached.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Demands {
    pub(super) subjects: Vec<(Subject, Expected)>,
    /// The receiver has this method: the place lies below it.
    pub(super) receiver: Option<Func>,
    /// A field of the receiver holds this: the place lies in it or below.
    held: Option<Held>,
    /// A type parameter stands for this.
    typed: Option<Typed>,
    /// Nobody awaits what comes back: where it is awaited, an asynchronous twin was called instead.
    unawaited: bool,
}

/// Something that a caller decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// A parameter.
    Parameter(u16),
    /// A field of the receiver, which holds from the object's making on what it was made with.
    Field(Sym),
}

/// What a call does that meets demands.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// What is left to the callers of the caller.
    pub(super) subjects: Vec<(Subject, Expected)>,
    /// Whether what is written at the call is what some demand asks for.
    pub(super) decided: bool,
}

/// What is expected of an argument.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expected {
    /// Its truth.
    Truth(bool),
    /// That it is `None`, or is not.
    None(bool),
    /// That it is one of these, or that it is none of them.
    OneOf(Vec<Written>, bool),
    /// That it is no address of a host.
    NoAddress,
    /// That it is an object that has, or leads to, a method.
    Has(Wanted),
}

impl Demands {
    /// Of whoever is to reach `site`.
    pub fn of_place(types: &mut Types<'_>, func: Func, site: ValueId) -> Self {
        let program = types.program;
        Self { subjects: tested::around(types, func, site, &|it| subject(program, func, it)), ..Self::default() }
    }

    /// Of whoever is to make a call that leaves the program block.
    pub fn of_call(types: &mut Types<'_>, func: Func, exit: &Exit, blocking: &Blocking) -> Self {
        let program = types.program;
        let Exit { site, path, ref how } = *exit;
        let mut demands = Self::of_place(types, func, site);
        let below = is_unawaited_below(types, how);
        demands.unawaited = unawaited(types, func, site, below);
        if how.through.is_none() {
            demands.held = Held::by_call(program, func, site, Method::Library(path));
            let passed = standing::parameter(types, func, site, how.via, Method::Library(path));
            demands.subjects.extend(passed.map(|(it, wanted)| (Subject::Parameter(it), Expected::Has(wanted))));
        }
        let ValueKind::Call(call) = &program.value(func, site).kind else { return demands };
        for condition in &blocking.unless {
            let Ok(Some(value)) = passed(types, func, call, &condition.argument) else { continue };
            let (value, expected) = match &condition.is {
                Argued::Value(excused) => (value, Expected::OneOf(vec![Written::Constant(excused.clone())], false)),
                Argued::Address => (host(program, func, value), Expected::NoAddress),
                Argued::Instance(_) => continue,
            };
            demands.subjects.extend(subject(program, func, value).map(|it| (it, expected)));
        }
        demands
    }

    /// Whether whoever meets the other demands meets these too.
    pub fn allow(&self, other: &Self) -> bool {
        (self.receiver.is_none() || self.receiver == other.receiver)
            && (self.held.is_none() || self.held == other.held)
            && (self.typed.is_none() || self.typed == other.typed)
            && (!self.unawaited || other.unawaited)
            && self.subjects.iter().all(|it| other.subjects.contains(it))
    }
}

/// What the callers of `caller` must do for `below` to be met by its call; `None` when the call rules it out.
pub fn demanded(types: &mut Types<'_>, caller: Func, edge: &Edge, below: &Demands) -> Option<Demands> {
    let mut demands = Demands::of_place(types, caller, edge.site);
    if let Some(hops) = &edge.how.through {
        let step = is_unawaited_below(types, &edge.how);
        demands.unawaited = unawaited(types, caller, edge.site, step);
        let below = through::demands(types, hops)?;
        demands.subjects.extend(through::met(types, (caller, edge.site, edge.how.via), hops, &below)?.subjects);
        return Some(demands);
    }
    let gives_result = edge.how.via == Via::Call;
    if gives_result && below.unawaited && is_awaited(types, caller, edge.site) {
        return None;
    }
    let step = gives_result && (below.unawaited || has_asynchronous_twin(types, caller, edge));
    demands.unawaited = unawaited(types, caller, edge.site, step);
    demands.receiver = receiver::demanded(types, caller, edge, below.receiver)?;
    demands.held = held::demanded(types, caller, edge, below.held)?;
    demands.typed = standing::typed(types, caller, edge, below.typed.as_ref())?;
    let method = Method::Own(below.receiver.unwrap_or(edge.to));
    let passed = standing::parameter(types, caller, edge.site, edge.how.via, method);
    demands.subjects.extend(passed.map(|(it, wanted)| (Subject::Parameter(it), Expected::Has(wanted))));
    let met = met(types, (caller, edge.site, edge.how.via), edge.to, &below.subjects)?;
    demands.subjects.extend(met.subjects);
    Some(demands)
}

/// What is left to a call's caller of what the function that it calls expects; `None` where the call rules it out.
pub(super) fn met(
    types: &mut Types<'_>,
    step: (Func, ValueId, Via),
    to: Func,
    expected: &[(Subject, Expected)],
) -> Option<Met> {
    let mut met = Met::default();
    for (subject, expected) in expected {
        match subject {
            Subject::Parameter(parameter) => met.by_argument(types, step, (to, *parameter), expected)?,
            Subject::Field(field) => met.by_field(types, step, (to, *field), expected)?,
        }
    }
    Some(met)
}

impl Met {
    fn by_argument(
        &mut self,
        types: &mut Types<'_>,
        (caller, site, _): (Func, ValueId, Via),
        (to, parameter): (Func, u16),
        expected: &Expected,
    ) -> Option<()> {
        let Passed::Value(func, value) = passed_at(types, (caller, site), to, parameter) else { return Some(()) };
        let decided = if let Expected::Has(wanted) = expected {
            Some(false).filter(|_| !standing::may_be(types, (func, value), wanted))
        } else {
            let known = known(types, func, (func == caller).then_some(site), value);
            decides(types, &known, expected)
        };
        match decided {
            Some(false) => return None,
            Some(true) => self.decided = true,
            None => {}
        }
        if func == caller {
            self.subjects.extend(left_to_callers(types.program, func, value, expected));
        }
        Some(())
    }

    fn by_field(
        &mut self,
        types: &mut Types<'_>,
        (caller, site, via): (Func, ValueId, Via),
        (to, field): (Func, Sym),
        expected: &Expected,
    ) -> Option<()> {
        let program = types.program;
        let Some(object) = held::object(program, caller, (site, via), to) else { return Some(()) };
        if held::is_own(program, caller, object) {
            self.subjects.push((Subject::Field(field), expected.clone()));
            return Some(());
        }
        let holds = fixed::held(types, (caller, object), field);
        let ruled_out = !holds.is_empty() && holds.iter().all(|it| decides(types, it, expected) == Some(false));
        (!ruled_out).then_some(())
    }
}

/// Whether nobody awaits what a function gives that has come to `site`, given whether nobody awaits what the step below gives.
fn unawaited(types: &mut Types<'_>, func: Func, site: ValueId, below: bool) -> bool {
    let function = types.program.function(func);
    let handed_back = || function.returns.iter().any(|&it| function.may_be(it, site));
    (below && handed_back()) || gives_nothing_to_await(types, func, site)
}

/// Likewise for the functions that a callable went down through before it ran.
fn is_unawaited_below(types: &mut Types<'_>, how: &How) -> bool {
    let hops = how.through.iter().flat_map(|it| it.iter()).rev();
    hops.fold(false, |below, hop| unawaited(types, hop.func, hop.site, below))
}

/// Whether the call of a synchronous function is, for other receivers, the call of an asynchronous one.
fn has_asynchronous_twin(types: &mut Types<'_>, caller: Func, edge: &Edge) -> bool {
    let program = types.program;
    let on_loop = |it: Func| program.function(it).color.on_loop();
    let ValueKind::Call(call) = &program.value(caller, edge.site).kind else { return false };
    if on_loop(caller) || on_loop(edge.to) {
        return false;
    }
    let callees = types.of(caller, call.callee);
    types.shapes(callees).iter().any(|&it| match *types.shape(it) {
        Shape::Function(target) | Shape::Method(target, _) => on_loop(target),
        // What is not known may be asynchronous.
        Shape::External(path) => *types.paths.facts(path) == Facts::default(),
        _ => false,
    })
}

/// What is expected of what a value is made of, where that is decided by the callers of the function: `run(work, thread=not here)`.
fn left_to_callers(
    program: &Program<'_>,
    func: Func,
    value: ValueId,
    expected: &Expected,
) -> Option<(Subject, Expected)> {
    match (&program.value(func, value).kind, expected) {
        (ValueKind::Operator { operator: Operator::Not, operands }, Expected::Truth(truth)) => {
            left_to_callers(program, func, operands[0], &Expected::Truth(!truth))
        }
        _ => subject(program, func, value).map(|it| (it, expected.clone())),
    }
}

/// What of a caller's decisions a value is.
fn subject(program: &Program<'_>, func: Func, value: ValueId) -> Option<Subject> {
    if let ValueKind::Attribute { .. } = program.value(func, value).kind {
        return held::kept_field(program, func, value).map(Subject::Field);
    }
    let parameters = &program.function(func).parameters;
    let stays = |&it: &u16| parameters.get(usize::from(it)).is_none_or(|it| !it.changes);
    parameter(program, func, value).filter(stays).map(Subject::Parameter)
}

/// The parameter that a value is.
pub(super) fn parameter(program: &Program<'_>, func: Func, value: ValueId) -> Option<u16> {
    match program.value(func, value).kind {
        ValueKind::Parameter(index) => Some(index),
        ValueKind::Narrow { of, .. } => parameter(program, func, of),
        _ => None,
    }
}

/// Whether what is known of an argument is what is expected of it; `None` where that does not tell.
fn decides(types: &mut Types<'_>, known: &Known, expected: &Expected) -> Option<bool> {
    match expected {
        Expected::Truth(truth) => known.truth.map(|it| it == *truth),
        Expected::None(none) => known.none.map(|it| it == *none),
        Expected::OneOf(values, one) => {
            let written = known.written.as_ref()?;
            let same: Option<Vec<bool>> = values.iter().map(|it| written.is(it, &mut types.paths)).collect();
            same.map(|it| it.contains(&true) == *one)
        }
        Expected::NoAddress => match &known.written {
            Some(Written::Constant(Constant::Text(text))) if names_address(text) => Some(false),
            _ => None,
        },
        Expected::Has(_) => None,
    }
}
