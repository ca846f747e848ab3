//! Summaries to findings: all files together are one program.

use crate::front;
use crate::libraries::Libraries;
use crate::options::Options;
use crate::stubs;
use crate::summaries::{Input, Summarized, summarize};
use blocklint_engine::Source;
use blocklint_engine::explain::Subject;
use blocklint_engine::finding::{Analysis, FileError};
use blocklint_ir::{Package, Placement, Span};
use std::sync::Arc;

/// Analyses files that were read already. `manifests` are paths and texts, below the same root.
pub fn analyze(inputs: &[Input], manifests: &[(&str, &str)], options: &Options) -> Analysis {
    analyze_summaries(&summarize(inputs), manifests, &Libraries::default(), options)
}

/// Analyses files that were summarized already, in whatever way, with the libraries that they are built on.
pub fn analyze_summaries(
    files: &[Summarized],
    manifests: &[(&str, &str)],
    libraries: &Libraries,
    options: &Options,
) -> Analysis {
    let (joined, stubs) = stubs::joined(files);
    let (sources, packages) = program(&joined, manifests, libraries);
    let engine = options.engine();
    let mut analysis = with_stack(|| blocklint_engine::analyze(&sources, &packages, &options.catalog, &engine));
    analysis.errors.extend(files.iter().filter_map(problem));
    let only_here = |it: &&Summarized| it.problem.is_some() && it.summary.module.errors.is_empty();
    analysis.summary.unparsed_files += files.iter().filter(only_here).count();
    for stub in stubs {
        analysis.summary.unparsed_files += usize::from(!stub.summary.module.errors.is_empty());
        analysis.errors.extend(stub.summary.errors());
    }
    analysis.errors.sort_by(|a, b| (&a.file, a.span).cmp(&(&b.file, b.span)));
    analysis
}

/// Asks about the program that these files are.
pub(crate) fn ask<R: Send>(
    files: &[Summarized],
    manifests: &[(&str, &str)],
    libraries: &Libraries,
    options: &Options,
    question: impl Fn(Subject<'_>) -> R + Sync,
) -> R {
    let (joined, _) = stubs::joined(files);
    let (sources, packages) = program(&joined, manifests, libraries);
    let engine = options.engine();
    let subject = Subject { sources: &sources, packages: &packages, catalog: &options.catalog, options: &engine };
    with_stack(|| question(subject))
}

fn program(files: &[Summarized], manifests: &[(&str, &str)], libraries: &Libraries) -> (Vec<Source>, Vec<Package>) {
    let summaries: Vec<&_> = files.iter().map(|it| &*it.summary).collect();
    let (mut packages, placements) = front::layout(&summaries, manifests);
    let source = |(file, placement): (&Summarized, _)| {
        let reported = file.reported && !file.summary.module.generated;
        Source { summary: Arc::clone(&file.summary), placement, reported }
    };
    let first = packages.len();
    packages.extend_from_slice(&libraries.packages);
    let shifted = |it: &Placement| Placement { package: it.package.map(|it| it + first), ..it.clone() };
    let libraries = libraries.files.iter().zip(libraries.placements.iter().map(shifted));
    (files.iter().zip(placements).chain(libraries).map(source).collect(), packages)
}

fn problem(file: &Summarized) -> Option<FileError> {
    let message = file.problem.clone()?;
    Some(FileError { file: file.summary.path.clone(), span: Span::default(), message })
}

/// Inference follows chains of definitions as deep as the engine allows; a main thread's stack differs from system to system.
const STACK: usize = 128 << 20;

/// Runs the analysis where it has stack enough, or here where no thread can be had.
fn with_stack<R: Send>(analyse: impl Fn() -> R + Sync) -> R {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &analyse);
        match worker.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(answer)) => answer,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => analyse(),
        }
    })
}

/// Analyses texts, manifests among them, as one program.
pub fn check_sources(files: &[(&str, &str)], options: &Options) -> Analysis {
    let manifests: Vec<(&str, &str)> = files.iter().copied().filter(|it| front::is_manifest(it.0)).collect();
    let source = |&(path, text): &(&str, &str)| Input {
        path: path.to_owned(),
        text: text.to_owned(),
        reported: true,
        problem: None,
    };
    let inputs: Vec<Input> = files.iter().filter(|it| front::language_of(it.0).is_some()).map(source).collect();
    analyze(&inputs, &manifests, options)
}
