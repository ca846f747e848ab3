//! Stubs beside modules (`a.pyi` beside `a.py`): the module takes what they say of its types, and they are no files of the program.

use crate::summaries::Summarized;
use blocklint_engine::FileSummary;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

const STUB: &str = ".pyi";

/// The files of the program, and the stubs that stand beside one of them.
pub(crate) fn joined(files: &[Summarized]) -> (Cow<'_, [Summarized]>, Vec<&Summarized>) {
    let mut stubs: HashMap<&str, &Summarized> = files.iter().filter_map(|it| Some((stub(it)?, it))).collect();
    if stubs.is_empty() {
        return (Cow::Borrowed(files), Vec::new());
    }
    let modules: HashSet<&str> = files.iter().filter_map(module).collect();
    stubs.retain(|beside, _| modules.contains(beside));
    let is_program = |it: &&Summarized| !stub(it).is_some_and(|it| stubs.contains_key(it));
    let taken = files.iter().filter(|it| !is_program(it)).collect();
    let annotated = |it: &Summarized| match module(it).and_then(|it| stubs.get(it)) {
        Some(stub) => Summarized { summary: Arc::new(annotated(&it.summary, &stub.summary)), ..it.clone() },
        None => it.clone(),
    };
    (files.iter().filter(is_program).map(annotated).collect(), taken)
}

/// Whether a path is that of a stub, whatever stands beside it.
pub(crate) fn is_stub(path: &str) -> bool {
    path.ends_with(STUB)
}

fn stub(file: &Summarized) -> Option<&str> {
    file.summary.path.strip_suffix(STUB)
}

fn module(file: &Summarized) -> Option<&str> {
    file.summary.path.strip_suffix(".py")
}

fn annotated(module: &FileSummary, stub: &FileSummary) -> FileSummary {
    let mut module = module.clone();
    module.module.annotate(&stub.module);
    module
}
