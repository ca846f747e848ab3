//! Database clients that take their password from a cache, each behind the feature of its name.
//!
//! All do the same three things: a token for each new connection, taken when that connection is made; one refresh and one retry
//! where the server refuses it; and nothing at all on connections that stand, which outlive the token they were made with.

#[cfg(feature = "deadpool-postgres")]
pub mod deadpool_postgres;
#[cfg(feature = "diesel-async")]
pub mod diesel_async;
#[cfg(feature = "redis")]
pub mod redis;
#[cfg(feature = "sqlx")]
pub mod sqlx;

#[cfg(any(feature = "deadpool-postgres", feature = "diesel-async"))]
mod tokio_postgres {
    use crate::retry::sqlstate;

    /// Whether the server refused the token, and not the role, the database or the weather.
    pub(super) fn refuses_token(error: &::tokio_postgres::Error) -> bool {
        error.code().is_some_and(|state| sqlstate::refuses_token(state.code()))
    }
}
