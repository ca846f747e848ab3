use std::collections::HashMap;
use std::time::Duration;

#[derive(Clone)]
pub struct Settings {
    path: String,
}

impl Settings {
    fn load(&self) -> String {
        std::thread::sleep(Duration::from_secs(1)); // hazard[BL101]: cloned > load > std::thread::sleep
        self.path.clone()
    }
}

fn pause() -> u32 {
    std::thread::sleep(Duration::from_secs(2)); // hazard[BL101]: falls_back > falls_back > pause > std::thread::sleep
    1
}

fn wait(_line: &str) -> u32 {
    std::thread::sleep(Duration::from_secs(3)); // hazard[BL101]: maps > maps > wait > std::thread::sleep
    1
}

fn later() {
    std::thread::sleep(Duration::from_secs(4));
}

// What is derived is the same type again.
pub async fn cloned(settings: &Settings) -> String {
    settings.clone().load()
}

// A closure given to an adapter runs here, whatever it adapts.
pub async fn falls_back(found: Option<Settings>) -> u32 {
    found.map(|it| it.path.len() as u32).unwrap_or_else(|| pause())
}

pub async fn maps() -> u32 {
    unknown::lines().map(|it| wait(it)).sum()
}

// Nobody knows what becomes of a closure that something else takes.
pub async fn keeps() {
    unknown::registry().on_exit(|| later());
}

// What a container holds is what the closure is given.
pub async fn flushes(settings: Vec<Settings>) {
    settings.iter().for_each(|it| it.flush());
}

pub async fn named(settings: &HashMap<Key, Settings>) -> Vec<u32> {
    settings.iter().map(|(_key, it)| it.name()).collect()
}

pub async fn keys(settings: &HashMap<Key, Settings>) -> Vec<u32> {
    settings.iter().map(|(key, _it)| key.name()).collect()
}

pub async fn fails(found: Result<Settings, Key>) -> Result<Settings, u32> {
    found.map_err(|it| it.name())
}

pub struct Key;

impl Key {
    fn name(&self) -> u32 {
        0
    }
}

impl Settings {
    fn flush(&self) {
        std::thread::sleep(Duration::from_secs(5)); // hazard[BL101]: flushes > flushes > flush > std::thread::sleep
    }

    fn name(&self) -> u32 {
        std::thread::sleep(Duration::from_secs(6)); // hazard[BL101]: named > named > name > std::thread::sleep
        1
    }
}
