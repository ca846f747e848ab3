//! `blocklint check --watch`: checks, waits until something changes, and checks again. Summaries stay in memory, so that an edit reads
//! and lowers the edited file only. What else changes (files that come and go, manifests, configuration) is looked for on the disk.

mod changes;

use super::args::CheckArgs;
use super::check::{report, say_unmatched, subtract};
use super::checked::Checked;
use super::load::{Loaded, Spoken, excluded, load_any};
use super::{closed_pipe, complain, interrupt, print};
use crate::cache::Cache;
use crate::libraries::Libraries;
use crate::limits::Limits;
use crate::read;
use crate::session::Session;
use crate::summaries::Input;
use crate::walk;
use anyhow::{Result, anyhow};
use blocklint_engine::finding::Analysis;
use changes::{Change, Changes};
use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// Takes the screen, and what scrolled off it, away.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// A program that is watched.
struct Program {
    /// What is in force; its files are in the session.
    loaded: Loaded,
    session: Session,
}

/// Checks until somebody ends it.
pub(super) fn run(args: &CheckArgs, cwd: &Path) -> Result<u8> {
    interrupt::ends_well();
    let mut program = Program { loaded: loaded(args, cwd)?, session: Session::default() };
    program.take_files()?;
    let mut changes = Changes::watch(&program.folders()?)?;
    std::thread::scope(|scope| {
        // What was worked out serves the next run too; where it cannot be kept, that is no matter.
        scope.spawn(|| program.loaded.cache.as_ref().map(Cache::store));
        let analysis = program.session.analyze(&program.loaded.options);
        program.report(analysis, args, cwd)
    })?;
    loop {
        match changes.next(&|path| program.knows(path))? {
            Change::Files(paths) => {
                if program.read(&paths) {
                    program.check(args, cwd)?;
                }
            }
            Change::Everything => match loaded(args, cwd) {
                Ok(loaded) => {
                    program.loaded = loaded;
                    program.take_files()?;
                    changes.follow(&program.folders()?)?;
                    program.check(args, cwd)?;
                }
                // Somebody is in the middle of an edit: the next change may put it right.
                Err(err) => complain(&format!("{err:#}")),
            },
        }
    }
}

fn loaded(args: &CheckArgs, cwd: &Path) -> Result<Loaded> {
    let mut loaded = load_any(&args.paths, &args.analysis, Spoken::of(&args.output), cwd)?;
    loaded.options.all_chains = args.all_chains;
    Ok(loaded)
}

impl Program {
    /// What was read goes into the session, which knows what of it is new.
    fn take_files(&mut self) -> Result<()> {
        let Loaded { inputs, manifests, cache, progress, .. } = &mut self.loaded;
        self.session.replace(std::mem::take(inputs), std::mem::take(manifests), cache.as_ref());
        progress.end();
        let read = self.session.read_libraries(&self.loaded.targets.root, &self.loaded.options);
        read.map_err(|it| anyhow!(it))
    }

    /// Reads files that are known; says whether anything is different.
    fn read(&mut self, paths: &BTreeSet<PathBuf>) -> bool {
        let (mut different, limits) = (false, Limits::of(&self.loaded.settings));
        for input in paths.iter().filter_map(|it| read::input(it, &self.loaded.targets, limits)) {
            different |= self.session.set(input);
        }
        different
    }

    fn knows(&self, path: &Path) -> bool {
        self.session.text(&read::below(path, &self.loaded.targets)).is_some()
    }

    fn folders(&self) -> Result<BTreeSet<PathBuf>> {
        walk::folders(&self.loaded.targets, &excluded(&self.loaded.settings)).map_err(|it| anyhow!(it))
    }

    fn check(&mut self, args: &CheckArgs, cwd: &Path) -> Result<()> {
        let analysis = self.session.analyze(&self.loaded.options);
        self.report(analysis, args, cwd)
    }

    fn report(&self, mut analysis: Analysis, args: &CheckArgs, cwd: &Path) -> Result<()> {
        let Loaded { targets, settings, options, rules, .. } = &self.loaded;
        if std::io::stdout().is_terminal() && !args.output.quiet {
            print(CLEAR)?;
        }
        say_unmatched(args, &self.loaded, &mut analysis);
        let mut checked = Checked {
            inputs: self.shown(&analysis),
            manifests: Vec::new(),
            libraries: Libraries::default(),
            analysis,
            targets: targets.clone(),
            settings: settings.clone(),
            options: options.clone(),
            rules: rules.clone(),
            cache: None,
        };
        match subtract(args, &mut checked).and_then(|()| report(args, &checked, cwd)) {
            Err(err) if !closed_pipe(&err) => complain(&format!("{err:#}")),
            other => drop(other?),
        }
        if !args.output.quiet {
            complain(&format!("watching {} files; Ctrl-C ends it", self.session.paths().count()));
        }
        Ok(())
    }

    /// The files that a report shows lines of.
    fn shown(&self, analysis: &Analysis) -> Vec<Input> {
        let mut paths: BTreeSet<&str> = analysis.errors.iter().map(|it| &*it.file).collect();
        for finding in &analysis.findings {
            paths.insert(&finding.place.file);
            let steps = finding.chain.iter().chain(finding.other_chains.iter().flatten());
            paths.extend(steps.map(|it| &*it.place.file));
        }
        let input = |path: &str| {
            let text = self.session.text(path)?.to_owned();
            Some(Input { path: path.to_owned(), text, reported: true, problem: None })
        };
        paths.into_iter().filter_map(input).collect()
    }
}
