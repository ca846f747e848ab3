//! Ctrl-C: the process ends between two writes, so that every file is whole, and nothing is left beside it.

use super::CLEAN;
use crate::atomic;
use std::sync::atomic::{AtomicU8, Ordering};

/// What a shell calls a program that was interrupted.
const INTERRUPTED: u8 = 130;

static STATUS: AtomicU8 = AtomicU8::new(INTERRUPTED);

/// Listens from now on. Where that is not possible, the system ends the process by itself.
pub(super) fn listen() {
    let _ = ctrlc::set_handler(|| {
        let _whole = atomic::hold();
        std::process::exit(i32::from(STATUS.load(Ordering::Relaxed)));
    });
}

/// From now on an interruption is the way to end the command.
pub(super) fn ends_well() {
    STATUS.store(CLEAN, Ordering::Relaxed);
}
