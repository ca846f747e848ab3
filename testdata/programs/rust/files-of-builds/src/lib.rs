//! Which builds have a file is written where it is declared.
#[cfg(test)]
mod support;

#[cfg(feature = "eager")]
mod eager;
#[cfg(not(feature = "eager"))]
mod late;

// Of two files with one name, each build has one.
#[cfg(unix)]
#[path = "unix.rs"]
mod system;
#[cfg(windows)]
#[path = "windows.rs"]
mod system;

// One file, seen from elsewhere in some builds: all have it.
#[cfg(feature = "shown")]
pub mod shared;
#[cfg(not(feature = "shown"))]
mod shared;

cfg_if::cfg_if! {
    if #[cfg(feature = "eager")] {
        mod chosen;
    } else {
        mod other;
    }
}

#[cfg(feature = "eager")]
fn rest() {
    std::thread::sleep(std::time::Duration::from_secs(1)); // hazard: starts_too > rest > std::thread::sleep
}

#[cfg(not(feature = "eager"))]
fn rest() {}

#[cfg(feature = "shown")]
fn show() {
    std::thread::sleep(std::time::Duration::from_secs(2)); // hazard: shows > show > std::thread::sleep
}

pub async fn settles() {
    system::settle();
}
