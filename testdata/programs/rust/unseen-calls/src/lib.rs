//! Calls that name another function than the one that runs, or none.
mod conversions;
mod drops;
mod first_use;
mod traits;

fn slow() {
    std::thread::sleep(std::time::Duration::from_secs(1)) // hazard: into > from > slow > std::thread::sleep
}
