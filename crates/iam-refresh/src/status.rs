//! What a health endpoint and a metrics exporter want to know. A snapshot: plain values, no secret.

use crate::clock::Stamp;
use crate::exchange::{Mode, Round};
use crate::source::SourceError;
use crate::token::{Generation, Token};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// After this many forced refreshes in five minutes it is not the token's age that servers object to.
const REJECTED_TOO_OFTEN: u32 = 3;

/// Where the token is in its life. A failed refresh is not a state: it leaves the token where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenState {
    /// None has been minted yet.
    Empty,
    /// Served, and not to be replaced yet.
    Fresh,
    /// Served while its replacement is being made.
    Stale,
    /// No longer served.
    Expired,
    /// The cache was closed.
    Closed,
}

impl TokenState {
    /// One word, fit for a metric's label.
    pub fn as_str(self) -> &'static str {
        match self {
            TokenState::Empty => "empty",
            TokenState::Fresh => "fresh",
            TokenState::Stale => "stale",
            TokenState::Expired => "expired",
            TokenState::Closed => "closed",
        }
    }
}

/// How a cache is doing, at one moment.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Status {
    /// Where the token is in its life.
    pub state: TokenState,
    /// Which token is current.
    pub generation: Option<Generation>,
    /// How old it is, by the clock that makes it older.
    pub age: Option<Duration>,
    /// When servers stop taking it.
    pub expires_at: Option<SystemTime>,
    /// Whether the driver lives. If not, its runtime was shut down under it and there will be no further token.
    pub driver_alive: bool,
    /// Whether an attempt is under way.
    pub minting: bool,
    /// Tokens published so far.
    pub refreshes: u64,
    /// Attempts failed so far.
    pub failures: u64,
    /// Attempts failed since the last success.
    pub consecutive_failures: u32,
    /// Why the last of them failed.
    pub last_error: Option<Arc<SourceError>>,
    /// Callers that wait for a token, subscriptions included.
    pub waiters: usize,
    /// Refreshes forced by refused connections in the last five minutes.
    pub rejections: u32,
    /// Times that the wall clock was found set back.
    pub clock_steps: u64,
}

impl Status {
    pub(crate) fn new(
        state: TokenState,
        mode: Mode,
        token: Option<&Token>,
        round: Round,
        now: Stamp,
        (waiters, rejections): (usize, u32),
    ) -> Self {
        Self {
            state,
            generation: token.map(Token::generation),
            age: token.map(|token| token.life().age(now)),
            expires_at: token.map(Token::expires_at),
            driver_alive: !matches!(mode, Mode::Lost | Mode::Closed),
            minting: round.minting,
            refreshes: round.refreshes,
            failures: round.failures,
            consecutive_failures: round.consecutive_failures,
            last_error: round.last_error,
            waiters,
            rejections,
            clock_steps: round.clock_steps,
        }
    }

    /// Whether servers refuse token after token: a policy or a role is wrong, and refreshing will not mend it.
    pub fn auth_rejected(&self) -> bool {
        self.rejections >= REJECTED_TOO_OFTEN
    }
}
