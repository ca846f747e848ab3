//! Functions that say what they do: a promise is checked, the rest is believed.

use std::thread;
use std::time::Duration;

mod vendor;

fn pause() {
    thread::sleep(Duration::from_secs(1)); // hazard(warning)[BL101]: on_tick > pause > std::thread::sleep
}

// blocklint: nonblocking
pub fn on_tick() {
    pause();
}

// blocklint: nonblocking
pub fn peek() -> u32 {
    1
}

fn export() {
    thread::sleep(Duration::from_secs(10));
}

pub async fn handler(job: vendor::Job) {
    vendor::wait_for_reply(); // hazard(warning)[BL106]: handler > wait_for_reply
    job.finish(); // hazard(warning)[BL106]: handler > finish
    vendor::offloaded(export);
    vendor::offloaded(|| export());
}
