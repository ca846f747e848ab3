//! A whole result as a file: a run over files, options and facts that were there before need not link and infer again.

use crate::key::Key;
use crate::records::{self, Records};
use blocklint_engine::finding::Analysis;

/// What names of results begin with.
pub(super) const PREFIX: &str = "result";

const MAGIC: &[u8] = b"blocklint result\n";

/// The whole file; `None` for one too large to be worth it.
pub(super) fn bytes(key: &Key, analysis: &Analysis) -> Option<Vec<u8>> {
    let record = records::record(key, &postcard::to_stdvec(analysis).ok()?)?;
    Some(file(&record))
}

/// The file that holds this record.
pub(super) fn file(record: &[u8]) -> Vec<u8> {
    records::file(MAGIC, &[record])
}

/// What a file says; `None` when it is damaged, or about another run.
pub(super) fn read(key: &Key, bytes: Vec<u8>) -> Option<Analysis> {
    let records = bytes.starts_with(MAGIC).then(|| Records::find(bytes, MAGIC.len()))?;
    records.keys().next().filter(|it| it == key)?;
    postcard::from_bytes(records.get(0)?).ok()
}
