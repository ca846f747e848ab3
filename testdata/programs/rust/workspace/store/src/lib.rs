use std::time::Duration;

pub struct Store;

impl Store {
    pub fn load(&self) -> u32 {
        std::thread::sleep(Duration::from_secs(1)); // hazard[BL101]: handler > load > std::thread::sleep
        1
    }
}
