//! Texts to findings: lower and summarize each file by itself, then analyse them together.

use crate::front;
use crate::options::Options;
use blocklint_engine::finding::{Analysis, FileError};
use blocklint_engine::{FileSummary, Source, summarize};
use blocklint_ir::Span;
use rayon::prelude::*;

/// One file of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path below the analysed root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Whether findings in it are reported, or it is only read.
    pub reported: bool,
    /// Why the text is not the whole truth.
    pub problem: Option<String>,
}

/// Analyses files that were read already. `manifests` are paths and texts, below the same root.
pub fn analyze(inputs: &[Input], manifests: &[(&str, &str)], options: &Options) -> Analysis {
    let read = |it: &Input| -> Option<FileSummary> {
        let module = front::lower(&it.path, &it.text)?;
        Some(summarize(&it.path, it.text.len(), module))
    };
    let files: Vec<(FileSummary, bool)> =
        inputs.par_iter().filter_map(|it| read(it).map(|summary| (summary, it.reported))).collect();
    let (summaries, reported): (Vec<FileSummary>, Vec<bool>) = files.into_iter().unzip();
    let (packages, placements) = front::layout(&summaries, manifests);
    let sources: Vec<Source> = summaries
        .into_iter()
        .zip(placements)
        .zip(reported)
        .map(|((summary, placement), reported)| {
            let reported = reported && !summary.module.generated;
            Source { summary, placement, reported }
        })
        .collect();
    let engine = options.engine();
    let mut analysis = with_stack(|| blocklint_engine::analyze(&sources, &packages, &options.catalog, &engine));
    analysis.errors.extend(inputs.iter().filter_map(problem));
    analysis.errors.sort_by(|a, b| (&a.file, a.span).cmp(&(&b.file, b.span)));
    analysis
}

fn problem(input: &Input) -> Option<FileError> {
    let message = input.problem.clone()?;
    Some(FileError { file: input.path.as_str().into(), span: Span::default(), message })
}

/// Inference follows chains of definitions as deep as the engine allows; a main thread's stack differs from system to system.
const STACK: usize = 128 << 20;

/// Runs the analysis where it has stack enough, or here where no thread can be had.
fn with_stack(analyse: impl Fn() -> Analysis + Sync) -> Analysis {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &analyse);
        match worker.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(analysis)) => analysis,
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
