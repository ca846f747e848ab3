//! Where a default is wanted tells which one runs.
use std::time::Duration;

pub struct Slow(u8);

impl Default for Slow {
    fn default() -> Self {
        std::thread::sleep(Duration::from_secs(1)); // hazard: passes > default > std::thread::sleep
        Self(1)
    }
}

pub struct Quick(u8);

impl Default for Quick {
    fn default() -> Self {
        Self(1)
    }
}

fn takes(_: u8, _: Slow) {}

fn takes_quick(_: Quick) {}

pub async fn passes() {
    takes(1, Default::default());
}

pub async fn passes_quick() {
    takes_quick(Default::default());
}

pub struct Other(u8);

impl Default for Other {
    fn default() -> Self {
        std::thread::sleep(Duration::from_secs(2)); // hazard: falls_back > default > std::thread::sleep
        Self(1)
    }
}

pub async fn falls_back(other: Option<Other>) -> Other {
    other.unwrap_or_default()
}

pub struct Part(u8);

impl Default for Part {
    fn default() -> Self {
        std::thread::sleep(Duration::from_secs(3)); // hazard: updates > default > std::thread::sleep
        Self(1)
    }
}

#[derive(Default)]
pub struct Whole {
    number: u8,
    part: Part,
}

pub async fn updates() -> Whole {
    Whole { number: 1, ..Default::default() }
}
