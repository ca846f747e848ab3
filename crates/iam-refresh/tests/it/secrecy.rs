//! The secret shows where it is asked for by name, and nowhere else.

use crate::support::{Play, scene, secs};
use iam_refresh::Minted;
use std::fmt::Write as _;
use std::time::SystemTime;
use tokio::time::sleep;

const MINTED: &str = "secret-";

#[tokio::test(start_paused = true)]
async fn nothing_that_can_be_printed_shows_the_secret() {
    let scene = scene([Play::Token(900), Play::Transient]);
    let token = scene.cache.fresh().await.unwrap();
    assert!(token.expose().contains(MINTED), "or this test would prove nothing");
    let mut shown = format!("{token:?} {:?} {:?} {:?}", scene.cache, scene.cache.peek(), scene.cache.status());
    write!(shown, "{:?}", Minted::new("secret-0", SystemTime::UNIX_EPOCH)).unwrap();
    write!(shown, "{:?}", scene.cache.subscribe()).unwrap();
    sleep(secs(900)).await;
    let error = scene.cache.current().unwrap_err();
    write!(shown, "{error} {error:?} {:?}", scene.cache.status()).unwrap();
    assert!(shown.contains("refused, call"), "{shown}");
    assert!(!shown.contains(MINTED), "{shown}");
}
