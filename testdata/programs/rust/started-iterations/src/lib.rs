//! An object that is iterated gives another, which has the items.

use std::thread::sleep;
use std::time::Duration;

pub struct Pages;

pub struct Fetched;

impl IntoIterator for Pages {
    type Item = u32;
    type IntoIter = Fetched;

    fn into_iter(self) -> Self::IntoIter {
        Fetched
    }
}

impl Iterator for Fetched {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        sleep(Duration::from_secs(1)); // hazard[BL101]: reads > <Fetched as Iterator>::next > std::thread::sleep
        None
    }
}

pub struct Folder(std::path::PathBuf);

impl IntoIterator for &Folder {
    type Item = std::io::Result<std::fs::DirEntry>;
    type IntoIter = walkdir::IntoIter;

    fn into_iter(self) -> walkdir::IntoIter {
        walkdir::WalkDir::new(&self.0).into_iter()
    }
}

pub struct Kept(Vec<u32>);

impl<'a> IntoIterator for &'a Kept {
    type Item = &'a u32;
    type IntoIter = std::slice::Iter<'a, u32>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

pub async fn reads(pages: Pages) {
    for _ in pages {}
}

pub async fn walks(folder: Folder) {
    for _ in &folder {} // hazard[BL107]: walks > walkdir::IntoIter::next
}

// Nothing is asked for an item.
pub async fn starts(pages: Pages) -> Fetched {
    pages.into_iter()
}

pub async fn counts(kept: Kept) -> u32 {
    let mut all = 0;
    for it in &kept {
        all += it;
    }
    all
}

pub fn without_a_loop(pages: Pages) {
    for _ in pages {}
}
