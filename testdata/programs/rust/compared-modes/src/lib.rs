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

fn by_text(how: &str) {
    match how {
        "now" => sleep(Duration::from_secs(1)),
        "later" => {}
        _ => sleep(Duration::from_secs(1)), // hazard[BL101]: literals > by_text > std::thread::sleep
    }
}

fn by_level(level: u8) {
    match level {
        1 => sleep(Duration::from_secs(1)), // hazard[BL101]: literals > by_level > std::thread::sleep
        2 => sleep(Duration::from_secs(1)),
        _ => {}
    }
}

fn by_flag(flag: bool) {
    match flag {
        true => sleep(Duration::from_secs(1)),
        false => {}
    }
}

fn by_other_flag(flag: bool) {
    match flag {
        true => {}
        _ => sleep(Duration::from_secs(1)), // hazard[BL101]: literals > by_other_flag > std::thread::sleep
    }
}

fn unequal(mode: u8) {
    if mode != 1 {
        sleep(Duration::from_secs(1)); // hazard[BL101]: literals > unequal > std::thread::sleep
    }
    if mode != 2 {
        sleep(Duration::from_secs(1));
    }
}

fn changed(mut limit: Option<u64>) {
    limit.get_or_insert(3);
    if limit.is_some() {
        sleep(Duration::from_secs(1)); // hazard[BL101]: literals > changed > std::thread::sleep
    }
    if let Some(seconds) = limit {
        sleep(Duration::from_secs(seconds)); // hazard[BL101]: literals > changed > std::thread::sleep
    }
}

pub async fn literals() {
    by_text("someday");
    by_level(1);
    by_flag(false);
    by_other_flag(false);
    unequal(2);
    changed(None);
}
