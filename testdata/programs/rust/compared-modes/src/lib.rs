//! A caller that writes which member it passes decides which arm of a `match` runs.

use std::thread::sleep;
use std::time::Duration;

pub enum Mode {
    Now,
    Later,
    After(u64),
}

fn by_member(mode: Mode) {
    match mode {
        Mode::Now => sleep(Duration::from_secs(1)), // hazard[BL101]: now > by_member > std::thread::sleep
        Mode::After(seconds) => sleep(Duration::from_secs(seconds)),
        Mode::Later => {}
    }
}

fn by_payload(mode: Mode) {
    if let Mode::After(seconds) = mode {
        sleep(Duration::from_secs(seconds)); // hazard[BL101]: now > by_payload > std::thread::sleep
    }
}

fn by_other(mode: Mode) {
    match mode {
        Mode::Later => {}
        _ => sleep(Duration::from_secs(1)),
    }
}

fn by_number(mode: Mode) {
    // What is held decides here, not the member.
    match mode {
        Mode::After(3) => {}
        _ => sleep(Duration::from_secs(1)), // hazard[BL101]: now > by_number > std::thread::sleep
    }
}

pub async fn now() {
    by_member(Mode::Now);
    by_payload(Mode::After(2));
    by_other(Mode::Later);
    by_number(Mode::After(2));
}

fn by_any(mode: Mode) {
    if let Mode::Now = mode {
        sleep(Duration::from_secs(1)); // hazard[BL101]: anything > by_any > std::thread::sleep
    }
}

pub async fn anything(mode: Mode) {
    by_any(mode);
}
