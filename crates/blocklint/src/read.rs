//! Reads the files that a walk found. One that cannot be read is said and counted, and stops nothing.

use crate::front::language_of;
use crate::limits::Limits;
use crate::places::with_slashes;
use crate::project::Targets;
use crate::summaries::Input;
use crate::walk::Walk;
use rayon::prelude::*;
use std::path::Path;

/// Every source file, in the walk's order.
pub(crate) fn inputs(walk: &Walk, targets: &Targets, limits: Limits) -> Vec<Input> {
    walk.sources.par_iter().filter_map(|it| input(it, targets, limits)).collect()
}

/// Every manifest: its path below the root, and its text.
pub(crate) fn manifests(walk: &Walk, targets: &Targets) -> Vec<(String, String)> {
    walk.manifests.iter().filter_map(|it| manifest(it, targets)).collect()
}

/// A file's path as the analysis knows it.
pub(crate) fn below(path: &Path, targets: &Targets) -> String {
    with_slashes(path.strip_prefix(&targets.root).unwrap_or(path))
}

/// One source file; `None` when no front end reads it.
pub(crate) fn input(path: &Path, targets: &Targets, limits: Limits) -> Option<Input> {
    let below = below(path, targets);
    let language = language_of(&below)?;
    let reported = targets.reports(path);
    let (text, problem) = limits.read(path, language);
    Some(Input { path: below, text, reported, problem })
}

fn manifest(path: &Path, targets: &Targets) -> Option<(String, String)> {
    let below = with_slashes(path.strip_prefix(&targets.root).ok()?);
    let bytes = std::fs::read(path).ok()?;
    Some((below, String::from_utf8_lossy(&bytes).into_owned()))
}
