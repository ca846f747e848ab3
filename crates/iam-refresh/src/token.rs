//! A token, and the arithmetic of its life. Pure: every function takes the time it judges by.

use crate::clock::Stamp;
use arc_swap::Guard;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Counts the tokens of one cache: a newer token has a greater generation.
///
/// It is what a client hands to [`TokenCache::report_auth_failure`], so that a hundred connections refused with the same old
/// token cause one refresh and not a hundred.
///
/// [`TokenCache::report_auth_failure`]: crate::TokenCache::report_auth_failure
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(pub(crate) u64);

impl Generation {
    /// As a number, for what can only pass on numbers: a log, another language.
    pub fn as_u64(self) -> u64 {
        self.0
    }

    /// Back from [`as_u64`](Self::as_u64). There is no generation zero.
    pub fn from_u64(number: u64) -> Option<Self> {
        (number > 0).then_some(Self(number))
    }
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A token as the cache serves it. Cloning it copies a pointer; printing it never shows the secret.
pub struct Token(Held);

enum Held {
    /// Straight from the exchange: readers on many cores do not fight for one reference count.
    Borrowed(Guard<Arc<Issue>>),
    Owned(Arc<Issue>),
}

/// What stands behind a [`Token`]: one allocation a refresh, shared by all readers.
pub(crate) struct Issue {
    pub(crate) secret: String,
    pub(crate) generation: Generation,
    pub(crate) life: Life,
}

impl Issue {
    /// What is published before anything is: it has always been over.
    pub(crate) fn none() -> Self {
        let issued = Stamp { wall: SystemTime::UNIX_EPOCH, boot: Duration::ZERO };
        let (expires, refreshed) = (issued.wall, Duration::ZERO);
        let life = Life { issued, expires, serve_until: expires, refreshed, served: refreshed };
        Self { secret: String::new(), generation: Generation(0), life }
    }

    pub(crate) fn published(&self) -> bool {
        self.generation > Generation(0)
    }
}

impl Token {
    /// The secret itself, to be handed to the database driver and nowhere else.
    pub fn expose(&self) -> &str {
        &self.issue().secret
    }

    /// Which of the cache's tokens this is.
    pub fn generation(&self) -> Generation {
        self.issue().generation
    }

    /// When the server stops taking it, by the wall clock.
    pub fn expires_at(&self) -> SystemTime {
        self.life().expires
    }

    /// When the mint that made it was started, by the wall clock.
    pub fn issued_at(&self) -> SystemTime {
        self.life().issued.wall
    }

    pub(crate) fn life(&self) -> &Life {
        &self.issue().life
    }

    fn issue(&self) -> &Issue {
        match &self.0 {
            Held::Borrowed(guard) => guard,
            Held::Owned(issue) => issue,
        }
    }
}

impl Clone for Token {
    fn clone(&self) -> Self {
        match &self.0 {
            Held::Borrowed(guard) => Self::from(Arc::clone(guard)),
            Held::Owned(issue) => Self::from(Arc::clone(issue)),
        }
    }
}

impl From<Guard<Arc<Issue>>> for Token {
    #[inline]
    fn from(guard: Guard<Arc<Issue>>) -> Self {
        Self(Held::Borrowed(guard))
    }
}

impl From<Arc<Issue>> for Token {
    fn from(issue: Arc<Issue>) -> Self {
        Self(Held::Owned(issue))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.issue().fmt(f)
    }
}

impl fmt::Debug for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("secret", &"<redacted>")
            .field("generation", &self.generation.0)
            .field("issued", &self.life.issued.wall)
            .field("expires", &self.life.expires)
            .finish()
    }
}

/// The three ages at which something happens to a token: it should be replaced, it is no longer served, it is dead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Life {
    /// Both clocks just *before* the mint began: the token cannot be older than that.
    pub(crate) issued: Stamp,
    pub(crate) expires: SystemTime,
    /// `issued + served`, precomputed: readers compare it with the coarse clock and do no arithmetic.
    pub(crate) serve_until: SystemTime,
    /// From this age on a new token is wanted.
    pub(crate) refreshed: Duration,
    /// From this age on the token is not served: its lifetime less the skew margin.
    pub(crate) served: Duration,
}

impl Life {
    /// The age by the clock that makes the token older.
    pub(crate) fn age(&self, now: Stamp) -> Duration {
        let wall = now.wall.duration_since(self.issued.wall).unwrap_or(Duration::ZERO);
        wall.max(now.boot.saturating_sub(self.issued.boot))
    }

    pub(crate) fn usable(&self, now: Stamp) -> bool {
        self.age(now) < self.served
    }

    pub(crate) fn wants_refresh(&self, now: Stamp) -> bool {
        self.age(now) >= self.refreshed
    }

    /// How far the wall clock has been set back against the boot clock since the token was issued.
    ///
    /// The token was then signed with a date that the rest of the world has yet to reach, and a server may refuse it.
    pub(crate) fn set_back(&self, now: Stamp) -> Duration {
        let by_boot = self.issued.wall + now.boot.saturating_sub(self.issued.boot);
        by_boot.duration_since(now.wall).unwrap_or(Duration::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::Life;
    use crate::clock::Stamp;
    use std::time::{Duration, SystemTime};

    const fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// Seconds on both clocks since the token was issued.
    fn at(wall: i64, boot: u64) -> Stamp {
        let wall = 1_000_000_u64.checked_add_signed(wall).unwrap();
        Stamp { wall: SystemTime::UNIX_EPOCH + secs(wall), boot: secs(1_000_000 + boot) }
    }

    fn life() -> Life {
        Life {
            issued: at(0, 0),
            expires: at(900, 0).wall,
            serve_until: at(870, 0).wall,
            refreshed: secs(600),
            served: secs(870),
        }
    }

    #[test]
    fn older_clock_decides() {
        assert_eq!(life().age(at(100, 7)), secs(100), "a forward step or a suspend that only the wall saw");
        assert_eq!(life().age(at(-50, 100)), secs(100), "a wall clock set back makes nothing younger");
    }

    #[test]
    fn usable_until_the_margin_by_either_clock() {
        assert!(life().usable(at(869, 869)));
        assert!(!life().usable(at(870, 0)));
        assert!(!life().usable(at(0, 870)));
    }

    #[test]
    fn set_back_measures_the_wall_against_the_boot_clock() {
        assert_eq!(life().set_back(at(100, 100)), Duration::ZERO);
        assert_eq!(life().set_back(at(500, 100)), Duration::ZERO);
        assert_eq!(life().set_back(at(40, 100)), secs(60));
    }
}
