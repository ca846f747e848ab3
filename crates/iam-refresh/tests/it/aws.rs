//! Tokens byte for byte as botocore makes them, and the credentials that sign them fetched once.

use crate::support::{TestClock, secs};
use iam_refresh::TokenCache;
use iam_refresh::aws::{
    AwsToken, CachedCredentials, Credentials, Database, EnvironmentCredentials, KeyValueStore, PresignError,
    ProvideCredentials,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::runtime::Handle;
use tokio::time::sleep;

/// Made by botocore 1.44.5 with its clock held at `VECTORS_AT`.
const VECTORS: &str = include_str!("../data/botocore-vectors.json");
const VECTORS_AT: Duration = Duration::from_secs(1_767_323_045);

fn keys(session_token: Option<&str>, expiry: Option<SystemTime>) -> Credentials {
    let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    Credentials::new("AKIDEXAMPLE", secret, session_token.map(str::to_owned), expiry, "test")
}

fn database(user: &str) -> Database<'_> {
    Database { host: "db.us-east-1.rds.amazonaws.com", port: 5432, region: "us-east-1", user }
}

#[test]
fn tokens_are_botocores_byte_for_byte() {
    let vectors: BTreeMap<String, Value> = serde_json::from_str(VECTORS).unwrap();
    assert_eq!(vectors.len(), 6);
    for (name, vector) in vectors {
        let text = |key: &str| vector["in"][key].as_str();
        let port = u16::try_from(vector["in"]["port"].as_u64().unwrap()).unwrap();
        let (host, region, user) = (text("host").unwrap(), text("region").unwrap(), text("user").unwrap());
        let credentials = keys(text("session_token"), None);
        let source = AwsToken::rds(Database { host, port, region, user }, credentials.clone()).unwrap();
        let token = source.sign(&credentials, SystemTime::UNIX_EPOCH + VECTORS_AT).unwrap();
        assert_eq!(token, vector["token"].as_str().unwrap(), "{name}");
    }
}

#[test]
fn what_would_be_signed_for_nowhere_is_refused() {
    let refused = |database| AwsToken::rds(database, keys(None, None)).unwrap_err().to_string();
    assert_eq!(refused(Database { port: 0, ..database("u") }), "the token needs a port; there is no default for it");
    assert_eq!(
        refused(Database { region: "", ..database("u") }),
        "the token needs a region; there is no default for it"
    );
    assert_eq!(refused(Database { host: "", ..database("u") }), "the token needs a host; there is no default for it");
    assert_eq!(refused(database("")), "the token needs a user; there is no default for it");
    let odd = AwsToken::rds(Database { host: "two words", ..database("u") }, keys(None, None)).unwrap();
    let error = odd.sign(&keys(None, None), SystemTime::UNIX_EPOCH + VECTORS_AT).unwrap_err();
    assert!(matches!(error, PresignError::Signing(_)), "a host that is none is an error, not a panic: {error}");
}

#[test]
fn elasticache_tokens_name_the_cache_and_its_kind() {
    let store = KeyValueStore { name: "My-Cache", region: "eu-west-1", user: "app", serverless: true };
    let source = AwsToken::elasticache(store, keys(None, None)).unwrap();
    let token = source.sign(&keys(None, None), SystemTime::UNIX_EPOCH + VECTORS_AT).unwrap();
    assert!(
        token.starts_with("my-cache/?Action=connect&User=app&ResourceType=ServerlessCache&X-Amz-Algorithm="),
        "{token}"
    );
    assert!(token.contains("%2Feu-west-1%2Felasticache%2Faws4_request"), "{token}");
}

#[cfg(feature = "msk")]
#[test]
fn msk_tokens_are_base64url_of_the_signed_url() {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let source = AwsToken::msk("us-west-2", keys(None, None)).unwrap();
    let token = source.sign(&keys(None, None), SystemTime::UNIX_EPOCH + VECTORS_AT).unwrap();
    let url = String::from_utf8(URL_SAFE_NO_PAD.decode(token).unwrap()).unwrap();
    assert!(url.starts_with("https://kafka.us-west-2.amazonaws.com/?Action=kafka-cluster%3AConnect&X-Amz-"), "{url}");
    assert!(url.contains("&X-Amz-Signature=") && url.contains("&User-Agent=iam-refresh%2F"), "{url}");
}

/// Hands out what is left in the drawer, and counts.
#[derive(Clone, Debug, Default)]
struct Drawer {
    credentials: Arc<Mutex<Vec<Credentials>>>,
    fetches: Arc<AtomicUsize>,
}

impl ProvideCredentials for Drawer {
    fn provide_credentials<'a>(&'a self) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        use aws_credential_types::provider::error::CredentialsError;
        self.fetches.fetch_add(1, Ordering::SeqCst);
        let next =
            self.credentials.lock().unwrap().pop().ok_or_else(|| CredentialsError::provider_error("STS is down"));
        aws_credential_types::provider::future::ProvideCredentials::ready(next)
    }
}

fn serving(drawer: &Drawer, clock: &TestClock) -> TokenCache {
    let source = AwsToken::rds(database("app"), drawer.clone()).unwrap();
    TokenCache::builder(source).clock(clock.clone()).seed(3).runtime(Handle::current()).build().unwrap()
}

fn wall(clock: &TestClock) -> SystemTime {
    iam_refresh::Clock::wall(clock)
}

#[tokio::test(start_paused = true)]
async fn credentials_are_fetched_once_an_hour_and_tokens_signed_all_the_time() {
    let (clock, drawer) = (TestClock::new(), Drawer::default());
    for hour in (1..=24).rev() {
        drawer.credentials.lock().unwrap().push(keys(None, Some(wall(&clock) + secs(3_600 * hour))));
    }
    let cache = serving(&drawer, &clock);
    sleep(secs(10 * 3_600)).await;
    let fetches = drawer.fetches.load(Ordering::SeqCst);
    assert!((10..=14).contains(&fetches), "{fetches} fetches in ten hours");
    assert!(cache.status().refreshes >= 55, "{} tokens in ten hours", cache.status().refreshes);
    assert_eq!(cache.status().failures, 0);
}

#[tokio::test(start_paused = true)]
async fn token_ends_with_the_credentials_that_signed_it() {
    let (clock, drawer) = (TestClock::new(), Drawer::default());
    let end = wall(&clock) + secs(200);
    drawer.credentials.lock().unwrap().push(keys(None, Some(end)));
    let cache = serving(&drawer, &clock);
    assert_eq!(cache.fresh().await.unwrap().expires_at(), end);
    sleep(secs(200)).await;
    assert!(cache.current().is_err(), "STS is down and the credentials have ended");
}

#[tokio::test(start_paused = true)]
async fn old_credentials_go_on_signing_while_sts_is_down() {
    let (clock, drawer) = (TestClock::new(), Drawer::default());
    drawer.credentials.lock().unwrap().push(keys(None, Some(wall(&clock) + secs(3_600))));
    let cache = serving(&drawer, &clock);
    sleep(secs(3_500)).await;
    assert!(cache.current().is_ok());
    assert!(drawer.fetches.load(Ordering::SeqCst) > 2, "nobody asked STS again");
}

#[tokio::test(start_paused = true)]
async fn refused_token_makes_the_credentials_suspect() {
    let (clock, drawer) = (TestClock::new(), Drawer::default());
    drawer.credentials.lock().unwrap().extend([keys(Some("new"), None), keys(Some("revoked"), None)]);
    let cache = serving(&drawer, &clock);
    let used = cache.fresh().await.unwrap();
    assert!(used.expose().contains("Security-Token=revoked"));
    cache.report_auth_failure(used.generation());
    assert!(cache.newer_than(used.generation()).await.unwrap().expose().contains("Security-Token=new"));
}

#[tokio::test]
async fn environment_is_read_at_each_fetch_and_says_what_is_missing() {
    let of = |variables: &'static [(&str, &str)]| {
        EnvironmentCredentials::from_lookup(move |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    };
    let complete = of(&[("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "key"), ("AWS_SESSION_TOKEN", "")]);
    let credentials = complete.provide_credentials().await.unwrap();
    assert_eq!((credentials.access_key_id(), credentials.session_token()), ("AKID", None));

    let source = AwsToken::rds(database("app"), of(&[("AWS_ACCESS_KEY_ID", "AKID")])).unwrap();
    let cache = TokenCache::builder(source).runtime(Handle::current()).build().unwrap();
    let error = cache.fresh().await.unwrap_err().to_string();
    assert!(error.contains("permanent failure") && error.contains("AWS_SECRET_ACCESS_KEY is not set"), "{error}");
}

#[test]
fn nothing_printed_or_logged_shows_keys_or_signatures() {
    let log = Log::default();
    let subscriber = {
        let log = log.clone();
        tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_writer(move || log.clone())
            .finish()
    };
    let credentials = keys(Some("SESSIONSECRET"), None);
    let source = AwsToken::rds(database("app"), credentials.clone()).unwrap();
    let mut shown = format!("{source:?} {credentials:?} {:?}", CachedCredentials::new(credentials.clone()));
    tracing::subscriber::with_default(subscriber, || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let cache = TokenCache::builder(source).runtime(Handle::current()).build().unwrap();
            let token = cache.fresh().await.unwrap();
            let signature = token.expose().split_once("Signature=").unwrap().1;
            shown.push_str(&log.text());
            assert!(shown.contains("token refreshed"), "nothing was logged: {shown}");
            for secret in [signature, "SESSIONSECRET", "wJalrXUtnFEMI"] {
                assert!(!shown.contains(secret), "{secret} in {shown}");
            }
        });
    });
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn any_user_can_be_signed_for() {
    use proptest::prelude::*;
    proptest!(|(user in "\\PC{1,40}", region in "[a-z]{2}-[a-z]{4,9}-[1-9]")| {
        let source = AwsToken::rds(Database { region: &region, ..database(&user) }, keys(None, None)).unwrap();
        let token = source.sign(&keys(None, None), SystemTime::UNIX_EPOCH + VECTORS_AT).unwrap();
        let decoded = percent_encoding::percent_decode_str(token.split(['&', '=']).nth(3).unwrap()).decode_utf8().unwrap();
        prop_assert_eq!(decoded, user.as_str());
    });
}
