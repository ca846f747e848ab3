//! Locks of files that other processes may hold, and attempts that do not wait.

use rustix::fs::FlockOperation;

pub async fn wait(file: &std::fs::File) {
    rustix::fs::flock(file, FlockOperation::LockExclusive).unwrap(); // hazard[BL106]: wait > rustix::fs::flock
    rustix::fs::flock(file, FlockOperation::NonBlockingLockExclusive).unwrap();
}

pub async fn named() {
    let lock = named_lock::NamedLock::create("jobs").unwrap();
    lock.try_lock().unwrap();
    lock.lock().unwrap(); // hazard[BL106]: named > named_lock::NamedLock::lock
}
