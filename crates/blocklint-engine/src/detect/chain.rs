//! Chains as data: from an asynchronous entry, step by step, to the blocking call.

use super::Cx;
use crate::finding::{Accessor, Confidence, Domain, Step, Via};
use crate::graph::{Hop, How};
use crate::link::Func;
use crate::propagate::{Root, Route, step};
use blocklint_ir::ValueId;
use std::sync::Arc;

/// How one entry reaches a blocking call.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    /// Its steps, the blocking call last.
    pub steps: Vec<Step>,
    /// The last call on the way that its caller cannot see.
    pub accessor: Option<Accessor>,
    /// The weakest link.
    pub confidence: Confidence,
    /// A link does its work only once.
    pub first_use: bool,
    /// The entry is test code.
    pub test: bool,
}

/// Of a longer chain only the first and the last steps are told: nobody reads it whole, and a program that is one long chain would give
/// a result of its size squared.
const MAX_STEPS: usize = 200;

fn without_middle(mut chain: Chain) -> Chain {
    let count = chain.steps.len();
    if count > MAX_STEPS {
        chain.steps.drain(MAX_STEPS / 2..count - MAX_STEPS / 2);
    }
    chain
}

impl Cx<'_, '_> {
    /// The shortest chains of the entries to a call in `func`, shortest first.
    pub(super) fn chains(&self, routes: &[(Func, Route)], call: (Func, ValueId, &How)) -> Vec<Chain> {
        let chains = routes.iter().take(self.max_chains).map(|(entry, route)| self.chain(*entry, route, call));
        chains.map(without_middle).collect()
    }

    fn chain(&self, entry: Func, route: &Route, (func, site, how): (Func, ValueId, &How)) -> Chain {
        let domain = match self.contexts.root(entry) {
            Some(Root::Accessor | Root::Promise) | None => Domain::Unknown,
            Some(_) => Domain::Loop,
        };
        let mut chain = Chain {
            steps: Vec::with_capacity(route.len() + 1),
            accessor: None,
            confidence: match self.contexts.root(entry) {
                Some(Root::Accessor) => Confidence::Possible,
                Some(Root::Implied) => Confidence::Likely,
                _ => Confidence::Proven,
            },
            first_use: false,
            test: self.types.program.in_test(entry),
        };
        for &link in route {
            let edge = step(self.graph, link);
            self.add(&mut chain, (link.0, edge.site), &edge.how, domain);
        }
        self.add(&mut chain, (func, site), how, domain);
        chain
    }

    pub(super) fn add(&self, chain: &mut Chain, (func, site): (Func, ValueId), how: &How, domain: Domain) {
        let through: &[Hop] = how.through.as_deref().unwrap_or_default();
        let via = if through.is_empty() { how.via } else { Via::Call };
        chain.steps.push(self.step(func, site, via, domain));
        for hop in through {
            chain.steps.push(self.step(hop.func, hop.site, hop.via, domain));
        }
        chain.accessor = how.accessor.or(chain.accessor);
        chain.confidence = chain.confidence.min(how.confidence);
        chain.first_use |= how.first_use;
    }

    fn step(&self, func: Func, site: ValueId, via: Via, domain: Domain) -> Step {
        Step { place: self.place(func, site), function: self.name(func), via, domain }
    }

    /// The chain of a finding that needs no caller.
    pub(super) fn own_step(&self, func: Func, site: ValueId, via: Via) -> Step {
        let on_loop = self.contexts.reached(func).is_some();
        self.step(func, site, via, if on_loop { Domain::Loop } else { Domain::Unknown })
    }

    /// The name a reader gives a function.
    pub(crate) fn name(&self, func: Func) -> Arc<str> {
        self.types.program.shown_name(func)
    }
}
