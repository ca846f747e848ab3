//! A server in this process that speaks PostgreSQL and checks tokens as RDS does: signature, user, age. No database behind it.

use async_trait::async_trait;
use futures_util::Sink;
use iam_refresh::aws::{AwsToken, Credentials, Database};
use percent_encoding::percent_decode_str;
use pgwire::api::auth::cleartext::CleartextPasswordAuthStartupHandler;
use pgwire::api::auth::{AuthSource, DefaultServerParameterProvider, LoginInfo, Password, StartupHandler};
use pgwire::api::portal::Portal;
use pgwire::api::query::{ExtendedQueryHandler, SimpleQueryHandler};
use pgwire::api::results::{DescribePortalResponse, DescribeResponse, DescribeStatementResponse, Response, Tag};
use pgwire::api::stmt::{NoopQueryParser, StoredStatement};
use pgwire::api::store::PortalStore;
use pgwire::api::{ClientInfo, ClientPortalStore, PgWireServerHandlers};
use pgwire::error::{ErrorInfo, PgWireError, PgWireResult};
use pgwire::messages::PgWireBackendMessage;
use std::fmt::Debug;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use time::PrimitiveDateTime;
use time::macros::format_description;
use tokio::net::TcpListener;

pub(crate) const USER: &str = "svc user+x@corp/é~";
pub(crate) const NAME: Database<'_> =
    Database { host: "db.us-east-1.rds.amazonaws.com", port: 5432, region: "us-east-1", user: USER };

pub(crate) fn keys(id: &str) -> Credentials {
    Credentials::new(id, format!("secret of {id}"), None, None, "test")
}

/// The server's side of IAM: who may sign, and what time it is there.
#[derive(Debug)]
pub(crate) struct Gate {
    pub(crate) trusted: Mutex<Credentials>,
    /// Seconds that the server's clock is ahead of ours.
    pub(crate) ahead: AtomicI64,
    pub(crate) admitted: AtomicUsize,
    pub(crate) refused: AtomicUsize,
}

impl Gate {
    /// Opens on a free port of this machine.
    pub(crate) async fn open(trusted: Credentials) -> (Arc<Self>, u16) {
        let gate = Arc::new(Self {
            trusted: Mutex::new(trusted),
            ahead: AtomicI64::new(0),
            admitted: AtomicUsize::new(0),
            refused: AtomicUsize::new(0),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let handlers = Arc::new(Handlers(Arc::clone(&gate)));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(pgwire::tokio::process_socket(socket, None, Arc::clone(&handlers)));
            }
        });
        (gate, port)
    }

    fn check(&self, user: &str, token: &str) -> Result<(), &'static str> {
        let field = |name: &str| {
            let (_, value) =
                token.split(['?', '&']).filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?;
            percent_decode_str(value).decode_utf8().ok()
        };
        if field("DBUser").as_deref() != Some(user) {
            return Err("the token is for another user");
        }
        let date = field("X-Amz-Date").ok_or("the token has no date")?;
        let format = format_description!("[year][month][day]T[hour][minute][second]Z");
        let date = PrimitiveDateTime::parse(&date, format).map_err(|_| "the token's date is none")?.assume_utc();
        let age = self.now() - date.unix_timestamp();
        if !(-300..=900).contains(&age) {
            return Err("the token is too old, or from the future");
        }
        let trusted = self.trusted.lock().unwrap().clone();
        let expected = AwsToken::rds(Database { user, ..NAME }, trusted.clone()).unwrap().sign(&trusted, date.into());
        if expected.unwrap() == token { Ok(()) } else { Err("the signature does not match") }
    }

    #[expect(clippy::disallowed_methods, reason = "a server has a clock of its own")]
    fn now(&self) -> i64 {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
        i64::try_from(now.as_secs()).unwrap() + self.ahead.load(Ordering::SeqCst)
    }
}

#[derive(Debug)]
struct Tokens(Arc<Gate>);

#[async_trait]
impl AuthSource for Tokens {
    async fn get_password(&self, login: &LoginInfo) -> PgWireResult<Password> {
        Err(PgWireError::InvalidPassword(login.user().unwrap_or_default().to_owned()))
    }

    async fn verify_password(&self, login: &LoginInfo, presented: &[u8]) -> PgWireResult<Option<()>> {
        let user = login.user().unwrap_or_default();
        match self.0.check(user, &String::from_utf8_lossy(presented)) {
            Ok(()) => {
                self.0.admitted.fetch_add(1, Ordering::SeqCst);
                Ok(None)
            }
            Err(why) => {
                self.0.refused.fetch_add(1, Ordering::SeqCst);
                let message = format!("PAM authentication failed for user \"{user}\": {why}");
                Err(PgWireError::UserError(Box::new(ErrorInfo::new("FATAL".into(), "28000".into(), message))))
            }
        }
    }
}

struct Handlers(Arc<Gate>);

impl PgWireServerHandlers for Handlers {
    fn startup_handler(&self) -> Arc<impl StartupHandler> {
        let parameters = DefaultServerParameterProvider::default();
        Arc::new(CleartextPasswordAuthStartupHandler::new(Tokens(Arc::clone(&self.0)), parameters))
    }

    fn simple_query_handler(&self) -> Arc<impl SimpleQueryHandler> {
        Arc::new(Yes)
    }

    fn extended_query_handler(&self) -> Arc<impl ExtendedQueryHandler> {
        Arc::new(Yes)
    }
}

/// Agrees to every statement.
struct Yes;

#[async_trait]
impl SimpleQueryHandler for Yes {
    async fn do_query<C>(&self, _: &mut C, _: &str) -> PgWireResult<Vec<Response>>
    where
        C: ClientInfo + ClientPortalStore + Sink<PgWireBackendMessage> + Unpin + Send + Sync,
        C::PortalStore: PortalStore,
        C::Error: Debug,
        PgWireError: From<<C as Sink<PgWireBackendMessage>>::Error>,
    {
        Ok(vec![Response::Execution(Tag::new("SET"))])
    }
}

#[async_trait]
impl ExtendedQueryHandler for Yes {
    type Statement = String;
    type QueryParser = NoopQueryParser;

    fn query_parser(&self) -> Arc<Self::QueryParser> {
        Arc::new(NoopQueryParser)
    }

    async fn do_query<C>(&self, _: &mut C, _: &Portal<String>, _: usize) -> PgWireResult<Response>
    where
        C: ClientInfo + ClientPortalStore + Sink<PgWireBackendMessage> + Unpin + Send + Sync,
        C::PortalStore: PortalStore<Statement = String>,
        C::Error: Debug,
        PgWireError: From<<C as Sink<PgWireBackendMessage>>::Error>,
    {
        Ok(Response::Execution(Tag::new("SET")))
    }

    async fn do_describe_statement<C>(
        &self,
        _: &mut C,
        _: &StoredStatement<String>,
    ) -> PgWireResult<DescribeStatementResponse>
    where
        C: ClientInfo + ClientPortalStore + Sink<PgWireBackendMessage> + Unpin + Send + Sync,
        C::PortalStore: PortalStore<Statement = String>,
        C::Error: Debug,
        PgWireError: From<<C as Sink<PgWireBackendMessage>>::Error>,
    {
        Ok(DescribeStatementResponse::no_data())
    }

    async fn do_describe_portal<C>(&self, _: &mut C, _: &Portal<String>) -> PgWireResult<DescribePortalResponse>
    where
        C: ClientInfo + ClientPortalStore + Sink<PgWireBackendMessage> + Unpin + Send + Sync,
        C::PortalStore: PortalStore<Statement = String>,
        C::Error: Debug,
        PgWireError: From<<C as Sink<PgWireBackendMessage>>::Error>,
    {
        Ok(DescribePortalResponse::no_data())
    }
}
