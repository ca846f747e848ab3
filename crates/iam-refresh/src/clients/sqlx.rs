//! `sqlx` has no hook that asks for a password: a pool's options are pushed into it.
//!
//! Pushing is safe from one place only. Reading the options, changing and setting them are three steps, and two writers would now
//! and then put an older token back. So the cache is the one writer: it pushes each token *before* anybody can see it, hence a
//! pool never lags behind [`TokenCache::current`].

use crate::cache::TokenCache;
use crate::retry::{RetryError, retry_once, sqlstate};
use ::sqlx::pool::{PoolConnection, PoolOptions};
use ::sqlx::postgres::{PgConnectOptions, PgPool};
use ::sqlx::{Error, Postgres};
use std::ops::ControlFlow;

/// A pool whose new connections use the cache's newest token. Connects to nothing yet and waits for nothing.
///
/// Leave its connect options alone, and never print them: their `Debug` shows the password. `close()` the pool when done with
/// it; until then the cache holds on to it.
pub fn pool(cache: &TokenCache, options: PoolOptions<Postgres>, base: PgConnectOptions) -> PgPool {
    let pool = options.connect_lazy_with(base.clone());
    cache.on_refresh({
        let pool = pool.clone();
        move |token| {
            if pool.is_closed() {
                return ControlFlow::Break(());
            }
            pool.set_connect_options(base.clone().password(token.expose()));
            ControlFlow::Continue(())
        }
    });
    pool
}

/// A connection of a [`pool`]; where a new one is refused, one more try with a newer token.
///
/// A plain `pool.acquire()` works too, with two gaps: before the first token, and after a suspend, when the pool still holds
/// what was valid before.
pub async fn acquire(cache: &TokenCache, pool: &PgPool) -> Result<PoolConnection<Postgres>, RetryError<Error>> {
    // The token itself is in the pool by the time that the cache hands it out.
    retry_once(cache, |_| pool.acquire(), refuses_token).await
}

/// Whether the server refused the token: the predicate for a [`retry_once`] of your own.
pub fn refuses_token(error: &Error) -> bool {
    error
        .as_database_error()
        .and_then(::sqlx::error::DatabaseError::code)
        .is_some_and(|code| sqlstate::refuses_token(&code))
}
