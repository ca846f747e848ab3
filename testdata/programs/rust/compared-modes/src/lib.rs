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

fn by_option(limit: Option<u64>) {
    match limit {
        Some(seconds) => sleep(Duration::from_secs(seconds)), // hazard[BL101]: optional > by_option > std::thread::sleep
        None => {}
    }
}

fn by_other_option(limit: Option<u64>) {
    if let Some(seconds) = limit {
        sleep(Duration::from_secs(seconds));
    }
}

fn without(limit: Option<u64>) {
    let Some(_) = limit else {
        sleep(Duration::from_secs(1));
        return;
    };
}

fn by_what_is_held(limit: Option<u64>) {
    if let Some(3) = limit {
        return;
    }
    match limit {
        Some(4) => {}
        _ => sleep(Duration::from_secs(1)), // hazard[BL101]: optional > by_what_is_held > std::thread::sleep
    }
}

pub async fn optional() {
    by_option(Some(2));
    by_other_option(None);
    without(Some(1));
    by_what_is_held(Some(5));
}

fn by_result(limit: Result<u64, u64>) {
    match limit {
        Ok(seconds) => sleep(Duration::from_secs(seconds)), // hazard[BL101]: told > by_result > std::thread::sleep
        Err(_) => {}
    }
}

fn from_elsewhere() -> Result<u64, u64> {
    "3".parse().map_err(|_| 1)
}

pub async fn told() {
    by_result(from_elsewhere());
}
