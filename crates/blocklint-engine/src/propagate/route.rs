//! How roots reach a place: a search from the place upwards, along calls whose arguments and receivers lead there.

use super::{Contexts, step};
use crate::finding::Confidence;
use crate::graph::{Demands, Graph, demanded};
use crate::link::Func;
use crate::types::Types;
use rustc_hash::{FxHashMap, FxHashSet};

/// How a root reaches a function: edges from the root down, each as its caller and its index there.
pub type Route = Vec<(Func, u32)>;

/// A function is looked at under this many different demands; what else would lead there is left aside.
const MAX_DEMANDS: usize = 6;

/// A function on the way, and what its callers must do.
struct Visit {
    func: Func,
    demands: Demands,
    /// The visit that it was found from, and the index of the edge that leads there.
    below: Option<(usize, u32)>,
}

#[derive(Default)]
struct Search {
    visits: Vec<Visit>,
    by_function: FxHashMap<Func, Vec<usize>>,
}

impl Search {
    /// Adds a visit unless an earlier one asks for no more.
    fn visit(&mut self, visit: Visit) {
        let known = self.by_function.entry(visit.func).or_default();
        let visits = &self.visits;
        if known.len() < MAX_DEMANDS && !known.iter().any(|&it| visits[it].demands.allow(&visit.demands)) {
            known.push(self.visits.len());
            self.visits.push(visit);
        }
    }

    fn route(&self, from: usize) -> Route {
        let mut route = Vec::new();
        let mut at = from;
        while let Some((below, index)) = self.visits[at].below {
            route.push((self.visits[at].func, index));
            at = below;
        }
        route
    }
}

impl Contexts {
    /// The shortest route from every root that reaches a place in a function which asks for `demands`, shortest first, those with
    /// a link that is only possible behind them, those of test code last. A root's own route is empty.
    pub fn routes(&self, types: &mut Types<'_>, graph: &Graph, to: Func, demands: Demands) -> Vec<(Func, Route)> {
        let program = types.program;
        let mut search = Search::default();
        search.visit(Visit { func: to, demands, below: None });
        let mut roots: FxHashSet<Func> = FxHashSet::default();
        let mut found: Vec<(Func, usize)> = Vec::new();
        let mut possible: std::collections::VecDeque<Visit> = std::collections::VecDeque::new();
        let mut at = 0;
        while at < search.visits.len() || !possible.is_empty() {
            if at == search.visits.len() {
                possible.pop_front().into_iter().for_each(|it| search.visit(it));
                continue;
            }
            let func = search.visits[at].func;
            if self.root(func).is_some() && roots.insert(func) {
                found.push((func, at));
            }
            let callers = if program.function(func).color.on_loop() { None } else { self.callers.get(&func) };
            for &(caller, index) in callers.map_or(&[][..], Vec::as_slice) {
                let edge = &graph.edges[caller.0 as usize][index as usize];
                let Some(demands) = demanded(types, caller, edge, &search.visits[at].demands) else { continue };
                let visit = Visit { func: caller, demands, below: Some((at, index)) };
                if edge.how.confidence == Confidence::Possible {
                    possible.push_back(visit);
                } else {
                    search.visit(visit);
                }
            }
            at += 1;
        }
        let mut routes: Vec<(Func, Route)> = found.into_iter().map(|(root, at)| (root, search.route(at))).collect();
        let unsure = |route: &Route| route.iter().any(|&it| step(graph, it).how.confidence == Confidence::Possible);
        // Functions are numbered by their places, so that the order in which files are given changes nothing.
        routes.sort_by_cached_key(|(root, route)| (program.in_test(*root), unsure(route), route.len(), *root));
        routes
    }
}
