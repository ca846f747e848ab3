//! What a reference points to is reached without anybody's `Deref`.
use std::ops::{Deref, Index};
use std::thread::sleep;
use std::time::Duration;

pub struct Page(String);

impl Deref for Page {
    type Target = String;

    fn deref(&self) -> &String {
        sleep(Duration::from_secs(1)); // hazard[BL201]: target > deref > std::thread::sleep
        &self.0
    }
}

impl Index<usize> for Page {
    type Output = String;

    fn index(&self, _line: usize) -> &String {
        sleep(Duration::from_secs(2)); // hazard[BL203]: line > index > std::thread::sleep
        &self.0
    }
}

impl PartialEq<u32> for Page {
    fn eq(&self, _other: &u32) -> bool {
        true
    }
}

pub async fn line(page: &Page) -> usize {
    (*page)[0].len()
}

pub async fn target(page: Page) -> String {
    (*page).clone()
}

impl Page {
    pub async fn same(&self) -> bool {
        *self == 1
    }
}

// What is passed may be used as the type that is asked for, and has its methods.
fn stored(path: &std::path::Path) -> bool {
    path.exists() // hazard[BL107]: looks > stored > std::path::Path::exists
}

pub async fn looks(path: std::path::PathBuf) -> bool {
    stored(&path)
}
