//! The three services' requests, and the source that signs them. What differs between the services is one constructor each.

use super::credentials::CachedCredentials;
use super::presign::{LIFETIME, PresignError, Request, encode};
use crate::source::{MintCx, Minted, SourceError, TokenSource};
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use std::fmt;
use std::time::{Duration, SystemTime};

/// An RDS or Aurora instance or proxy, and who connects to it.
#[derive(Clone, Copy, Debug)]
pub struct Database<'a> {
    /// The endpoint's own name, not an alias of it: the server checks the signature against what it is called.
    pub host: &'a str,
    /// Part of what is signed; there is no default.
    pub port: u16,
    /// Where the endpoint is; there is no default, since a token for another region is refused without saying so.
    pub region: &'a str,
    /// The role, as in `CREATE ROLE`. Any characters.
    pub user: &'a str,
}

/// An `ElastiCache` or `MemoryDB` for Valkey or Redis, and who connects to it.
#[derive(Clone, Copy, Debug)]
pub struct KeyValueStore<'a> {
    /// The cache's name: not its endpoint.
    pub name: &'a str,
    /// Where it is.
    pub region: &'a str,
    /// The user's id.
    pub user: &'a str,
    /// Whether it is a serverless cache, whose tokens say so.
    pub serverless: bool,
}

/// Mints the password of an AWS service by signing a request to it.
pub struct AwsToken<P> {
    request: Request,
    finish: fn(&str) -> String,
    credentials: CachedCredentials<P>,
}

impl<P: ProvideCredentials> AwsToken<P> {
    /// For RDS and Aurora, `PostgreSQL` and `MySQL` alike.
    pub fn rds(database: Database<'_>, credentials: P) -> Result<Self, PresignError> {
        let Database { host, port, region, user } = database;
        if port == 0 {
            return Err(PresignError::Missing("port"));
        }
        present(&[(host, "host"), (region, "region"), (user, "user")])?;
        let query = format!("Action=connect&DBUser={}", encode(user));
        Ok(Self::new("rds-db", region, format!("{host}:{port}"), query, credentials))
    }

    /// For `ElastiCache`.
    pub fn elasticache(store: KeyValueStore<'_>, credentials: P) -> Result<Self, PresignError> {
        let KeyValueStore { name, region, user, serverless } = store;
        present(&[(name, "cache name"), (region, "region"), (user, "user")])?;
        let resource = if serverless { "&ResourceType=ServerlessCache" } else { "" };
        let query = format!("Action=connect&User={}{resource}", encode(user));
        Ok(Self::new("elasticache", region, name.to_ascii_lowercase(), query, credentials))
    }

    /// For MSK, as the `SASL/OAUTHBEARER` mechanism wants it.
    #[cfg(feature = "msk")]
    pub fn msk(region: &str, credentials: P) -> Result<Self, PresignError> {
        present(&[(region, "region")])?;
        let query = format!("Action={}", encode("kafka-cluster:Connect"));
        let authority = format!("kafka.{region}.amazonaws.com");
        let token = Self::new("kafka-cluster", region, authority, query, credentials);
        Ok(Self { finish: oauth_bearer, ..token })
    }

    fn new(service: &'static str, region: &str, authority: String, query: String, credentials: P) -> Self {
        let request = Request { service, region: region.to_owned(), authority, query };
        Self { request, finish: str::to_owned, credentials: CachedCredentials::new(credentials) }
    }

    /// The token that these credentials sign at this time. No network, no cache: what [`TokenSource::mint`] calls.
    pub fn sign(&self, credentials: &Credentials, at: SystemTime) -> Result<String, PresignError> {
        self.request.presign(credentials, at).map(|token| (self.finish)(&token))
    }
}

impl<P: ProvideCredentials + 'static> TokenSource for AwsToken<P> {
    async fn mint(&self, cx: MintCx) -> Result<Minted, SourceError> {
        let now = cx.now.wall;
        let credentials = self.credentials.get(now, cx.reason).await?;
        let token = self.sign(&credentials, now).map_err(SourceError::permanent)?;
        // The signature's date has whole seconds only, and a token ends with the credentials that signed it.
        let own_end = now - subsecond(now) + LIFETIME;
        Ok(Minted::new(token, credentials.expiry().map_or(own_end, |end| end.min(own_end))))
    }
}

fn subsecond(time: SystemTime) -> Duration {
    let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Duration::from_nanos(u64::from(since_epoch.subsec_nanos()))
}

fn present(parts: &[(&str, &'static str)]) -> Result<(), PresignError> {
    match parts.iter().find(|(value, _)| value.is_empty()) {
        Some(&(_, name)) => Err(PresignError::Missing(name)),
        None => Ok(()),
    }
}

/// The URL itself, base64url without padding, as Amazon's own signers send it.
#[cfg(feature = "msk")]
fn oauth_bearer(token: &str) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    // The broker logs the parameter; it is not part of the signature.
    URL_SAFE_NO_PAD
        .encode(format!("https://{token}&User-Agent={}", encode(concat!("iam-refresh/", env!("CARGO_PKG_VERSION")))))
}

impl<P> fmt::Debug for AwsToken<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AwsToken").field("request", &self.request).finish_non_exhaustive()
    }
}
