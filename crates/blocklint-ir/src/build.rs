//! Builds a function's values while a front end walks its syntax: which value a variable holds where (single assignment form)
//! and which region a value stands in. Both front ends use it, so that a branch, a loop and a `try` mean the same in both.
//!
//! It knows no syntax: the front end says where paths part ([`Builder::save`]), meet ([`Builder::join`]) and end ([`Builder::leave`]).

use crate::{Function, Name, Region, RegionId, RegionKind, Span, Value, ValueId, ValueKind, ValueRef, Variable};
use rustc_hash::FxHashMap;

type Env = FxHashMap<Name, ValueId>;

/// Builds one function.
#[derive(Debug)]
pub struct Builder {
    /// Everything but values, regions and variables may be set directly.
    pub function: Function,
    flow: Flow,
    region: RegionId,
    loops: Vec<LoopFrame>,
    /// Every assignment in order, with the number of values before it, for [`Builder::handler_flow`].
    log: Vec<(Name, ValueId, usize)>,
    variable_index: FxHashMap<Name, usize>,
}

/// What the variables hold at one place, and whether that place can be reached.
#[derive(Debug, Clone)]
pub struct Flow {
    env: Env,
    live: bool,
}

impl Flow {
    /// Whether the place can be reached.
    pub fn live(&self) -> bool {
        self.live
    }
}

/// The state before a `try` body.
#[derive(Debug)]
pub struct Attempt {
    before: Flow,
    log_start: usize,
}

#[derive(Debug)]
struct LoopFrame {
    entry: Env,
    /// Variables read in the loop before it assigns them: the choice between what they held before it and after each round.
    heads: Vec<(Name, ValueId)>,
    continues: Vec<Flow>,
    breaks: Vec<Flow>,
}

impl Builder {
    /// Starts with an empty body.
    pub fn new(function: Function) -> Self {
        Self {
            function,
            flow: Flow { env: Env::default(), live: true },
            region: RegionId::BODY,
            loops: Vec::new(),
            log: Vec::new(),
            variable_index: FxHashMap::default(),
        }
    }

    /// The finished function.
    pub fn finish(self) -> Function {
        self.function
    }

    /// Adds a value in the current region.
    pub fn push(&mut self, kind: ValueKind, span: Span) -> ValueId {
        self.function.values.push(Value { kind, span, region: self.region });
        ValueId::new(self.function.values.len() - 1)
    }

    /// The life of `value` ends at a place that was kept for it, where the function is left.
    pub fn end_early(&mut self, place: ValueId, value: ValueId) {
        let parent = Some(self.value(place).region);
        self.function.regions.push(Region { parent, kind: RegionKind::Leaving });
        let region = RegionId::new(self.function.regions.len() - 1);
        let place = &mut self.function.values[place.index()];
        (place.kind, place.region) = (ValueKind::Drop(value), region);
    }

    /// The value with this id.
    pub fn value(&self, id: ValueId) -> &Value {
        self.function.value(id)
    }

    /// Gives a variable a value.
    pub fn assign(&mut self, name: Name, value: ValueId) {
        self.flow.env.insert(name, value);
        self.log.push((name, value, self.function.values.len()));
        let variable = self.variable(name);
        if variable.values.last() != Some(&value) {
            variable.values.push(value);
        }
    }

    /// A function inside this one gives a variable of this one a value (`nonlocal`).
    pub fn assign_foreign(&mut self, name: Name, value: ValueRef) {
        self.variable(name);
        self.function.foreign.push((name, value));
    }

    fn variable(&mut self, name: Name) -> &mut Variable {
        let variables = &mut self.function.variables;
        let index = *self.variable_index.entry(name).or_insert_with(|| {
            variables.push(Variable { name, values: Vec::new() });
            variables.len() - 1
        });
        &mut variables[index]
    }

    /// Says more about a value that a variable already holds (after a test); closures do not see it.
    pub fn refine(&mut self, name: Name, value: ValueId) {
        self.flow.env.insert(name, value);
    }

    /// Whether the variable holds a value here, without reading it.
    pub fn holds(&self, name: Name) -> bool {
        self.flow.env.contains_key(&name)
    }

    /// Ends a variable's life (`del x`, a block-local binding).
    pub fn forget(&mut self, name: Name) {
        self.flow.env.remove(&name);
    }

    /// The value that a variable holds here. In a loop, this may be what an earlier round gave it.
    pub fn read(&mut self, name: Name) -> Option<ValueId> {
        let mut value = *self.flow.env.get(&name)?;
        for at in 0..self.loops.len() {
            if self.loops[at].entry.get(&name) != Some(&value) {
                continue;
            }
            let known = self.loops[at].heads.iter().find(|it| it.0 == name).map(|it| it.1);
            let head = known.unwrap_or_else(|| {
                let span = self.function.value(value).span;
                let head = self.push(ValueKind::Choice([value].into()), span);
                self.loops[at].heads.push((name, head));
                head
            });
            for inner in &mut self.loops[at + 1..] {
                if inner.entry.get(&name) == Some(&value) {
                    inner.entry.insert(name, head);
                }
            }
            value = head;
        }
        self.flow.env.insert(name, value);
        Some(value)
    }

    /// The state of this place, to come back to.
    pub fn save(&self) -> Flow {
        self.flow.clone()
    }

    /// The state of this place, when it is left for another with [`Builder::restore`].
    pub fn take(&mut self) -> Flow {
        std::mem::replace(&mut self.flow, Flow { env: Env::default(), live: false })
    }

    /// Goes to another place.
    pub fn restore(&mut self, flow: Flow) {
        self.flow = flow;
    }

    /// This path ends here: `return`, `raise`, a call that never returns.
    pub fn leave(&mut self) {
        self.flow.live = false;
    }

    /// Whether this place can be reached.
    pub fn live(&self) -> bool {
        self.flow.live
    }

    /// The place where several paths meet. Ends that cannot be reached do not count.
    pub fn join(&mut self, flows: Vec<Flow>) {
        let (live, dead): (Vec<Flow>, Vec<Flow>) = flows.into_iter().partition(|it| it.live);
        let Some((first, rest)) = live.split_first() else {
            if let Some(flow) = dead.into_iter().next() {
                self.flow = flow;
            }
            return;
        };
        let differs = |it: &(&Name, &ValueId)| first.env.get(it.0) != Some(it.1);
        let mut names: Vec<Name> =
            rest.iter().flat_map(|other| other.env.iter().filter(differs).map(|it| *it.0)).collect();
        names.sort_unstable();
        names.dedup();
        let mut env = first.env.clone();
        for name in names {
            let mut options: Vec<ValueId> = Vec::new();
            for value in live.iter().filter_map(|it| it.env.get(&name)) {
                if !options.contains(value) {
                    options.push(*value);
                }
            }
            let joined = if let [one] = *options {
                one
            } else {
                let span = self.function.value(options[0]).span;
                self.push(ValueKind::Choice(options.into()), span)
            };
            env.insert(name, joined);
        }
        self.flow = Flow { env, live: true };
    }

    /// A value that is either of two.
    pub fn choose(&mut self, first: ValueId, second: ValueId) -> ValueId {
        if first == second {
            return first;
        }
        let span = self.function.value(first).span;
        self.push(ValueKind::Choice([first, second].into()), span)
    }

    /// The current region.
    pub fn region(&self) -> RegionId {
        self.region
    }

    /// Goes back to a region.
    pub fn set_region(&mut self, region: RegionId) {
        self.region = region;
    }

    /// Opens a region inside the current one and goes there.
    pub fn enter(&mut self, kind: RegionKind) -> RegionId {
        self.function.regions.push(Region { parent: Some(self.region), kind });
        self.region = RegionId::new(self.function.regions.len() - 1);
        self.region
    }

    /// Joins the two outcomes of a test. When only one of them goes on, what follows runs under that outcome:
    /// the caller resets the region at the end of the enclosing block.
    pub fn join_branches(&mut self, test: ValueId, held: Flow, failed: Flow) {
        let outcome = match (held.live, failed.live) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        self.join(vec![held, failed]);
        if let Some(holds) = outcome {
            self.enter(RegionKind::When { test, holds });
        }
    }

    /// Starts a loop's body. The caller enters a [`RegionKind::Loop`] region itself.
    pub fn begin_loop(&mut self) {
        self.loops.push(LoopFrame {
            entry: self.flow.env.clone(),
            heads: Vec::new(),
            continues: Vec::new(),
            breaks: Vec::new(),
        });
    }

    /// `continue`; `depth` loops up, 0 being the innermost.
    pub fn continue_loop(&mut self, depth: usize) {
        let flow = self.flow.clone();
        if let Some(frame) = self.loops.iter_mut().rev().nth(depth) {
            frame.continues.push(flow);
        }
        self.leave();
    }

    /// `break`; `depth` loops up.
    pub fn break_loop(&mut self, depth: usize) {
        let flow = self.flow.clone();
        if let Some(frame) = self.loops.iter_mut().rev().nth(depth) {
            frame.breaks.push(flow);
        }
        self.leave();
    }

    /// How many loops this place is in.
    pub fn loop_depth(&self) -> usize {
        self.loops.len()
    }

    /// Ends a loop's body. `endless`: only a `break` leaves it (`loop`, `while True`). Returns the state after the condition
    /// failed, before any `break` joins (where a loop's `else` runs), and those of the breaks.
    pub fn end_loop(&mut self, endless: bool) -> (Flow, Vec<Flow>) {
        let frame = self.loops.pop().expect("every end_loop has its begin_loop");
        let mut rounds = frame.continues;
        rounds.push(self.flow.clone());
        rounds.retain(|it| it.live);
        for &(name, head) in &frame.heads {
            for round in &rounds {
                if let Some(&value) = round.env.get(&name) {
                    self.extend_choice(head, value);
                }
            }
        }
        let mut entry = frame.entry;
        for (name, head) in frame.heads {
            entry.insert(name, head);
        }
        let mut exits = vec![Flow { env: entry, live: !endless }];
        if !endless {
            exits.extend(rounds);
        }
        self.join(exits);
        if endless {
            self.leave();
        }
        (self.flow.clone(), frame.breaks)
    }

    fn extend_choice(&mut self, head: ValueId, value: ValueId) {
        if let ValueKind::Choice(options) = &mut self.function.values[head.index()].kind
            && value != head
            && !options.contains(&value)
        {
            *options = options.iter().copied().chain([value]).collect();
        }
    }

    /// Before a `try` body.
    pub fn begin_attempt(&self) -> Attempt {
        Attempt { before: self.flow.clone(), log_start: self.log.len() }
    }

    /// The state in which a handler of the `try` starts: any assignment of the body may or may not have happened, except
    /// those at its end, behind which nothing could raise.
    pub fn handler_flow(&mut self, attempt: &Attempt) -> Flow {
        let mut env = attempt.before.env.clone();
        let raising = self.function.values.iter().rposition(|it| may_raise(&it.kind));
        let assigned: Vec<(Name, ValueId, usize)> = self.log[attempt.log_start..].to_vec();
        for (name, value, _) in assigned.into_iter().filter(|it| raising.is_some_and(|at| at >= it.2)) {
            let joined = match env.get(&name) {
                Some(&before) => self.choose(before, value),
                None => value,
            };
            env.insert(name, joined);
        }
        Flow { env, live: true }
    }
}

/// Whether computing a value may end in an exception.
fn may_raise(kind: &ValueKind) -> bool {
    !matches!(
        kind,
        ValueKind::Literal(_)
            | ValueKind::Parameter(_)
            | ValueKind::Function(_)
            | ValueKind::Type(_)
            | ValueKind::Choice(_)
            | ValueKind::Narrow { .. }
            | ValueKind::Present(_)
            | ValueKind::Tuple(_)
            | ValueKind::Unknown
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Literal, Names};

    fn builder() -> (Builder, Names) {
        let mut names = Names::default();
        let top = names.intern("<module>");
        (Builder::new(Function::new(top, "<module>")), names)
    }

    fn number(builder: &mut Builder, value: i64) -> ValueId {
        builder.push(ValueKind::Literal(Literal::Int(value)), Span::default())
    }

    /// The numbers that may reach `value`, sorted.
    fn reaching(builder: &Builder, value: ValueId) -> Vec<i64> {
        fn visit(builder: &Builder, value: ValueId, seen: &mut Vec<ValueId>, out: &mut Vec<i64>) {
            if seen.contains(&value) {
                return;
            }
            seen.push(value);
            match &builder.value(value).kind {
                ValueKind::Literal(Literal::Int(number)) => out.push(*number),
                ValueKind::Choice(options) => options.iter().for_each(|&it| visit(builder, it, seen, out)),
                other => panic!("unexpected {other:?}"),
            }
        }
        let (mut seen, mut out) = (Vec::new(), Vec::new());
        visit(builder, value, &mut seen, &mut out);
        out.sort_unstable();
        out
    }

    #[test]
    fn both_branches_reach_the_join() {
        let (mut b, mut names) = builder();
        let x = names.intern("x");
        let test = number(&mut b, 0);
        let before = b.save();
        let one = number(&mut b, 1);
        b.assign(x, one);
        let held = b.save();
        b.restore(before);
        let two = number(&mut b, 2);
        b.assign(x, two);
        let failed = b.save();
        b.join_branches(test, held, failed);
        let value = b.read(x).unwrap();
        assert_eq!(reaching(&b, value), [1, 2]);
    }

    #[test]
    fn after_a_branch_that_left_its_condition_is_known() {
        let (mut b, mut names) = builder();
        let x = names.intern("x");
        let test = number(&mut b, 0);
        let one = number(&mut b, 1);
        b.assign(x, one);
        let failed = b.save();
        let two = number(&mut b, 2);
        b.assign(x, two);
        b.leave();
        let held = b.save();
        b.join_branches(test, held, failed);
        let value = b.read(x).unwrap();
        assert_eq!(reaching(&b, value), [1]);
        let region = b.region();
        assert_eq!(b.function.region(region).kind, RegionKind::When { test, holds: false });
    }

    #[test]
    fn a_loop_sees_what_an_earlier_round_assigned() {
        let (mut b, mut names) = builder();
        let x = names.intern("x");
        let one = number(&mut b, 1);
        b.assign(x, one);
        b.begin_loop();
        let inside = b.read(x).unwrap();
        let two = number(&mut b, 2);
        b.assign(x, two);
        let (after, breaks) = b.end_loop(false);
        assert!(breaks.is_empty());
        b.restore(after);
        assert_eq!(reaching(&b, inside), [1, 2]);
        let value = b.read(x).unwrap();
        assert_eq!(reaching(&b, value), [1, 2]);
    }

    #[test]
    fn a_handler_sees_the_state_before_and_inside_the_attempt() {
        let (mut b, mut names) = builder();
        let x = names.intern("x");
        let one = number(&mut b, 1);
        b.assign(x, one);
        let attempt = b.begin_attempt();
        let two = number(&mut b, 2);
        b.assign(x, two);
        b.push(ValueKind::Await(two), Span::default());
        let three = number(&mut b, 3);
        b.assign(x, three);
        let flow = b.handler_flow(&attempt);
        b.restore(flow);
        let value = b.read(x).unwrap();
        // Nothing behind the last assignment could raise.
        assert_eq!(reaching(&b, value), [1, 2]);
    }
}
