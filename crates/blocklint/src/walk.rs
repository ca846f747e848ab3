//! Finds the files. What git ignores is left out, and what is no source of the project: virtual environments, installed packages,
//! build directories. The order does not depend on the disk.

use crate::front::{is_manifest, language_of};
use crate::places::with_slashes;
use crate::project::Targets;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, WalkBuilder, WalkState};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// What a walk found, sorted by path.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// Python and Rust files.
    pub(crate) sources: Vec<PathBuf>,
    /// Manifests, those above the walked directories included.
    pub(crate) manifests: Vec<PathBuf>,
    /// What could not be looked into.
    pub(crate) problems: Vec<Problem>,
}

/// A place that a walk could not look into, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    pub(crate) path: PathBuf,
    pub(crate) reason: String,
}

enum Found {
    Source(PathBuf),
    Manifest(PathBuf),
    Problem(Problem),
}

/// Gitignore patterns and the directory that they are relative to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exclude {
    pub(crate) folder: PathBuf,
    pub(crate) patterns: Vec<String>,
}

/// Walks the targets.
pub(crate) fn walk(targets: &Targets, exclude: &[Exclude]) -> Result<Walk, String> {
    let Some(builder) = builder(targets, exclude)? else { return Ok(Walk::default()) };
    let (sender, receiver) = mpsc::channel();
    builder.build_parallel().run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            // The receiver outlives the walk; were it gone, there would be nobody to tell.
            let _ = found(entry).map(|it| sender.send(it));
            WalkState::Continue
        })
    });
    drop(sender);
    let mut walk = Walk::default();
    for it in receiver {
        match it {
            Found::Source(path) => walk.sources.push(path),
            Found::Manifest(path) => walk.manifests.push(path),
            Found::Problem(it) => walk.problems.push(it),
        }
    }
    walk.manifests.extend(manifests_above(targets));
    walk.sources.sort();
    walk.manifests.sort();
    walk.manifests.dedup();
    walk.problems.sort();
    Ok(walk)
}

/// The directories that a walk comes through, and those above them that hold manifests and configurations of the program.
pub(crate) fn folders(targets: &Targets, exclude: &[Exclude]) -> Result<BTreeSet<PathBuf>, String> {
    let walked = builder(targets, exclude)?.into_iter().flat_map(|it| it.build().flatten());
    let folders = walked.filter(|it| it.file_type().is_some_and(|it| it.is_dir())).map(DirEntry::into_path);
    let above = targets.walked.iter().flat_map(|it| it.ancestors().skip(1));
    let above = above.take_while(|it| it.starts_with(&targets.root)).map(Path::to_owned);
    Ok(folders.chain(above).collect())
}

fn builder(targets: &Targets, exclude: &[Exclude]) -> Result<Option<WalkBuilder>, String> {
    let Some((first, rest)) = targets.walked.split_first() else { return Ok(None) };
    let mut builder = WalkBuilder::new(first);
    for folder in rest {
        builder.add(folder);
    }
    // A `.gitignore` counts without a repository too: an unpacked archive has none.
    let matchers = matchers(exclude)?;
    builder.require_git(false).filter_entry(move |it| !left_out(it) && !excluded(it, &matchers));
    Ok(Some(builder))
}

/// What decides which files are left out.
pub(crate) fn matchers(exclude: &[Exclude]) -> Result<Vec<Gitignore>, String> {
    exclude.iter().map(matcher).collect()
}

fn matcher(exclude: &Exclude) -> Result<Gitignore, String> {
    let mut builder = GitignoreBuilder::new(&exclude.folder);
    for pattern in &exclude.patterns {
        builder.add_line(None, pattern).map_err(|err| format!("bad pattern in `exclude`: {err}"))?;
    }
    builder.build().map_err(|err| format!("bad pattern in `exclude`: {err}"))
}

/// What was named on the command line is walked all the same.
fn excluded(entry: &DirEntry, matchers: &[Gitignore]) -> bool {
    let directory = entry.file_type().is_some_and(|it| it.is_dir());
    entry.depth() > 0 && matchers.iter().any(|it| it.matched(entry.path(), directory).is_ignore())
}

fn found(entry: Result<DirEntry, ignore::Error>) -> Option<Found> {
    let entry = match entry {
        Ok(it) => it,
        Err(err) => return Some(Found::Problem(problem(&err))),
    };
    // A FIFO or a device is never opened: reading one may wait forever.
    let regular = entry.file_type().is_some_and(|it| it.is_file()) || (entry.depth() == 0 && entry.path().is_file());
    if !regular {
        return None;
    }
    let path = with_slashes(entry.path());
    if language_of(&path).is_some() {
        Some(Found::Source(entry.into_path()))
    } else if is_manifest(&path) {
        Some(Found::Manifest(entry.into_path()))
    } else {
        None
    }
}

fn problem(err: &ignore::Error) -> Problem {
    match err {
        ignore::Error::WithPath { path, err } => Problem { path: path.clone(), ..problem(err) },
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => problem(err),
        ignore::Error::Loop { child, .. } => Problem { path: child.clone(), reason: err.to_string() },
        err => Problem { path: PathBuf::new(), reason: err.to_string() },
    }
}

/// Directories that hold no source of the project. One that was named on the command line is walked all the same.
fn left_out(entry: &DirEntry) -> bool {
    if entry.depth() == 0 || !entry.file_type().is_some_and(|it| it.is_dir()) {
        return false;
    }
    let path = entry.path();
    match path.file_name().and_then(OsStr::to_str) {
        _ if holds_no_source(path) => true,
        // `target` and `venv` are fair names for a package, so their contents or surroundings decide.
        Some("target") => path.join("CACHEDIR.TAG").exists() || path.with_file_name("Cargo.toml").exists(),
        _ => path.join("pyvenv.cfg").exists(),
    }
}

/// Directories that are left out whatever is in them.
pub(crate) fn holds_no_source(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str);
    matches!(name, Some("site-packages" | "node_modules" | "__pycache__" | ".venv" | ".git"))
}

fn manifests_above(targets: &Targets) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for walked in &targets.walked {
        for folder in walked.ancestors().skip(1).take_while(|it| it.starts_with(&targets.root)) {
            for name in ["Cargo.toml", "pyproject.toml", "setup.cfg"] {
                out.extend(Some(folder.join(name)).filter(|it| it.is_file()));
            }
        }
    }
    out
}
