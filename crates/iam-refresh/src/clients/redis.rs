//! `redis` subscribes each connection to a stream of credentials: the first item opens it, later ones authenticate it anew, which
//! `ElastiCache` asks of connections that live for long.
//!
//! ```no_run
//! # async fn connect(cache: iam_refresh::TokenCache) -> redis::RedisResult<()> {
//! use iam_refresh::clients::redis::IamCredentials;
//! use redis::{AsyncConnectionConfig, Client};
//!
//! let config = AsyncConnectionConfig::new().set_credentials_provider(IamCredentials::new(cache, "app"));
//! let client = Client::open("redis://cache.example")?; // rediss:// in earnest
//! let connection = client.get_multiplexed_async_connection_with_config(&config).await?;
//! # Ok(()) }
//! ```

use crate::cache::TokenCache;
use ::redis::RedisResult;
use ::redis::auth::{BasicAuth, StreamingCredentialsProvider};
use futures_core::Stream;
use futures_util::StreamExt;
use std::pin::Pin;

/// The cache's tokens as one user's credentials.
///
/// Give the client a connection timeout: opening a connection waits for the first token as long as there is none.
#[derive(Clone, Debug)]
pub struct IamCredentials {
    cache: TokenCache,
    user: String,
}

impl IamCredentials {
    /// For the user whom the tokens are signed for.
    pub fn new(cache: TokenCache, user: impl Into<String>) -> Self {
        Self { cache, user: user.into() }
    }
}

impl StreamingCredentialsProvider for IamCredentials {
    // No error is ever sent: a connection gives up its subscription at the first, and every published token was valid.
    fn subscribe(&self) -> Pin<Box<dyn Stream<Item = RedisResult<BasicAuth>> + Send + 'static>> {
        let user = self.user.clone();
        Box::pin(self.cache.subscribe().map(move |token| Ok(BasicAuth::new(user.clone(), token.expose().to_owned()))))
    }
}
