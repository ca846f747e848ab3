//! Texts to findings with a cache: as little of the way as what earlier runs kept leaves to go.

use crate::cache::Cache;
use crate::key::{Depends, Key};
use crate::libraries::Libraries;
use crate::moved;
use crate::options::Options;
use crate::pipeline::analyze_summaries;
use crate::summaries::{Input, summarize_cached};
use blocklint_catalog::{Catalog, Entry, Place};
use blocklint_engine::finding::Analysis;
use blocklint_ir::Language;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// What a run made of its files.
#[derive(Debug)]
pub struct Ran {
    /// What was found.
    pub analysis: Analysis,
    /// The libraries that were read for it.
    pub libraries: Libraries,
    /// Whether what is new could be kept.
    pub stored: io::Result<()>,
}

/// Analyses files that were read already, below `root`, and keeps what is new.
pub fn analyze_cached(
    inputs: &[Input],
    manifests: &[(&str, &str)],
    root: &Path,
    options: &Options,
    cache: Option<&Cache>,
) -> Result<Ran, String> {
    let depends = cache.and_then(|_| depends(inputs, manifests, options));
    if let (Some(cache), Some(depends)) = (cache, &depends) {
        if let Some(analysis) = cache.result(&depends.key(), inputs.len()) {
            return Ok(Ran { analysis, libraries: Libraries::default(), stored: Ok(()) });
        }
        if let Some(analysis) = moved::result(cache, depends, inputs) {
            let stored = cache.store().and(cache.keep(depends, &analysis));
            return Ok(Ran { analysis, libraries: Libraries::default(), stored });
        }
    }
    let (files, ()) = rayon::join(|| summarize_cached(inputs, cache), || prepare(inputs, &options.catalog));
    let libraries = Libraries::find(&files, manifests, root, options, cache)?;
    std::thread::scope(|scope| {
        // The analysis leaves cores idle, and does not change what is kept.
        let stored = cache.map(|it| scope.spawn(|| it.store()));
        let analysis = analyze_summaries(&files, manifests, &libraries, options);
        let stored = stored.map_or(Ok(()), |it| it.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        let kept = match (cache, depends) {
            (Some(cache), Some(depends)) => cache.keep(&depends, &analysis),
            _ => Ok(()),
        };
        // Freeing millions of values takes a while, and nobody needs to wait for it.
        rayon::spawn(move || drop(files));
        Ok(Ran { analysis, libraries, stored: stored.and(kept) })
    })
}

/// What is known of the languages of these files is needed next.
fn prepare(inputs: &[Input], catalog: &Catalog) {
    let languages: BTreeSet<Language> = inputs.iter().filter_map(Input::language).collect();
    for language in languages {
        catalog.prepare(language);
    }
}

/// What the result depends on besides the tool itself; `None` where that cannot be told before the analysis.
fn depends(inputs: &[Input], manifests: &[(&str, &str)], options: &Options) -> Option<Depends> {
    // Sources of libraries are found by what the program imports.
    if options.with_deps {
        return None;
    }
    let files: Vec<Key> = inputs.par_iter().map(|it| Key::of_file(&it.path, &it.text)).collect();
    let treated: Vec<(bool, &Option<String>)> = inputs.iter().map(|it| (it.reported, &it.problem)).collect();
    let rest = Key::of(format!("{treated:?}{}", asked(manifests, options)).as_bytes());
    Some(Depends { files, rest })
}

/// Manifests and every option. One that is added must be thought of here, or this does not compile.
pub(crate) fn asked(manifests: &[(&str, &str)], options: &Options) -> String {
    let Options {
        catalog,
        profile,
        min_severity,
        min_confidence,
        selected,
        all_chains,
        require_reason,
        threshold_ms,
        ignored,
        extended,
        with_deps: _,
        python_env: _,
        crate_sources: _,
    } = options;
    // What came with the tool is part of its build. Complaints quote the lines of the rest.
    let facts: Vec<(&Entry, Vec<Place>)> =
        catalog.users().map(|it| (it, it.paths.iter().map(|path| catalog.place(it, &path.1)).collect())).collect();
    let levels = (profile, min_severity, min_confidence, threshold_ms);
    format!("{manifests:?}{levels:?}{:?}{facts:?}", (selected, all_chains, require_reason, ignored, extended))
}
