//! The lock and the atomic that the exchange is built on: the standard library's, or shuttle's under `--cfg shuttle`, where
//! every operation is a point at which the checker may switch to another thread. Nothing else here knows of the checker.

#[cfg(not(shuttle))]
pub(crate) use std::sync::{Mutex, MutexGuard, PoisonError, atomic};

#[cfg(shuttle)]
pub(crate) use {
    shuttle::sync::{Mutex, MutexGuard, atomic},
    std::sync::PoisonError,
};

/// Locks, and goes on where a panicking hook left off: no value behind our locks is ever half written.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A place where another thread may get in between two steps that are each atomic on their own.
///
/// `ArcSwap` and tokio's `watch` are tested by their authors and opaque to shuttle; what can go wrong here is what happens
/// *between* them.
#[inline]
pub(crate) fn interleave() {
    #[cfg(shuttle)]
    shuttle::thread::yield_now();
}
