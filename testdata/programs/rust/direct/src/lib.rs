use std::thread::sleep;
use std::time::Duration;

pub async fn handler() {
    sleep(Duration::from_secs(1)); // hazard(warning)[BL101]: handler > std::thread::sleep
}

pub fn spawned() {
    tokio::spawn(async {
        std::thread::sleep(Duration::from_secs(1)); // hazard[BL101]: spawned > std::thread::sleep
    });
}

pub fn script() {
    sleep(Duration::from_secs(1));
}
