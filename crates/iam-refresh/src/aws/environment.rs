//! Credentials from the environment, read anew at every fetch: what rotates them may do so in place.

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use std::fmt;

/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, where it is set, `AWS_SESSION_TOKEN`.
///
/// The environment does not say when they end. If they do, [`TokenCache::report_auth_failure`] has them read again.
///
/// [`TokenCache::report_auth_failure`]: crate::TokenCache::report_auth_failure
#[derive(Clone)]
pub struct EnvironmentCredentials<L = fn(&str) -> Option<String>> {
    lookup: L,
}

impl Default for EnvironmentCredentials {
    fn default() -> Self {
        Self { lookup: process_environment }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this provider is the environment's one door, and the caller asked for it by name"
)]
fn process_environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl<L: Fn(&str) -> Option<String>> EnvironmentCredentials<L> {
    /// Looks the variables up by `lookup` instead of in the process's environment.
    pub fn from_lookup(lookup: L) -> Self {
        Self { lookup }
    }

    fn read(&self) -> Result<Credentials, CredentialsError> {
        // An empty variable is an unset one that somebody exported.
        let get = |name| (self.lookup)(name).filter(|value| !value.is_empty());
        let need = |name| get(name).ok_or_else(|| CredentialsError::not_loaded(format!("{name} is not set")));
        let (id, secret) = (need("AWS_ACCESS_KEY_ID")?, need("AWS_SECRET_ACCESS_KEY")?);
        Ok(Credentials::new(id, secret, get("AWS_SESSION_TOKEN"), None, "environment"))
    }
}

impl<L: Fn(&str) -> Option<String> + Send + Sync> ProvideCredentials for EnvironmentCredentials<L> {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(self.read())
    }
}

impl<L> fmt::Debug for EnvironmentCredentials<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EnvironmentCredentials")
    }
}
