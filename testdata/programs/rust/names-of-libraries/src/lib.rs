//! A function may have the name of a library or of a module: a path through the name means those, the name alone the function.

use scrypt::{scrypt, Params};
use std::time::Duration;

mod pause {
    pub fn now() {
        std::thread::sleep(super::Duration::from_secs(1)); // hazard: pause > now > std::thread::sleep
    }

    pub fn never() {}
}

pub async fn bcrypt(password: &str) -> String {
    bcrypt::hash(password, 12).unwrap_or_default() // hazard: bcrypt > bcrypt::hash
}

pub async fn pause() {
    pause::now();
}

pub async fn derived(password: &[u8], salt: &[u8], key: &mut [u8]) {
    let Ok(params) = scrypt::Params::new(15, 8, 1, 32) else { return };
    let _ = scrypt(password, salt, &params, key); // hazard: derived > scrypt::scrypt
}

// The program's own function, whatever the library of that name does.
fn ureq(url: &str) -> usize {
    url.len()
}

pub async fn measured(url: &str) -> usize {
    ureq(url)
}

pub async fn unpaused(_: Params) {
    pause::never();
}
