//! Where bytes that somebody else wrote come in: one function a door, without a disk behind it. They are public for `crates/fuzz` alone,
//! which stands before each of them with whatever it can think of.

use crate::baseline::Baseline;
use crate::cache;
use crate::cli::settings::{ignored, options};
use crate::config::settings::Settings;
use crate::config::{self, Configuration};
use crate::diff::introduced;
use crate::git;
use crate::ignores::plan;
use crate::options::Options;
use crate::pipeline::{analyze_summaries, ask};
use crate::shard::{self, Shard};
use crate::summaries::{Input, summarize};
use crate::walk::{Exclude, matchers};
use crate::{front, libraries::Libraries};
use blocklint_catalog::section::Source;
use blocklint_catalog::{Catalog, Rules, Table};
use blocklint_engine::explain;
use blocklint_engine::finding::Analysis;
use blocklint_ir::Span;
use std::collections::BTreeSet;
use std::path::Path;

/// Paths and texts.
pub type Texts<'t> = [(&'t str, &'t str)];

/// What a configuration of this file name asks for, with no other facts than its own; `None` when the file speaks of something else.
pub fn configuration(name: &str, text: &str) -> Result<Option<Options>, String> {
    let folder = Path::new("/project");
    let source = Source { file: name, text };
    let found = config::parse(source, config::tables(name), folder).map_err(|it| it.to_string())?;
    let Some((below, layer)) = found else { return Ok(None) };
    let (shown, text) = (name.to_owned(), text.to_owned());
    let settings = Settings::new([], vec![Configuration { path: Some(folder.join(name)), shown, text, below, layer }]);
    let rules = Rules::builtin().map_err(|it| it.to_string())?;
    let facts = Table::configuration(name, &settings.configurations[0].text, below);
    let catalog = Catalog::load([facts]).and_then(|it| it.with_rules(&rules)).map_err(|it| it.to_string())?;
    let exclude = |(_, words): (_, &[config::value::Word])| Exclude {
        folder: folder.to_owned(),
        patterns: words.iter().map(|it| it.text.clone()).collect(),
    };
    matchers(&settings.lists("exclude").map(exclude).collect::<Vec<_>>())?;
    let options = options(&settings, catalog, &rules).map_err(|it| it.to_string())?;
    let ignored = ignored(&settings, &rules, folder, &inputs(&[("a.py", ""), ("src/lib.rs", "")]));
    Ok(Some(Options { ignored: ignored.map_err(|it| it.to_string())?, ..options }))
}

/// What is found in a program after what it contains was written as `blocklint summarize` does, and read again.
pub fn carried(files: &Texts<'_>, options: &Options) -> Result<Analysis, String> {
    let (sources, manifests): (Vec<_>, Vec<_>) = files.iter().partition(|it| front::language_of(it.0).is_some());
    let inputs = inputs(&sources);
    let manifests = manifests.into_iter().map(|it: (&str, &str)| (it.0.to_owned(), it.1.to_owned())).collect();
    let written = shard::bytes(&Shard { files: summarize(&inputs), inputs, manifests }).ok_or("it is too large")?;
    let read = shard::read(written)?;
    let manifests: Vec<(&str, &str)> = read.manifests.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    Ok(analyze_summaries(&read.files, &manifests, &Libraries::default(), options))
}

/// Reads what `blocklint summarize` is said to have written, twice over, as one program.
pub fn summaries(bytes: &[u8]) -> Result<usize, String> {
    let shard = || shard::read(bytes.to_vec()).map(|it| (String::new(), it));
    shard::merged(vec![shard()?, shard()?]).map(|it| it.inputs.len())
}

/// Bytes as an honest writer of summaries seals them, each of the parts as one record.
pub fn sealed_summaries(parts: &[&[u8]]) -> Vec<u8> {
    shard::sealed(parts)
}

/// Reads what is said to be a file of the cache: how many summaries it holds, and whether it is a result.
pub fn cached(bytes: &[u8]) -> (usize, bool) {
    cache::opened(bytes)
}

/// Bytes as an honest writer of the cache seals them: as summaries, and as a result.
pub fn sealed_cache(content: &[u8]) -> [Vec<u8>; 2] {
    cache::sealed(content)
}

/// What is found in a program after somebody changed what the cache keeps of its files, and made the checksums right again; `None` when
/// nobody would work with that.
pub fn retold(files: &Texts<'_>, options: &Options, mut change: impl FnMut(&mut Vec<u8>)) -> Option<Analysis> {
    let mut retold = summarize(&inputs(files));
    for file in &mut retold {
        let mut bytes = cache::kept(&file.summary)?;
        change(&mut bytes);
        file.summary = cache::told(&bytes)?.into();
    }
    Some(analyze_summaries(&retold, &[], &Libraries::default(), options))
}

/// Reads a baseline, takes what it accepts from an analysis, and returns the text that would be written back.
pub fn baseline(text: &str, analysis: &mut Analysis) -> Result<String, String> {
    let baseline = Baseline::parse(text)?;
    let pruned = baseline.pruned(analysis);
    assert!(pruned.stale(analysis).is_empty(), "what was pruned is stale");
    baseline.subtract(analysis);
    Ok(baseline.text())
}

/// Reads what git says has changed, and leaves of a program's findings those that the base does not have.
pub fn diff(bytes: &[u8], files: &Texts<'_>, (base, now): (&Analysis, &mut Analysis)) {
    introduced(now, base, &git::parse(&String::from_utf8_lossy(bytes)), &inputs(files));
}

/// Every question about a line: why it blocks, and what stands around the function there. The answers, for comparing.
pub fn explained(files: &Texts<'_>, options: &Options, (path, line): (&str, Span)) -> String {
    let manifests: Vec<(&str, &str)> = files.iter().copied().filter(|it| front::is_manifest(it.0)).collect();
    let sources: Vec<(&str, &str)> = files.iter().copied().filter(|it| front::language_of(it.0).is_some()).collect();
    let summaries = summarize(&inputs(&sources));
    ask(&summaries, &manifests, &Libraries::default(), options, |subject| {
        let why = explain::why(subject, path, line, None);
        format!("{why:?}\n{:?}", explain::neighbourhood_at(subject, path, line, 3))
    })
}

/// The texts with comments that silence what was found in them.
pub fn silenced(files: &Texts<'_>, analysis: &Analysis) -> Vec<(String, String)> {
    let plan = plan(&inputs(files), &analysis.findings, &BTreeSet::new(), "checked");
    plan.texts.into_iter().collect()
}

fn inputs(files: &Texts<'_>) -> Vec<Input> {
    let input =
        |it: &(&str, &str)| Input { path: it.0.to_owned(), text: it.1.to_owned(), reported: true, problem: None };
    files.iter().map(input).collect()
}
