//! A file of many records: a key, a checksum of what follows, its length, and the bytes. Knows nothing of what they mean.

use crate::key::Key;
use std::ops::Range;

const KEY: usize = 32;
const CHECK: usize = 16;
const HEAD: usize = KEY + CHECK + size_of::<u32>();

/// Bytes whose records were found. One that is not all there ends them.
#[derive(Debug)]
pub(crate) struct Records {
    bytes: Vec<u8>,
    /// Where the records are, their heads included.
    places: Vec<Range<usize>>,
}

impl Records {
    /// Finds the records behind the first `start` bytes.
    pub(crate) fn find(bytes: Vec<u8>, start: usize) -> Self {
        let mut places = Vec::new();
        let mut at = start;
        while let Some(length) = bytes.get(at..).and_then(first) {
            places.push(at..at + length);
            at += length;
        }
        Self { bytes, places }
    }

    /// The size of all of it.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// The keys, in order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = Key> {
        self.places.iter().map(|it| {
            let key = &self.bytes[it.start..it.start + KEY];
            Key::from_bytes(key.try_into().expect("a record begins with its key"))
        })
    }

    /// A record as it stands in the file.
    pub(crate) fn whole(&self, at: usize) -> &[u8] {
        &self.bytes[self.places[at].clone()]
    }

    /// What a record holds; `None` when it is damaged.
    pub(crate) fn get(&self, at: usize) -> Option<&[u8]> {
        let (head, content) = self.whole(at).split_at(HEAD);
        (checksum(content) == head[KEY..KEY + CHECK]).then_some(content)
    }
}

/// The length of the record that `bytes` begin with, if all of it is there.
fn first(bytes: &[u8]) -> Option<usize> {
    let length = bytes.get(KEY + CHECK..HEAD)?.try_into().ok().map(u32::from_le_bytes)?;
    HEAD.checked_add(length as usize).filter(|it| *it <= bytes.len())
}

/// Tells damage; nobody who means it is kept out.
fn checksum(bytes: &[u8]) -> [u8; CHECK] {
    let mut out = [0; CHECK];
    out.copy_from_slice(&Key::of(bytes).bytes()[..CHECK]);
    out
}

/// One record; `None` when it is too large for one.
pub(crate) fn record(key: &Key, content: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(content.len()).ok()?;
    Some([key.bytes().as_slice(), &checksum(content), &length.to_le_bytes(), content].concat())
}

/// A file that begins with `start`.
pub(crate) fn file(start: &[u8], records: &[impl AsRef<[u8]>]) -> Vec<u8> {
    let records = records.iter().map(AsRef::as_ref);
    let mut out = Vec::with_capacity(start.len() + records.clone().map(<[u8]>::len).sum::<usize>());
    out.extend_from_slice(start);
    for record in records {
        out.extend_from_slice(record);
    }
    out
}
