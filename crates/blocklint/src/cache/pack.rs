//! A file with many summaries: opening a file for each would take as long as parsing it.
//!
//! A record is the key, a checksum of what follows, its length and the summary. A pack that was cut off or damaged keeps the records
//! whose checksums hold.

use super::Key;
use blocklint_engine::FileSummary;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// What names of packs begin with.
pub(super) const PREFIX: &str = "summaries";

const MAGIC: &[u8] = b"blocklint summaries\n";
const KEY: usize = 32;
pub(super) const CHECK: usize = 16;
const HEAD: usize = KEY + CHECK + size_of::<u32>();

/// A pack that was read.
#[derive(Debug)]
pub(super) struct Pack {
    path: PathBuf,
    bytes: Vec<u8>,
    /// Where the records are, their heads included.
    records: Vec<Range<usize>>,
}

impl Pack {
    /// Finds the records. What is no pack at all has none.
    pub(super) fn new(path: PathBuf, bytes: Vec<u8>) -> Self {
        let mut rest = bytes.strip_prefix(MAGIC).unwrap_or_default();
        let mut records = Vec::new();
        while let Some(length) = first_record(rest) {
            let start = bytes.len() - rest.len();
            records.push(start..start + length);
            rest = &rest[length..];
        }
        Self { path, bytes, records }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The records' keys, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.records.iter().map(|it| {
            let key = &self.bytes[it.start..it.start + KEY];
            Key::from_bytes(key.try_into().expect("a record begins with its key"))
        })
    }

    /// A record as it stands in the file.
    pub(super) fn record(&self, at: usize) -> &[u8] {
        &self.bytes[self.records[at].clone()]
    }

    /// What a record holds; `None` when it is damaged.
    pub(super) fn summary(&self, at: usize) -> Option<FileSummary> {
        let (head, summary) = self.record(at).split_at(HEAD);
        if checksum(summary) != head[KEY..KEY + CHECK] {
            return None;
        }
        postcard::from_bytes(summary).ok()
    }
}

/// The length of the record that `bytes` begin with, if all of it is there.
fn first_record(bytes: &[u8]) -> Option<usize> {
    let length = bytes.get(KEY + CHECK..HEAD)?.try_into().ok().map(u32::from_le_bytes)?;
    HEAD.checked_add(length as usize).filter(|it| *it <= bytes.len())
}

/// Tells damage: files are other programs' and the disk's to change.
pub(super) fn checksum(bytes: &[u8]) -> [u8; CHECK] {
    let mut out = [0; CHECK];
    out.copy_from_slice(&blake3::hash(bytes).as_bytes()[..CHECK]);
    out
}

/// The record of a summary; `None` for one too large to be worth it.
pub(super) fn record(key: &Key, summary: &FileSummary) -> Option<Vec<u8>> {
    let summary = postcard::to_stdvec(summary).ok()?;
    let length = u32::try_from(summary.len()).ok()?;
    Some([key.bytes().as_slice(), &checksum(&summary), &length.to_le_bytes(), &summary].concat())
}

/// The whole file.
pub(super) fn bytes(records: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::with_capacity(MAGIC.len() + records.iter().map(Vec::len).sum::<usize>());
    out.extend_from_slice(MAGIC);
    for record in records {
        out.extend_from_slice(record);
    }
    out
}
