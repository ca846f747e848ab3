//! `blocklint check`: walk, read, analyse, report.

use super::args::CheckArgs;
use super::{CLEAN, FINDINGS, complain, output, print};
use crate::config::{self, Config};
use crate::decode::decode;
use crate::front::language_of;
use crate::options::{Options, selected};
use crate::pipeline::{Input, analyze};
use crate::places::{Places, with_slashes};
use crate::project::{Targets, targets};
use crate::walk::{Walk, walk};
use anyhow::{Context as _, Result, anyhow, bail};
use blocklint_catalog::Rules;
use blocklint_engine::finding::{Analysis, Confidence, Severity};
use rayon::prelude::*;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Walks of more files than this say what they do while they do it.
const LONG: usize = 300;

/// Checks and reports; the exit status says what was found.
pub(super) fn run(args: &CheckArgs, cwd: &Path) -> Result<u8> {
    let started = now();
    let targets = targets(&args.paths, args.root.as_deref(), cwd).map_err(|it| anyhow!(it))?;
    let config = configuration(args, &targets)?;
    let rules = Rules::builtin()?;
    let options = options(args, &config, &rules)?;
    let exclude = [config.exclude.as_slice(), args.exclude.as_slice()].concat();
    let walk = walk(&targets, &exclude).map_err(|it| anyhow!(it))?;
    walk.problems.iter().for_each(|it| complain(it));
    let places = Places { root: targets.root.clone(), cwd: cwd.to_owned() };
    if args.show_files {
        return show_files(&walk, &targets, &places);
    }
    if walk.sources.is_empty() {
        bail!("no Python or Rust file in {}: nothing was checked", written(&args.paths));
    }
    let (analysis, inputs) = analysed(args, &walk, &targets, &options);
    let report = output::Finished { args, config: &config, options: &options, rules: &rules, places: &places };
    let found = report.write(analysis, &inputs)?;
    if args.output.statistics {
        complain(&format!("took {:.2} s", started.elapsed().as_secs_f64()));
    }
    Ok(if found && !args.exit_zero { FINDINGS } else { CLEAN })
}

fn configuration(args: &CheckArgs, targets: &Targets) -> Result<Config> {
    if args.isolated {
        return Ok(Config::default());
    }
    let found = match &args.config {
        Some(file) => {
            let config = config::read(file).map_err(|it| anyhow!(it))?;
            config.map(|it| (it, file.clone())).or_else(|| Some((Config::default(), file.clone())))
        }
        None => config::closest(&targets.root).map_err(|it| anyhow!(it))?,
    };
    let Some((config, file)) = found else { return Ok(Config::default()) };
    if args.output.verbose {
        complain(&format!("configuration: {}", file.display()));
    }
    Ok(config)
}

/// The command line is stronger than the configuration.
fn options(args: &CheckArgs, config: &Config, rules: &Rules) -> Result<Options> {
    let asked = &args.rules;
    let mut options = Options::new(asked.profile.or(config.profile).unwrap_or_default())?;
    let named =
        |text: &Option<String>, what| text.as_ref().map(|it| format!("unknown {what} `{it}` in the configuration"));
    options.min_severity = match (asked.min_severity, &config.min_severity) {
        (None, Some(text)) => {
            Some(Severity::named(text).with_context(|| named(&config.min_severity, "severity").unwrap_or_default())?)
        }
        (given, _) => given,
    };
    options.min_confidence = match (asked.min_confidence, &config.min_confidence) {
        (None, Some(text)) => Some(
            Confidence::named(text).with_context(|| named(&config.min_confidence, "confidence").unwrap_or_default())?,
        ),
        (given, _) => given,
    };
    let select = if asked.select.is_empty() { &config.select } else { &asked.select };
    let ignore = [config.ignore.as_slice(), asked.ignore.as_slice()].concat();
    options.selected = selected(rules, select, &ignore).map_err(|it| anyhow!(it))?;
    options.all_chains = asked.all_chains;
    Ok(options)
}

fn show_files(walk: &Walk, targets: &Targets, places: &Places) -> Result<u8> {
    let mut out = String::new();
    for path in &walk.sources {
        let below = with_slashes(path.strip_prefix(&targets.root).unwrap_or(path));
        out.push_str(&places.shown(&below));
        out.push('\n');
    }
    print(&out)?;
    Ok(CLEAN)
}

fn analysed(args: &CheckArgs, walk: &Walk, targets: &Targets, options: &Options) -> (Analysis, Vec<Input>) {
    let mut progress = Progress::start(walk.sources.len(), args.output.quiet);
    let inputs: Vec<Input> = walk.sources.par_iter().filter_map(|it| input(it, targets)).collect();
    let manifests: Vec<(String, String)> = walk.manifests.iter().filter_map(|it| manifest(it, targets)).collect();
    let manifests: Vec<(&str, &str)> = manifests.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    progress.say("analysing");
    let analysis = analyze(&inputs, &manifests, options);
    progress.end();
    (analysis, inputs)
}

fn input(path: &Path, targets: &Targets) -> Option<Input> {
    let below = with_slashes(path.strip_prefix(&targets.root).unwrap_or(path));
    let language = language_of(&below)?;
    let reported = targets.reported.is_empty() || targets.reported.iter().any(|it| path.starts_with(it));
    let (text, problem) = match std::fs::read(path) {
        Ok(bytes) if u32::try_from(bytes.len()).is_err() => {
            (String::new(), Some("larger than 4 GB; left out".to_owned()))
        }
        Ok(bytes) => decode(&bytes, language),
        Err(err) => (String::new(), Some(format!("cannot be read: {err}; left out"))),
    };
    Some(Input { path: below, text, reported, problem })
}

fn manifest(path: &Path, targets: &Targets) -> Option<(String, String)> {
    let below = with_slashes(path.strip_prefix(&targets.root).ok()?);
    let bytes = std::fs::read(path).ok()?;
    Some((below, String::from_utf8_lossy(&bytes).into_owned()))
}

fn written(paths: &[PathBuf]) -> String {
    paths.iter().map(|it| it.display().to_string()).collect::<Vec<_>>().join(", ")
}

#[expect(clippy::disallowed_methods, reason = "`--statistics` says how long the run took, on standard error")]
fn now() -> Instant {
    Instant::now()
}

/// One line on standard error that is overwritten and taken away, for people who wait.
struct Progress {
    shown: bool,
    files: usize,
}

impl Progress {
    fn start(files: usize, quiet: bool) -> Self {
        let mut progress = Self { shown: files > LONG && !quiet && std::io::stderr().is_terminal(), files };
        progress.say("reading");
        progress
    }

    fn say(&mut self, what: &str) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\u{1b}[Kblocklint: {what} {} files …", self.files);
        }
    }

    fn end(&mut self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}
