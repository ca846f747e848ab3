//! A module whose file hangs on the build is in each of them.
#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod system;

pub async fn settles() {
    system::settle();
}
