//! Numbers findings that are alike, so that each has a fingerprint of its own.

use crate::finding::Finding;
use crate::link::FileId;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::Arc;

/// What two findings of a file share that are told apart by their number only: code, function and API.
type Likeness = (Cow<'static, str>, Arc<str>, String);

/// How many findings of each likeness there were in the file at hand. A file may have thousands of them.
#[derive(Debug, Default)]
pub struct Ordinals {
    file: Option<FileId>,
    seen: FxHashMap<Likeness, usize>,
}

impl Ordinals {
    /// How many findings like this one came before it in its file. Functions come file by file.
    pub(super) fn next(&mut self, file: FileId, finding: &Finding) -> usize {
        if self.file.replace(file) != Some(file) {
            self.seen.clear();
        }
        let likeness = (finding.code.clone(), finding.function.clone(), finding.api.clone());
        let count = self.seen.entry(likeness).or_default();
        *count += 1;
        *count - 1
    }
}
