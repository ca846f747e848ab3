//! What a command works on: the files of a project, and what is in force for it.

use super::args::{AnalysisArgs, OutputArgs};
use super::complain;
use super::progress::Progress;
use super::settings::{configuration, options};
use crate::config::Config;
use crate::options::Options;
use crate::project::{Targets, targets};
use crate::read;
use crate::summaries::Input;
use crate::walk::{Walk, walk};
use anyhow::{Result, anyhow, bail};
use blocklint_catalog::Rules;
use std::path::{Path, PathBuf};

/// A project, read.
pub(super) struct Loaded {
    pub(super) inputs: Vec<Input>,
    /// Paths below the root, and texts.
    manifests: Vec<(String, String)>,
    pub(super) targets: Targets,
    pub(super) config: Config,
    pub(super) options: Options,
    pub(super) rules: Rules,
    pub(super) progress: Progress,
}

/// What is said on standard error meanwhile.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spoken {
    quiet: bool,
    verbose: bool,
}

impl Spoken {
    pub(super) fn of(output: &OutputArgs) -> Self {
        Self { quiet: output.quiet, verbose: output.verbose }
    }
}

impl Loaded {
    pub(super) fn manifests(&self) -> Vec<(&str, &str)> {
        self.manifests.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect()
    }
}

/// Walks and reads.
pub(super) fn load(paths: &[PathBuf], args: &AnalysisArgs, spoken: Spoken, cwd: &Path) -> Result<Loaded> {
    let (targets, config, walk) = walked(paths, args, spoken.verbose, cwd)?;
    if walk.sources.is_empty() {
        bail!("no Python or Rust file in {}: nothing was checked", written(paths));
    }
    let rules = Rules::builtin()?;
    let options = options(args, &config, &rules)?;
    let progress = Progress::start(walk.sources.len(), spoken.quiet);
    let inputs = read::inputs(&walk, &targets);
    let manifests = read::manifests(&walk, &targets);
    Ok(Loaded { inputs, manifests, targets, config, options, rules, progress })
}

/// Finds the files, and the configuration that says which of them count.
pub(super) fn walked(
    paths: &[PathBuf],
    args: &AnalysisArgs,
    verbose: bool,
    cwd: &Path,
) -> Result<(Targets, Config, Walk)> {
    let targets = targets(paths, args.root.as_deref(), cwd).map_err(|it| anyhow!(it))?;
    let config = configuration(args, &targets, verbose)?;
    let exclude = [config.exclude.as_slice(), args.exclude.as_slice()].concat();
    let walk = walk(&targets, &exclude).map_err(|it| anyhow!(it))?;
    walk.problems.iter().for_each(|it| complain(it));
    Ok((targets, config, walk))
}

fn written(paths: &[PathBuf]) -> String {
    paths.iter().map(|it| it.display().to_string()).collect::<Vec<_>>().join(", ")
}
