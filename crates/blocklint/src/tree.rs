//! A program as git keeps it: a commit's, or the one that the next commit will have. Nothing is checked out, and what is left out of
//! a walk over the disk is left out here by the same patterns.

use crate::front::{is_manifest, language_of};
use crate::git;
use crate::limits::Limits;
use crate::project::Targets;
use crate::summaries::Input;
use crate::walk::{Exclude, holds_no_source, matchers};
use ignore::gitignore::Gitignore;
use std::path::Path;

/// Texts by their paths below the root.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    pub(crate) inputs: Vec<Input>,
    pub(crate) manifests: Vec<(String, String)>,
}

/// Reads what of a tree the targets hold.
pub(crate) fn read(
    tree: git::Tree<'_>,
    targets: &Targets,
    (exclude, limits): (&[Exclude], Limits),
) -> Result<Texts, String> {
    let root = &targets.root;
    let matchers = matchers(exclude)?;
    let excluded = |path: &Path| {
        let below =
            |it: &Gitignore| path.starts_with(it.path()) && it.matched_path_or_any_parents(path, false).is_ignore();
        matchers.iter().any(below)
    };
    let walked: Vec<&Path> = targets.walked.iter().map(|it| it.strip_prefix(root).unwrap_or(Path::new(""))).collect();
    let wanted = |path: &str| {
        let below = |folder: &&Path| {
            Path::new(path).strip_prefix(folder).is_ok_and(|rest| !rest.ancestors().any(holds_no_source))
        };
        is_manifest(path) || (language_of(path).is_some() && walked.iter().any(below) && !excluded(&root.join(path)))
    };
    let mut texts = Texts::default();
    for (path, bytes) in git::files(root, tree, wanted)? {
        let Some(language) = language_of(&path) else {
            texts.manifests.push((path, String::from_utf8_lossy(&bytes).into_owned()));
            continue;
        };
        let (text, problem) = limits.text(&bytes, language);
        let whole = root.join(&path);
        let reported = targets.reported.is_empty() || targets.reported.iter().any(|it| whole.starts_with(it));
        texts.inputs.push(Input { path, text, reported, problem });
    }
    // In the order of a walk, which is not the order of the names' bytes.
    texts.inputs.sort_by(|a, b| Path::new(&a.path).cmp(Path::new(&b.path)));
    Ok(texts)
}
