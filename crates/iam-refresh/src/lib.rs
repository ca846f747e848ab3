//! Keeps a short-lived IAM database token fresh while nobody waits.

#[cfg(feature = "rds")]
pub mod aws;
mod blocking;
mod builder;
mod cache;
#[cfg(any(feature = "deadpool-postgres", feature = "diesel-async", feature = "redis", feature = "sqlx"))]
pub mod clients;
mod clock;
mod driver;
mod error;
mod exchange;
mod observe;
mod retry;
mod schedule;
mod source;
mod status;
mod subscription;
mod sync;
mod token;

pub use blocking::Blocking;
pub use builder::Builder;
pub use cache::{Peek, TokenCache};
pub use clock::{Clock, Stamp, SystemClock};
pub use error::{BuildError, StillClosing, Unavailable};
pub use exchange::Refresh;
pub use retry::{RetryError, retry_once, sqlstate};
pub use source::{ErrorKind, MintCx, Minted, Reason, SourceError, TokenSource};
pub use status::{Status, TokenState};
pub use subscription::Subscription;
pub use token::{Generation, Token};
