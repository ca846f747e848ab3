//! Failures: what is served meanwhile, how often is asked, how soon all is well again.

use crate::support::{Play, scene, scene_with, secs};
use iam_refresh::{ErrorKind, TokenState, Unavailable};
use std::time::Duration;
use tokio::time::sleep;

#[tokio::test(start_paused = true)]
async fn failed_refreshes_never_take_a_valid_token_away() {
    for failure in [Play::Transient, Play::Permanent, Play::Throttled(7), Play::Panic, Play::Hang, Play::Expired] {
        let scene = scene([Play::Token(900), failure]);
        scene.first_token().await;
        for second in 1..870 {
            sleep(secs(1)).await;
            assert_eq!(scene.secret(), "secret-1", "after {second} s of {failure:?}");
        }
        assert!(scene.script.calls() > 3, "{failure:?} was met with {} calls", scene.script.calls());
        sleep(secs(1)).await;
        assert!(scene.cache.current().is_err(), "served inside the skew margin");
    }
}

#[tokio::test(start_paused = true)]
async fn recovers_within_one_backoff_step_from_a_day_of_anything() {
    for failure in [Play::Transient, Play::Permanent, Play::Panic, Play::Hang, Play::Expired] {
        let scene = scene([Play::Token(900), failure]);
        scene.first_token().await;
        sleep(secs(24 * 3600)).await;
        assert_eq!(scene.cache.status().state, TokenState::Expired);
        scene.script.rewrite([Play::Token(900)]);
        // Five seconds of pause while expired; a hung call has its deadline to run out first.
        sleep(secs(5) + if matches!(failure, Play::Hang) { secs(10) } else { Duration::from_millis(10) }).await;
        assert_eq!(scene.cache.status().state, TokenState::Fresh, "after {failure:?}");
        assert_eq!(scene.cache.status().consecutive_failures, 0);
    }
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_to_their_cap_and_stay_there() {
    let scene = scene_with([Play::Token(9_000), Play::Transient], |builder| builder.skew(secs(30)));
    scene.first_token().await;
    sleep(secs(8_900)).await;
    let times = scene.script.call_times();
    let pauses: Vec<_> = times.windows(2).map(|pair| pair[1] - pair[0]).skip(1).collect();
    assert!(pauses.iter().all(|pause| (Duration::from_millis(500)..=secs(15)).contains(pause)), "{pauses:?}");
    assert!(pauses.iter().any(|&pause| pause > secs(10)), "never slowed down: {pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn throttling_is_respected() {
    let scene = scene([Play::Throttled(40), Play::Throttled(0), Play::Throttled(3_600), Play::Token(900)]);
    sleep(secs(200)).await;
    let times = scene.script.call_times();
    let pauses: Vec<_> = times.windows(2).map(|pair| (pair[1] - pair[0]).as_secs()).collect();
    assert!((40..=60).contains(&pauses[0]), "asked for 40 s, waited {} s", pauses[0]);
    assert!(pauses[1] >= 5, "an answer to throttling waits at least 5 s, not {}", pauses[1]);
    assert!(pauses[2] <= 60, "no server may switch us off for an hour");
}

#[tokio::test(start_paused = true)]
async fn kind_and_cause_of_the_failure_reach_the_caller() {
    let scene = scene([Play::Permanent]);
    let error = scene.cache.fresh().await.unwrap_err();
    assert!(matches!(&error, Unavailable::Permanent(cause) if cause.kind() == ErrorKind::Permanent));
    let told = "no token can be minted until the cause is mended: permanent failure of the token source: no such role";
    assert_eq!(error.to_string(), told);
    assert_eq!(scene.cache.current().unwrap_err().to_string(), told);
}

#[tokio::test(start_paused = true)]
async fn token_that_ends_before_the_one_in_use_is_not_taken() {
    let scene = scene([Play::Token(900), Play::Token(60), Play::Token(900)]);
    scene.first_token().await;
    while scene.script.calls() < 2 {
        sleep(secs(1)).await;
    }
    assert_eq!(scene.secret(), "secret-1");
    sleep(secs(10)).await;
    assert_eq!(scene.secret(), "secret-3");
}

#[test]
fn runtime_that_ends_under_the_driver_is_noticed_and_nobody_hangs() {
    use crate::support::Script;
    use iam_refresh::TokenCache;

    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let build = |lines: &[Play]| {
        let script = Script::new(lines.iter().copied());
        TokenCache::builder(script).runtime(runtime.handle().clone()).build().unwrap()
    };
    let (empty, full) = (build(&[Play::Hang]), build(&[Play::Token(900)]));
    futures_executor::block_on(full.fresh()).unwrap();
    let waiting = std::thread::spawn({
        let empty = empty.clone();
        move || futures_executor::block_on(empty.fresh_within(secs(3600)))
    });
    while empty.status().waiters == 0 {
        std::thread::yield_now();
    }
    runtime.shutdown_timeout(secs(5));
    assert!(matches!(waiting.join().unwrap(), Err(Unavailable::DriverLost)));
    assert!(matches!(futures_executor::block_on(empty.fresh()), Err(Unavailable::DriverLost)));
    assert!(!full.status().driver_alive);
    assert_eq!(full.current().unwrap().expose(), "secret-1", "what is valid is served, driver or not");
}
