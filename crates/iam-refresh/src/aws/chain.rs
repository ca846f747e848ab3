//! The AWS SDK's own way to credentials, for those who already carry its weight.

use aws_config::default_provider::credentials::DefaultCredentialsChain;

/// Environment, profiles, web identity, containers, instances: in the SDK's order, each time that credentials are wanted.
///
/// The chain talks HTTP on the runtime that calls it. The cache's own threads have one; a runtime given to the builder must have
/// its sockets enabled.
pub async fn default_credentials() -> DefaultCredentialsChain {
    DefaultCredentialsChain::builder().build().await
}
