//! The analysis: which code runs on an event loop's thread, what it does to that thread, and where the two meet.
//!
//! [`summarize`] reads one module; [`link::link`] joins all of them to a program; [`graph::build`] finds every call;
//! [`propagate::propagate`] follows contexts; [`detect::detect`] makes findings; [`suppress`] removes what comments silence.
//! All of it is a pure function of the modules and the catalogue: no files, no clock, no terminal, no syntax tree, and no
//! `Result`, as broken code only yields fewer facts.

pub mod detect;
pub mod explain;
pub mod finding;
pub mod graph;
pub mod link;
pub mod marks;
mod moved;
pub mod paths;
pub mod propagate;
pub mod summary;
pub mod suppress;
pub mod types;

pub use link::Source;
pub use summary::{FileSummary, summarize};

use blocklint_catalog::Catalog;
use blocklint_ir::Package;
use finding::{Analysis, Confidence, FileError, Finding, Severity, Summary};
use graph::Counts;
use link::Program;
use std::collections::{BTreeMap, BTreeSet};
use suppress::Suppressions;

/// What of the findings is wanted.
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
#[derive(Debug, Clone)]
pub struct Options {
    /// Every chain of a finding and not only some.
    pub all_chains: bool,
    /// The least severity reported.
    pub min_severity: Severity,
    /// The least confidence reported.
    pub min_confidence: Confidence,
    /// Accessors that block are reported without a caller that was seen.
    pub uncalled_accessors: bool,
    /// Small work that only tests do is reported.
    pub small_in_tests: bool,
    /// Codes to report; `None`: all.
    pub selected: Option<BTreeSet<String>>,
    /// Comments that silence findings must say why.
    pub require_reason: bool,
    /// Waits that are known to be shorter than this, in milliseconds, are notes.
    pub threshold_ms: u64,
    /// Codes whose chains are silenced at every place in a file, by the file's path.
    pub ignored: BTreeMap<String, BTreeSet<String>>,
    /// Codes that are reported whatever their severity and confidence.
    pub extended: BTreeSet<String>,
}

/// Why a finding is not reported. Of several reasons the first counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LeftOut {
    /// Its rule is not selected.
    Rule,
    /// It is small work in test code.
    SmallInTest,
    /// It is not sure enough.
    Confidence,
    /// It is not severe enough.
    Severity,
}

impl Options {
    fn leaves_out(&self, finding: &Finding) -> Option<LeftOut> {
        let extended = self.extended.contains(&*finding.code);
        if self.selected.as_ref().is_some_and(|it| !it.contains(&*finding.code)) {
            Some(LeftOut::Rule)
        } else if finding.small_in_test && !self.small_in_tests {
            Some(LeftOut::SmallInTest)
        } else if finding.confidence < self.min_confidence && !extended {
            Some(LeftOut::Confidence)
        } else if finding.severity < self.min_severity && !extended {
            Some(LeftOut::Severity)
        } else {
            None
        }
    }
}

/// How many chains besides the shortest a finding shows unless all are wanted.
const OTHER_CHAINS: usize = 5;

/// Analyses a program. The answer is the same for any order of equal sources and any number of threads.
pub fn analyze(sources: &[Source], packages: &[Package], catalog: &Catalog, options: &Options) -> Analysis {
    let program = link::link(sources, packages);
    let mut types = types::Types::new(&program, catalog);
    let graph = graph::build(&mut types);
    let mut guards = graph::Guards::default();
    let contexts = propagate::propagate(&mut types, &graph, &mut guards, options.uncalled_accessors);
    let mut suppressions = Suppressions::of(&program, &options.ignored);
    let max_chains = if options.all_chains || !suppressions.is_empty() { usize::MAX } else { OTHER_CHAINS + 1 };
    let found = detect::detect(&mut detect::Cx {
        types: &mut types,
        graph: &graph,
        contexts: &contexts,
        guards: &mut guards,
        max_chains,
        threshold_ms: options.threshold_ms,
        hidden: detect::Hidden::default(),
        ordinals: detect::Ordinals::default(),
        told: detect::Told::default(),
        entries: None,
    });
    let mut summary = count(&program, graph.counts);
    let mut findings: Vec<Finding> = Vec::with_capacity(found.len());
    for finding in found {
        match suppressions.apply(finding) {
            Some(finding) => findings.push(finding),
            None => summary.suppressed += 1,
        }
    }
    let mut findings = detect::fold(findings);
    findings.extend(suppressions.complaints(&program, options.require_reason));
    findings.retain(|it| {
        let left_out = options.leaves_out(it);
        summary.hidden += usize::from(left_out.is_some());
        summary.hidden_notes += usize::from(left_out == Some(LeftOut::Severity));
        summary.hidden_unsure += usize::from(matches!(left_out, Some(LeftOut::Confidence | LeftOut::SmallInTest)));
        left_out.is_none()
    });
    summary.findings = findings.len();
    for finding in &mut findings {
        if !options.all_chains {
            finding.other_chains.truncate(OTHER_CHAINS);
        }
    }
    findings.sort_by(|a, b| (&a.place, &a.code, &a.api).cmp(&(&b.place, &b.code, &b.api)));
    let unmatched = catalog.unmatched(types.paths.all());
    Analysis { findings, summary, errors: errors(&program), unmatched }
}

fn count(program: &Program<'_>, calls: Counts) -> Summary {
    let mut summary = Summary {
        call_sites: calls.sites,
        calls_resolved: calls.resolved,
        calls_external: calls.external,
        calls_unresolved: calls.sites - calls.resolved - calls.external,
        ..Summary::default()
    };
    for (_, file) in program.files().filter(|it| it.1.library.is_none()) {
        let module = &file.summary.module;
        summary.files += 1;
        summary.bytes += file.summary.bytes;
        summary.unparsed_files += usize::from(!module.errors.is_empty());
        // The top-level code of a file is not a function that its author wrote.
        summary.functions += module.functions.len() - 1;
        summary.async_functions += module.functions.iter().filter(|it| it.color.on_loop()).count();
    }
    summary
}

fn errors(program: &Program<'_>) -> Vec<FileError> {
    program.files().filter(|it| it.1.library.is_none()).flat_map(|(_, it)| it.summary.errors()).collect()
}
