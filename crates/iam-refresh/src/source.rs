//! Where tokens come from: what a source is told, what it answers, how it fails. Knows nothing of caching.

use crate::clock::Stamp;
use std::error::Error;
use std::fmt;
use std::time::{Duration, SystemTime};

/// Makes tokens. The cache calls it from its driver only, one call at a time, never from a reader's thread.
///
/// The future may be dropped at any await point: at the attempt's deadline, or when the cache closes. It must not block its
/// thread; wrap code that does in [`Blocking`](crate::Blocking).
///
/// A closure is a source too: `TokenCache::builder(|cx: MintCx| async move { … })`.
pub trait TokenSource: Send + Sync + 'static {
    /// Makes one token.
    fn mint(&self, cx: MintCx) -> impl Future<Output = Result<Minted, SourceError>> + Send;
}

// `Fn` is a fundamental trait, so this leaves every other type, here and in other crates, free to have its own impl.
impl<F, Minting> TokenSource for F
where
    F: Fn(MintCx) -> Minting + Send + Sync + 'static,
    Minting: Future<Output = Result<Minted, SourceError>> + Send,
{
    fn mint(&self, cx: MintCx) -> impl Future<Output = Result<Minted, SourceError>> + Send {
        self(cx)
    }
}

/// What a source may want to know of the attempt it is called for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct MintCx {
    /// Both clocks at the start of the attempt: sign with this time and not with another reading.
    pub now: Stamp,
    /// How long the cache will wait for the answer.
    pub deadline: Duration,
    /// Why a token is wanted.
    pub reason: Reason,
    /// 1 for the first try, counted up until one succeeds.
    pub attempt: u32,
}

/// Why the driver mints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// There has been no token yet.
    First,
    /// The token in use is past its refresh age; it is still served.
    Ahead,
    /// The token in use may no longer be served, as after a suspend or a long outage.
    Expired,
    /// A server refused the token in use: whatever it was made from should be fetched anew.
    Rejected,
    /// The wall clock was set back: the token in use carries a date from the future.
    ClockSetBack,
}

impl Reason {
    /// One word, fit for a metric's label.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::First => "first",
            Reason::Ahead => "ahead",
            Reason::Expired => "expired",
            Reason::Rejected => "rejected",
            Reason::ClockSetBack => "clock-set-back",
        }
    }
}

/// A source's answer.
pub struct Minted {
    pub(crate) secret: String,
    pub(crate) expires_at: SystemTime,
}

impl Minted {
    /// A secret and the earliest time from which it is refused: the token's own end or that of the credentials that signed it,
    /// whichever comes first.
    pub fn new(secret: impl Into<String>, expires_at: SystemTime) -> Self {
        Self { secret: secret.into(), expires_at }
    }
}

impl fmt::Debug for Minted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Minted").field("secret", &"<redacted>").field("expires_at", &self.expires_at).finish()
    }
}

/// Why a source has no token. Its kind decides how soon the driver asks again; it always asks again.
#[derive(Debug)]
pub struct SourceError {
    kind: ErrorKind,
    cause: Box<dyn Error + Send + Sync>,
}

/// How a failure should be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// May pass by itself: a timeout, a refused connection, a 500.
    Transient,
    /// The other side asked for patience, perhaps for a stated time.
    Throttled {
        /// The wait it asked for.
        retry_after: Option<Duration>,
    },
    /// Asking again will not help before somebody changes something: no such role, no permission. Still retried, at the slowest
    /// pace, because somebody does change it and nobody wants to restart a fleet afterwards.
    Permanent,
}

impl ErrorKind {
    /// One word, fit for a metric's label.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Transient => "transient",
            ErrorKind::Throttled { .. } => "throttled",
            ErrorKind::Permanent => "permanent",
        }
    }
}

impl SourceError {
    /// A failure that may pass by itself.
    pub fn transient(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind: ErrorKind::Transient, cause: cause.into() }
    }

    /// A request for patience.
    pub fn throttled(retry_after: Option<Duration>, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind: ErrorKind::Throttled { retry_after }, cause: cause.into() }
    }

    /// A failure that somebody has to mend.
    pub fn permanent(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind: ErrorKind::Permanent, cause: cause.into() }
    }

    /// How it should be met.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failure of the token source: {}", self.kind.as_str(), self.cause)
    }
}

impl Error for SourceError {
    // The cause is part of our own message, so the chain goes on behind it: a reporter that prints the chain says nothing twice.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.source()
    }
}
