//! What a command works on: the files of a project, and what is in force for it.

use super::args::{AnalysisArgs, ConfigArgs, OutputArgs};
use super::cache::cache;
use super::complain;
use super::progress::Progress;
use super::settings::{ignored, in_force, options, own};
use crate::cache::Cache;
use crate::config::own::Own;
use crate::config::settings::Settings;
use crate::config::value::{Origin, Word};
use crate::git::Tree;
use crate::libraries::Libraries;
use crate::limits::Limits;
use crate::options::Options;
use crate::pipeline;
use crate::project::Targets;
use crate::read;
use crate::run::{Ran, analyze_cached};
use crate::summaries::{Input, Summarized, summarize_cached};
use crate::tree;
use crate::walk::{Exclude, Problem, Walk, walk};
use anyhow::{Result, anyhow, bail};
use blocklint_catalog::{Rule, Rules, Unmatched};
use blocklint_engine::explain::Subject;
use blocklint_engine::finding::{Analysis, FileError};
use blocklint_ir::Span;
use blocklint_report::visible;
use std::path::{Path, PathBuf};

/// A project, read.
pub(super) struct Loaded {
    pub(super) inputs: Vec<Input>,
    /// Paths below the root, and texts.
    pub(super) manifests: Vec<(String, String)>,
    pub(super) targets: Targets,
    pub(super) settings: Settings,
    pub(super) options: Options,
    pub(super) rules: Rules,
    /// What earlier runs knew, and this one shall keep.
    pub(super) cache: Option<Cache>,
    pub(super) progress: Progress,
    /// What the walk could not look into.
    unread: Vec<Problem>,
    own: Own,
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

    /// Analyses it, with what earlier runs kept, or from summaries that were made elsewhere.
    pub(super) fn analyze(&self, summaries: Option<&[Summarized]>) -> Result<Ran> {
        let manifests = self.manifests();
        let Some(files) = summaries else {
            let cache = self.cache.as_ref();
            return analyze_cached(&self.inputs, &manifests, &self.targets.root, &self.options, cache)
                .map_err(|it| anyhow!(it));
        };
        let libraries = self.libraries(files)?;
        let analysis = pipeline::analyze_summaries(files, &manifests, &libraries, &self.options);
        Ok(Ran { analysis, libraries, stored: Ok(()) })
    }

    fn libraries(&self, files: &[Summarized]) -> Result<Libraries> {
        Libraries::find(files, &self.manifests(), &self.targets.root, &self.options, self.cache.as_ref())
            .map_err(|it| anyhow!(it))
    }

    /// Asks about it, and says which libraries the answer may speak of.
    pub(super) fn ask<R: Send>(&self, question: impl Fn(Subject<'_>) -> R + Sync) -> Result<(R, Libraries)> {
        let files = summarize_cached(&self.inputs, self.cache.as_ref());
        let libraries = self.libraries(&files)?;
        let answer = pipeline::ask(&files, &self.manifests(), &libraries, &self.options, question);
        Ok((answer, libraries))
    }

    /// The users' facts that nothing in the program is about. A run that does not see all of what a configuration is for cannot tell.
    pub(super) fn unmatched<'a>(&self, analysis: &'a Analysis) -> Vec<&'a Unmatched> {
        let partly = self.settings.lists("exclude").any(|it| !matches!(it.0, Origin::File { .. }));
        let sees = |folder: &Path| self.targets.walked.iter().any(|it| folder.starts_with(it));
        let fair = |it: &&Unmatched| match self.own.project(&self.settings, &it.place.file) {
            Some(project) => !partly && sees(project),
            None => true,
        };
        analysis.unmatched.iter().filter(fair).collect()
    }

    /// The users' own rules that no entry names.
    pub(super) fn idle_rules(&self) -> impl Iterator<Item = &Rule> {
        let named = |it: &Rule| self.options.catalog.named_rules().any(|named| named == it.code);
        self.rules.iter().filter(move |it| it.own && !named(it))
    }

    /// Says what could not be looked into, and counts it.
    pub(super) fn say_unread(&self, analysis: &mut Analysis) {
        for Problem { path, reason } in &self.unread {
            let file = read::below(path, &self.targets).into();
            let message = format!("cannot be read: {reason}; left out");
            analysis.errors.push(FileError { file, span: Span::default(), message });
        }
        analysis.summary.unparsed_files += self.unread.len();
        analysis.errors.sort_by(|a, b| (&a.file, a.span).cmp(&(&b.file, b.span)));
    }

    /// Takes what the next commit will have in place of what is on disk.
    pub(super) fn take_index(&mut self) -> Result<()> {
        let how = (&*excluded(&self.settings), Limits::of(&self.settings));
        let staged = tree::read(Tree::Index, &self.targets, how).map_err(|it| anyhow!(it))?;
        (self.inputs, self.manifests) = (staged.inputs, staged.manifests);
        self.unread.clear();
        self.ignore_again()
    }

    /// Asks anew which rules are silent in which files, once there are others.
    pub(super) fn ignore_again(&mut self) -> Result<()> {
        self.options.ignored = ignored(&self.settings, &self.rules, &self.targets.root, &self.inputs)?;
        Ok(())
    }
}

/// Walks and reads.
pub(super) fn load(paths: &[PathBuf], args: &AnalysisArgs, spoken: Spoken, cwd: &Path) -> Result<Loaded> {
    let loaded = load_any(paths, args, spoken, cwd)?;
    if loaded.inputs.is_empty() {
        bail!("no Python or Rust file in {}: nothing was checked", written(paths));
    }
    Ok(loaded)
}

/// Walks and reads what may be nothing yet.
pub(super) fn load_any(paths: &[PathBuf], args: &AnalysisArgs, spoken: Spoken, cwd: &Path) -> Result<Loaded> {
    let (targets, settings, walk) = walked(paths, &args.config, spoken.verbose, cwd)?;
    let progress = Progress::start(walk.sources.len(), spoken.quiet);
    // Reading waits for the disk, and neither needs the other.
    let read = || (read::inputs(&walk, &targets, Limits::of(&settings)), read::manifests(&walk, &targets));
    let (read, known) = rayon::join(read, || known(&settings, cwd));
    Ok(Loaded { unread: walk.problems, ..ready((targets, settings, known?), read, progress, args, cwd)? })
}

/// What is known of libraries under these settings, whatever the files are.
pub(super) struct Known {
    own: Own,
    rules: Rules,
    options: Options,
}

/// Reads the tables and pages that came with the tool, and users' own.
pub(super) fn known(settings: &Settings, cwd: &Path) -> Result<Known> {
    let own = own(settings, cwd)?;
    let rules = own.rules().map_err(|it| anyhow!(it))?;
    let catalog = own.catalog(settings, &rules).map_err(|it| anyhow!(it))?;
    let options = options(settings, catalog, &rules)?;
    Ok(Known { own, rules, options })
}

/// Adds what is in force for files and manifests that were read.
pub(super) fn ready(
    (targets, settings, known): (Targets, Settings, Known),
    (inputs, manifests): (Vec<Input>, Vec<(String, String)>),
    progress: Progress,
    args: &AnalysisArgs,
    cwd: &Path,
) -> Result<Loaded> {
    let Known { own, rules, mut options } = known;
    options.ignored = ignored(&settings, &rules, &targets.root, &inputs)?;
    let cache = cache(args.no_cache, &args.config, &settings, &targets, cwd);
    let unread = Vec::new();
    Ok(Loaded { inputs, manifests, targets, settings, options, rules, cache, progress, unread, own })
}

/// Finds the files, and the configuration that says which of them count.
pub(super) fn walked(
    paths: &[PathBuf],
    args: &ConfigArgs,
    verbose: bool,
    cwd: &Path,
) -> Result<(Targets, Settings, Walk)> {
    let (targets, settings) = in_force(paths, args, cwd)?;
    if verbose {
        settings.configurations.iter().for_each(|it| complain(&format!("configuration: {}", it.shown)));
    }
    let walk = walked_below(&targets, &settings)?;
    Ok((targets, settings, walk))
}

/// Finds the files below the targets.
pub(super) fn walked_below(targets: &Targets, settings: &Settings) -> Result<Walk> {
    let walk = walk(targets, &excluded(settings)).map_err(|it| anyhow!(it))?;
    for Problem { path, reason } in &walk.problems {
        complain(&visible(&format!("cannot read {}: {reason}", path.display())));
    }
    Ok(walk)
}

/// The patterns that somebody left files out with.
pub(super) fn excluded(settings: &Settings) -> Vec<Exclude> {
    let exclude = |(origin, words): (&Origin, &[Word])| Exclude {
        folder: origin.folder().to_owned(),
        patterns: words.iter().map(|it| it.text.clone()).collect(),
    };
    settings.lists("exclude").map(exclude).collect()
}

fn written(paths: &[PathBuf]) -> String {
    paths.iter().map(|it| it.display().to_string()).collect::<Vec<_>>().join(", ")
}
