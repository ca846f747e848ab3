//! A buffer that grows and is parsed whole again on each chunk: what the loop's thread computes grows with the stream's square.
//!
//! It knows neither which functions parse, which the catalogue says, nor how long a buffer becomes.

mod growth;

use super::chain::Chain;
use super::{Cx, Rule, message};
use crate::finding::{Confidence, Finding, Severity, Via};
use crate::graph::{Demands, How, OnLoop, passed};
use crate::link::Func;
use crate::propagate::Route;
use crate::types::Shape;
use blocklint_catalog::fact::Effect;
use blocklint_ir::{Color, Function, MemberKind, RegionId, RegionKind, ValueId, ValueKind};
use growth::Again;

/// A call that parses a text.
struct Parse {
    site: ValueId,
    text: ValueId,
    api: String,
}

pub(super) fn detect(cx: &mut Cx<'_, '_>, func: Func, out: &mut Vec<Finding>) {
    if cx.contexts.reached(func).is_none() {
        return;
    }
    let program = cx.types.program;
    let function = program.function(func);
    if !growth::grows_anything(function) {
        return;
    }
    for parse in parses(cx, func) {
        let Some(again) = growth::again(function, parse.text, parse.site) else { continue };
        if cx.guards.of_value(cx.types, func, parse.site) == Some(OnLoop::No) {
            continue;
        }
        let demands = Demands::of_place(cx.types, func, parse.site);
        let routes = cx.contexts.routes(cx.types, cx.graph, func, demands);
        let runs_again = |(entry, route): &(Func, Route)| repeats(cx, *entry, route, func);
        let reached = if again == Again::Certainly { !routes.is_empty() } else { routes.iter().any(runs_again) };
        if !reached {
            continue;
        }
        let finding = finding(cx, func, &parse, &routes, out);
        // A parse that is slow by itself is one finding with this one, and this one says why it is worse.
        match out.iter_mut().find(|it| it.place == finding.place) {
            Some(known) if known.severity < finding.severity => *known = finding,
            Some(_) => {}
            None => out.push(finding),
        }
    }
}

fn parses(cx: &mut Cx<'_, '_>, func: Func) -> Vec<Parse> {
    let function = cx.types.program.function(func);
    let mut found = Vec::new();
    for (index, value) in function.values.iter().enumerate() {
        let ValueKind::Call(call) = &value.kind else { continue };
        let callees = cx.types.of(func, call.callee);
        for callee in cx.types.shapes(callees).to_vec() {
            let Shape::External(path) = *cx.types.shape(callee) else { continue };
            let Some(which) = cx.types.paths.facts(path).parses.cloned() else { continue };
            if let Ok(Some(text)) = passed(cx.types, func, call, &which) {
                let api = cx.types.paths.shown(path).to_owned();
                found.push(Parse { site: ValueId::new(index), text, api });
            }
        }
    }
    found
}

/// Whether the way from an entry runs the function again and again.
fn repeats(cx: &Cx<'_, '_>, entry: Func, route: &Route, func: Func) -> bool {
    let program = cx.types.program;
    let in_loop = |caller: Func, site: ValueId| looping(program.function(caller), site).is_some();
    let on_the_way = route.iter().map(|it| it.0).chain([func]);
    let iterated = |it: Func| {
        matches!(program.function(it).color, Color::Generator | Color::AsyncGenerator)
            || program.member_kind(it) == Some(MemberKind::Next)
    };
    let edge = |(caller, index): (Func, u32)| cx.graph.edges[caller.0 as usize][index as usize].site;
    let awaited = |caller: Func| {
        cx.graph.awaits[caller.0 as usize].iter().any(|&(site, to)| to == entry && in_loop(caller, site))
    };
    route.iter().any(|&link| in_loop(link.0, edge(link)))
        || on_the_way.into_iter().any(iterated)
        || program.all_functions().any(awaited)
}

/// The innermost loop around a value.
fn looping(function: &Function, value: ValueId) -> Option<RegionId> {
    function.regions_around(function.value(value).region).find(|it| it.1.kind == RegionKind::Loop).map(|it| it.0)
}

fn finding(cx: &Cx<'_, '_>, func: Func, parse: &Parse, routes: &[(Func, Route)], before: &[Finding]) -> Finding {
    let program = cx.types.program;
    let file = program.file_of(func);
    let chains: Vec<Chain> = cx.chains(routes, (func, parse.site, &How::call(Confidence::Likely)));
    let test = chains.first().map_or_else(|| program.in_test(func), |it| it.test);
    let confidence = chains.first().map_or(Confidence::Likely, |it| it.confidence);
    let mut steps = chains.into_iter().map(|it| it.steps);
    let chain = steps.next().unwrap_or_else(|| vec![cx.own_step(func, parse.site, Via::Call)]);
    let api = &parse.api;
    let mut finding = Finding {
        code: Rule::Cpu.code().into(),
        rule: Rule::Cpu.name().into(),
        severity: if test { Severity::Note } else { Severity::Warning },
        confidence,
        language: program.language(file),
        effect: Some(Effect::Cpu),
        api: api.clone(),
        bound_ms: None,
        message: format!(
            "`{api}` parses the whole buffer again each time it grows: on the event loop's thread, the work is quadratic in the stream's length"
        ),
        help: "split complete messages off the buffer and parse each once, or feed an incremental parser".to_owned(),
        place: cx.place(func, parse.site),
        function: cx.name(func),
        accessor: None,
        chain,
        other_chains: steps.collect(),
        entries: routes.len(),
        small_in_test: false,
        fingerprint: String::new(),
    };
    let same = |it: &&Finding| it.code == finding.code && it.api == finding.api && it.function == finding.function;
    let ordinal = before.iter().filter(same).filter(|it| it.place.file == finding.place.file).count();
    finding.fingerprint = message::fingerprint(&finding, &program.module_path(file), ordinal);
    finding
}
