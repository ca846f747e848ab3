use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, OnceLock};

static SETTINGS: LazyLock<String> = LazyLock::new(|| std::fs::read_to_string("settings").unwrap()); // hazard(note): reads > {closure} > std::fs::read_to_string

static NAMES: LazyLock<Vec<u8>> = LazyLock::new(Vec::new);

static WORKERS: OnceLock<Mutex<HashMap<u8, Worker>>> = OnceLock::new();

pub struct Worker;

impl Worker {
    fn rest(&self) {
        std::thread::sleep(std::time::Duration::from_secs(1)); // hazard: rests > Worker::rest > std::thread::sleep
    }
}

pub async fn reads() -> usize {
    SETTINGS.len()
}

pub async fn counts() -> usize {
    NAMES.len()
}

pub async fn rests() {
    WORKERS.get().unwrap().lock().unwrap().get(&1).unwrap().rest()
}
