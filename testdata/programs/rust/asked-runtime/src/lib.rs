//! Asking whether a runtime runs this thread tells of the branches, and of nothing else.
use std::thread::sleep;
use std::time::Duration;
use tokio::runtime::Handle;

pub async fn handler() {
    asks();
    matches();
    matches_the_rest();
    matches_some();
    negates();
    leaves();
    twice();
}

fn asks() {
    if Handle::try_current().is_ok() {
        sleep(Duration::from_secs(1)); // hazard[BL101]: handler > asks > std::thread::sleep
    } else {
        sleep(Duration::from_secs(2));
    }
}

fn matches() {
    match Handle::try_current() {
        Ok(_) => {}
        Err(_) => sleep(Duration::from_secs(2)),
    }
}

fn matches_the_rest() {
    match Handle::try_current() {
        Ok(_) => sleep(Duration::from_secs(1)), // hazard[BL101]: handler > matches_the_rest > std::thread::sleep
        _ => sleep(Duration::from_secs(2)),
    }
}

fn matches_some() {
    match Handle::try_current() {
        Ok(handle) if handle.metrics().num_workers() > 1 => {}
        _ => sleep(Duration::from_secs(1)), // hazard[BL101]: handler > matches_some > std::thread::sleep
    }
}

fn negates() {
    let outside = Handle::try_current().is_err();
    if outside {
        sleep(Duration::from_secs(2));
    }
}

fn leaves() {
    if Handle::try_current().is_ok() {
        return;
    }
    sleep(Duration::from_secs(2));
}

fn twice() {
    if Handle::try_current().is_err() {
        if let Ok(_handle) = Handle::try_current() {
            sleep(Duration::from_secs(2));
        }
    }
}

// Nobody calls it, and having asked says nothing of the answer.
pub fn asks_and_goes_on() {
    let known = Handle::try_current().is_ok();
    sleep(Duration::from_secs(3));
    let _ = known;
}
