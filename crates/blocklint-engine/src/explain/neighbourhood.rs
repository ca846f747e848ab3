//! The call graph around one function: who leads to it, and what it leads to that blocks.

use super::Asked;
use super::domains::domain_of;
use super::lookup::full_name;
use crate::finding::{Accessor, Confidence, Domain, Place, Via};
use crate::graph::How;
use crate::link::Func;
use crate::propagate::{Root, step};
use blocklint_catalog::fact::Effect;
use blocklint_ir::{FunctionId, ValueId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Functions and what connects them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbourhood {
    /// The functions and library functions; the first is the one that was asked about.
    pub nodes: Vec<Node>,
    /// What leads where, as indices of nodes.
    pub links: Vec<Link>,
    /// Functions that were left out because there are too many.
    pub left_out: usize,
}

/// A function of the sources or of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its name with its module's.
    pub name: String,
    /// Where it is defined; none for a library's.
    pub place: Option<Place>,
    /// What it is in this picture.
    pub role: Role,
    /// It was found to run on an event loop's thread.
    pub on_loop: bool,
    /// How many calls it is away: negative towards the callers.
    pub distance: i32,
}

/// What a function is in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Its body is asynchronous, or an executor polls it.
    Asynchronous,
    /// A loop or a framework calls it on the loop.
    Callback,
    /// It is handed to another thread.
    Worker,
    /// The top-level code of a file.
    Program,
    /// A library's function that blocks.
    Blocks(Effect),
    /// None of these.
    Plain,
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The caller.
    pub from: usize,
    /// The callee.
    pub to: usize,
    /// How it leads there.
    pub via: Via,
    /// The kind of call that the caller does not see.
    pub accessor: Option<Accessor>,
    /// How sure.
    pub confidence: Confidence,
    /// It is no call: the callee is handed over to this thread.
    pub handed_to: Option<Domain>,
    /// The code around says that no event loop runs there.
    pub guarded: bool,
    /// Where.
    pub place: Place,
}

/// More functions than this on one side are no picture any more.
const MAX_NODES: usize = 120;

pub(super) fn around(asked: &mut Asked<'_, '_, '_>, func: Func, depth: u32) -> Neighbourhood {
    let mut drawn = Drawn::default();
    let depth = depth.cast_signed();
    drawn.node(asked, func, 0);
    drawn.callers(asked, func, depth);
    drawn.callees(asked, func, depth);
    Neighbourhood { nodes: drawn.nodes, links: drawn.links, left_out: drawn.left_out }
}

#[derive(Default)]
struct Drawn {
    nodes: Vec<Node>,
    links: Vec<Link>,
    functions: FxHashMap<Func, usize>,
    libraries: BTreeMap<String, usize>,
    left_out: usize,
}

impl Drawn {
    fn node(&mut self, asked: &Asked<'_, '_, '_>, func: Func, distance: i32) -> usize {
        if let Some(&known) = self.functions.get(&func) {
            return known;
        }
        let program = asked.cx.types.program;
        let role = match asked.cx.contexts.root(func) {
            Some(Root::Asynchronous) => Role::Asynchronous,
            Some(Root::Callback) => Role::Callback,
            _ if asked.handed(func, Domain::Worker).is_some() => Role::Worker,
            _ if program.place_of(func).1 == FunctionId::TOP => Role::Program,
            _ => Role::Plain,
        };
        self.functions.insert(func, self.nodes.len());
        self.nodes.push(Node {
            name: full_name(program, func),
            place: Some(asked.definition(func)),
            role,
            on_loop: asked.cx.contexts.reached(func).is_some(),
            distance,
        });
        self.nodes.len() - 1
    }

    fn link(
        &mut self,
        asked: &mut Asked<'_, '_, '_>,
        (from, to): (usize, usize),
        (func, site): (Func, ValueId),
        how: &How,
    ) {
        let link = Link {
            from,
            to,
            via: how.via,
            accessor: how.accessor,
            confidence: how.confidence,
            handed_to: None,
            guarded: asked.guard(func, site).is_some(),
            place: asked.cx.place(func, site),
        };
        // Twenty calls of the same kind between two functions are one arrow.
        let same = |it: &Link| (it.from, it.to, it.via, it.guarded) == (link.from, link.to, link.via, link.guarded);
        if !self.links.iter().any(same) {
            self.links.push(link);
        }
    }

    /// Those that reach it on a loop; all of them where none does.
    fn callers(&mut self, asked: &mut Asked<'_, '_, '_>, func: Func, depth: i32) {
        let on_loop = asked.cx.contexts.reached(func).is_some();
        let mut level = vec![func];
        for distance in 1..=depth {
            let mut next = Vec::new();
            for this in level {
                let to = self.functions[&this];
                self.handed(asked, this, -distance);
                if asked.cx.types.program.function(this).color.on_loop() {
                    continue;
                }
                for (caller, index) in asked.callers.get(&this).cloned().unwrap_or_default() {
                    if on_loop && asked.cx.contexts.reached(caller).is_none() {
                        continue;
                    }
                    if !self.functions.contains_key(&caller) {
                        if self.nodes.len() >= MAX_NODES {
                            self.left_out += 1;
                            continue;
                        }
                        next.push(caller);
                    }
                    let from = self.node(asked, caller, -distance);
                    let edge = step(asked.cx.graph, (caller, index)).clone();
                    self.link(asked, (from, to), (caller, edge.site), &edge.how);
                }
            }
            level = next;
        }
    }

    /// Who hands the function over to a thread.
    fn handed(&mut self, asked: &Asked<'_, '_, '_>, func: Func, distance: i32) {
        let to = self.functions[&func];
        for handed in asked.cx.graph.handed.iter().filter(|it| it.callable == func) {
            let Some(domain) = domain_of(handed.runs) else { continue };
            let from = self.node(asked, handed.by, distance);
            let place = asked.cx.place(handed.by, handed.site);
            let link = Link {
                from,
                to,
                via: Via::Callback,
                accessor: None,
                confidence: Confidence::Likely,
                handed_to: Some(domain),
                guarded: false,
                place,
            };
            if !self.links.iter().any(|it| (it.from, it.to, it.handed_to) == (from, to, Some(domain))) {
                self.links.push(link);
            }
        }
    }

    /// What it leads to that blocks, and the functions on the way there.
    fn callees(&mut self, asked: &mut Asked<'_, '_, '_>, func: Func, depth: i32) {
        let graph = asked.cx.graph;
        let mut distances: FxHashMap<Func, i32> = [(func, 0)].into_iter().collect();
        let mut order = vec![func];
        let mut at = 0;
        while let Some(&this) = order.get(at) {
            at += 1;
            let distance = distances[&this];
            for edge in graph.edges[this.0 as usize].iter().filter(|_| distance < depth) {
                distances.entry(edge.to).or_insert_with(|| {
                    order.push(edge.to);
                    distance + 1
                });
            }
        }
        let kept = leading_to_blocking(asked, &order, &distances);
        for &this in order.iter().filter(|it| kept.contains(it)) {
            if self.nodes.len() >= MAX_NODES && !self.functions.contains_key(&this) {
                self.left_out += 1;
                continue;
            }
            self.node(asked, this, distances[&this]);
        }
        for &this in order.iter().filter(|it| kept.contains(it)) {
            let Some(&from) = self.functions.get(&this) else { continue };
            for edge in &graph.edges[this.0 as usize] {
                let Some(&to) = self.functions.get(&edge.to).filter(|_| kept.contains(&edge.to)) else { continue };
                self.link(asked, (from, to), (this, edge.site), &edge.how);
            }
            for exit in &graph.exits[this.0 as usize] {
                let Some(effect) = asked.cx.types.paths.facts(exit.path).blocking.map(|it| it.effect) else { continue };
                let to = self.library(asked.cx.types.paths.shown(exit.path).to_owned(), effect, distances[&this] + 1);
                self.link(asked, (from, to), (this, exit.site), &exit.how);
            }
        }
    }

    fn library(&mut self, name: String, effect: Effect, distance: i32) -> usize {
        if let Some(&known) = self.libraries.get(&name) {
            return known;
        }
        self.libraries.insert(name.clone(), self.nodes.len());
        self.nodes.push(Node { name, place: None, role: Role::Blocks(effect), on_loop: false, distance });
        self.nodes.len() - 1
    }
}

/// The functions from which a blocking call is reached without leaving the picture.
fn leading_to_blocking(asked: &Asked<'_, '_, '_>, order: &[Func], distances: &FxHashMap<Func, i32>) -> FxHashSet<Func> {
    let graph = asked.cx.graph;
    let blocks =
        |it: &Func| graph.exits[it.0 as usize].iter().any(|it| asked.cx.types.paths.facts(it.path).blocking.is_some());
    let mut kept: FxHashSet<Func> = order.iter().copied().filter(blocks).collect();
    loop {
        let before = kept.len();
        for &this in order.iter().rev() {
            let leads = graph.edges[this.0 as usize]
                .iter()
                .any(|it| kept.contains(&it.to) && distances.get(&it.to).is_some_and(|&to| to > distances[&this]));
            if leads {
                kept.insert(this);
            }
        }
        if kept.len() == before {
            return kept;
        }
    }
}
