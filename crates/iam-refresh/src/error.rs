//! The errors of the cache itself. Written out by hand: `thiserror` would be three more crates in every build of a service
//! that only wants a token.

use crate::source::SourceError;
use std::error::Error;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::SystemTime;

/// An error with its causes, for where only a text is taken and the first message alone says nothing.
#[cfg(any(feature = "rds", feature = "diesel-async"))]
pub(crate) fn in_one_line(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |line, cause| format!("{line}: {cause}"))
}

/// Why there is no token to serve. Cheap to clone: ten thousand waiters share one cause.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Unavailable {
    /// No token has been minted yet.
    NotReady {
        /// The last failure, if there has been one.
        last: Option<Arc<SourceError>>,
    },
    /// The last token may no longer be served, and no newer one has come.
    Expired {
        /// From when on it was not served.
        since: SystemTime,
        /// The last failure, if there has been one since.
        last: Option<Arc<SourceError>>,
    },
    /// There is no valid token, and the source says that asking again will not help. The driver asks again all the same.
    Permanent(Arc<SourceError>),
    /// The caller's deadline passed before an attempt ended.
    DeadlineExceeded {
        /// The last failure, if there has been one.
        last: Option<Arc<SourceError>>,
    },
    /// The cache was closed.
    Closed,
    /// The runtime that the driver ran on is gone, and so is the last valid token.
    DriverLost,
}

impl Unavailable {
    fn last(&self) -> Option<&Arc<SourceError>> {
        match self {
            Self::NotReady { last } | Self::Expired { last, .. } | Self::DeadlineExceeded { last } => last.as_ref(),
            Self::Permanent(last) => Some(last),
            Self::Closed | Self::DriverLost => None,
        }
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotReady { .. } => "no token has been minted yet",
            Self::Expired { .. } => "the token has expired and could not be replaced",
            Self::Permanent(_) => "no token can be minted until the cause is mended",
            Self::DeadlineExceeded { .. } => "no token came before the caller's deadline",
            Self::Closed => "the token cache is closed",
            Self::DriverLost => "the runtime that refreshed the token is gone; build the cache on one that outlives it",
        })?;
        match self.last() {
            Some(last) => write!(f, ": {last}"),
            None => Ok(()),
        }
    }
}

impl Error for Unavailable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.last().and_then(|last| last.source())
    }
}

/// Why a cache could not be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// A setting contradicts itself or another.
    Setting {
        /// Which one, as the builder's method is called.
        name: &'static str,
        /// What it must be.
        must: &'static str,
    },
    /// The cache's own thread or runtime could not be started.
    Thread(io::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting { name, must } => write!(f, "`{name}` must {must}"),
            Self::Thread(cause) => write!(f, "cannot start the token cache's thread: {cause}"),
        }
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Setting { .. } => None,
            Self::Thread(cause) => cause.source(),
        }
    }
}

/// The driver had not ended when the caller's patience did. It ends by itself as soon as its runtime lets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StillClosing;

impl fmt::Display for StillClosing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token cache is still closing; its runtime may be blocked")
    }
}

impl Error for StillClosing {}
