//! How services use a cache, from the first line to the health endpoint.
//!
//! # Build it once, where the service starts
//!
//! ```no_run
//! # #[cfg(feature = "rds")] {
//! use iam_refresh::TokenCache;
//! use iam_refresh::aws::{AwsToken, Database, EnvironmentCredentials};
//!
//! # async fn start() -> Result<(), Box<dyn std::error::Error>> {
//! let database = Database { host: "db.abc.eu-central-1.rds.amazonaws.com", port: 5432, region: "eu-central-1", user: "app" };
//! let source = AwsToken::rds(database, EnvironmentCredentials::default())?;
//! let cache = TokenCache::builder(source).build()?;
//! // Not needed, but a service that cannot get its first token should say so while it is being deployed.
//! cache.fresh().await?;
//! # Ok(()) } }
//! ```
//!
//! Clone the cache into whatever needs tokens. One cache per host, port, user and region; connections share it.
//!
//! # Where a token is needed: look, do not wait
//!
//! [`current`](crate::TokenCache::current) belongs wherever code is synchronous and may run on an event loop: accessors, `Deref`,
//! callbacks of C libraries, `Drop`. It never waits, so nothing it is called from can stand still because STS does.
//! [`fresh`](crate::TokenCache::fresh) belongs where a connection is made and one may await: it answers as fast while there is
//! a token, and waits for the attempt under way when there is none.
//!
//! ```
//! # use iam_refresh::{TokenCache, Unavailable};
//! struct Session { cache: TokenCache }
//!
//! impl Session {
//!     fn url(&self) -> Result<String, Unavailable> {
//!         Ok(format!("postgres://app:{}@db/app", self.cache.current()?.expose()))
//!     }
//! }
//! ```
//!
//! # A source of one's own
//!
//! A closure will do. Say when the token ends and what kind a failure is; everything else is the cache's.
//!
//! ```
//! use iam_refresh::{MintCx, Minted, SourceError, TokenCache};
//! use std::time::Duration;
//!
//! # async fn ask_vault(_deadline: Duration) -> Result<(String, Duration), std::io::Error> { Ok(("t".into(), Duration::from_secs(60))) }
//! # async fn start() -> Result<(), Box<dyn std::error::Error>> {
//! let cache = TokenCache::builder(|cx: MintCx| async move {
//!     let (secret, lifetime) = ask_vault(cx.deadline).await.map_err(SourceError::transient)?;
//!     // From the time at which the attempt began: the token cannot be younger than that.
//!     Ok(Minted::new(secret, cx.now.wall + lifetime))
//! })
//! .build()?;
//! # Ok(()) }
//! ```
//!
//! An SDK that blocks goes into [`Blocking`](crate::Blocking), which gives it a thread and never calls it twice at a time.
//!
//! # A server refuses the token
//!
//! [`retry_once`](crate::retry_once) does it all: it tries, reports a refusal, waits for a newer token and tries once more. The
//! [`clients`](https://docs.rs/iam-refresh/latest/iam_refresh/clients/) have it built in.
//!
//! ```
//! use iam_refresh::{TokenCache, retry_once, sqlstate};
//! # struct DbError { code: String }
//! # async fn connect(_password: &str) -> Result<(), DbError> { Ok(()) }
//! # async fn example(cache: TokenCache) {
//! let connection = retry_once(
//!     &cache,
//!     |token| async move { connect(token.expose()).await },
//!     |error: &DbError| sqlstate::refuses_token(&error.code),
//! )
//! .await;
//! # drop(connection); }
//! ```
//!
//! # Health and metrics
//!
//! [`status`](crate::TokenCache::status) is a snapshot of plain values. A readiness probe asks whether there is a token, an alert
//! whether there soon will be none:
//!
//! ```
//! use iam_refresh::{TokenCache, TokenState};
//!
//! fn ready(cache: &TokenCache) -> bool {
//!     matches!(cache.status().state, TokenState::Fresh | TokenState::Stale)
//! }
//!
//! fn worth_waking_somebody(cache: &TokenCache) -> bool {
//!     let status = cache.status();
//!     status.consecutive_failures > 5 || status.auth_rejected() || !status.driver_alive
//! }
//! ```
//!
//! # The end
//!
//! Dropping the last clone ends the driver and waits for nothing. [`close`](crate::TokenCache::close) is for those who want to
//! know that it has ended; it answers all who wait first.
