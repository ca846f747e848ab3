//! A branch whose test is written out is taken always or never, and nothing runs behind a `return`.
use std::thread::sleep;
use std::time::Duration;

pub async fn switched_off() {
    if false {
        sleep(Duration::from_secs(1));
    } else if true {
        sleep(Duration::from_secs(2)); // hazard[BL101]: switched_off > std::thread::sleep
    } else {
        sleep(Duration::from_secs(3));
    }
}

pub async fn left() {
    return;
    sleep(Duration::from_secs(1));
}

pub async fn left_in_a_branch(early: bool) {
    if early {
        return;
    }
    sleep(Duration::from_secs(2)); // hazard[BL101]: left_in_a_branch > std::thread::sleep
}
