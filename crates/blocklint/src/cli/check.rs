//! `blocklint check`: walk, read, analyse, report.

use super::args::{AnalysisArgs, CheckArgs};
use super::cache::say_work;
use super::checked::Checked;
use super::compare::compare;
use super::load::{Loaded, Spoken, load, walked};
use super::{CLEAN, FINDINGS, add_ignore, complain, output, print};
use super::{stdin, summarize};
use crate::baseline::Baseline;
use crate::places::{Places, with_slashes};
use crate::project::Targets;
use crate::run::Ran;
use anyhow::{Result, anyhow};
use blocklint_engine::finding::Analysis;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Checks and reports; the exit status says what was found.
pub(super) fn run(args: &CheckArgs, cwd: &Path) -> Result<u8> {
    let started = now();
    if args.show_files {
        return show_files(args, cwd);
    }
    let mut checked = left(args, cwd)?;
    if let Some(reason) = &args.add_ignore {
        checked = add_ignore::run(checked, reason, cwd, || left(args, cwd))?;
    }
    let found = report(args, &checked, cwd)?;
    if args.output.statistics {
        complain(&format!("took {:.2} s", started.elapsed().as_secs_f64()));
    }
    Ok(if found && !args.exit_zero { FINDINGS } else { CLEAN })
}

/// What is found and neither in the baseline nor in the base revision.
fn left(args: &CheckArgs, cwd: &Path) -> Result<Checked> {
    let mut checked = check(args, cwd)?;
    subtract(args, &mut checked)?;
    compare(args, &mut checked).map_err(|it| anyhow!(it))?;
    Ok(checked)
}

/// Writes every output and says whether there are findings.
pub(super) fn report(args: &CheckArgs, checked: &Checked, cwd: &Path) -> Result<bool> {
    let places = Places { root: checked.targets.root.clone(), cwd: cwd.to_owned() };
    output::Finished { args, checked, places: &places }.write()
}

/// Walks, reads and analyses.
pub(super) fn check(args: &CheckArgs, cwd: &Path) -> Result<Checked> {
    let (mut loaded, summaries) = if args.summaries.is_empty() {
        (read(args, cwd)?, None)
    } else {
        let (loaded, files) = summarize::load(args, cwd)?;
        (loaded, Some(files))
    };
    loaded.options.all_chains = args.all_chains;
    if args.change.staged {
        loaded.take_index()?;
    }
    loaded.progress.say("analysing");
    let verbose = args.output.verbose;
    let cache = loaded.cache.as_ref();
    let Ran { mut analysis, libraries, stored } = loaded.analyze(summaries.as_deref())?;
    loaded.progress.end();
    cache.filter(|_| verbose && summaries.is_none()).inspect(|it| say_work(it, stored));
    if !args.output.quiet {
        libraries.problems.iter().for_each(|it| complain(it));
    }
    say_unmatched(args, &loaded, &mut analysis);
    loaded.say_unread(&mut analysis);
    let Loaded { inputs, manifests, targets, settings, options, rules, cache, .. } = loaded;
    Ok(Checked { analysis, inputs, manifests, libraries, targets, settings, options, rules, cache })
}

fn read(args: &CheckArgs, cwd: &Path) -> Result<Loaded> {
    match &args.stdin_filename {
        Some(file) => stdin::load(file, args, cwd),
        None => load(args.paths.as_slice(), &args.analysis, Spoken::of(&args.output), cwd),
    }
}

/// Says which of the users' facts are in vain.
pub(super) fn say_unmatched(args: &CheckArgs, loaded: &Loaded, analysis: &mut Analysis) {
    let unmatched = loaded.unmatched(analysis);
    for it in unmatched.iter().filter(|_| !args.output.quiet) {
        complain(&format!("{}: `{}` matches nothing in the checked program", it.place, it.path));
    }
    for it in loaded.idle_rules().filter(|_| !args.output.quiet) {
        complain(&format!("{} {} reports nothing: no entry of `blocking` has it as its `rule`", it.code, it.name));
    }
    analysis.summary.unmatched_facts = unmatched.len();
}

/// Takes away what the baseline holds, and says what it holds in vain.
pub(super) fn subtract(args: &CheckArgs, checked: &mut Checked) -> Result<()> {
    let Some(file) = baseline_file(args.baseline.as_deref(), &args.analysis, &checked.targets) else { return Ok(()) };
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

/// The baseline that was named, or the one beside the project's top.
pub(super) fn baseline_file(named: Option<&Path>, args: &AnalysisArgs, targets: &Targets) -> Option<PathBuf> {
    let beside = targets.root.join(crate::baseline::FILE);
    named.map(Path::to_owned).or_else(|| Some(beside).filter(|it| !args.config.isolated && it.is_file()))
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
