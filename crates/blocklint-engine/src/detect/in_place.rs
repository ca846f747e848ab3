//! `block_in_place` on a runtime with one thread: it panics, as there is no other thread to move the tasks to.

use super::own_place::{self, OwnPlace};
use super::{Cx, Rule};
use crate::finding::{Confidence, Finding, Severity, Via};
use crate::graph::guard_of;
use crate::link::Func;
use blocklint_catalog::fact::{Decorates, Guard, RunsOn};
use blocklint_ir::{Call, ValueId, ValueKind};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::collections::hash_map::Entry;
use std::rc::Rc;

/// Calls and awaits from an entry to a function: the caller and the place of each.
type Way = Vec<(Func, ValueId)>;

pub(super) fn detect(cx: &mut Cx<'_, '_>, func: Func, out: &mut Vec<Finding>) {
    let program = cx.types.program;
    for (index, value) in program.function(func).values.iter().enumerate() {
        let ValueKind::Call(call) = &value.kind else { continue };
        let Some(api) = in_place(cx, func, call) else { continue };
        if asks_for_flavor(cx, func, index) {
            continue;
        }
        let Some(way) = way_on_single_thread(cx, func) else { continue };
        let entry = way.first().map_or(func, |it| it.0);
        let says = OwnPlace {
            rule: Rule::InPlace,
            // A test that came as far would fail where it is written: one that only may come here has not.
            severity: if program.in_test(entry) && entry != func { Severity::Note } else { Severity::Error },
            confidence: Confidence::Likely,
            api,
            message: "`block_in_place` panics on a current-thread runtime: \"can call blocking only when running on the multi-threaded runtime\"",
            help: "use `tokio::task::spawn_blocking`, or give the entry a multi-threaded runtime: `flavor = \"multi_thread\"`".to_owned(),
        };
        let mut finding = own_place::finding(cx, func, ValueId::new(index), says, out);
        finding.chain.splice(0..0, way.into_iter().map(|(caller, site)| cx.own_step(caller, site, Via::Call)));
        out.push(finding);
    }
}

/// Whether the function has asked before which kind of runtime it is on.
fn asks_for_flavor(cx: &mut Cx<'_, '_>, func: Func, site: usize) -> bool {
    (0..site).any(|it| guard_of(cx.types, func, ValueId::new(it)) == Some(Guard::Flavor))
}

fn in_place(cx: &mut Cx<'_, '_>, func: Func, call: &Call) -> Option<String> {
    let path =
        cx.types.library_function(func, call.callee, |it| it.hand_offs.iter().any(|it| it.runs == RunsOn::InPlace))?;
    Some(cx.types.paths.shown(path).to_owned())
}

/// Functions that run on a runtime of their own, by how many threads it has.
#[derive(Debug)]
pub struct Entries {
    /// One thread.
    single: Vec<Func>,
    single_in_tests: Vec<Func>,
    /// Several.
    several: Vec<Func>,
    several_in_tests: Vec<Func>,
}

impl Entries {
    fn of(cx: &mut Cx<'_, '_>) -> Self {
        let program = cx.types.program;
        let mut entries = |made: Decorates| -> (Vec<Func>, Vec<Func>) {
            let decorated = program.all_functions().filter(|&it| !program.function(it).decorators.is_empty());
            decorated.filter(|&it| cx.types.decoration(it) == Some(made)).partition(|&it| program.in_test(it))
        };
        let (single_in_tests, single) = entries(Decorates::SingleThreadEntry);
        let (several_in_tests, several) = entries(Decorates::RuntimeEntry);
        Self { single, single_in_tests, several, several_in_tests }
    }
}

/// How an entry on a runtime with one thread leads here, through calls and awaits. The program's own entries count before its
/// tests, and nothing is said where an entry of the same kind with several threads leads here too.
fn way_on_single_thread(cx: &mut Cx<'_, '_>, to: Func) -> Option<Way> {
    let entries = cx.entries.clone().unwrap_or_else(|| Rc::new(Entries::of(cx)));
    cx.entries = Some(Rc::clone(&entries));
    if way(cx, &entries.several, to).is_some() {
        return None;
    }
    way(cx, &entries.single, to).or_else(|| match way(cx, &entries.several_in_tests, to) {
        Some(_) => None,
        None => way(cx, &entries.single_in_tests, to),
    })
}

fn way(cx: &Cx<'_, '_>, entries: &[Func], to: Func) -> Option<Way> {
    let mut from: FxHashMap<Func, Option<(Func, ValueId)>> = entries.iter().map(|&it| (it, None)).collect();
    let mut todo = VecDeque::from(entries.to_vec());
    while let Some(func) = todo.pop_front() {
        if func == to {
            break;
        }
        let calls = cx.graph.edges[func.0 as usize].iter().map(|it| (it.site, it.to));
        let awaits = cx.graph.awaits[func.0 as usize].iter().copied();
        for (site, callee) in calls.chain(awaits) {
            if let Entry::Vacant(unseen) = from.entry(callee) {
                unseen.insert(Some((func, site)));
                todo.push_back(callee);
            }
        }
    }
    let mut last = *from.get(&to)?;
    let mut way = Way::new();
    while let Some(step) = last {
        way.push(step);
        last = from[&step.0];
    }
    way.reverse();
    Some(way)
}
