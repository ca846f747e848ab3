//! A check in two steps, for build systems and machines that share the work: `blocklint summarize`, and the files of
//! `blocklint check --summaries`. Paths are below the working directory, or `--root`, on both sides.

use super::CLEAN;
use super::args::{CheckArgs, SummarizeArgs};
use super::cache::{cache, say_work};
use super::load::{Loaded, known, ready, walked_below};
use super::progress::Progress;
use super::settings::settings;
use crate::cache::Cache;
use crate::limits::Limits;
use crate::places::normal;
use crate::project::Targets;
use crate::shard::{self, Shard};
use crate::summaries::{Summarized, summarize_cached};
use crate::{atomic, read};
use anyhow::{Context as _, Result, anyhow, bail};
use std::path::{Path, PathBuf};

/// Writes what the files contain.
pub(super) fn run(args: &SummarizeArgs, cwd: &Path) -> Result<u8> {
    let settings = settings(&args.config, cwd, cwd)?;
    let root = settings.path("root").map_or_else(|| cwd.to_owned(), |it| normal(&it, cwd));
    let walked: Vec<PathBuf> = args.paths.iter().map(|it| normal(it, cwd)).collect();
    for (path, written) in walked.iter().zip(&args.paths) {
        if !path.exists() {
            bail!("no such path: {}", written.display());
        }
        if !path.starts_with(&root) {
            bail!("{} is outside of {}: name a `--root` that holds both", written.display(), root.display());
        }
    }
    let targets = Targets { root, walked, reported: Vec::new() };
    let walk = walked_below(&targets, &settings)?;
    let inputs = read::inputs(&walk, &targets, Limits::of(&settings));
    let cache = cache(args.no_cache, &args.config, &settings, &targets, cwd);
    let files = summarize_cached(&inputs, cache.as_ref());
    let stored = cache.as_ref().map(Cache::store);
    if let (true, Some(cache), Some(stored)) = (args.verbose, &cache, stored) {
        say_work(cache, stored);
    }
    let shard = Shard { inputs, files, manifests: read::manifests(&walk, &targets) };
    let bytes = shard::bytes(&shard).context("a file is too large to be summarized")?;
    atomic::replace(&args.out, &bytes).with_context(|| format!("cannot write {}", args.out.display()))?;
    Ok(CLEAN)
}

/// Reads what `run` wrote.
pub(super) fn load(args: &CheckArgs, cwd: &Path) -> Result<(Loaded, Vec<Summarized>)> {
    let settings = settings(&args.analysis.config, cwd, cwd)?;
    let root = settings.path("root").map_or_else(|| cwd.to_owned(), |it| normal(&it, cwd));
    let mut shards = Vec::new();
    for file in &args.summaries {
        let name = file.display().to_string();
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {name}"))?;
        let shard = shard::read(bytes).map_err(|it| anyhow!("cannot read {name}: {it}"))?;
        shards.push((name, shard));
    }
    let Shard { mut inputs, mut files, manifests } = shard::merged(shards).map_err(|it| anyhow!(it))?;
    if inputs.is_empty() {
        bail!("no Python or Rust file in what was summarized: nothing was checked");
    }
    let reported: Vec<PathBuf> = args.paths.iter().map(|it| normal(it, cwd)).filter(|it| *it != root).collect();
    let targets = Targets { walked: vec![root.clone()], root, reported };
    for (input, file) in inputs.iter_mut().zip(&mut files) {
        input.reported = targets.reports(&targets.root.join(&input.path));
        file.reported = input.reported;
    }
    let progress = Progress::start(inputs.len(), args.output.quiet);
    let known = known(&settings, cwd)?;
    let loaded = ready((targets, settings, known), (inputs, manifests), progress, &args.analysis, cwd)?;
    Ok((loaded, files))
}
