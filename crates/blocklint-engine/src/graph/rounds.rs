//! Rounds: parameters learn what call sites pass, and what that may change is walked again.
//!
//! Most functions do not rest on anything that a round found out. What they call is taken over from one round to the next, so that the
//! result is the same as that of walking everything again.

use super::build::Builder;
use super::recorded::{Binding, CallableUse, Lengths, Share, Shares};
use super::{Counts, Handed};
use crate::link::Func;
use std::vec::IntoIter;

/// Rounds in which parameters learn what is passed to them, before the last one.
const ROUNDS: usize = 4;

/// What the round before recorded, in the order of functions.
struct Before {
    shares: Shares,
    handed: IntoIter<Handed>,
    driven: IntoIter<(Func, Func)>,
    bindings: IntoIter<Binding>,
    uses: IntoIter<CallableUse>,
    captured: IntoIter<(Func, CallableUse)>,
    loops_passed: IntoIter<(Func, u16)>,
}

impl Builder<'_, '_> {
    /// Walks every function until nothing new is passed, or often enough.
    pub(super) fn walk_rounds(&mut self) {
        for func in self.types.program.checked_functions() {
            self.walk(func);
        }
        for _ in 0..ROUNDS {
            let Some(outdated) = self.types.forget_outdated() else { return };
            self.walk_again(&outdated);
        }
    }

    fn walk(&mut self, func: Func) {
        let (lengths, counts) = (self.lengths(), self.graph.counts);
        self.types.walks(func);
        self.function(func);
        self.shares.push(Share { lengths: self.lengths().since(lengths), counts: self.graph.counts.since(counts) });
    }

    fn walk_again(&mut self, outdated: &[bool]) {
        let mut before = self.start_round();
        for func in self.types.program.checked_functions() {
            let share = before.shares[func.0 as usize];
            let keep = !outdated[func.0 as usize];
            let lengths = share.lengths;
            hand_on(&mut before.handed, lengths.handed, keep, &mut self.graph.handed);
            hand_on(&mut before.driven, lengths.driven, keep, &mut self.graph.driven);
            hand_on(&mut before.bindings, lengths.bindings, keep, &mut self.bindings);
            hand_on(&mut before.uses, lengths.uses, keep, &mut self.uses);
            hand_on(&mut before.captured, lengths.captured, keep, &mut self.captured);
            hand_on(&mut before.loops_passed, lengths.loops_passed, keep, &mut self.loops_passed);
            if keep {
                self.graph.counts.add(share.counts);
                self.shares.push(share);
            } else {
                let at = func.0 as usize;
                self.graph.edges[at].clear();
                self.graph.exits[at].clear();
                self.graph.awaits[at].clear();
                self.walk(func);
            }
        }
    }

    fn start_round(&mut self) -> Before {
        self.graph.counts = Counts::default();
        let shares = Shares::with_capacity(self.shares.len());
        Before {
            shares: std::mem::replace(&mut self.shares, shares),
            handed: renew(&mut self.graph.handed),
            driven: renew(&mut self.graph.driven),
            bindings: renew(&mut self.bindings),
            uses: renew(&mut self.uses),
            captured: renew(&mut self.captured),
            loops_passed: renew(&mut self.loops_passed),
        }
    }

    fn lengths(&self) -> Lengths {
        Lengths {
            handed: self.graph.handed.len() as u32,
            driven: self.graph.driven.len() as u32,
            bindings: self.bindings.len() as u32,
            uses: self.uses.len() as u32,
            captured: self.captured.len() as u32,
            loops_passed: self.loops_passed.len() as u32,
        }
    }
}

/// Takes what there is, and leaves room for about as much: what grows step by step reserves twice of what it needs.
fn renew<T>(items: &mut Vec<T>) -> IntoIter<T> {
    let room = items.len() + items.len() / 16;
    std::mem::replace(items, Vec::with_capacity(room)).into_iter()
}

/// Takes what one function contributed from the round before: into this round, or out of the way.
fn hand_on<T>(before: &mut IntoIter<T>, count: u32, keep: bool, to: &mut Vec<T>) {
    let share = before.by_ref().take(count as usize);
    if keep {
        to.extend(share);
    } else {
        share.for_each(drop);
    }
}

impl Lengths {
    fn since(self, before: Self) -> Self {
        Self {
            handed: self.handed - before.handed,
            driven: self.driven - before.driven,
            bindings: self.bindings - before.bindings,
            uses: self.uses - before.uses,
            captured: self.captured - before.captured,
            loops_passed: self.loops_passed - before.loops_passed,
        }
    }
}

impl Counts {
    fn since(self, before: Self) -> Self {
        Self {
            sites: self.sites - before.sites,
            resolved: self.resolved - before.resolved,
            external: self.external - before.external,
        }
    }

    fn add(&mut self, more: Self) {
        self.sites += more.sites;
        self.resolved += more.resolved;
        self.external += more.external;
    }
}
