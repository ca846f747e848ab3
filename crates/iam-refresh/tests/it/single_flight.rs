//! At most one call of the source at a time, whoever asks, however it ends, whoever gives up.

use crate::support::{Play, scene, secs};
use iam_refresh::{TokenCache, Unavailable};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

const CALLERS: usize = 10_000;

fn call_together(cache: &TokenCache) -> JoinSet<Result<iam_refresh::Token, Unavailable>> {
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let cache = cache.clone();
        callers.spawn(async move { cache.fresh().await });
    }
    callers
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_callers_on_a_cold_cache_share_one_mint() {
    let scene = scene([Play::Slow(900, 200)]);
    let outcomes = call_together(&scene.cache).join_all().await;
    assert!(outcomes.into_iter().all(|outcome| outcome.unwrap().expose() == "secret-1"));
    assert_eq!(scene.script.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_callers_share_one_failure() {
    let scene = scene([Play::Transient]);
    let mut errors = Vec::new();
    for outcome in call_together(&scene.cache).join_all().await {
        match outcome {
            Err(Unavailable::NotReady { last: Some(error) }) => errors.push(error),
            other => panic!("{other:?}"),
        }
    }
    assert!(errors.iter().all(|error| Arc::ptr_eq(error, &errors[0])), "not all heard the same failure");
    assert_eq!(scene.script.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn callers_that_keep_asking_do_not_hurry_the_backoff() {
    let scene = scene([Play::Transient]);
    let asking = tokio::spawn({
        let cache = scene.cache.clone();
        async move {
            loop {
                let _failed = cache.fresh().await;
            }
        }
    });
    sleep(secs(60)).await;
    asking.abort();
    let calls = scene.script.calls();
    // Pauses from 0.5 s to 5 s while nothing is served.
    assert!((12..=40).contains(&calls), "{calls} attempts in a minute");
    let times = scene.script.call_times();
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= Duration::from_millis(500)));
}

#[tokio::test(start_paused = true)]
async fn cancelled_callers_take_nothing_from_the_others() {
    let scene = scene([Play::Slow(900, 1_000)]);
    let mut callers: Vec<_> = (0..100)
        .map(|_| {
            let cache = scene.cache.clone();
            tokio::spawn(async move { cache.fresh().await })
        })
        .collect();
    sleep(Duration::from_millis(500)).await;
    // The first among them: in lazy caches it is the one that does the work.
    let stay = callers.split_off(50);
    callers.iter().for_each(tokio::task::JoinHandle::abort);
    for caller in stay {
        assert_eq!(caller.await.unwrap().unwrap().expose(), "secret-1");
    }
    assert_eq!(scene.script.calls(), 1);
    assert_eq!(scene.cache.status().waiters, 0, "a cancelled caller left something behind");
}

#[tokio::test(start_paused = true)]
async fn hung_call_is_cancelled_before_the_next() {
    let scene = scene([Play::Hang, Play::Hang, Play::Token(900)]);
    let first = scene.cache.fresh_within(secs(60)).await;
    assert!(first.unwrap_err().to_string().contains("no answer within 10s"));
    sleep(secs(30)).await;
    assert_eq!(scene.secret(), "secret-3");
    assert_eq!(scene.script.most_in_flight.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn caller_deadline_is_the_callers_alone() {
    let scene = scene([Play::Slow(900, 5_000)]);
    let impatient = scene.cache.fresh_within(secs(1)).await;
    assert!(matches!(impatient, Err(Unavailable::DeadlineExceeded { last: None })), "{impatient:?}");
    assert_eq!(scene.cache.fresh().await.unwrap().expose(), "secret-1");
    assert_eq!(scene.script.calls(), 1);
}

#[test]
fn blocking_source_that_hangs_is_not_called_beside_itself() {
    use iam_refresh::{Blocking, Minted};
    use std::sync::atomic::AtomicUsize;
    use std::sync::mpsc;

    let (release, hang) = mpsc::channel::<()>();
    let (calls, hang) = (Arc::new(AtomicUsize::new(0)), std::sync::Mutex::new(hang));
    let source = Blocking::new({
        let calls = Arc::clone(&calls);
        move |cx| {
            calls.fetch_add(1, Ordering::SeqCst);
            let _released = hang.lock().unwrap().recv();
            Ok(Minted::new("late but valid", cx.now.wall + secs(900)))
        }
    });
    let cache = TokenCache::builder(source)
        .attempt_deadline(Duration::from_millis(20))
        .backoff(Duration::from_millis(10)..=Duration::from_millis(20))
        .build()
        .unwrap();
    while cache.status().failures < 3 {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(calls.load(Ordering::SeqCst), 1, "abandoned calls piled up");
    release.send(()).unwrap();
    let token = loop {
        // Each attempt that is abandoned meanwhile is a failure that all waiters hear of.
        if let Ok(token) = futures_executor::block_on(cache.fresh()) {
            break token;
        }
    };
    assert_eq!(token.expose(), "late but valid");
    assert_eq!(calls.load(Ordering::SeqCst), 1);
}

#[test]
fn readers_on_many_threads_see_whole_tokens_in_order_while_they_change() {
    use iam_refresh::{MintCx, Minted};
    let numbers = Arc::new(std::sync::atomic::AtomicUsize::new(1));
    // A new token as often as clients may ask for one, here every microsecond; each says its number a thousand times.
    let source = move |cx: MintCx| {
        let number = numbers.fetch_add(1, Ordering::SeqCst);
        async move { Ok(Minted::new(format!("{number} ").repeat(1_000), cx.now.wall + secs(900))) }
    };
    let cache = TokenCache::builder(source).rejected_every(Duration::from_micros(1)).build().unwrap();
    futures_executor::block_on(cache.fresh()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut newest = None;
                while cache.status().refreshes < 200 {
                    let token = cache.current().expect("there is always one");
                    let mut said = token.expose().split_whitespace();
                    let first = said.next();
                    assert!(said.all(|number| Some(number) == first), "a torn token");
                    assert!(Some(token.generation()) >= newest, "generations went back");
                    newest = Some(token.generation());
                    cache.report_auth_failure(token.generation());
                }
            });
        }
    });
}
