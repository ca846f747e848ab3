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
