use std::time::Duration;

pub fn load() -> u32 {
    wait()
}

fn wait() -> u32 {
    std::thread::sleep(Duration::from_secs(1)); // hazard[BL101]: handler > load > wait > std::thread::sleep
    1
}
