use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::hash::{Hash, Hasher};

pub trait Backend {
    fn run(&self);
}

pub struct Slow;
pub struct Fast;

impl Backend for Slow {
    fn run(&self) {
        fs::remove_file("a").unwrap(); // hazard: runs > run > std::fs::remove_file
    }
}

impl Backend for Fast {
    fn run(&self) {}
}

pub async fn runs(slow: Slow) {
    Backend::run(&slow)
}

pub async fn runs_fast(fast: Fast) {
    Backend::run(&fast)
}

impl fmt::Display for Slow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&fs::read_to_string("a").unwrap()) // hazard[BL203]: shows > fmt > std::fs::read_to_string
    }
}

pub async fn shows(slow: Slow) -> String {
    slow.to_string()
}

#[derive(PartialEq, Eq)]
pub struct Key(u8);

impl Hash for Key {
    fn hash<H: Hasher>(&self, _: &mut H) {
        fs::read("a").unwrap(); // hazard[BL203]: collects > hash > std::fs::read
    }
}

pub async fn collects(keys: &mut HashSet<Key>) {
    keys.insert(Key(1));
}

pub async fn lists(keys: &mut Vec<Key>) {
    keys.push(Key(1));
}

pub struct Lines;

impl Iterator for Lines {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        fs::read("a").ok()?.pop() // hazard: gathers > next > std::fs::read
    }
}

pub async fn gathers() -> Vec<u8> {
    Lines.collect()
}

pub async fn keeps() -> Lines {
    Lines
}
