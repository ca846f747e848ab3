//! Texts to summaries: each file is lowered by itself, on every core. It knows nothing of other files, of rules or of options, so
//! that what it returns for a file holds as long as the file's path and text do.

use crate::cache::Cache;
use crate::front;
use crate::key::Key;
use blocklint_engine::FileSummary;
use blocklint_ir::Language;
use rayon::prelude::*;
use std::sync::Arc;

/// One file of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path below the analysed root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Whether findings in it are reported, or it is only read.
    pub reported: bool,
    /// Why the text is not the whole truth.
    pub problem: Option<String>,
}

impl Input {
    /// Its language, by its name; `None` when no front end reads it.
    pub fn language(&self) -> Option<Language> {
        front::language_of(&self.path)
    }
}

/// A file's summary, with what of its [`Input`] the analysis needs. Cloning shares the summary.
#[derive(Debug, Clone)]
pub struct Summarized {
    /// What the file contains.
    pub summary: Arc<FileSummary>,
    /// Whether findings in it are reported, or it is only read.
    pub reported: bool,
    /// Why its text was not the whole truth.
    pub problem: Option<String>,
}

/// Summaries of the inputs, in their order. Files that no front end reads are left out.
pub fn summarize(inputs: &[Input]) -> Vec<Summarized> {
    inputs.par_iter().filter_map(summarize_one).collect()
}

/// The same, with what the cache knows; what it does not know is kept there until it is stored.
pub fn summarize_cached(inputs: &[Input], cache: Option<&Cache>) -> Vec<Summarized> {
    let Some(cache) = cache else { return summarize(inputs) };
    let summary = |it: &Input| {
        it.language()?;
        let key = Key::of_file(&it.path, &it.text);
        Some(with(it, cache.summary(&key, || lower(it))?))
    };
    inputs.par_iter().filter_map(summary).collect()
}

/// The summary of one input; `None` when no front end reads it.
pub fn summarize_one(input: &Input) -> Option<Summarized> {
    Some(with(input, Arc::new(lower(input)?)))
}

/// What a file contains; `None` when no front end reads it.
pub(crate) fn lower(input: &Input) -> Option<FileSummary> {
    let module = front::lower(&input.path, &input.text)?;
    Some(blocklint_engine::summarize(&input.path, input.text.len(), module))
}

fn with(input: &Input, summary: Arc<FileSummary>) -> Summarized {
    Summarized { summary, reported: input.reported, problem: input.problem.clone() }
}
