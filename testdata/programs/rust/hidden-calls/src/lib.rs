use std::fmt;
use std::ops::Deref;
use std::thread::sleep;
use std::time::Duration;

pub struct Lazy(String);

impl Deref for Lazy {
    type Target = String;

    fn deref(&self) -> &String {
        sleep(Duration::from_secs(1)); // hazard[BL201]: reads > deref > std::thread::sleep
        &self.0
    }
}

pub struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        sleep(Duration::from_secs(2)); // hazard[BL202]: drops > drop > std::thread::sleep
    }
}

pub struct Shown;

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sleep(Duration::from_secs(3)); // hazard[BL203]: shows > fmt > std::thread::sleep
        f.write_str("shown")
    }
}

pub async fn reads(lazy: &Lazy) -> usize {
    lazy.len()
}

pub async fn drops() {
    let _guard = Guard;
}

pub async fn shows(shown: &Shown) -> String {
    format!("{shown}")
}
