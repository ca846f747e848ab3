//! What is kept between runs and passed between machines: cache, summaries, baseline, diffs.

use crate::hold::{EVERYTHING, SMALL, json, written};
use blocklint::{check_sources, doors};
use blocklint_engine::finding::Analysis;
use std::sync::LazyLock;

static FOUND: LazyLock<Analysis> = LazyLock::new(|| check_sources(&SMALL, &EVERYTHING));

/// Any bytes as a file of the cache, and as what a checksum says to be whole in one; then as changes to what an honest run keeps, with
/// right checksums again.
pub fn cache(bytes: &[u8]) {
    doors::cached(bytes);
    for file in doors::sealed_cache(bytes) {
        doors::cached(&file);
    }
    let mut changes = bytes.chunks_exact(3).map(|it| (usize::from(u16::from_le_bytes([it[0], it[1]])), it[2]));
    let retold = doors::retold(&SMALL, &EVERYTHING, |kept| {
        for (at, byte) in changes.by_ref().take(4) {
            let at = at % kept.len();
            kept[at] = byte;
        }
    });
    if let Some(analysis) = retold {
        written(&SMALL, &analysis);
    }
}

/// Any bytes as a file of summaries, and as what a checksum says to be whole in one.
pub fn summaries(bytes: &[u8]) {
    let parts: Vec<&[u8]> = bytes.splitn(3, |&it| it == b'\x0c').collect();
    for bytes in [bytes, &doors::sealed_summaries(&parts)] {
        let _ = doors::summaries(bytes);
    }
}

/// Any bytes as a baseline. What would be written back is read as the same.
pub fn baseline(bytes: &[u8]) {
    let read = |text: &str| {
        let mut left = FOUND.clone();
        doors::baseline(text, &mut left).map(|it| (it, json(&SMALL, &left)))
    };
    if let Ok((text, left)) = read(&String::from_utf8_lossy(bytes)) {
        assert_eq!(read(&text), Ok((text.clone(), left)));
    }
}

/// Any bytes as what git says has changed.
pub fn diff(bytes: &[u8]) {
    let mut now = FOUND.clone();
    let base = Analysis { findings: now.findings.iter().skip(1).cloned().collect(), ..Analysis::default() };
    doors::diff(bytes, &SMALL, (&base, &mut now));
    assert!(now.findings.len() <= 1, "the base has all but the first");
    json(&SMALL, &now);
}
