//! Tokens that AWS services take as passwords: presigned requests, made by `aws-sigv4`, byte for byte as botocore makes them.
//!
//! Signing needs credentials and no network; fetching credentials needs the network and happens once an hour. They are two
//! stages with two caches, so that no connection and no refresh of a token waits for STS while the credentials are good.

#[cfg(feature = "aws-config")]
mod chain;
mod credentials;
mod environment;
mod presign;
mod token;

#[cfg(feature = "aws-config")]
pub use chain::default_credentials;
pub use credentials::CachedCredentials;
pub use environment::EnvironmentCredentials;
pub use presign::PresignError;
pub use token::{AwsToken, Database, KeyValueStore};

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::ProvideCredentials;
