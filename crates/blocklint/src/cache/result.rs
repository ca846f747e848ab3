//! A whole result as a file: a run over files, options and facts that were there before need not link and infer again.

use crate::key::{Depends, Key};
use crate::records::{self, Records};
use blocklint_engine::finding::Analysis;

/// What names of results begin with.
pub(super) const PREFIX: &str = "result";

const MAGIC: &[u8] = b"blocklint result\n";

/// The whole file: the result, and which files it is of. `None` for one too large to be worth it.
pub(super) fn bytes(depends: &Depends, analysis: &Analysis) -> Option<Vec<u8>> {
    let result = records::record(&depends.key(), &postcard::to_stdvec(analysis).ok()?)?;
    let files: Vec<u8> = depends.files.iter().flat_map(|it| *it.bytes()).collect();
    Some(file(&[result, records::record(&depends.rest, &files)?]))
}

/// The file that holds these records.
pub(super) fn file(records: &[Vec<u8>]) -> Vec<u8> {
    records::file(MAGIC, records)
}

/// What a file says; `None` when it is damaged, or about another run.
pub(super) fn read(key: &Key, bytes: Vec<u8>) -> Option<Analysis> {
    let records = records_of(bytes)?;
    records.keys().next().filter(|it| it == key)?;
    postcard::from_bytes(records.get(0)?).ok()
}

/// A result of other versions of some files.
#[derive(Debug)]
pub(crate) struct Similar {
    /// The files' keys.
    pub(crate) files: Vec<Key>,
    records: Records,
}

impl Similar {
    /// What a file says, if it is about other versions of the same files.
    pub(super) fn read(depends: &Depends, bytes: Vec<u8>) -> Option<Self> {
        let records = records_of(bytes)?;
        records.keys().nth(1).filter(|it| *it == depends.rest)?;
        let (keys, []) = records.get(1)?.as_chunks() else { return None };
        let files: Vec<Key> = keys.iter().map(|it| Key::from_bytes(*it)).collect();
        (files.len() == depends.files.len()).then_some(Self { files, records })
    }

    /// What was found in them.
    pub(crate) fn analysis(&self) -> Option<Analysis> {
        postcard::from_bytes(self.records.get(0)?).ok()
    }
}

fn records_of(bytes: Vec<u8>) -> Option<Records> {
    bytes.starts_with(MAGIC).then(|| Records::find(bytes, MAGIC.len()))
}
