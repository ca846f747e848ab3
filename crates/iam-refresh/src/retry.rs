//! The answer to a refused connection: say so, wait for a newer token, try once more. Once.

use crate::cache::TokenCache;
use crate::error::Unavailable;
use crate::token::Token;

/// What servers say when they do not take a token.
pub mod sqlstate {
    /// `invalid_authorization_specification`: what RDS answers, which checks tokens by PAM.
    pub const INVALID_AUTHORIZATION: &str = "28000";
    /// `invalid_password`: what PostgreSQL's own password methods answer.
    pub const INVALID_PASSWORD: &str = "28P01";
    /// MySQL's "access denied for user".
    pub const MYSQL_ACCESS_DENIED: u16 = 1045;

    /// Whether this PostgreSQL error code means that the token was refused.
    pub fn refuses_token(code: &str) -> bool {
        code == INVALID_AUTHORIZATION || code == INVALID_PASSWORD
    }
}

/// Why [`retry_once`] gave up.
#[derive(Debug)]
pub enum RetryError<E> {
    /// There was no token to try with.
    Unavailable(Unavailable),
    /// The operation failed: for a reason other than the token, or with the newest token too.
    Failed(E),
}

impl<E: std::fmt::Display> std::fmt::Display for RetryError<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unavailable(cause) => cause.fmt(f),
            Self::Failed(cause) => cause.fmt(f),
        }
    }
}

// Each variant *is* its cause, so the chain goes on behind it.
impl<E: std::error::Error> std::error::Error for RetryError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unavailable(cause) => cause.source(),
            Self::Failed(cause) => cause.source(),
        }
    }
}

/// Runs `operation` with the current token and, if it fails in a way that `refused` takes for a refused token, once more with a
/// newer one.
///
/// The second failure is the caller's: a loop here would hammer a database that has locked the role out.
pub async fn retry_once<T, E, Running>(
    cache: &TokenCache,
    operation: impl Fn(Token) -> Running,
    refused: impl Fn(&E) -> bool,
) -> Result<T, RetryError<E>>
where
    Running: Future<Output = Result<T, E>>,
{
    let token = cache.fresh().await.map_err(RetryError::Unavailable)?;
    let used = token.generation();
    let error = match operation(token).await {
        Ok(done) => return Ok(done),
        Err(error) => error,
    };
    if !refused(&error) || !cache.report_auth_failure(used).worth_a_retry() {
        return Err(RetryError::Failed(error));
    }
    match cache.newer_than(used).await {
        Ok(newer) => operation(newer).await.map_err(RetryError::Failed),
        // The refusal is the news; why there is no newer token stands in the status and in the log.
        Err(_) => Err(RetryError::Failed(error)),
    }
}
