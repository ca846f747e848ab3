//! A program that is kept in memory between two changes: what is on disk, with open buffers in place of their files.

use crate::baseline::Baseline;
use crate::cli::args::ServerArgs;
use crate::cli::check::baseline_file;
use crate::cli::load::{Loaded, Spoken, load_any};
use crate::config::settings::Settings;
use crate::front::is_manifest;
use crate::language_of;
use crate::options::Options;
use crate::places::with_slashes;
use crate::project::Targets;
use crate::session::Session;
use crate::summaries::Input;
use anyhow::{Result, anyhow};
use blocklint_engine::finding::Analysis;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Texts that stand for what is on disk, by their files.
pub(super) type Buffers = BTreeMap<PathBuf, Arc<str>>;

/// One folder's program.
#[derive(Debug, Default)]
pub(super) struct Program {
    session: Session,
    known: Option<Known>,
}

#[derive(Debug)]
struct Known {
    targets: Targets,
    settings: Settings,
    options: Options,
    manifests: BTreeSet<String>,
}

impl Program {
    /// Takes in what changed. Without `disk` only buffers did.
    pub(super) fn refresh(&mut self, args: &ServerArgs, root: &Path, buffers: &Buffers, disk: bool) -> Result<()> {
        if disk || self.known.is_none() {
            self.read(args, root)?;
        }
        let Some(known) = &self.known else { return Ok(()) };
        for (path, text) in buffers {
            let Ok(below) = path.strip_prefix(&known.targets.root) else { continue };
            let below = with_slashes(below);
            if is_manifest(&below) {
                self.session.set_manifest(&below, text);
            } else if self.session.text(&below).is_some() || (language_of(&below).is_some() && !path.exists()) {
                // A file that is on disk and was not read is left out on purpose.
                self.session.set(Input { path: below, text: text.to_string(), reported: true, problem: None });
            }
        }
        Ok(())
    }

    fn read(&mut self, args: &ServerArgs, root: &Path) -> Result<()> {
        let loaded = load_any(&[root.to_owned()], &args.analysis, Spoken::default(), root)?;
        let Loaded { inputs, manifests, targets, settings, options, .. } = loaded;
        let names: BTreeSet<String> = manifests.iter().map(|it| it.0.clone()).collect();
        match &self.known {
            // Paths are relative to a root, so another one is another program.
            Some(before) if before.targets.root == targets.root => {
                let kept: BTreeSet<&str> = inputs.iter().map(|it| it.path.as_str()).collect();
                let gone: Vec<String> =
                    self.session.paths().filter(|it| !kept.contains(it)).map(str::to_owned).collect();
                for path in gone.iter().chain(before.manifests.difference(&names)) {
                    self.session.remove(path);
                }
                for (path, text) in &manifests {
                    self.session.set_manifest(path, text);
                }
                for input in inputs {
                    self.session.set(input);
                }
            }
            _ => self.session = Session::new(inputs, manifests),
        }
        self.session.read_libraries(&targets.root, &options).map_err(|it| anyhow!(it))?;
        self.known = Some(Known { targets, settings, options, manifests: names });
        Ok(())
    }

    /// Findings as the command line would report them.
    pub(super) fn analyze(&mut self, args: &ServerArgs) -> Result<Analysis> {
        let Some(known) = &self.known else { return Ok(Analysis::default()) };
        let mut analysis = self.session.analyze(&known.options);
        if let Some(file) = baseline_file(args.baseline.as_deref(), &args.analysis, &known.targets) {
            Baseline::read(&file).map_err(|it| anyhow!(it))?.subtract(&mut analysis);
        }
        Ok(analysis)
    }

    /// Where a file of the analysis is.
    pub(super) fn path(&self, file: &str) -> PathBuf {
        if let Some(place) = self.session.library_file(file) {
            return place.to_owned();
        }
        self.known.as_ref().map_or_else(|| PathBuf::from(file), |it| it.targets.root.join(file))
    }

    pub(super) fn text(&self, file: &str) -> Option<&str> {
        self.session.text(file)
    }

    pub(super) fn docs_url(&self) -> Option<&str> {
        self.known.as_ref()?.settings.text("docs-url")
    }
}
