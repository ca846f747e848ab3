//! When to refresh and when to retry: numbers, their limits, and the dice. Pure: no clock, no task.

use crate::clock::Stamp;
use crate::error::BuildError;
use crate::source::{ErrorKind, Minted};
use crate::token::Life;
use std::ops::RangeInclusive;
use std::time::Duration;

/// A shorter life than this cannot be refreshed ahead of anything.
const SHORTEST_LIFE: Duration = Duration::from_secs(1);
/// Timers stand still during suspend, so no sleep is trusted for longer than this.
const LONGEST_SLICE: Duration = Duration::from_secs(15);
/// A tenth of the shortest life. A narrower margin could not be watched without spinning.
const SHORTEST_MARGIN: Duration = Duration::from_millis(100);
/// An answer to "slow down" waits at least and at most this long.
const THROTTLED: RangeInclusive<Duration> = Duration::from_secs(5)..=Duration::from_mins(1);
/// With nothing to serve, waiting out the long backoff would add to the outage.
const EXPIRED_CAP: Duration = Duration::from_secs(5);

/// All times that a cache keeps to.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    /// The part of its life after which a token is replaced, drawn anew for each: a fleet that started together must not come back together.
    pub(crate) refresh: RangeInclusive<f64>,
    /// How long before its end a token is no longer served; less for lives so short that this would eat them.
    pub(crate) skew: Duration,
    pub(crate) attempt_deadline: Duration,
    pub(crate) wait_deadline: Duration,
    pub(crate) backoff: RangeInclusive<Duration>,
    pub(crate) rejected_every: Duration,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            refresh: 0.60..=0.70,
            skew: Duration::from_secs(30),
            attempt_deadline: Duration::from_secs(10),
            wait_deadline: Duration::from_secs(10),
            backoff: Duration::from_millis(500)..=Duration::from_secs(15),
            rejected_every: Duration::from_secs(5),
        }
    }
}

impl Schedule {
    /// Refuses what would refresh in a loop, or never.
    pub(crate) fn check(&self) -> Result<(), BuildError> {
        let refuse = |name, must| Err(BuildError::Setting { name, must });
        // A range that is not a number compares false with everything, hence the positive form.
        if !(*self.refresh.start() >= 0.3 && self.refresh.start() <= self.refresh.end() && *self.refresh.end() <= 0.9) {
            return refuse("refresh_at", "rise within 0.3..=0.9");
        }
        if self.skew < SHORTEST_MARGIN {
            return refuse("skew", "be at least 100 ms");
        }
        if self.attempt_deadline.is_zero() {
            return refuse("attempt_deadline", "be longer than zero");
        }
        if self.backoff.start().is_zero() || self.backoff.start() > self.backoff.end() {
            return refuse("backoff", "rise from more than zero");
        }
        Ok(())
    }

    /// The life of a token whose mint began at `issued`, or nothing if it is not worth publishing.
    pub(crate) fn life(&self, minted: &Minted, issued: Stamp, rng: &mut fastrand::Rng) -> Option<Life> {
        let length = minted.expires_at.duration_since(issued.wall).ok()?;
        if length < SHORTEST_LIFE {
            return None;
        }
        let served = length.saturating_sub(self.skew.min(length / 10));
        let refreshed = length.mul_f64(self.fraction(rng)).min(served);
        let serve_until = issued.wall + served;
        Some(Life { issued, expires: minted.expires_at, serve_until, refreshed, served })
    }

    fn fraction(&self, rng: &mut fastrand::Rng) -> f64 {
        let (low, high) = (*self.refresh.start(), *self.refresh.end());
        low + (high - low) * rng.f64()
    }

    /// How long the driver may sleep before it looks at both clocks again.
    ///
    /// Half the margin: a token that one clock has ended while the other was set back is then found before its real end.
    pub(crate) fn slice(life: Option<&Life>) -> Duration {
        life.map_or(LONGEST_SLICE, |life| {
            let margin = life.expires.duration_since(life.serve_until).unwrap_or(Duration::ZERO);
            (margin / 2).clamp(SHORTEST_MARGIN / 2, LONGEST_SLICE)
        })
    }
}

/// The pause after a failed attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pause {
    from: Duration,
    length: Duration,
    kind: ErrorKind,
}

impl Pause {
    /// Decorrelated jitter: each pause is drawn between the base and three times the one before, so that retries of a fleet
    /// spread out instead of marching in step.
    pub(crate) fn after(
        kind: ErrorKind,
        previous: Option<Pause>,
        schedule: &Schedule,
        now: Stamp,
        rng: &mut fastrand::Rng,
    ) -> Self {
        let (base, cap) = (*schedule.backoff.start(), *schedule.backoff.end());
        let previous = previous.map_or(base, |pause| pause.length);
        let drawn = base + (previous * 3).saturating_sub(base).mul_f64(rng.f64());
        let length = match kind {
            ErrorKind::Transient => drawn.min(cap),
            ErrorKind::Permanent => cap,
            ErrorKind::Throttled { retry_after } => {
                drawn.max(retry_after.unwrap_or_default()).clamp(*THROTTLED.start(), *THROTTLED.end())
            }
        };
        Self { from: now.boot, length, kind }
    }

    /// What is left of it. Measured by the boot clock: a suspend counts as waiting.
    pub(crate) fn left(&self, now: Stamp, something_to_serve: bool) -> Duration {
        let length = match self.kind {
            ErrorKind::Throttled { .. } => self.length,
            ErrorKind::Transient | ErrorKind::Permanent if something_to_serve => self.length,
            ErrorKind::Transient | ErrorKind::Permanent => self.length.min(EXPIRED_CAP),
        };
        (self.from + length).saturating_sub(now.boot)
    }
}
