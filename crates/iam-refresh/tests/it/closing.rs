//! The end: asked for, dropped, with a source that hangs.

use crate::support::{Play, scene, secs};
use iam_refresh::{TokenState, Unavailable};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::yield_now;
use tokio::time::{sleep, timeout};

#[tokio::test(start_paused = true)]
async fn close_ends_a_hung_mint_and_answers_the_waiters() {
    let scene = scene([Play::Hang]);
    let waiting = tokio::spawn({
        let cache = scene.cache.clone();
        async move { cache.fresh_within(secs(3600)).await }
    });
    sleep(secs(1)).await;
    timeout(Duration::from_millis(1), scene.cache.close(secs(1))).await.expect("nothing to wait for").unwrap();
    assert!(matches!(waiting.await.unwrap(), Err(Unavailable::Closed)));
    assert!(matches!(scene.cache.current(), Err(Unavailable::Closed)));
    assert_eq!(scene.cache.status().state, TokenState::Closed);
    assert!(!scene.cache.status().driver_alive);
}

#[tokio::test(start_paused = true)]
async fn closing_twice_is_closing_once() {
    let scene = scene([Play::Token(900)]);
    scene.first_token().await;
    scene.cache.close(secs(1)).await.unwrap();
    scene.cache.clone().close(secs(1)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn closing_lets_go_of_the_hooks() {
    let scene = scene([Play::Token(900)]);
    let calls = Arc::new(AtomicUsize::new(0));
    scene.cache.on_refresh({
        let calls = Arc::clone(&calls);
        move |_| {
            calls.fetch_add(1, Ordering::SeqCst);
            ControlFlow::Continue(())
        }
    });
    scene.first_token().await;
    scene.cache.close(secs(1)).await.unwrap();
    yield_now().await;
    assert_eq!((calls.load(Ordering::SeqCst), Arc::strong_count(&calls)), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn no_task_is_left_once_the_last_clone_is_gone() {
    let scene = scene([Play::Hang]);
    let other = scene.cache.clone();
    sleep(secs(1)).await;
    let alive = || Handle::current().metrics().num_alive_tasks();
    assert_eq!(alive(), 2, "the driver and its attempt");
    drop(scene.cache);
    sleep(secs(1)).await;
    assert_eq!(alive(), 2, "a clone still wants tokens");
    drop(other);
    for _ in 0..4 {
        yield_now().await;
    }
    assert_eq!(alive(), 0);
    assert_eq!(scene.script.most_in_flight.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn dropping_does_not_wait_for_a_source_that_blocks_its_thread() {
    use iam_refresh::{MintCx, TokenCache};
    use std::sync::mpsc;

    let (release, blocked) = mpsc::channel::<()>();
    let (entered, inside) = mpsc::channel();
    let blocked = std::sync::Mutex::new(blocked);
    // What no source should do: it blocks the thread that polls its future.
    let cache = TokenCache::builder(move |_: MintCx| {
        entered.send(()).unwrap();
        let _released = blocked.lock().unwrap().recv();
        std::future::pending()
    })
    .build()
    .unwrap();
    inside.recv().unwrap();
    let started = tokio::time::Instant::now();
    let waiting = cache.fresh_within(Duration::from_millis(20)).await;
    assert!(matches!(waiting, Err(Unavailable::DeadlineExceeded { .. })), "callers' deadlines hold: {waiting:?}");
    cache.close(secs(5)).await.expect("the driver is not where the source blocks");
    assert!(matches!(cache.fresh().await, Err(Unavailable::Closed)));
    drop(cache);
    assert!(started.elapsed() < secs(5), "{:?}", started.elapsed());
    release.send(()).unwrap();
}
