//! Every client against a server that checks tokens, and against a real PostgreSQL whose role changes its password.
//!
//! A client here is a function that opens a *new* connection and uses it. `tokio-postgres` with `retry_once` is always among
//! them; the others come with their features.

use crate::postgres::{Postgres, RotatingRole};
use crate::support::secs;
use crate::wire::{Gate, NAME, USER, keys};
use iam_refresh::aws::{AwsToken, Credentials, ProvideCredentials};
use iam_refresh::{RetryError, Token, TokenCache, TokenSource, retry_once, sqlstate};
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tokio_postgres::{Config, NoTls};

type Connecting = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

struct Client {
    name: &'static str,
    connect: Box<dyn Fn() -> Connecting + Send>,
}

/// Where a server listens, and as whom to come.
#[derive(Clone)]
struct Address {
    port: u16,
    user: &'static str,
}

impl Address {
    fn config(&self) -> Config {
        let mut config = Config::new();
        config.host("127.0.0.1").port(self.port).user(self.user).dbname("postgres");
        config
    }
}

fn clients(cache: &TokenCache, address: &Address) -> Vec<Client> {
    vec![
        plain(cache.clone(), address.config()),
        #[cfg(feature = "sqlx")]
        sqlx(cache.clone(), address),
        #[cfg(feature = "deadpool-postgres")]
        deadpool(cache.clone(), address.config()),
        #[cfg(feature = "diesel-async")]
        diesel(cache.clone(), address.config()),
    ]
}

fn plain(cache: TokenCache, base: Config) -> Client {
    async fn open(mut config: Config, token: Token) -> Result<(), tokio_postgres::Error> {
        let (client, connection) = config.password(token.expose()).connect(NoTls).await?;
        let connection = tokio::spawn(connection);
        client.batch_execute("SET application_name = 'iam-refresh'").await?;
        drop(client);
        connection.await.expect("the connection's task ends")
    }
    let connect = move || -> Connecting {
        let (cache, base) = (cache.clone(), base.clone());
        Box::pin(async move {
            let refused =
                |error: &tokio_postgres::Error| error.code().is_some_and(|state| sqlstate::refuses_token(state.code()));
            retry_once(&cache, |token| open(base.clone(), token), refused).await.map_err(|error| match error {
                RetryError::Failed(error) => format!("{error:?}"),
                RetryError::Unavailable(error) => error.to_string(),
            })
        })
    };
    Client { name: "tokio-postgres", connect: Box::new(connect) }
}

#[cfg(feature = "sqlx")]
fn sqlx(cache: TokenCache, address: &Address) -> Client {
    use iam_refresh::clients::sqlx::{acquire, pool};
    use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
    use sqlx::{Connection, Executor};

    let base = PgConnectOptions::new_without_pgpass()
        .host("127.0.0.1")
        .port(address.port)
        .username(address.user)
        .database("postgres")
        .ssl_mode(PgSslMode::Disable);
    let pool = pool(&cache, PgPoolOptions::new().max_connections(4).acquire_timeout(secs(20)), base);
    let connect = move || -> Connecting {
        let (cache, pool) = (cache.clone(), pool.clone());
        Box::pin(async move {
            let mut connection = acquire(&cache, &pool).await.map_err(|error| error.to_string())?.detach();
            connection.execute("SET application_name = 'iam-refresh'").await.map_err(|error| error.to_string())?;
            connection.close().await.map_err(|error| error.to_string())
        })
    };
    Client { name: "sqlx", connect: Box::new(connect) }
}

#[cfg(feature = "deadpool-postgres")]
fn deadpool(cache: TokenCache, base: Config) -> Client {
    use deadpool_postgres::{ConfigConnectImpl, Manager, ManagerConfig, Object, Pool};
    use iam_refresh::clients::deadpool_postgres::IamConnect;

    let connect = IamConnect::new(cache, ConfigConnectImpl { tls: NoTls });
    let manager = Manager::from_connect(base, connect, ManagerConfig::default());
    let pool = Pool::builder(manager).max_size(4).build().unwrap();
    let connect = move || -> Connecting {
        let pool = pool.clone();
        Box::pin(async move {
            let client = Object::take(pool.get().await.map_err(|error| format!("{error:?}"))?);
            client.batch_execute("SET application_name = 'iam-refresh'").await.map_err(|error| format!("{error:?}"))
        })
    };
    Client { name: "deadpool-postgres", connect: Box::new(connect) }
}

#[cfg(feature = "diesel-async")]
fn diesel(cache: TokenCache, base: Config) -> Client {
    use diesel_async::SimpleAsyncConnection;
    let setup = Arc::new(iam_refresh::clients::diesel_async::setup(cache, base, NoTls));
    let connect = move || -> Connecting {
        let setup = Arc::clone(&setup);
        Box::pin(async move {
            let mut connection = setup("").await.map_err(|error| error.to_string())?;
            connection.batch_execute("SET application_name = 'iam-refresh'").await.map_err(|error| error.to_string())
        })
    };
    Client { name: "diesel-async", connect: Box::new(connect) }
}

/// What STS hands out at the moment.
#[derive(Clone, Debug)]
struct Sts(Arc<Mutex<Credentials>>);

impl ProvideCredentials for Sts {
    fn provide_credentials<'a>(&'a self) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        aws_credential_types::provider::future::ProvideCredentials::ready(Ok(self.0.lock().unwrap().clone()))
    }
}

fn cache_over(source: impl TokenSource) -> TokenCache {
    TokenCache::builder(source).rejected_every(Duration::from_millis(1)).build().unwrap()
}

#[tokio::test]
async fn tokens_are_admitted_and_after_revoked_credentials_the_next_ones_are() {
    let sts = Sts(Arc::new(Mutex::new(keys("first"))));
    let (gate, port) = Gate::open(keys("first")).await;
    let cache = cache_over(AwsToken::rds(NAME, sts.clone()).unwrap());
    for (round, client) in clients(&cache, &Address { port, user: USER }).into_iter().enumerate() {
        (client.connect)().await.unwrap_or_else(|error| panic!("{}: {error}", client.name));
        let (admitted, refused) = (gate.admitted.load(Ordering::SeqCst), gate.refused.load(Ordering::SeqCst));

        let renewed = keys(&format!("renewed {round}"));
        *gate.trusted.lock().unwrap() = renewed.clone();
        *sts.0.lock().unwrap() = renewed;
        (client.connect)().await.unwrap_or_else(|error| panic!("{}: {error}", client.name));
        assert_eq!(gate.refused.load(Ordering::SeqCst), refused + 1, "{}: one refusal", client.name);
        assert_eq!(gate.admitted.load(Ordering::SeqCst), admitted + 1, "{}: and one more try", client.name);
    }
}

#[tokio::test]
async fn server_that_refuses_every_token_is_tried_twice_and_its_answer_reaches_the_caller() {
    let (gate, port) = Gate::open(keys("first")).await;
    let cache = cache_over(AwsToken::rds(NAME, keys("first")).unwrap());
    gate.ahead.store(901, Ordering::SeqCst);
    for client in clients(&cache, &Address { port, user: USER }) {
        let refused = gate.refused.swap(0, Ordering::SeqCst);
        let error = (client.connect)().await.expect_err(client.name);
        assert!(error.contains("PAM authentication failed") && error.contains("too old"), "{}: {error}", client.name);
        assert_eq!(gate.refused.load(Ordering::SeqCst), 2, "{} after {refused}", client.name);
        assert_eq!(gate.admitted.load(Ordering::SeqCst), 0);
        // Past the least time between two forced refreshes.
        sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn forged_tokens_and_those_of_others_are_refused() {
    let (gate, port) = Gate::open(keys("first")).await;
    let forged = [
        cache_over(AwsToken::rds(NAME, keys("somebody else")).unwrap()),
        cache_over(AwsToken::rds(iam_refresh::aws::Database { user: "other", ..NAME }, keys("first")).unwrap()),
    ];
    for cache in forged {
        for client in clients(&cache, &Address { port, user: USER }) {
            let error = (client.connect)().await.expect_err(client.name);
            assert!(error.contains("PAM authentication failed"), "{}: {error}", client.name);
        }
    }
    assert_eq!(gate.admitted.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn lack_of_a_token_is_told_as_what_it_is() {
    let source = |_: iam_refresh::MintCx| async { Err(iam_refresh::SourceError::permanent("no such role")) };
    let cache = cache_over(source);
    for client in clients(&cache, &Address { port: 1, user: USER }) {
        let error = (client.connect)().await.expect_err(client.name);
        assert!(error.contains("no such role"), "{}: {error}", client.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn real_postgres_is_never_missed_while_its_password_rotates() {
    let Some(postgres) = Postgres::start() else { return };
    let role = RotatingRole::new(&postgres, secs(3)).await;
    let cache = cache_over(role);
    let mut open = Config::new();
    open.host("127.0.0.1").port(postgres.port).user(RotatingRole::NAME).dbname("postgres");
    let first = cache.fresh().await.unwrap();
    let (standing, connection) = open.password(first.expose()).connect(NoTls).await.unwrap();
    tokio::spawn(connection);

    let end = Instant::now() + secs(8);
    let mut connections = 0;
    let clients = clients(&cache, &Address { port: postgres.port, user: RotatingRole::NAME });
    while Instant::now() < end {
        for client in &clients {
            (client.connect)().await.unwrap_or_else(|error| panic!("{}: {error}", client.name));
            connections += 1;
        }
    }
    assert!(cache.status().refreshes >= 3, "the password never changed");
    assert!(connections >= 20, "only {connections} connections");
    standing.batch_execute("SELECT 1").await.expect("an open connection outlives the token it was made with");
    let expired = open.password(first.expose()).connect(NoTls).await.err().expect("the first password has ended");
    assert!(sqlstate::refuses_token(expired.code().unwrap().code()), "{expired:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn real_postgres_that_changed_or_ended_the_password_itself_is_reached_by_one_retry() {
    let Some(postgres) = Postgres::start() else { return };
    let role = RotatingRole::new(&postgres, secs(900)).await;
    let admin = postgres.admin().await;
    let cache = cache_over(role);
    for client in clients(&cache, &Address { port: postgres.port, user: RotatingRole::NAME }) {
        (client.connect)().await.unwrap_or_else(|error| panic!("{}: {error}", client.name));
        for change in ["PASSWORD 'changed by somebody else'", "VALID UNTIL '2020-01-01'"] {
            let before = cache.status().refreshes;
            admin.batch_execute(&format!("ALTER ROLE {} {change}", RotatingRole::NAME)).await.unwrap();
            (client.connect)().await.unwrap_or_else(|error| panic!("{} after {change}: {error}", client.name));
            assert_eq!(cache.status().refreshes, before + 1, "{} after {change}", client.name);
            sleep(Duration::from_millis(5)).await;
        }
    }
}
