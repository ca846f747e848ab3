//! Libraries name their `Result` after the one they wrap: what is inside counts, however it is imported.

use anyhow::Result;
use std::time::Duration;
use storage::Result as StorageResult;

pub struct Slow;

impl Slow {
    pub fn open() -> Result<Self> {
        Ok(Self)
    }

    pub fn by_path() -> std::io::Result<Self> {
        make()
    }

    pub async fn renamed() -> StorageResult<Self> {
        make()
    }

    pub fn one(&self) {
        std::thread::sleep(Duration::from_secs(1)); // hazard(warning): opened > one > std::thread::sleep
    }

    pub fn two(&self) {
        std::thread::sleep(Duration::from_secs(2)); // hazard(warning): opened_by_path > two > std::thread::sleep
    }

    pub fn three(&self) {
        std::thread::sleep(Duration::from_secs(3)); // hazard(warning): opened_late > three > std::thread::sleep
    }
}

pub struct Quick;

impl Quick {
    pub fn open() -> Result<Self> {
        Ok(Self)
    }

    pub fn one(&self) {}
}

pub async fn opened() -> Result<()> {
    Slow::open()?.one();
    Quick::open()?.one();
    Ok(())
}

pub async fn opened_by_path() {
    let slow = Slow::by_path().unwrap();
    slow.two();
}

pub async fn opened_late() -> StorageResult<()> {
    let slow = Slow::renamed().await?;
    slow.three();
    Ok(())
}

/// The library's failure is its own.
pub async fn failed() -> Option<String> {
    Slow::open().err().map(|it| it.to_string())
}
