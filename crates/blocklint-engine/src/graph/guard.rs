//! What a region's tests and handlers say about the thread that runs it.

use super::constant;
use super::same_thread::same_thread;
use crate::link::Func;
use crate::types::{Shape, Types};
use blocklint_catalog::fact::{Constant, Guard};
use blocklint_ir::{Color, Literal, MemberKind, Operator, RegionId, RegionKind, Value, ValueId, ValueKind};
use rustc_hash::FxHashMap;

/// Whether a place runs on an event loop's thread, as far as the code around it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OnLoop {
    /// It runs on a thread whose event loop is running.
    Yes,
    /// It runs on a thread without a running event loop.
    No,
}

impl OnLoop {
    fn when(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// A function that asks a function that asks a function … is believed this deep.
const MAX_TOLD: usize = 4;

/// Remembered answers.
#[derive(Debug, Default)]
pub struct Guards {
    regions: FxHashMap<(Func, RegionId), Option<OnLoop>>,
    /// By function: its calls that raise off a loop, in order.
    asking: FxHashMap<Func, Vec<ValueId>>,
    /// By function and outcome: what its having returned that says.
    told: FxHashMap<(Func, bool), Option<OnLoop>>,
    /// How many functions that ask others are being read.
    deep: usize,
}

impl Guards {
    /// What the code around a region says; `None` when it says nothing. Where one word contradicts another, no loop's thread comes.
    pub fn of_region(&mut self, types: &mut Types<'_>, func: Func, region: RegionId) -> Option<OnLoop> {
        if let Some(&known) = self.regions.get(&(func, region)) {
            return known;
        }
        // A loop's test may depend on what its own body sets.
        self.regions.insert((func, region), None);
        let function = types.program.function(func);
        let this = function.region(region);
        let own = match &this.kind {
            RegionKind::When { test, holds } => implied(self, types, func, (*test, *holds), 0),
            RegionKind::Match { subject, holds, variant } => {
                let fails = variant.as_ref().and_then(|it| it.segments.last()).is_some_and(|&it| {
                    let module = &types.program.file(types.program.file_of(func)).summary.module;
                    matches!(module.text(it), "Err" | "None")
                });
                let guard = guard_of(types, func, *subject);
                (guard == Some(Guard::NoneOffLoop)).then(|| OnLoop::when(*holds != fails))
            }
            RegionKind::Script => Some(OnLoop::No),
            RegionKind::Handler { attempt, .. } => wants_loop(types, func, *attempt).then_some(OnLoop::No),
            RegionKind::Completed { attempt } => asks_for_loop(types, func, *attempt).then_some(OnLoop::Yes),
            _ => None,
        };
        let known = match own {
            Some(OnLoop::No) => own,
            _ => this.parent.and_then(|it| self.of_region(types, func, it)).or(own),
        };
        self.regions.insert((func, region), known);
        known
    }

    /// What the code around and before a value says.
    pub fn of_value(&mut self, types: &mut Types<'_>, func: Func, value: ValueId) -> Option<OnLoop> {
        let function = types.program.function(func);
        let region = function.value(value).region;
        if let Some(known) = self.of_region(types, func, region) {
            return Some(known);
        }
        // After a call that raises off a loop, in the same stretch of code, there is one.
        let around: Vec<RegionId> = function.regions_around(region).map(|it| it.0).collect();
        let asking = self.asking(types, func);
        let asked = asking.iter().any(|it| *it < value && around.contains(&function.value(*it).region));
        asked.then_some(OnLoop::Yes)
    }

    /// Whether a function raises off a loop whatever its caller passes: it asks for the loop, and has no answer for its absence.
    pub fn needs_loop(&mut self, types: &mut Types<'_>, func: Func) -> bool {
        let function = types.program.function(func);
        self.asking(types, func).iter().any(|it| function.value(*it).region == RegionId::BODY)
    }

    fn asking(&mut self, types: &mut Types<'_>, func: Func) -> &[ValueId] {
        self.asking.entry(func).or_insert_with(|| {
            let values = (0..types.program.function(func).values.len()).map(ValueId::new);
            values.filter(|&it| guard_of(types, func, it) == Some(Guard::FailsOffLoop)).collect()
        })
    }
}

/// Whether the body of a `try` calls something that raises unless a loop runs on this thread.
fn asks_for_loop(types: &mut Types<'_>, func: Func, attempt: RegionId) -> bool {
    let function = types.program.function(func);
    (0..function.values.len())
        .map(ValueId::new)
        .any(|it| function.value(it).region == attempt && guard_of(types, func, it) == Some(Guard::FailsOffLoop))
}

/// Whether the body of a `try` asks for this thread's loop in any way, or does nothing but ask whether it runs: on a loop's thread none
/// of them raises.
fn wants_loop(types: &mut Types<'_>, func: Func, attempt: RegionId) -> bool {
    let function = types.program.function(func);
    let within = |it: &&Value| function.regions_around(it.region).any(|(at, _)| at == attempt);
    let calls = function.values.iter().filter(within).filter(|it| matches!(it.kind, ValueKind::Call(_))).count();
    let asks = |types: &mut Types<'_>, it: ValueId| {
        gives_own_loop(types, func, it) || calls == 1 && guard_of(types, func, it) == Some(Guard::TrueOnLoop)
    };
    (0..function.values.len()).map(ValueId::new).any(|it| function.value(it).region == attempt && asks(types, it))
        || asks_for_loop(types, func, attempt)
}

/// Whether a value is a call that gives the event loop of this thread.
fn gives_own_loop(types: &mut Types<'_>, func: Func, value: ValueId) -> bool {
    let ValueKind::Call(call) = &types.program.value(func, value).kind else { return false };
    types.is_library_function(func, call.callee, |it| it.current_loop)
}

/// Whether a value is computed where asking for this thread's loop has failed.
fn without_loop(types: &mut Types<'_>, func: Func, value: ValueId) -> bool {
    let function = types.program.function(func);
    let handled: Vec<RegionId> = function
        .regions_around(function.value(value).region)
        .filter_map(|(_, it)| match it.kind {
            RegionKind::Handler { attempt, .. } => Some(attempt),
            _ => None,
        })
        .collect();
    handled.into_iter().any(|it| wants_loop(types, func, it))
}

/// The guard that a value is a call of.
pub fn guard_of(types: &mut Types<'_>, func: Func, value: ValueId) -> Option<Guard> {
    let ValueKind::Call(call) = &types.program.value(func, value).kind else { return None };
    let path = types.library_function(func, call.callee, |it| it.guard.is_some())?;
    types.paths.facts(path).guard
}

/// What the outcome of a test says.
fn implied(
    guards: &mut Guards,
    types: &mut Types<'_>,
    func: Func,
    (test, holds): (ValueId, bool),
    hops: usize,
) -> Option<OnLoop> {
    if hops > 12 {
        return None;
    }
    let hops = hops + 1;
    match &types.program.value(func, test).kind {
        ValueKind::Truth(of) | ValueKind::Present(of) | ValueKind::Narrow { of, .. } => {
            implied(guards, types, func, (*of, holds), hops)
        }
        ValueKind::Operator { operator, operands } => match operator {
            Operator::Not => implied(guards, types, func, (operands[0], !holds), hops),
            Operator::IsNone | Operator::IsPresent => {
                let there = holds == (*operator == Operator::IsPresent);
                match present(types, func, operands[0], there) {
                    // What a function of the program gives where there is no loop may be all that it says.
                    None if !there => told(guards, types, (func, operands[0]), false, hops),
                    said => said,
                }
            }
            Operator::And if holds => operands.iter().find_map(|&it| implied(guards, types, func, (it, true), hops)),
            Operator::Or if !holds => operands.iter().find_map(|&it| implied(guards, types, func, (it, false), hops)),
            // `a and b` failed: says something only when either failure says the same.
            Operator::And | Operator::Or => {
                let mut all = operands.iter().map(|&it| implied(guards, types, func, (it, holds), hops));
                let first = all.next()??;
                all.all(|it| it == Some(first)).then_some(first)
            }
            Operator::Equal | Operator::Identity => same_thread(guards, types, func, operands, holds),
            _ => None,
        },
        ValueKind::Call(_) => match guard_of(types, func, test) {
            Some(Guard::TrueOnLoop) if !holds => Some(OnLoop::No),
            Some(Guard::TrueOnLoop) => asks_own_loop(types, func, test).then_some(OnLoop::Yes),
            // A loop is never false.
            Some(Guard::NoneOffLoop | Guard::FailsOffLoop) => Some(OnLoop::when(holds)),
            Some(_) => None,
            None => told(guards, types, (func, test), holds, hops),
        },
        ValueKind::Attribute { .. } => told(guards, types, (func, test), holds, hops),
        // What never runs runs on no loop: `if False:`, `if DEBUG:` where the module says `DEBUG = False`.
        ValueKind::Literal(Literal::Bool(truth)) if truth != &holds => Some(OnLoop::No),
        ValueKind::Path(_) => match constant(types, func, test, 0) {
            Some(Constant::Bool(truth)) if truth != holds => Some(OnLoop::No),
            _ => None,
        },
        ValueKind::Choice(options) => {
            flag(guards, types, func, options, holds, hops).or_else(|| present(types, func, test, holds))
        }
        _ => None,
    }
}

/// What the outcome of a call or property of the program says: `def in_async(): try: get_running_loop() ... return True`.
fn told(
    guards: &mut Guards,
    types: &mut Types<'_>,
    (func, test): (Func, ValueId),
    holds: bool,
    hops: usize,
) -> Option<OnLoop> {
    if guards.deep >= MAX_TOLD {
        return None;
    }
    let mut agreed: Option<OnLoop> = None;
    for target in asked(types, func, test) {
        let said = if let Some(&known) = guards.told.get(&(target, holds)) {
            known
        } else {
            // A function that asks itself learns nothing from that.
            guards.told.insert((target, holds), None);
            guards.deep += 1;
            let said = returned(guards, types, target, holds, hops);
            guards.deep -= 1;
            guards.told.insert((target, holds), said);
            said
        }?;
        if agreed.is_some_and(|it| it != said) {
            return None;
        }
        agreed = Some(said);
    }
    agreed
}

/// The functions of the program whose result is tested.
fn asked(types: &mut Types<'_>, func: Func, test: ValueId) -> Vec<Func> {
    let program = types.program;
    match program.value(func, test).kind {
        ValueKind::Call(ref call) => {
            let callees = types.of(func, call.callee);
            let mut found = Vec::new();
            for &callee in types.shapes(callees) {
                match *types.shape(callee) {
                    Shape::Function(target) => found.push(target),
                    // Which of them it is nobody knows: all must say the same.
                    Shape::Method(target, receiver) => {
                        found.push(target);
                        found.extend(types.overrides(func, target, receiver));
                    }
                    _ => {}
                }
            }
            found
        }
        ValueKind::Attribute { base, name } => {
            let sym = program.sym(program.file_of(func), name);
            let set = types.of(func, base);
            let mut found = Vec::new();
            for &shape in types.shapes(set) {
                let Shape::Instance { ty, .. } = *types.shape(shape) else { continue };
                let members = program.hierarchy.members(ty, sym, None);
                found.extend(members.iter().filter(|it| it.kind == MemberKind::Getter).map(|it| it.func));
            }
            found
        }
        _ => Vec::new(),
    }
}

/// What it says of the thread that a function returned something true (or false).
fn returned(guards: &mut Guards, types: &mut Types<'_>, func: Func, holds: bool, hops: usize) -> Option<OnLoop> {
    let function = types.program.function(func);
    if function.color != Color::Sync || function.stub {
        return None;
    }
    let mut agreed: Option<OnLoop> = None;
    for &value in &function.returns {
        let said = match function.value(value).kind {
            ValueKind::Literal(Literal::Bool(truth)) if truth != holds => continue,
            ValueKind::Literal(Literal::None) if holds => continue,
            // A loop is never false: where there is none, this raised.
            ValueKind::Call(_) if !holds && gives_own_loop(types, func, value) => continue,
            ValueKind::Literal(_) => guards.of_value(types, func, value),
            _ => implied(guards, types, func, (value, holds), hops),
        }?;
        if agreed.is_some_and(|it| it != said) {
            return None;
        }
        agreed = Some(said);
    }
    agreed
}

/// A variable set in one branch and tested later: only the branches that agree with the outcome were taken.
fn flag(
    guards: &mut Guards,
    types: &mut Types<'_>,
    func: Func,
    options: &[ValueId],
    holds: bool,
    hops: usize,
) -> Option<OnLoop> {
    let mut agreed: Option<OnLoop> = None;
    for &option in options {
        let said = match types.program.value(func, option).kind {
            ValueKind::Literal(Literal::Bool(truth)) if truth != holds => continue,
            ValueKind::Literal(Literal::None) if holds => continue,
            ValueKind::Literal(Literal::Bool(_) | Literal::None) => {
                let region = types.program.value(func, option).region;
                guards.of_value(types, func, option).or_else(|| {
                    // `running = True` at the end of a `try` whose body asked for the loop.
                    asks_for_loop(types, func, region).then_some(OnLoop::Yes)
                })
            }
            // `running = loop.is_running()`
            ValueKind::Call(_) => implied(guards, types, func, (option, holds), hops),
            _ => None,
        }?;
        if agreed.is_some_and(|it| it != said) {
            return None;
        }
        agreed = Some(said);
    }
    agreed
}

/// `loop = get_running_loop()` or `None`: whether it is there says whether this thread runs one.
fn present(types: &mut Types<'_>, func: Func, value: ValueId, present: bool) -> Option<OnLoop> {
    let options = match &types.program.value(func, value).kind {
        ValueKind::Choice(options) => options.to_vec(),
        ValueKind::Present(of) | ValueKind::Narrow { of, .. } => return self::present(types, func, *of, present),
        _ => vec![value],
    };
    let asks = options.iter().any(|&it| {
        matches!(guard_of(types, func, it), Some(Guard::FailsOffLoop | Guard::NoneOffLoop))
            || hands_out_loop(types, func, it)
    });
    asks.then(|| OnLoop::when(present))
}

/// Whether a value is a call of a function of the program that gives this thread's loop, or `None` where there is none.
fn hands_out_loop(types: &mut Types<'_>, func: Func, value: ValueId) -> bool {
    let targets = match types.program.value(func, value).kind {
        ValueKind::Call(_) => asked(types, func, value),
        _ => return false,
    };
    !targets.is_empty()
        && targets.into_iter().all(|target| {
            let function = types.program.function(target);
            let none = |&it: &ValueId| function.value(it).kind == ValueKind::Literal(Literal::None);
            let (none, loops): (Vec<ValueId>, Vec<ValueId>) = function.returns.iter().partition(|it| none(it));
            !none.is_empty()
                && !loops.is_empty()
                && function.color == Color::Sync
                && loops
                    .into_iter()
                    .all(|it| matches!(guard_of(types, target, it), Some(Guard::FailsOffLoop | Guard::NoneOffLoop)))
        })
}

/// `is_running()` of the loop that belongs to this thread, not of another thread's.
fn asks_own_loop(types: &mut Types<'_>, func: Func, call: ValueId) -> bool {
    let ValueKind::Call(call) = &types.program.value(func, call).kind else { return false };
    let ValueKind::Attribute { base, .. } = types.program.value(func, call.callee).kind else { return false };
    own_loop(types, func, base, 0)
}

/// Whether a value is the event loop of the thread that runs the function: it was asked for here.
pub fn own_loop(types: &mut Types<'_>, func: Func, value: ValueId, hops: usize) -> bool {
    if hops > 8 {
        return false;
    }
    match &types.program.value(func, value).kind {
        ValueKind::Call(_) => gives_own_loop(types, func, value),
        ValueKind::Choice(options) => {
            let mut some = false;
            let all = options.iter().all(|&it| {
                let none =
                    matches!(types.program.value(func, it).kind, ValueKind::Literal(blocklint_ir::Literal::None));
                let own = !none && own_loop(types, func, it, hops + 1);
                some |= own;
                // What is made where no loop runs is not what a loop's thread sees here.
                own || none || without_loop(types, func, it)
            });
            all && some
        }
        ValueKind::Narrow { of, .. } | ValueKind::Present(of) | ValueKind::Unwrap(of) => {
            own_loop(types, func, *of, hops + 1)
        }
        _ => false,
    }
}
