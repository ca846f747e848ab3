//! The two clocks every expiry is measured on, and the one place that reads them.
//!
//! A token's end is a wall-clock time, yet the wall clock steps (NTP, a resumed virtual machine) and can step *back*. The boot
//! clock never steps and keeps counting through suspend, yet it knows nothing of dates. A token is too old as soon as either
//! says so.

use std::fmt;
use std::time::{Duration, SystemTime};

/// One reading of both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// What the calendar says.
    pub wall: SystemTime,
    /// Time since boot, suspend included; never goes back.
    pub boot: Duration,
}

/// Where time comes from. Inject one to test; [`SystemClock`] otherwise.
pub trait Clock: fmt::Debug + Send + Sync + 'static {
    /// The wall clock.
    fn wall(&self) -> SystemTime;

    /// Time since boot, counting through suspend.
    fn boot(&self) -> Duration;

    /// The wall clock, a few milliseconds late if that makes it cheaper: it is read on every [`TokenCache::current`].
    ///
    /// [`TokenCache::current`]: crate::TokenCache::current
    fn coarse_wall(&self) -> SystemTime {
        self.wall()
    }

    /// Both clocks, as near to each other as two reads can be.
    fn now(&self) -> Stamp {
        Stamp { wall: self.wall(), boot: self.boot() }
    }
}

/// The operating system's clocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one door to the wall clock; everything else takes a `Clock`"
    )]
    fn wall(&self) -> SystemTime {
        SystemTime::now()
    }

    fn boot(&self) -> Duration {
        boot::now()
    }

    #[inline]
    fn coarse_wall(&self) -> SystemTime {
        boot::coarse_wall()
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
mod boot {
    use rustix::time::{ClockId, Timespec, clock_gettime};
    use std::time::{Duration, SystemTime};

    pub(super) fn now() -> Duration {
        since_zero(clock_gettime(ClockId::Boottime))
    }

    // The kernel updates this one at every tick (1-4 ms) and reading it costs a fifth of the exact clock; the skew margin is
    // thousands of ticks wide.
    #[inline]
    pub(super) fn coarse_wall() -> SystemTime {
        SystemTime::UNIX_EPOCH + since_zero(clock_gettime(ClockId::RealtimeCoarse))
    }

    #[inline]
    fn since_zero(time: Timespec) -> Duration {
        // Negative only where the calendar stands before 1970: every token has then expired, which zero says too.
        let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
        let nanos = u32::try_from(time.tv_nsec).unwrap_or(0);
        Duration::new(seconds, nanos)
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod boot {
    use std::sync::LazyLock;
    use std::time::{Duration, Instant, SystemTime};

    static START: LazyLock<Instant> = LazyLock::new(instant);

    // `Instant` may stand still during suspend on these systems; the wall clock then notices the sleep alone.
    pub(super) fn now() -> Duration {
        instant().duration_since(*START)
    }

    #[expect(clippy::disallowed_methods, reason = "the portable half of the one door to the clocks")]
    fn instant() -> Instant {
        Instant::now()
    }

    #[expect(clippy::disallowed_methods, reason = "the portable half of the one door to the clocks")]
    pub(super) fn coarse_wall() -> SystemTime {
        SystemTime::now()
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, SystemClock};
    use std::time::Duration;

    #[test]
    fn coarse_clock_is_at_most_a_tick_late() {
        let coarse = SystemClock.coarse_wall();
        let exact = SystemClock.wall();
        let late = exact.duration_since(coarse).expect("the coarse clock is never ahead of the exact one");
        assert!(late < Duration::from_secs(1), "{late:?} late");
    }

    #[test]
    fn boot_clock_never_goes_back() {
        let first = SystemClock.boot();
        assert!(SystemClock.boot() >= first);
    }
}
