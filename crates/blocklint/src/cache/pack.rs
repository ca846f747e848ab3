//! A file with many summaries: opening a file for each would take as long as parsing it. A pack that was cut off or damaged keeps the
//! records whose checksums hold.

use crate::key::Key;
use crate::records::{self, Records};
use blocklint_engine::FileSummary;
use std::path::{Path, PathBuf};

/// What names of packs begin with.
pub(super) const PREFIX: &str = "summaries";

const MAGIC: &[u8] = b"blocklint summaries\n";

/// A pack that was read.
#[derive(Debug)]
pub(super) struct Pack {
    path: PathBuf,
    records: Records,
}

impl Pack {
    /// Finds the summaries. What is no pack at all has none.
    pub(super) fn new(path: PathBuf, bytes: Vec<u8>) -> Self {
        let start = if bytes.starts_with(MAGIC) { MAGIC.len() } else { bytes.len() };
        Self { path, records: Records::find(bytes, start) }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn len(&self) -> usize {
        self.records.size()
    }

    /// The records' keys, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.records.keys()
    }

    /// A record as it stands in the file.
    pub(super) fn record(&self, at: usize) -> &[u8] {
        self.records.whole(at)
    }

    /// What a record holds; `None` when it is damaged.
    pub(super) fn summary(&self, at: usize) -> Option<FileSummary> {
        told(self.records.get(at)?)
    }
}

/// The record of a summary; `None` for one too large to be worth it.
pub(super) fn record(key: &Key, summary: &FileSummary) -> Option<Vec<u8>> {
    records::record(key, &kept(summary)?)
}

/// What is kept of a summary.
pub(crate) fn kept(summary: &FileSummary) -> Option<Vec<u8>> {
    postcard::to_stdvec(summary).ok()
}

/// The summary that was kept; `None` when nobody kept it.
pub(crate) fn told(bytes: &[u8]) -> Option<FileSummary> {
    postcard::from_bytes(bytes).ok().filter(FileSummary::is_sound)
}

/// The whole file.
pub(super) fn bytes(records: &[Vec<u8>]) -> Vec<u8> {
    records::file(MAGIC, records)
}
