//! What earlier runs worked out, kept on disk in a directory that is named after the build of the tool.
//!
//! A summary is found by the hash of its file's path and text; rules and configuration are not in it and change nothing. A result is
//! found by the hash of everything that it depends on. Nothing here can fail a run: what cannot be read is worked out again, and
//! what cannot be written is left.

mod folder;

mod pack;
mod result;

pub(crate) use folder::{BUILD, NAME, clean};
pub(crate) use pack::{kept, told};

use crate::key::{Depends, Key};
use blocklint_engine::FileSummary;
use blocklint_engine::finding::Analysis;
use folder::Folder;
use pack::Pack;
use rayon::prelude::*;
use result::Similar;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The cache of one program.
#[derive(Debug)]
pub struct Cache {
    folder: Folder,
    known: Mutex<Option<Arc<Known>>>,
    fresh: Mutex<Vec<(Key, Arc<FileSummary>)>>,
    parsed: AtomicUsize,
    reused: AtomicUsize,
}

/// The packs that were read.
#[derive(Debug)]
struct Known {
    packs: Vec<Pack>,
    /// By key: which pack, and which of its records.
    places: HashMap<Key, (usize, usize)>,
    used: Vec<Vec<AtomicBool>>,
}

/// How much a run had to do by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Files whose text was parsed.
    pub parsed: usize,
    /// Files of which the cache knew what they contain.
    pub reused: usize,
}

impl Cache {
    /// The cache in the directory `top` of the program below `root`. Nothing is read or written yet.
    pub fn new(top: PathBuf, root: &Path) -> Self {
        Self {
            folder: Folder::new(top, root),
            known: Mutex::default(),
            fresh: Mutex::default(),
            parsed: AtomicUsize::new(0),
            reused: AtomicUsize::new(0),
        }
    }

    /// Where it is.
    pub fn top(&self) -> &Path {
        self.folder.top()
    }

    /// How much was found in it so far, and how much was not.
    pub fn work(&self) -> Work {
        Work { parsed: self.parsed.load(Ordering::Relaxed), reused: self.reused.load(Ordering::Relaxed) }
    }

    /// The summary of the text with this key, from an earlier run or made now and kept for the next.
    pub(crate) fn summary(&self, key: &Key, make: impl FnOnce() -> Option<FileSummary>) -> Option<Arc<FileSummary>> {
        if let Some(summary) = self.known().summary(key) {
            self.reused.fetch_add(1, Ordering::Relaxed);
            return Some(Arc::new(summary));
        }
        let summary = Arc::new(make()?);
        self.parsed.fetch_add(1, Ordering::Relaxed);
        lock(&self.fresh).push((*key, Arc::clone(&summary)));
        Some(summary)
    }

    /// What an earlier run found under this key, in so many files.
    pub(crate) fn result(&self, key: &Key, files: usize) -> Option<Analysis> {
        let analysis = result::read(key, self.folder.read(result::PREFIX, key)?)?;
        self.reused.fetch_add(files, Ordering::Relaxed);
        Some(analysis)
    }

    /// The last result of other versions of the same files that was otherwise made alike.
    pub(crate) fn similar_result(&self, depends: &Depends) -> Option<Similar> {
        self.folder.newest(result::PREFIX).find_map(|it| Similar::read(depends, it))
    }

    /// The summary with this key, if an earlier run made it.
    pub(crate) fn known_summary(&self, key: &Key) -> Option<FileSummary> {
        self.known().summary(key)
    }

    /// These files are in use, whether anybody asks for their summaries or not.
    pub(crate) fn uses(&self, files: &[Key]) {
        let known = self.known();
        let used = files.iter().filter(|it| known.uses(it)).count();
        self.reused.fetch_add(used, Ordering::Relaxed);
    }

    /// Keeps what was found.
    pub(crate) fn keep(&self, depends: &Depends, analysis: &Analysis) -> io::Result<()> {
        let Some(bytes) = result::bytes(depends, analysis) else { return Ok(()) };
        self.folder.write(result::PREFIX, &depends.key(), &bytes)?;
        self.folder.keep_newest(result::PREFIX, RESULTS);
        Ok(())
    }

    /// Writes what is new, and forgets what was read.
    pub fn store(&self) -> io::Result<()> {
        let known = lock(&self.known).take();
        let fresh = std::mem::take(&mut *lock(&self.fresh));
        if fresh.is_empty() {
            return Ok(());
        }
        let mut records: Vec<Vec<u8>> = fresh.par_iter().filter_map(|(key, it)| pack::record(key, it)).collect();
        // Threads finish in any order; equal programs make equal packs.
        records.par_sort_unstable();
        drop(fresh);
        let replaced = known.as_ref().map_or(Vec::new(), |it| it.outdated(records.iter().map(Vec::len).sum()));
        if let Some(known) = known.as_ref().filter(|_| !replaced.is_empty()) {
            records.extend(known.used_records().map(<[u8]>::to_vec));
        }
        let bytes = pack::bytes(&records);
        let written = self.folder.write(pack::PREFIX, &Key::of(&bytes), &bytes)?;
        // A damaged pack is replaced by what it should have been, under the same name.
        Folder::remove(replaced.into_iter().filter(|it| *it != written));
        Ok(())
    }

    fn known(&self) -> Arc<Known> {
        let mut known = lock(&self.known);
        Arc::clone(known.get_or_insert_with(|| Arc::new(Known::new(self.folder.packs()))))
    }
}

/// What bytes that claim to be a file of the cache hold: so many summaries, and whether a result.
pub(crate) fn opened(bytes: &[u8]) -> (usize, bool) {
    let pack = Pack::new(PathBuf::new(), bytes.to_vec());
    let summaries = pack.keys().enumerate().filter(|it| pack.summary(it.0).is_some()).count();
    (summaries, result::read(&Key::of(&[]), bytes.to_vec()).is_some())
}

/// Bytes as one record of each kind of file.
pub(crate) fn sealed(content: &[u8]) -> [Vec<u8>; 2] {
    let record = crate::records::record(&Key::of(&[]), content).unwrap_or_default();
    [pack::bytes(std::slice::from_ref(&record)), result::file(&[record])]
}

/// So many results of a program are kept: files, options and configurations that take turns.
const RESULTS: usize = 16;

/// More packs than this are made one.
const MANY: usize = 8;

impl Known {
    fn new(packs: Vec<Pack>) -> Self {
        let mut places = HashMap::new();
        for (at, pack) in packs.iter().enumerate() {
            places.extend(pack.keys().enumerate().map(|(record, key)| (key, (at, record))));
        }
        let used = packs.iter().map(|it| it.keys().map(|_| AtomicBool::new(false)).collect()).collect();
        Self { packs, places, used }
    }

    fn summary(&self, key: &Key) -> Option<FileSummary> {
        let &(pack, record) = self.places.get(key)?;
        let summary = self.packs[pack].summary(record)?;
        self.used[pack][record].store(true, Ordering::Relaxed);
        Some(summary)
    }

    /// Marks a summary as used; says whether it is known.
    fn uses(&self, key: &Key) -> bool {
        let place = self.places.get(key);
        place.inspect(|&&(pack, record)| self.used[pack][record].store(true, Ordering::Relaxed)).is_some()
    }

    /// The packs that are to be replaced by what of them is used and `fresh` new bytes; none when the new bytes are just added.
    fn outdated(&self, fresh: usize) -> Vec<PathBuf> {
        let all: usize = self.packs.iter().map(Pack::len).sum();
        let used: usize = self.used_records().map(<[u8]>::len).sum();
        let wasteful = all - used > used + fresh;
        if wasteful || self.packs.len() >= MANY {
            self.packs.iter().map(|it| it.path().to_owned()).collect()
        } else {
            Vec::new()
        }
    }

    fn used_records(&self) -> impl Iterator<Item = &[u8]> {
        let used = |it: &usize, flags: &[AtomicBool]| flags[*it].load(Ordering::Relaxed);
        self.packs
            .iter()
            .zip(&self.used)
            .flat_map(move |(pack, flags)| (0..flags.len()).filter(move |it| used(it, flags)).map(|it| pack.record(it)))
    }
}

/// A thread that panicked leaves nothing half-done behind a lock here.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
