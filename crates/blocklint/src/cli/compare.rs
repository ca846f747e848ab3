//! `--diff-base` and `--staged`: leaves what a change introduces. What it is compared with is read from git's objects and analysed too.

use super::args::CheckArgs;
use super::checked::Checked;
use super::load::excluded;
use crate::diff::introduced;
use crate::git::{self, Tree};
use crate::limits::Limits;
use crate::run::analyze_cached;
use crate::tree;
use std::collections::BTreeSet;

/// Takes away what the base has too, when the run has one.
pub(super) fn compare(args: &CheckArgs, checked: &mut Checked) -> Result<(), String> {
    let root = &checked.targets.root;
    let commit = match &args.change.diff_base {
        Some(revision) => git::merge_base(root, revision)?,
        None if args.change.staged => git::head(root)?,
        None => return Ok(()),
    };
    let mut base = tree::read(
        Tree::Commit(&commit),
        &checked.targets,
        (&excluded(&checked.settings), Limits::of(&checked.settings)),
    )?;
    // Files that were named limit what is new and not what was there: one of them may have had another name.
    base.inputs.iter_mut().for_each(|it| it.reported = true);
    let mut changes = git::changes(root, &commit, args.change.staged)?;
    let old: BTreeSet<&str> = base.inputs.iter().map(|it| it.path.as_str()).collect();
    for input in &checked.inputs {
        // Git says nothing of a file that it does not know yet: all of it is new.
        if !old.contains(input.path.as_str()) && !changes.renamed.contains_key(&input.path) {
            changes.added.insert(input.path.clone(), vec![1..=usize::MAX]);
        }
    }
    let manifests: Vec<(&str, &str)> = base.manifests.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    // A base is the same for many runs, and what did not change since is known from this one.
    let before = analyze_cached(&base.inputs, &manifests, root, &checked.options, checked.cache.as_ref())?;
    introduced(&mut checked.analysis, &before.analysis, &changes, &checked.inputs);
    Ok(())
}
