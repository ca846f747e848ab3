//! What the paths on the command line mean: what is analysed, and what of it is reported.
//!
//! A directory is analysed whole and reported whole. Files are a filter on what is reported; their project is what is analysed, and
//! where they belong to none, what stands beside them.

mod workspace;

use crate::places::normal;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What to read and what to report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Targets {
    /// Modules and packages are named from here. Absolute.
    pub(crate) root: PathBuf,
    /// What is walked. Absolute, below the root.
    pub(crate) walked: Vec<PathBuf>,
    /// Only findings in these files and below these directories are reported; empty: all.
    pub(crate) reported: Vec<PathBuf>,
}

impl Targets {
    /// Whether findings in this file are reported.
    pub(crate) fn reports(&self, path: &Path) -> bool {
        self.reported.is_empty() || self.reported.iter().any(|it| path.starts_with(it))
    }
}

/// Names that mark the top of a project.
const MARKS: [&str; 8] =
    ["blocklint.toml", ".blocklint.toml", "pyproject.toml", "setup.py", "setup.cfg", "Cargo.toml", ".git", ".hg"];

/// Files from which the modules of a crate, or of a part of one, are reached.
const CRATE_FILES: [&str; 3] = ["lib.rs", "main.rs", "mod.rs"];

/// Resolves the command line's paths against the working directory.
pub(crate) fn targets(paths: &[PathBuf], root: Option<&Path>, cwd: &Path) -> Result<Targets, String> {
    let mut given = Vec::new();
    for path in paths {
        given.push((normal(path, cwd), kind(path, &cwd.join(path))?));
    }
    if let Some(root) = root {
        return below_root(&normal(root, cwd), root, given);
    }
    let any_file = given.iter().any(|it| it.1 == Kind::File);
    let mut walked = Vec::new();
    let mut roots = Vec::new();
    for (path, kind) in &given {
        let top = match kind {
            Kind::Directory => Some(path.clone()),
            Kind::File => project_of(path),
        };
        roots.push(top_of_package(top.as_ref().unwrap_or(path)));
        match top {
            Some(top) => walked.push(top),
            None => walked.extend(beside(path)),
        }
    }
    let root = roots.into_iter().reduce(|a, b| shared(&a, &b)).unwrap_or_else(|| cwd.to_owned());
    let reported = if any_file { given.into_iter().map(|it| it.0).collect() } else { Vec::new() };
    Ok(Targets { root, walked: outermost(walked), reported })
}

fn below_root(root: &Path, written: &Path, given: Vec<(PathBuf, Kind)>) -> Result<Targets, String> {
    if !root.is_dir() {
        return Err(format!("cannot read {}: `--root` takes a directory", written.display()));
    }
    if let Some((outside, _)) = given.iter().find(|it| !it.0.starts_with(root)) {
        return Err(format!("{} is outside of `--root {}`", outside.display(), written.display()));
    }
    let reported = given.into_iter().map(|it| it.0).filter(|it| it != root).collect();
    Ok(Targets { root: root.to_owned(), walked: vec![root.to_owned()], reported })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Directory,
    File,
}

fn kind(written: &Path, path: &Path) -> Result<Kind, String> {
    match fs::metadata(path) {
        Ok(it) if it.is_dir() => Ok(Kind::Directory),
        Ok(it) if it.is_file() => Ok(Kind::File),
        Ok(_) => Err(format!("cannot read {}: it is neither a file nor a directory", written.display())),
        Err(err) if err.kind() == io::ErrorKind::NotFound => Err(format!("no such path: {}", written.display())),
        Err(err) => Err(format!("cannot read {}: {err}", written.display())),
    }
}

/// The nearest directory from this one upwards that has a configuration, a manifest or a repository; of a workspace's member, the
/// workspace.
pub(crate) fn top_of_project(folder: &Path) -> Option<PathBuf> {
    let nearest = folder.ancestors().find(marked)?;
    Some(workspace::workspace_of(nearest).unwrap_or_else(|| nearest.to_owned()))
}

/// The project of a file.
pub(crate) fn project_of(file: &Path) -> Option<PathBuf> {
    file.parent().and_then(top_of_project)
}

fn marked(folder: &&Path) -> bool {
    MARKS.iter().any(|mark| folder.join(mark).exists())
}

/// A directory inside a Python package or a crate is named from that package's top.
fn top_of_package(path: &Path) -> PathBuf {
    let mut top = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    while top.join("__init__.py").exists() {
        let Some(parent) = top.parent() else { break };
        top = parent;
    }
    if !top.join("Cargo.toml").exists() && CRATE_FILES.iter().any(|it| top.join(it).exists()) {
        return top.ancestors().find(|it| it.join("Cargo.toml").exists()).unwrap_or(top).to_owned();
    }
    top.to_owned()
}

/// What a file of no project may mean by what it imports: its package or crate, or the files of its folder in its language. A folder of
/// no project may hold anything below it.
fn beside(file: &Path) -> Vec<PathBuf> {
    let folder = file.parent().unwrap_or(file);
    let top = top_of_package(file);
    if top != folder {
        let package = folder.ancestors().find(|it| it.parent() == Some(&*top));
        return vec![package.unwrap_or(folder).to_owned()];
    }
    if CRATE_FILES.iter().any(|it| folder.join(it).exists()) {
        return vec![folder.to_owned()];
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path());
    let mut found: Vec<PathBuf> = entries.filter(|it| it.extension() == file.extension() && it.is_file()).collect();
    if !found.iter().any(|it| it == file) {
        found.push(file.to_owned());
    }
    found
}

fn shared(a: &Path, b: &Path) -> PathBuf {
    a.components().zip(b.components()).take_while(|(a, b)| a == b).map(|it| it.0).collect()
}

fn outermost(mut paths: Vec<PathBuf>) -> Vec<PathBuf> {
    paths.sort();
    let mut out: Vec<PathBuf> = Vec::new();
    for path in paths {
        if !out.iter().any(|it| path.starts_with(it)) {
            out.push(path);
        }
    }
    out
}
