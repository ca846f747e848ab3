//! Which threads a function was found to run on, each with the shortest way there.

use super::{Asked, Because, Runs};
use crate::finding::{Domain, Place, Step};
use crate::graph::{Demands, Graph, Handed, OnLoop};
use crate::link::Func;
use crate::propagate::{Root, Route, step};
use blocklint_catalog::fact::{Decorates, RunsOn};
use blocklint_ir::{Form, FunctionId, ValueId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// By callee: every edge to it, as its caller and its index there.
pub(super) type Callers = FxHashMap<Func, Vec<(Func, u32)>>;

pub(super) fn callers(graph: &Graph) -> Callers {
    let mut callers = Callers::default();
    for (func, edges) in graph.edges.iter().enumerate() {
        for (index, edge) in edges.iter().enumerate() {
            callers.entry(edge.to).or_default().push((Func(func as u32), index as u32));
        }
    }
    callers
}

impl Asked<'_, '_, '_> {
    /// The threads that were found to run the place `site` of a function.
    pub(super) fn runs(&mut self, func: Func, site: Option<ValueId>) -> Vec<Runs> {
        let mut found = Vec::new();
        found.extend(site.and_then(|it| self.on_loop(func, it)));
        for domain in [Domain::Worker, Domain::Main] {
            found.extend(self.elsewhere(func, domain));
        }
        if found.is_empty() {
            let called = self.callers.contains_key(&func);
            let because = if called { Because::DeadCallers } else { Because::NoCaller };
            found.push(Runs { domain: Domain::Unknown, because, route: self.highest(func), entries: 0 });
        }
        found
    }

    fn on_loop(&mut self, func: Func, site: ValueId) -> Option<Runs> {
        let (graph, contexts) = (self.cx.graph, self.cx.contexts);
        let demands = Demands::of_place(self.cx.types, func, site);
        let routes = contexts.routes(self.cx.types, graph, func, demands);
        let (root, route) = routes.first()?;
        let because = match contexts.root(*root)? {
            Root::Asynchronous => Because::Asynchronous,
            Root::Implied => Because::Implied,
            Root::Promise => Because::Promise,
            Root::Accessor => Because::Accessor,
            Root::Callback => match self.handed(*root, Domain::Loop) {
                Some(handed) => Because::HandedOver(self.cx.place(handed.by, handed.site)),
                None => Because::Framework,
            },
        };
        let domain = match because {
            Because::Promise | Because::Accessor => Domain::Unknown,
            _ => Domain::Loop,
        };
        Some(Runs { domain, because, route: self.steps(route, domain), entries: routes.len() })
    }

    pub(super) fn handed(&self, func: Func, domain: Domain) -> Option<Handed> {
        self.cx.graph.handed.iter().copied().find(|it| it.callable == func && domain_of(it.runs) == Some(domain))
    }

    /// The shortest way to a function from what certainly runs on another thread than a loop's.
    fn elsewhere(&mut self, func: Func, domain: Domain) -> Option<Runs> {
        let mut next: FxHashMap<Func, (Func, u32)> = FxHashMap::default();
        let mut order = vec![func];
        let mut at = 0;
        while let Some(&this) = order.get(at) {
            at += 1;
            // An asynchronous body runs on its loop, whoever calls it.
            if self.cx.types.program.function(this).color.on_loop() {
                continue;
            }
            if let Some(because) = self.begins(this, domain) {
                let route = route(&next, this, func);
                return Some(Runs { domain, because, route: self.steps(&route, domain), entries: 1 });
            }
            for (caller, index) in self.callers.get(&this).cloned().unwrap_or_default() {
                let site = step(self.cx.graph, (caller, index)).site;
                let guarded = self.cx.guards.of_value(self.cx.types, caller, site) == Some(OnLoop::Yes);
                if caller != func && !guarded && !next.contains_key(&caller) {
                    next.insert(caller, (this, index));
                    order.push(caller);
                }
            }
        }
        None
    }

    /// Why a function runs there without a caller that says so.
    fn begins(&mut self, func: Func, domain: Domain) -> Option<Because> {
        let program = self.cx.types.program;
        if domain == Domain::Main {
            let starts = program.place_of(func).1 == FunctionId::TOP || program.is_main(func);
            return starts.then_some(Because::Program);
        }
        if let Some(handed) = self.handed(func, domain) {
            return Some(Because::HandedOver(self.cx.place(handed.by, handed.site)));
        }
        let made = self.cx.types.decoration(func);
        matches!(made, Some(Decorates::WorkerEntry | Decorates::Offloads)).then_some(Because::Framework)
    }

    /// Without any reason: the way from the highest caller that is known.
    fn highest(&self, func: Func) -> Vec<Step> {
        let mut next: FxHashMap<Func, (Func, u32)> = FxHashMap::default();
        let mut at = func;
        while let Some(&(caller, index)) = self.callers.get(&at).and_then(|it| it.first()) {
            if caller == func || next.contains_key(&caller) {
                break;
            }
            next.insert(caller, (at, index));
            at = caller;
        }
        self.steps(&route(&next, at, func), Domain::Unknown)
    }

    /// A route as steps that a reader can follow.
    pub(super) fn steps(&self, route: &Route, domain: Domain) -> Vec<Step> {
        let mut steps = Vec::new();
        for &link in route {
            let edge = step(self.cx.graph, link);
            steps.extend(self.steps_of(link.0, edge.site, &edge.how, domain));
        }
        steps
    }

    /// One edge or exit as steps: a callable passed down runs inside other functions.
    pub(super) fn steps_of(&self, func: Func, site: ValueId, how: &crate::graph::How, domain: Domain) -> Vec<Step> {
        let through = how.through.as_deref().unwrap_or_default();
        let via = if through.is_empty() { how.via } else { crate::finding::Via::Call };
        let step =
            |func, site, via| Step { place: self.cx.place(func, site), function: self.cx.name(func), via, domain };
        std::iter::once(step(func, site, via)).chain(through.iter().map(|it| step(it.func, it.site, it.via))).collect()
    }

    /// What a reader calls a function; of one without a name, the function around it too.
    pub(super) fn label(&self, func: Func) -> Arc<str> {
        let name = self.cx.name(func);
        match self.cx.types.program.function(func).form {
            Form::Named => name,
            Form::Lambda => format!("a lambda in {name}").into(),
            Form::Closure => format!("a closure in {name}").into(),
            Form::Block => format!("an asynchronous block in {name}").into(),
        }
    }

    /// Where a function's name stands.
    pub(super) fn definition(&self, func: Func) -> Place {
        let program = self.cx.types.program;
        let file = program.file(program.file_of(func));
        Place { file: file.summary.path.clone(), span: program.function(func).name_span }
    }
}

/// The thread of a hand-off, if it is another one.
pub(super) fn domain_of(runs: RunsOn) -> Option<Domain> {
    match runs {
        RunsOn::Worker | RunsOn::Process | RunsOn::InPlace => Some(Domain::Worker),
        RunsOn::Loop => Some(Domain::Loop),
        RunsOn::Here | RunsOn::EachStep | RunsOn::WhenCalled | RunsOn::FirstUse => None,
    }
}

fn route(next: &FxHashMap<Func, (Func, u32)>, from: Func, to: Func) -> Route {
    let mut route = Vec::new();
    let mut at = from;
    while at != to {
        let Some(&(callee, index)) = next.get(&at) else { break };
        route.push((at, index));
        at = callee;
    }
    route
}
