//! `blocklint check`: walk, read, analyse, report.

use super::args::CheckArgs;
use super::cache::say_work;
use super::load::{Loaded, Spoken, load, walked};
use super::{CLEAN, FINDINGS, complain, output, print};
use crate::baseline::Baseline;
use crate::config::settings::Settings;
use crate::decode::decode;
use crate::diff::introduced;
use crate::front::{is_manifest, language_of};
use crate::git;
use crate::options::Options;
use crate::pipeline::analyze;
use crate::places::{Places, with_slashes};
use crate::project::Targets;
use crate::run::analyze_cached;
use crate::summaries::Input;
use anyhow::{Result, anyhow};
use blocklint_catalog::Rules;
use blocklint_engine::finding::Analysis;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A run up to its findings, before a baseline takes any away.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) analysis: Analysis,
    pub(super) inputs: Vec<Input>,
    pub(super) targets: Targets,
    pub(super) settings: Settings,
    pub(super) options: Options,
    pub(super) rules: Rules,
}

/// Checks and reports; the exit status says what was found.
pub(super) fn run(args: &CheckArgs, cwd: &Path) -> Result<u8> {
    let started = now();
    if args.show_files {
        return show_files(args, cwd);
    }
    let mut checked = check(args, cwd)?;
    subtract(args, &mut checked)?;
    if let Some(revision) = &args.diff_base {
        compare(revision, &mut checked).map_err(|it| anyhow!(it))?;
    }
    let places = Places { root: checked.targets.root.clone(), cwd: cwd.to_owned() };
    let found = output::Finished { args, checked: &checked, places: &places }.write()?;
    if args.output.statistics {
        complain(&format!("took {:.2} s", started.elapsed().as_secs_f64()));
    }
    Ok(if found && !args.exit_zero { FINDINGS } else { CLEAN })
}

/// Walks, reads and analyses.
pub(super) fn check(args: &CheckArgs, cwd: &Path) -> Result<Checked> {
    let mut loaded = load(args.paths.as_slice(), &args.analysis, Spoken::of(&args.output), cwd)?;
    loaded.options.all_chains = args.all_chains;
    loaded.progress.say("analysing");
    let verbose = args.output.verbose;
    let cache = loaded.cache.as_ref();
    let (mut analysis, stored) = analyze_cached(&loaded.inputs, &loaded.manifests(), &loaded.options, cache);
    loaded.progress.end();
    cache.filter(|_| verbose).inspect(|it| say_work(it, stored));
    analysis.summary.unmatched_facts = loaded.unmatched(&analysis).len();
    if !args.output.quiet {
        for it in loaded.unmatched(&analysis) {
            complain(&format!("{}: `{}` matches nothing in the checked program", it.place, it.path));
        }
    }
    let Loaded { inputs, targets, settings, options, rules, .. } = loaded;
    Ok(Checked { analysis, inputs, targets, settings, options, rules })
}

/// Takes away what the baseline holds, and says what it holds in vain.
fn subtract(args: &CheckArgs, checked: &mut Checked) -> Result<()> {
    let Some(file) = baseline_file(args, &checked.targets) else { return Ok(()) };
    let baseline = Baseline::read(&file).map_err(|it| anyhow!(it))?;
    let stale = baseline.stale(&checked.analysis).len();
    baseline.subtract(&mut checked.analysis);
    // A run that looks at less than everything cannot tell what is gone.
    let whole = checked.targets.reported.is_empty() && checked.options.selected.is_none();
    if stale > 0 && whole && !args.output.quiet {
        let file = file.display();
        complain(&format!("{stale} entries of {file} are found no more; `blocklint baseline prune` removes them"));
    }
    Ok(())
}

/// Leaves what is not in the merge base with `revision`, whose files are read from git's objects and analysed too.
fn compare(revision: &str, checked: &mut Checked) -> Result<(), String> {
    let root = &checked.targets.root;
    let commit = git::merge_base(root, revision)?;
    let walked: Vec<&Path> =
        checked.targets.walked.iter().map(|it| it.strip_prefix(root).unwrap_or(Path::new(""))).collect();
    let wanted = |path: &str| {
        is_manifest(path) || (language_of(path).is_some() && walked.iter().any(|it| Path::new(path).starts_with(it)))
    };
    let (mut inputs, mut manifests) = (Vec::new(), Vec::new());
    for (path, bytes) in git::files(root, &commit, wanted)? {
        match language_of(&path) {
            Some(language) => {
                let text = decode(&bytes, language).0;
                inputs.push(Input { path, text, reported: true, problem: None });
            }
            None => manifests.push((path, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    let manifests: Vec<(&str, &str)> = manifests.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let base = analyze(&inputs, &manifests, &checked.options);
    let mut changes = git::changes(root, &commit)?;
    let old: BTreeSet<&str> = inputs.iter().map(|it| it.path.as_str()).collect();
    for input in &checked.inputs {
        // Git says nothing of a file that it does not know yet: all of it is new.
        if !old.contains(input.path.as_str()) && !changes.renamed.contains_key(&input.path) {
            changes.added.insert(input.path.clone(), vec![1..=usize::MAX]);
        }
    }
    introduced(&mut checked.analysis, &base, &changes, &checked.inputs);
    Ok(())
}

/// The baseline that was named, or the one beside the project's top.
pub(super) fn baseline_file(args: &CheckArgs, targets: &Targets) -> Option<PathBuf> {
    let beside = targets.root.join(crate::baseline::FILE);
    args.baseline.clone().or_else(|| Some(beside).filter(|it| !args.analysis.config.isolated && it.is_file()))
}

fn show_files(args: &CheckArgs, cwd: &Path) -> Result<u8> {
    let (targets, _, walk) = walked(&args.paths, &args.analysis.config, args.output.verbose, cwd)?;
    let places = Places { root: targets.root.clone(), cwd: cwd.to_owned() };
    let mut out = String::new();
    for path in &walk.sources {
        out.push_str(&places.shown(&with_slashes(path.strip_prefix(&targets.root).unwrap_or(path))));
        out.push('\n');
    }
    print(&out)?;
    Ok(CLEAN)
}

#[expect(clippy::disallowed_methods, reason = "`--statistics` says how long the run took, on standard error")]
fn now() -> Instant {
    Instant::now()
}
