//! `diesel-async` takes a closure that makes connections, the same for all of its pools.
//!
//! ```no_run
//! # fn pool(cache: iam_refresh::TokenCache) -> Result<(), Box<dyn std::error::Error>> {
//! use diesel_async::AsyncPgConnection;
//! use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig};
//! use tokio_postgres::NoTls; // rustls or native-tls in earnest
//!
//! let config = "host=db.example user=app dbname=app".parse()?;
//! let mut manager = ManagerConfig::<AsyncPgConnection>::default();
//! manager.custom_setup = iam_refresh::clients::diesel_async::setup(cache, config, NoTls);
//! let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new_with_config("", manager);
//! # Ok(()) }
//! ```

use super::tokio_postgres::refuses_token;
use crate::cache::TokenCache;
use crate::error::in_one_line;
use crate::retry::retry_once;
use crate::token::Token;
use ::diesel_async::AsyncPgConnection;
use ::diesel_async::pooled_connection::SetupCallback;
use ::tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use ::tokio_postgres::{Config, Socket};
use diesel::{ConnectionError, ConnectionResult};

/// A closure for `ManagerConfig::custom_setup`. The pool's URL is not looked at: `base` says where to connect and as whom.
pub fn setup<T>(cache: TokenCache, base: Config, tls: T) -> SetupCallback<AsyncPgConnection>
where
    T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
    T::Stream: Send + 'static,
    T::TlsConnect: Send,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    Box::new(move |_url| Box::pin(establish(cache.clone(), base.clone(), tls.clone())))
}

async fn establish<T>(cache: TokenCache, base: Config, tls: T) -> ConnectionResult<AsyncPgConnection>
where
    T: MakeTlsConnect<Socket> + Clone,
    T::Stream: Send + 'static,
{
    let attempt = |token: Token| {
        let (mut config, tls) = (base.clone(), tls.clone());
        config.password(token.expose());
        async move { config.connect(tls).await }
    };
    let connected = retry_once(&cache, attempt, refuses_token).await;
    let (client, connection) = connected.map_err(|error| ConnectionError::BadConnection(in_one_line(&error)))?;
    AsyncPgConnection::try_from_client_and_connection(client, connection).await
}
