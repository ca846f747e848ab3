//! Questions about the analysis: why a line is thought to block, or not, and what stands around a function in the call graph.
//!
//! The answers are plain data, made from the same program, contexts and findings that a check makes. Nothing here decides anything:
//! what a check would say is asked of the detectors. How an answer is shown is not known here.

mod answer;
mod below;
mod domains;
mod lookup;
mod neighbourhood;
mod sites;
mod stopped;
mod why;

pub use answer::{
    Because, Blocks, Fate, FunctionAnswer, Gap, Guarded, Lead, Library, Runs, Site, Stop, Told, Verdict, Why,
};
pub use lookup::Unknown;
pub use neighbourhood::{Link, Neighbourhood, Node, Role};

use crate::detect::{self, Cx};
use crate::finding::Finding;
use crate::link::{self, Source};
use crate::suppress::Suppressions;
use crate::{LeftOut, Options, graph, propagate, types};
use blocklint_catalog::Catalog;
use blocklint_ir::{Package, Span};

/// Everything a question may be about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The files.
    pub sources: &'a [Source],
    /// The packages that manifests name.
    pub packages: &'a [Package],
    /// What is known about libraries.
    pub catalog: &'a Catalog,
    /// What a check would be asked for.
    pub options: &'a Options,
}

/// What a question asks, besides what detectors may.
struct Asked<'q, 'c, 'a> {
    cx: &'q mut Cx<'c, 'a>,
    callers: domains::Callers,
    told: Vec<Told>,
}

/// Why the calls on a line block, or why nothing is said of them. `lines` are the bytes of the line; with `at`, only what stands
/// around that byte is asked about.
pub fn why(subject: Subject<'_>, file: &str, lines: Span, at: Option<u32>) -> Why {
    ask(subject, |mut asked| why::answer(&mut asked, file, lines, at))
}

/// What stands around a function: who leads to it, and what it leads to that blocks, at most `depth` calls away.
pub fn neighbourhood(subject: Subject<'_>, function: &str, depth: u32) -> Result<Neighbourhood, Unknown> {
    ask(subject, |mut asked| {
        let func = lookup::by_name(asked.cx.types.program, function)?;
        Ok(neighbourhood::around(&mut asked, func, depth))
    })
}

/// The same of the innermost function around a byte of a file.
pub fn neighbourhood_at(subject: Subject<'_>, file: &str, lines: Span, depth: u32) -> Option<Neighbourhood> {
    ask(subject, |mut asked| {
        let func = lookup::at(asked.cx.types.program, file, lines)?;
        Some(neighbourhood::around(&mut asked, func, depth))
    })
}

fn ask<R>(subject: Subject<'_>, answer: impl FnOnce(Asked<'_, '_, '_>) -> R) -> R {
    let Subject { sources, packages, catalog, options } = subject;
    let program = link::link(sources, packages);
    let mut types = types::Types::new(&program, catalog);
    let graph = graph::build(&mut types);
    let mut guards = graph::Guards::default();
    let contexts = propagate::propagate(&mut types, &graph, &mut guards, options.uncalled_accessors);
    let callers = domains::callers(&graph);
    let cx = &mut Cx {
        types: &mut types,
        graph: &graph,
        contexts: &contexts,
        guards: &mut guards,
        max_chains: usize::MAX,
        threshold_ms: options.threshold_ms,
        hidden: crate::detect::Hidden::default(),
        ordinals: crate::detect::Ordinals::default(),
        told: crate::detect::Told::default(),
        entries: None,
    };
    let suppressions = Suppressions::of(&program, &options.ignored);
    let told = detect::detect(cx).into_iter().map(|it| told(it, &suppressions, options)).collect();
    answer(Asked { cx, callers, told })
}

fn told(finding: Finding, suppressions: &Suppressions<'_>, options: &Options) -> Told {
    let fate = match (suppressions.silenced_by(&finding), options.leaves_out(&finding)) {
        (Some(by), _) => Fate::Suppressed(by),
        (None, None) => Fate::Reported,
        (None, Some(LeftOut::Rule)) => Fate::NotSelected,
        (None, Some(LeftOut::SmallInTest)) => Fate::SmallInTest,
        (None, Some(LeftOut::Confidence)) => Fate::BelowConfidence(finding.confidence),
        (None, Some(LeftOut::Severity)) => Fate::BelowSeverity(finding.severity),
    };
    Told { finding, fate }
}
