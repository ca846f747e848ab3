//! What blocks below a call, with the way down to it, and what a check makes of it.

use super::{Asked, Blocks, Guarded, Verdict};
use crate::detect::waits_for_nothing;
use crate::finding::{Domain, Step};
use crate::graph::{Exit, OnLoop};
use crate::link::Func;
use crate::propagate::Route;
use blocklint_catalog::fact::Blocking;
use blocklint_ir::{RegionKind, ValueId};
use rustc_hash::FxHashMap;

/// More blocking calls than this say nothing new.
const MAX_SHOWN: usize = 6;

/// Looking further than this from one call takes longer than a reader waits.
const MAX_VISITED: usize = 4000;

impl Asked<'_, '_, '_> {
    /// The blocking calls that running `func` leads to, the nearest first, each API once.
    pub(super) fn below(&mut self, func: Func) -> Vec<Blocks> {
        let graph = self.cx.graph;
        let mut found: Vec<Blocks> = Vec::new();
        let mut way: FxHashMap<Func, Route> = [(func, Route::new())].into_iter().collect();
        let mut order = vec![func];
        let mut at = 0;
        while let Some(&this) = order.get(at).filter(|_| at < MAX_VISITED && found.len() < MAX_SHOWN) {
            at += 1;
            for exit in &graph.exits[this.0 as usize] {
                let Some(blocking) = self.cx.types.paths.facts(exit.path).blocking else { continue };
                let blocks = self.blocks(this, exit, blocking, &way[&this]);
                if !found.iter().any(|it| it.api == blocks.api && it.verdict == blocks.verdict) {
                    found.push(blocks);
                }
            }
            for (index, edge) in graph.edges[this.0 as usize].iter().enumerate() {
                if !way.contains_key(&edge.to) {
                    let mut route = way[&this].clone();
                    route.push((this, index as u32));
                    way.insert(edge.to, route);
                    order.push(edge.to);
                }
            }
        }
        found.truncate(MAX_SHOWN);
        found
    }

    /// One blocking call and the way down to it.
    pub(super) fn blocks(&mut self, func: Func, exit: &Exit, blocking: &Blocking, route: &Route) -> Blocks {
        let verdict = self.guard_on(route).map_or_else(|| self.verdict(func, exit, blocking), Verdict::Guarded);
        let mut chain: Vec<Step> = self.steps(route, Domain::Unknown);
        chain.extend(self.steps_of(func, exit.site, &exit.how, Domain::Unknown));
        Blocks {
            api: self.cx.types.paths.shown(exit.path).to_owned(),
            effect: blocking.effect,
            place: self.cx.place(func, exit.site),
            chain,
            verdict,
        }
    }

    /// The first step of the way that the code around takes off the loop.
    fn guard_on(&mut self, route: &Route) -> Option<Guarded> {
        route.iter().find_map(|&(func, index)| {
            let site = self.cx.graph.edges[func.0 as usize][index as usize].site;
            self.guard(func, site)
        })
    }

    /// What a check makes of a blocking call.
    fn verdict(&mut self, func: Func, exit: &Exit, blocking: &Blocking) -> Verdict {
        let place = self.cx.place(func, exit.site);
        let api = self.cx.types.paths.shown(exit.path);
        let of_place = || self.told.iter().filter(|it| it.finding.place == place);
        // A receiver of several types is one place with one finding, that of the worst of them.
        if let Some(told) = of_place().find(|it| it.finding.api == api).or_else(|| of_place().next()) {
            return Verdict::Finding(told.finding.code.clone(), told.fate.clone());
        }
        if let Some(guard) = self.guard(func, exit.site) {
            return Verdict::Guarded(guard);
        }
        if waits_for_nothing(self.cx, func, exit.site, blocking) {
            return Verdict::Finished;
        }
        if self.cx.contexts.reached(func).is_none() { Verdict::NotOnLoop } else { Verdict::Infeasible }
    }

    /// Whether the code around a place says that no event loop runs there, and the test that says so where there is one.
    pub(super) fn guard(&mut self, func: Func, site: ValueId) -> Option<Guarded> {
        if self.cx.guards.of_value(self.cx.types, func, site) != Some(OnLoop::No) {
            return None;
        }
        let function = self.cx.types.program.function(func);
        let around: Vec<_> = function.regions_around(function.value(site).region).map(|it| it.0).collect();
        // The outermost region that says it: those inside repeat it.
        let says =
            around.into_iter().take_while(|&it| self.cx.guards.of_region(self.cx.types, func, it) == Some(OnLoop::No));
        let test = match function.region(says.last()?).kind {
            RegionKind::When { test, .. } => Some(test),
            RegionKind::Match { subject, .. } => Some(subject),
            RegionKind::Handler { attempt, .. } | RegionKind::Completed { attempt } => {
                (0..function.values.len()).map(ValueId::new).rev().find(|&it| function.value(it).region == attempt)
            }
            _ => None,
        };
        Some(Guarded { test: test.map(|it| self.cx.place(func, it)) })
    }
}
