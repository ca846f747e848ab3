//! A whole result as a file: a run over files, options and facts that were there before need not link and infer again.

use super::pack::{CHECK, checksum};
use blocklint_engine::finding::Analysis;

/// What names of results begin with.
pub(super) const PREFIX: &str = "result";

const MAGIC: &[u8] = b"blocklint result\n";

/// The whole file.
pub(super) fn bytes(analysis: &Analysis) -> Vec<u8> {
    let analysis = postcard::to_stdvec(analysis).unwrap_or_default();
    [MAGIC, &checksum(&analysis), &analysis].concat()
}

/// What a file says; `None` when it is damaged.
pub(super) fn read(bytes: &[u8]) -> Option<Analysis> {
    let (check, analysis) = bytes.strip_prefix(MAGIC)?.split_at_checked(CHECK)?;
    if checksum(analysis) != check {
        return None;
    }
    postcard::from_bytes(analysis).ok()
}
