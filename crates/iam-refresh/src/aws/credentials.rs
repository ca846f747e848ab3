//! The stage before the signature: credentials, kept until the tokens that they sign would be cut short.

use crate::error::in_one_line;
use crate::source::{Reason, SourceError};
use crate::sync::{Mutex, lock};
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError;
use std::fmt;
use std::time::{Duration, SystemTime};

/// Credentials that end sooner would cut the token's own fifteen minutes short.
const RENEW_BEFORE: Duration = Duration::from_mins(15);

/// Remembers what a provider returned for as long as it is good.
///
/// One call of STS an hour, however many tokens are signed meanwhile; and when that call fails, the old credentials go on
/// signing until they really end.
pub struct CachedCredentials<P> {
    provider: P,
    // Held for a clone only, never across a call of the provider: the driver calls one at a time anyway.
    cached: Mutex<Option<Credentials>>,
}

impl<P: ProvideCredentials> CachedCredentials<P> {
    /// Over a provider: static [`Credentials`], [`EnvironmentCredentials`](super::EnvironmentCredentials), or any of `aws-config`.
    pub fn new(provider: P) -> Self {
        Self { provider, cached: Mutex::new(None) }
    }

    /// Credentials that are valid at `now`, fetched if those at hand are near their end or under suspicion.
    pub(super) async fn get(&self, now: SystemTime, reason: Reason) -> Result<Credentials, SourceError> {
        let cached = lock(&self.cached).clone().filter(|credentials| left(credentials, now) > Duration::ZERO);
        // A server refused what these signed: they may have been revoked long before their end.
        let suspect = reason == Reason::Rejected;
        if let Some(good) = cached.as_ref().filter(|credentials| !suspect && left(credentials, now) > RENEW_BEFORE) {
            return Ok(good.clone());
        }
        match self.provider.provide_credentials().await {
            Ok(fetched) if left(&fetched, now) > Duration::ZERO => {
                *lock(&self.cached) = Some(fetched.clone());
                Ok(fetched)
            }
            Ok(_) => {
                cached.ok_or_else(|| SourceError::transient("the provider returned credentials that have expired"))
            }
            Err(error) => cached.ok_or_else(|| source_error(&error)),
        }
    }
}

fn left(credentials: &Credentials, now: SystemTime) -> Duration {
    credentials.expiry().map_or(Duration::MAX, |expiry| expiry.duration_since(now).unwrap_or(Duration::ZERO))
}

fn source_error(error: &CredentialsError) -> SourceError {
    // By itself the provider's error only says that an error occurred.
    let cause = in_one_line(error);
    match error {
        CredentialsError::InvalidConfiguration(_) | CredentialsError::CredentialsNotLoaded(_) => {
            SourceError::permanent(cause)
        }
        _ => SourceError::transient(cause),
    }
}

impl<P> fmt::Debug for CachedCredentials<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CachedCredentials")
    }
}
