//! Calls that leave the checked sources for a library whose source is read, and block somewhere inside of it.
//!
//! The finding stands on the call that leaves; the way inside is the rest of its chain. Nothing is reported in the library itself.

use super::cause::{Cause, Inside, cause, is_brief};
use super::message::fingerprint;
use super::{Cx, chain::Chain};
use crate::finding::{Confidence, Domain, Finding};
use crate::graph::{Demands, Edge, Exit, OnLoop, demanded};
use crate::link::Func;
use crate::propagate::Route;
use blocklint_catalog::fact::Scale;
use blocklint_ir::ValueId;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// Functions of libraries looked at for one call: what is further away than this is not what the call is about.
const MAX_FUNCTIONS: usize = 3000;

/// The function of a library that was entered, and the call inside that blocks: its function and place.
type EntryCause = (Func, Func, ValueId);

/// A finding, and the asynchronous functions that reach it.
type Met = (Finding, Vec<Func>);

/// Findings behind accesses that nobody sees, by their causes: the function that was entered, and the call inside that blocks.
#[derive(Debug, Default)]
pub struct Hidden {
    by_cause: BTreeMap<EntryCause, Vec<Met>>,
}

impl Hidden {
    pub(super) fn add(&mut self, cause: EntryCause, finding: Finding, routes: &[(Func, Route)]) {
        let entries = routes.iter().map(|it| it.0).collect();
        self.by_cause.entry(cause).or_default().push((finding, entries));
    }

    /// One finding for each cause, where the way to it is shortest. The other places are among its chains.
    pub(super) fn merged(self, cx: &Cx<'_, '_>) -> Vec<Finding> {
        let program = cx.types.program;
        let one = |((entered, ..), mut met): (EntryCause, Vec<Met>)| {
            met.sort_by(|(a, _), (b, _)| (a.chain.len(), &a.place).cmp(&(b.chain.len(), &b.place)));
            let entries: BTreeSet<Func> = met.iter().flat_map(|it| it.1.iter().copied()).collect();
            let mut met = met.into_iter().map(|it| it.0);
            let mut first = met.next()?;
            first.entries = entries.len();
            let mut more = Vec::new();
            for other in met {
                first.other_chains.push(other.chain);
                more.extend(other.other_chains);
            }
            first.other_chains.extend(more);
            first.other_chains.truncate(cx.max_chains.saturating_sub(1));
            let function = std::mem::replace(&mut first.function, cx.name(entered));
            first.fingerprint = fingerprint(&first, &program.module_path(program.file_of(entered)), 0);
            first.function = function;
            Some(first)
        };
        self.by_cause.into_iter().filter_map(one).collect()
    }
}

/// A step of the search: the function, and the step that led to it with the index of its edge.
struct Reached {
    func: Func,
    from: Option<(usize, u32)>,
}

/// The nearest call inside the library that blocks, one that is no small thing before any that is.
pub(super) fn inside<'g>(cx: &mut Cx<'g, '_>, by: Func, entry: &'g Edge) -> Option<Cause<'g>> {
    let graph = cx.graph;
    let mut search = Search { by, entry, order: vec![Reached { func: entry.to, from: None }] };
    let mut seen: FxHashSet<Func> = [entry.to].into_iter().collect();
    let mut small: Option<Cause<'g>> = None;
    let mut at = 0;
    while at < search.order.len() && search.order.len() < MAX_FUNCTIONS {
        let func = search.order[at].func;
        for exit in &graph.exits[func.0 as usize] {
            let Some(found) = search.blocks(cx, at, exit) else { continue };
            if found.blocking.scale != Scale::Small && !is_brief(cx, &found) {
                return Some(found);
            }
            small.get_or_insert(found);
        }
        for (index, edge) in graph.edges[func.0 as usize].iter().enumerate() {
            let leads_on = edge.how.confidence >= Confidence::Likely
                && cx.types.program.in_library(edge.to)
                && !cx.types.program.function(edge.to).color.on_loop()
                && !seen.contains(&edge.to)
                && cx.guards.of_value(cx.types, func, edge.site) != Some(OnLoop::No);
            if !leads_on {
                continue;
            }
            let here = Demands::of_place(cx.types, func, edge.site);
            if search.demands(cx, at, here).is_some() && seen.insert(edge.to) {
                search.order.push(Reached { func: edge.to, from: Some((at, index as u32)) });
            }
        }
        at += 1;
    }
    small
}

/// A search inside a library, from one call that leads there.
struct Search<'g> {
    by: Func,
    entry: &'g Edge,
    order: Vec<Reached>,
}

impl<'g> Search<'g> {
    fn blocks(&self, cx: &mut Cx<'g, '_>, at: usize, exit: &'g Exit) -> Option<Cause<'g>> {
        let func = self.order[at].func;
        let blocking = cx.types.paths.facts(exit.path).blocking?;
        if exit.how.confidence < Confidence::Likely {
            return None;
        }
        let demands = Demands::of_call(cx.types, func, exit, blocking);
        let demands = self.demands(cx, at, demands)?;
        let found = cause(cx, func, exit, blocking)?;
        let library = library(cx, self.entry.to);
        let inside = Inside { entry: self.entry, route: self.route(at), library, demands };
        Some(Cause { inside: Some(inside), ..found })
    }

    /// What the function that calls into the library must be called with; `None` where the way contradicts itself.
    fn demands(&self, cx: &mut Cx<'_, '_>, at: usize, mut demands: Demands) -> Option<Demands> {
        let mut step = &self.order[at];
        while let Some((from, index)) = step.from {
            let caller = self.order[from].func;
            demands = demanded(cx.types, caller, &cx.graph.edges[caller.0 as usize][index as usize], &demands)?;
            step = &self.order[from];
        }
        demanded(cx.types, self.by, self.entry, &demands)
    }

    fn route(&self, at: usize) -> Route {
        let mut route = Vec::new();
        let mut step = &self.order[at];
        while let Some((from, index)) = step.from {
            route.push((self.order[from].func, index));
            step = &self.order[from];
        }
        route.reverse();
        route
    }
}

fn library(cx: &Cx<'_, '_>, func: Func) -> String {
    let program = cx.types.program;
    let package = program.file(program.file_of(func)).library.map(|it| &program.packages[it]);
    package.map_or_else(String::new, |it| match &it.version {
        Some(version) => format!("{} {version}", it.name),
        None => it.name.clone(),
    })
}

impl Cx<'_, '_> {
    /// Continues a chain that ends in the call that leaves the checked sources.
    pub(super) fn continue_inside(&self, chain: &mut Chain, inside: &Inside<'_>, (func, exit): (Func, &Exit)) {
        let domain = chain.steps.last().map_or(Domain::Loop, |it| it.domain);
        let accessor = chain.accessor;
        for &(func, index) in &inside.route {
            let edge = &self.graph.edges[func.0 as usize][index as usize];
            self.add(chain, (func, edge.site), &edge.how, domain);
        }
        self.add(chain, (func, exit.site), &exit.how, domain);
        // What hides inside the library is not what hides the call from its caller.
        chain.accessor = accessor;
        chain.confidence = chain.confidence.min(Confidence::Likely);
    }
}
