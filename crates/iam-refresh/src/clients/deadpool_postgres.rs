//! `deadpool-postgres` asks a [`Connect`] for each connection: this one asks the cache first.
//!
//! ```no_run
//! # fn pool(cache: iam_refresh::TokenCache) -> Result<(), Box<dyn std::error::Error>> {
//! use deadpool_postgres::{ConfigConnectImpl, Manager, ManagerConfig, Pool};
//! use iam_refresh::clients::deadpool_postgres::IamConnect;
//! use tokio_postgres::NoTls; // rustls or native-tls in earnest
//!
//! let config = "host=db.example user=app dbname=app".parse()?;
//! let connect = IamConnect::new(cache, ConfigConnectImpl { tls: NoTls });
//! let manager = Manager::from_connect(config, connect, ManagerConfig::default());
//! let pool = Pool::builder(manager).max_size(16).build()?;
//! # Ok(()) }
//! ```

use super::tokio_postgres::refuses_token;
use crate::cache::TokenCache;
use crate::error::Unavailable;
use crate::retry::{RetryError, retry_once};
use ::deadpool_postgres::Connect;
use ::tokio_postgres::{Client, Config, Error, NoTls};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::task::JoinHandle;

type Connecting<'a> = Pin<Box<dyn Future<Output = Result<(Client, JoinHandle<()>), Error>> + Send + 'a>>;

/// Connects as `inner` does, with the cache's token as the password, and once more if that is refused.
#[derive(Debug)]
pub struct IamConnect<C> {
    cache: TokenCache,
    inner: C,
}

impl<C: Connect> IamConnect<C> {
    /// Over the connector that knows about TLS.
    pub fn new(cache: TokenCache, inner: C) -> Self {
        Self { cache, inner }
    }

    async fn connect_with_token(&self, base: Config) -> Result<(Client, JoinHandle<()>), Error> {
        let attempt = |token: crate::Token| {
            let mut config = base.clone();
            config.password(token.expose());
            async move { self.inner.connect(&config).await }
        };
        match retry_once(&self.cache, attempt, refuses_token).await {
            Ok(connected) => Ok(connected),
            Err(RetryError::Failed(error)) => Err(error),
            Err(RetryError::Unavailable(cause)) => Err(connection_error(cause).await),
        }
    }
}

impl<C: Connect> Connect for IamConnect<C> {
    fn connect(&self, config: &Config) -> Connecting<'_> {
        Box::pin(self.connect_with_token(config.clone()))
    }
}

/// The cache's error as one of `tokio-postgres`, which lets nobody else make one: a connection over a stream that fails with it.
async fn connection_error(cause: Unavailable) -> Error {
    // A user, or the client would look for one in the environment before it looks at the stream.
    let connecting = Config::new().user("nobody").connect_raw(Broken(cause), NoTls).await;
    connecting.err().expect("a stream that only fails connects to nothing")
}

struct Broken(Unavailable);

impl Broken {
    fn fail<T>(&self) -> Poll<io::Result<T>> {
        Poll::Ready(Err(io::Error::other(self.0.clone())))
    }
}

impl AsyncRead for Broken {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.fail()
    }
}

impl AsyncWrite for Broken {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, _: &[u8]) -> Poll<io::Result<usize>> {
        self.fail()
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.fail()
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.fail()
    }
}
