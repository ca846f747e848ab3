//! Results after edits that changed no fact of a file (a comment, a docstring, a formatter's work): those of before, with every place
//! where it is now. Nothing is linked or inferred again.

use crate::cache::Cache;
use crate::key::Depends;
use crate::stubs::is_stub;
use crate::summaries::{Input, Summarized, lower};
use blocklint_engine::FileSummary;
use blocklint_engine::finding::Analysis;
use blocklint_ir::Moves;
use std::sync::Arc;

/// When more files are different, somebody changed more than their looks.
const MOST: usize = 64;

/// The result that the cache has of other versions of these files, if they differ in nothing else.
pub(crate) fn result(cache: &Cache, depends: &Depends, inputs: &[Input]) -> Option<Analysis> {
    let before = cache.similar_result(depends)?;
    let different = (0..inputs.len()).filter(|&at| before.files[at] != depends.files[at]).collect::<Vec<usize>>();
    if different.len() > MOST {
        return None;
    }
    let edited = |&at: &usize| {
        let (old, new) = (cache.known_summary(&before.files[at])?, lower(&inputs[at])?);
        Some((at, moves(&old, &new)?, old, new))
    };
    let edited = different.iter().map(edited).collect::<Option<Vec<_>>>()?;
    let mut analysis = before.analysis()?;
    for (at, moves, old, new) in edited {
        follow(&mut analysis, &old, &new, &moves)?;
        cache.summary(&depends.files[at], || Some(new));
    }
    cache.uses(&depends.files);
    Some(analysis)
}

/// What was found in files that are held in memory.
#[derive(Debug)]
pub(crate) struct Found {
    /// Everything else that the result depends on.
    pub(crate) under: String,
    pub(crate) files: Vec<Summarized>,
    pub(crate) analysis: Analysis,
}

impl Found {
    /// The same in files that differ in nothing else.
    pub(crate) fn followed(mut self, under: &str, files: &[Summarized]) -> Option<Analysis> {
        (self.under == under && self.files.len() == files.len()).then_some(())?;
        for (old, new) in self.files.iter().zip(files) {
            (old.reported == new.reported && old.problem == new.problem).then_some(())?;
            if !Arc::ptr_eq(&old.summary, &new.summary) {
                follow(&mut self.analysis, &old.summary, &new.summary, &moves(&old.summary, &new.summary)?)?;
            }
        }
        Some(self.analysis)
    }
}

fn follow(analysis: &mut Analysis, old: &FileSummary, new: &FileSummary, moves: &Moves) -> Option<()> {
    analysis.follow(&new.path, moves).then_some(())?;
    analysis.summary.bytes = analysis.summary.bytes - old.bytes + new.bytes;
    Some(())
}

/// Where things of a file went by an edit that changed no fact; `None` when it did.
fn moves(old: &FileSummary, new: &FileSummary) -> Option<Moves> {
    // What a stub says is part of another file, and its size is not counted.
    let comparable = old.path == new.path && !is_stub(&new.path);
    comparable.then(|| Moves::between(&old.module, &new.module))?
}
