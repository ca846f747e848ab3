//! A server refuses a token: one refresh comes of it, one retry, and no storm.

use crate::support::{Play, scene, secs};
use iam_refresh::{Reason, Refresh, RetryError, Unavailable, retry_once};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::time::sleep;

#[tokio::test(start_paused = true)]
async fn hundred_refusals_of_one_token_cause_one_refresh() {
    let scene = scene([Play::Token(900), Play::Slow(900, 100)]);
    let used = scene.cache.fresh().await.unwrap().generation();
    assert_eq!(scene.cache.report_auth_failure(used), Refresh::Started);
    for _ in 0..99 {
        assert_eq!(scene.cache.report_auth_failure(used), Refresh::InFlight);
    }
    assert_eq!(scene.secret(), "secret-1", "the refused token is served until there is another");
    assert_eq!(scene.cache.newer_than(used).await.unwrap().expose(), "secret-2");
    assert_eq!(scene.cache.report_auth_failure(used), Refresh::AlreadyNewer);
    assert_eq!(scene.script.reasons(), [Reason::First, Reason::Rejected]);
}

#[tokio::test(start_paused = true)]
async fn refusals_of_token_after_token_are_limited_and_told() {
    let scene = scene([Play::Token(900)]);
    scene.first_token().await;
    let mut started = 0;
    for _ in 0..300 {
        let used = scene.cache.current().unwrap().generation();
        match scene.cache.report_auth_failure(used) {
            Refresh::Started => started += 1,
            Refresh::RateLimited => {}
            other => panic!("{other:?}"),
        }
        sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(started, 6, "one in five seconds for half a minute");
    assert!(scene.cache.status().auth_rejected());
    sleep(secs(301)).await;
    assert!(!scene.cache.status().auth_rejected());
}

#[tokio::test(start_paused = true)]
async fn refused_token_is_still_served_when_no_newer_one_can_be_made() {
    let scene = scene([Play::Token(900), Play::Transient]);
    let used = scene.cache.fresh().await.unwrap().generation();
    scene.cache.report_auth_failure(used);
    let outcome = scene.cache.newer_than(used).await;
    assert!(matches!(outcome, Err(Unavailable::NotReady { last: Some(_) })), "{outcome:?}");
    assert_eq!(scene.secret(), "secret-1");
}

#[tokio::test(start_paused = true)]
async fn retry_once_tries_a_second_token_and_no_third() {
    let scene = scene([Play::Token(900)]);
    let tries = AtomicUsize::new(0);
    let refused = |error: &String| error.ends_with("28000");
    let connect = |token: iam_refresh::Token| {
        tries.fetch_add(1, Ordering::SeqCst);
        async move { if token.expose() == "secret-2" { Ok(token) } else { Err(format!("{} 28000", token.expose())) } }
    };
    assert_eq!(retry_once(&scene.cache, connect, refused).await.unwrap().expose(), "secret-2");
    assert_eq!(tries.swap(0, Ordering::SeqCst), 2);

    sleep(secs(6)).await;
    let never = |token: iam_refresh::Token| {
        tries.fetch_add(1, Ordering::SeqCst);
        async move { Err::<(), _>(format!("{} 28000", token.expose())) }
    };
    let outcome = retry_once(&scene.cache, never, refused).await;
    assert!(matches!(&outcome, Err(RetryError::Failed(error)) if error == "secret-3 28000"), "{outcome:?}");
    assert_eq!(tries.swap(0, Ordering::SeqCst), 2);

    let other = |_: iam_refresh::Token| {
        tries.fetch_add(1, Ordering::SeqCst);
        async { Err::<(), _>("53300 too many connections".to_owned()) }
    };
    assert!(retry_once(&scene.cache, other, refused).await.is_err());
    assert_eq!(tries.load(Ordering::SeqCst), 1, "another kind of failure is not ours to retry");
}

#[tokio::test(start_paused = true)]
async fn after_close_there_is_nothing_to_wait_for() {
    let scene = scene([Play::Token(900)]);
    let used = scene.cache.fresh().await.unwrap().generation();
    scene.cache.close(secs(1)).await.unwrap();
    assert_eq!(scene.cache.report_auth_failure(used), Refresh::NoDriver);
    assert!(matches!(scene.cache.newer_than(used).await, Err(Unavailable::Closed)));
}
