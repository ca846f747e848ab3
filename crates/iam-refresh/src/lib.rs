//! Keeps a short-lived IAM database token fresh while nobody waits.
//!
//! RDS takes tokens instead of passwords; they live for fifteen minutes. Somebody must make the next one in time, off the event
//! loop, once and not once a connection, and without anybody noticing when STS is slow, refuses, or hangs. That is this crate:
//!
//! ```
//! use iam_refresh::{MintCx, Minted, TokenCache};
//! use std::time::Duration;
//!
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! let source = |cx: MintCx| async move { Ok(Minted::new("secret", cx.now.wall + Duration::from_secs(900))) };
//! let cache = TokenCache::builder(source).build()?; // one task of its own mints, ahead of expiry, from now on
//!
//! let first = cache.fresh().await?; // waits only where there is no valid token, and never for longer than its deadline
//! let token = cache.current()?; // never waits: for accessors, callbacks, `Drop`, any thread, any runtime or none
//! assert_eq!(token.expose(), first.expose());
//! # Ok::<_, Box<dyn std::error::Error>>(()) })?;
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! What it promises, and tests:
//!
//! - readers take no lock, do no I/O and never wait;
//! - at most one call of the source is under way, for any number of callers, whether it succeeds, fails or is abandoned;
//! - a refresh that fails takes no valid token away, and nothing stops the driver from trying again: no panic, no permanent
//!   error, no outage however long;
//! - nothing is served within the margin of its end by the wall clock, nor past its end by either clock; a suspend and a clock
//!   set back are noticed;
//! - a server's refusal brings one new token and one retry, and no storm;
//! - closing and dropping never wait for a source that hangs;
//! - secrets show in no `Debug`, no error, no log.
//!
//! [`guide::patterns`] shows how to use it, [`guide::decisions`] why it is so, [`guide::limitations`] what it cannot do;
#![cfg_attr(feature = "rds", doc = "[`aws`] signs tokens for RDS, `ElastiCache` and MSK;")]
//! `clients` (behind features) hands them to sqlx, deadpool-postgres, diesel-async and redis.
//!
//! # Features
//!
//! | feature | brings |
//! | --- | --- |
//! | `rds` (default) | `aws`: tokens for RDS and `ElastiCache`, credentials from the environment, from values, from any `ProvideCredentials` |
//! | `tracing` (default) | events on refresh and failure |
//! | `msk` | tokens for MSK |
//! | `aws-config` | the default chain of credentials of the AWS SDK: 100 crates more, C among them |
//! | `sqlx`, `deadpool-postgres`, `diesel-async`, `redis` | `clients` of that name |

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
pub mod guide;
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
