//! The libraries that the checked code is built on, where their sources are at hand: which files of them it reaches, and what they
//! contain. Files are found and read; nothing is imported, built or run.
//!
//! A file is named `dep:<library>@<version>/<path inside it>`. What of a library is read is what the program's imports lead to.

mod crates;
mod environment;
mod python;

use crate::cache::Cache;
use crate::front;
use crate::options::Options;
use crate::summaries::{Input, Summarized, summarize_cached};
use blocklint_ir::{Language, Package, Placement};
use std::path::{Path, PathBuf};

/// A file larger than this is data in the shape of code.
const MAX_FILE: u64 = 2 << 20;

/// The files of libraries that a program reaches.
#[derive(Debug, Default)]
pub struct Libraries {
    /// By file: its text, for the lines that a report shows.
    pub(crate) inputs: Vec<Input>,
    /// By file: where it is on the disk.
    pub(crate) places: Vec<PathBuf>,
    /// By file: what it contains.
    pub(crate) files: Vec<Summarized>,
    /// By file: where it stands. Packages are numbered within `packages`.
    pub(crate) placements: Vec<Placement>,
    /// The libraries.
    pub(crate) packages: Vec<Package>,
    /// What a user who asked for libraries should know, in words.
    pub(crate) problems: Vec<String>,
}

/// A file of a library that is to be read: its name in findings, where it is on the disk, and where it stands.
#[derive(Debug, Clone)]
struct Wanted {
    shown: String,
    file: PathBuf,
    placement: Placement,
}

impl Libraries {
    /// Reads what the options ask for. `root` is the analysed directory, where environments and lock files are looked for.
    pub(crate) fn find(
        program: &[Summarized],
        manifests: &[(&str, &str)],
        root: &Path,
        options: &Options,
        cache: Option<&Cache>,
    ) -> Result<Self, String> {
        let mut found = Self::default();
        if !options.with_deps {
            return Ok(found);
        }
        let speaks = |language| program.iter().any(|it| it.summary.module.language == language);
        let summaries: Vec<&_> = program.iter().map(|it| &*it.summary).collect();
        let (packages, placements) = front::layout(&summaries, manifests);
        if speaks(Language::Python) {
            python::read((program, &placements), root, options, cache, &mut found)?;
        }
        if speaks(Language::Rust) {
            crates::read((program, &packages), root, options, cache, &mut found)?;
        }
        Ok(found)
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.inputs.iter().find(|it| it.path == path).map(|it| it.text.as_str())
    }

    /// Where a file is on the disk.
    pub(crate) fn place(&self, path: &str) -> Option<&Path> {
        self.inputs.iter().zip(&self.places).find(|it| it.0.path == path).map(|it| it.1.as_path())
    }

    /// Reads and summarizes files, on every core. One that cannot be read is none of the program's.
    fn add(&mut self, wanted: Vec<Wanted>, cache: Option<&Cache>) {
        use rayon::prelude::*;
        let read = |it: Wanted| Some((input(&it)?, (it.file, it.placement)));
        let (inputs, (places, placements)): (Vec<Input>, (Vec<PathBuf>, Vec<Placement>)) =
            wanted.into_par_iter().filter_map(read).unzip();
        self.places.extend(places);
        self.files.extend(summarize_cached(&inputs, cache));
        self.inputs.extend(inputs);
        self.placements.extend(placements);
    }
}

fn input(wanted: &Wanted) -> Option<Input> {
    if std::fs::metadata(&wanted.file).ok().is_none_or(|it| !it.is_file() || it.len() > MAX_FILE) {
        return None;
    }
    let language = front::language_of(&wanted.shown)?;
    let text = crate::decode::decode(&std::fs::read(&wanted.file).ok()?, language).0;
    Some(Input { path: wanted.shown.clone(), text, reported: false, problem: None })
}
