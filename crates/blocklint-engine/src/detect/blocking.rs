//! A call that blocks, on a thread that runs an event loop.

use super::cause::{Cause, bound, cause};
use super::chain::Chain;
use super::library::inside;
use super::message::{self, Subject};
use super::{Cx, Rule, runtime};
use crate::finding::{Accessor, Confidence, Finding, Severity};
use crate::graph::{Demands, How, OnLoop, how_run};
use crate::link::Func;
use crate::propagate::{Root, Route};
use blocklint_catalog::Severity as Level;
use blocklint_catalog::fact::{Blocking, Effect, OnLoop as Behaviour, OwnRule, Scale};
use blocklint_ir::{Language, MemberKind, Span, ValueId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

pub(super) fn detect(cx: &mut Cx<'_, '_>, func: Func, out: &mut Vec<Finding>) {
    let graph = cx.graph;
    let first = out.len();
    let mut places: FxHashMap<Span, usize> = FxHashMap::default();
    let mut ways = Ways::default();
    for exit in &graph.exits[func.0 as usize] {
        let Some(blocking) = cx.types.paths.facts(exit.path).blocking else { continue };
        let Some(cause) = cause(cx, func, exit, blocking) else { continue };
        let demands = Demands::of_call(cx.types, func, exit, blocking);
        let routes = ways.to(cx, func, demands);
        if routes.is_empty() && !cause.needs_no_caller {
            continue;
        }
        let stalls = Blocking { on_loop: Behaviour::Stalls, failure: None, ..blocking.clone() };
        let cause = if called_from(cx, &cause, routes).is_some() {
            Cause { blocking: &stalls, proven: false, ..cause }
        } else {
            cause
        };
        let found = finding(cx, (func, exit.site, &exit.how), &cause, routes);
        keep_worst(found, &mut places, out);
    }
    if cx.contexts.reached(func).is_some() {
        let leaves = graph.edges[func.0 as usize].iter().filter(|it| cx.types.program.in_library(it.to));
        for edge in leaves {
            if cx.guards.of_value(cx.types, func, edge.site) == Some(OnLoop::No) {
                continue;
            }
            let Some(cause) = inside(cx, func, edge) else { continue };
            let demands = cause.inside.as_ref().map_or_else(Demands::default, |it| it.demands.clone());
            let routes = ways.to(cx, func, demands);
            if !routes.is_empty() {
                let found = finding(cx, (func, edge.site, &edge.how), &cause, routes);
                match edge.how.accessor {
                    Some(_) => cx.hidden.add((edge.to, cause.func, cause.exit.site), found, routes),
                    None => keep_worst(found, &mut places, out),
                }
            }
        }
    }
    number(&mut out[first..], cx, func);
}

/// The ways to places of one function. Most of them ask the same of whoever is to reach them.
#[derive(Default)]
struct Ways(Vec<(Demands, Vec<(Func, Route)>)>);

impl Ways {
    fn to(&mut self, cx: &mut Cx<'_, '_>, func: Func, demands: Demands) -> &[(Func, Route)] {
        let at = self.0.iter().position(|it| it.0 == demands).unwrap_or_else(|| {
            let routes = cx.contexts.routes(cx.types, cx.graph, func, demands.clone());
            self.0.push((demands, routes));
            self.0.len() - 1
        });
        &self.0[at].1
    }
}

/// A receiver of several types is one place: the worst of them counts.
fn keep_worst(found: Finding, places: &mut FxHashMap<Span, usize>, out: &mut Vec<Finding>) {
    let at = *places.entry(found.place.span).or_insert(out.len());
    match out.get_mut(at) {
        Some(known) if known.severity < found.severity => *known = found,
        Some(_) => {}
        None => out.push(found),
    }
}

/// Two equal calls in one function are two root causes, and so are those of two functions with one name, of which a platform has one.
fn number(found: &mut [Finding], cx: &mut Cx<'_, '_>, func: Func) {
    let file = cx.types.program.file_of(func);
    for finding in found {
        let ordinal = cx.ordinals.next(file, finding);
        finding.fingerprint = message::fingerprint(finding, &cx.types.program.module_path(file), ordinal);
    }
}

/// The language of the loops that stand still, where it is not the code's own: what a runtime refuses on its own threads, it
/// does on theirs.
fn called_from(cx: &Cx<'_, '_>, cause: &Cause<'_>, routes: &[(Func, Route)]) -> Option<Language> {
    let program = cx.types.program;
    let language = |it: Func| program.language(program.file_of(it));
    let first = language(routes.first()?.0);
    routes.iter().all(|it| language(it.0) != language(cause.func)).then_some(first)
}

/// The ways to a place in the checked sources, and on into a library where the cause is there.
fn chains(cx: &Cx<'_, '_>, at: (Func, ValueId, &How), cause: &Cause<'_>, routes: &[(Func, Route)]) -> Vec<Chain> {
    let mut chains = cx.chains(routes, at);
    if let Some(inside) = &cause.inside {
        for chain in &mut chains {
            cx.continue_inside(chain, inside, (cause.func, cause.exit));
        }
    }
    chains
}

/// The finding of a cause, at a place in the checked sources: the blocking call itself, or the call that leaves for a library.
fn finding(
    cx: &mut Cx<'_, '_>,
    (func, site, how): (Func, ValueId, &How),
    cause: &Cause<'_>,
    routes: &[(Func, Route)],
) -> Finding {
    let blocking = cause.blocking;
    let chains = chains(cx, (func, site, how), cause, routes);
    let accessor = chains.first().and_then(|it| it.accessor).or_else(|| own_accessor(cx, func));
    let language = cx.types.program.language(cx.types.program.file_of(func));
    let by_effect = || rule(blocking, accessor, language, cx.types.program.member_kind(func));
    let rule = if cause.self_wait.is_some() { Rule::SelfWait } else { by_effect() };
    let bound = bound(cx, cause);
    let first_use = blocking.first_use || chains.first().is_some_and(|it| it.first_use);
    let brief = first_use || bound.is_some_and(|it| cx.is_brief(it));
    let own = if rule_is_by_effect(cause) { blocking.rule.as_ref() } else { None };
    let (severity, small_in_test) = severity(cx, cause, own, brief, &chains);
    let confidence = confidence(cause, chains.first(), how);
    let crossed = called_from(cx, cause, routes);
    let api = cx.types.paths.shown_known(cause.exit.path).to_owned();
    let function = cx.name(func);
    let promise = promise(cx, routes);
    let subject = Subject {
        rule,
        api: &api,
        blocking,
        bound_ms: bound,
        accessor,
        function: &function,
        language: crossed.unwrap_or(language),
        runtime: runtime::of(cx.types.program, routes.first().map_or(func, |it| it.0)),
        crossed: crossed.is_some(),
        first_use,
        promise: promise.as_deref(),
        inside: cause.inside.as_ref().map(|it| it.named(cx)),
    };
    let (message, help) = (message::message(&subject), message::help(&subject));
    let mut chains = chains.into_iter().map(|it| it.steps);
    let chain = chains.next().unwrap_or_else(|| vec![cx.own_step(func, site, how.via)]);
    Finding {
        code: own.map_or(rule.code().into(), |it| it.code.clone().into()),
        rule: own.map_or(rule.name().into(), |it| it.name.clone().into()),
        severity,
        confidence,
        language,
        effect: Some(blocking.effect),
        message,
        help,
        api,
        bound_ms: bound,
        place: cx.place(func, site),
        function,
        accessor,
        chain,
        other_chains: chains.collect(),
        entries: routes.len(),
        small_in_test,
        fingerprint: String::new(),
    }
}

/// That of the code's own text, else of the chain.
fn confidence(cause: &Cause<'_>, chain: Option<&Chain>, how: &How) -> Confidence {
    match (cause.proven && cause.inside.is_none(), chain) {
        (true, _) => Confidence::Proven,
        (false, Some(chain)) => chain.confidence,
        (false, None) => how.confidence,
    }
}

/// The function that promises not to block, where it is what leads here.
fn promise(cx: &Cx<'_, '_>, routes: &[(Func, Route)]) -> Option<Arc<str>> {
    routes.first().filter(|it| cx.contexts.root(it.0) == Some(Root::Promise)).map(|it| cx.name(it.0))
}

/// The accessor that the function itself is, where no caller is seen.
fn own_accessor(cx: &Cx<'_, '_>, func: Func) -> Option<Accessor> {
    let program = cx.types.program;
    let function = program.function(func);
    if function.color.on_loop() {
        return None;
    }
    let name = program.file(program.file_of(func)).summary.module.text(function.name);
    how_run(program.member_kind(func)?, name).1
}

fn rule(blocking: &Blocking, accessor: Option<Accessor>, language: Language, member: Option<MemberKind>) -> Rule {
    if blocking.effect == Effect::Runtime || blocking.on_loop != Behaviour::Stalls {
        return Rule::runtime(language);
    }
    if blocking.credential {
        return Rule::Credential;
    }
    let accessor = if member == Some(MemberKind::Poll) { Some(Accessor::Poll) } else { accessor };
    match accessor {
        Some(Accessor::Property | Accessor::Getattr | Accessor::Setattr | Accessor::Descriptor | Accessor::Deref) => {
            return Rule::Accessor;
        }
        Some(Accessor::Finalizer | Accessor::Drop) => return Rule::Finalizer,
        Some(Accessor::Poll) => return Rule::Poll,
        Some(
            Accessor::Dunder
            | Accessor::Operator
            | Accessor::Format
            | Accessor::Display
            | Accessor::Index
            | Accessor::Convert,
        ) => return Rule::Operator,
        None => {}
    }
    match blocking.effect {
        Effect::Sleep => Rule::Sleep,
        Effect::Net => Rule::Network,
        Effect::Dns => Rule::Dns,
        Effect::Tls => Rule::Tls,
        Effect::Db => Rule::Database,
        Effect::Process => Rule::Process,
        Effect::Wait => Rule::Wait,
        Effect::File => Rule::File,
        Effect::Stdin => Rule::Stdin,
        Effect::Cpu => Rule::Cpu,
        Effect::Import => Rule::Import,
        Effect::Runtime => Rule::runtime(language),
    }
}

/// Whether a user's own rule may take the finding: what deadlocks or fails is not theirs to rename.
fn rule_is_by_effect(cause: &Cause<'_>) -> bool {
    cause.self_wait.is_none() && cause.blocking.on_loop == Behaviour::Stalls
}

/// How bad it is, and whether it is small work that only tests do.
fn severity(
    cx: &Cx<'_, '_>,
    cause: &Cause<'_>,
    own: Option<&OwnRule>,
    brief: bool,
    chains: &[Chain],
) -> (Severity, bool) {
    if cause.self_wait.is_some() || cause.blocking.on_loop != Behaviour::Stalls {
        return (Severity::Error, false);
    }
    let only_tests = if cause.needs_no_caller || chains.is_empty() {
        cx.types.program.in_test(cause.func)
    } else {
        // Entries in test code are sorted last.
        chains[0].test
    };
    let small = cause.blocking.scale == Scale::Small || brief;
    let severity = match own.map(|it| it.severity) {
        Some(Level::Error) if !only_tests => Severity::Error,
        Some(Level::Note) => Severity::Note,
        _ if small || only_tests => Severity::Note,
        _ => Severity::Warning,
    };
    (severity, small && only_tests && own.is_none())
}
