//! A token's ordinary life: minted, served, replaced ahead of its end, announced.

use crate::support::{Play, Script, scene, scene_with, secs};
use futures_util::StreamExt;
use iam_refresh::{BuildError, Reason, TokenCache, TokenState, Unavailable};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{sleep, timeout};

#[tokio::test(start_paused = true)]
async fn cold_cache_says_so_and_fresh_waits_for_the_first_token() {
    let scene = scene([Play::Slow(900, 200)]);
    assert!(matches!(scene.cache.current(), Err(Unavailable::NotReady { last: None })));
    assert_eq!(scene.cache.status().state, TokenState::Empty);
    assert_eq!(scene.cache.fresh().await.unwrap().expose(), "secret-1");
    assert_eq!(scene.secret(), "secret-1");
    assert_eq!(scene.cache.status().state, TokenState::Fresh);
}

#[tokio::test(start_paused = true)]
async fn replaced_between_sixty_and_seventy_percent_of_its_life() {
    let scene = scene([Play::Token(900)]);
    scene.first_token().await;
    for _ in 0..20 {
        let calls = scene.script.calls();
        sleep(secs(630) + Duration::from_millis(20)).await;
        assert!(scene.script.calls() > calls, "no refresh within 70 % of the life");
    }
    let times = scene.script.call_times();
    for pair in times.windows(2) {
        let pause = pair[1] - pair[0];
        assert!((secs(540)..=secs(631)).contains(&pause), "{pause:?}");
    }
    assert!(scene.script.reasons()[1..].iter().all(|&reason| reason == Reason::Ahead));
}

#[tokio::test(start_paused = true)]
async fn stale_token_is_served_while_its_successor_is_made() {
    let scene = scene([Play::Token(900), Play::Slow(900, 5_000)]);
    scene.first_token().await;
    while scene.script.calls() < 2 {
        sleep(secs(1)).await;
    }
    assert_eq!(scene.cache.status().state, TokenState::Stale);
    assert!(scene.cache.status().minting);
    assert_eq!(scene.secret(), "secret-1");
    let at_once = timeout(Duration::ZERO, scene.cache.fresh()).await;
    assert_eq!(at_once.expect("fresh() must not wait while a token is valid").unwrap().expose(), "secret-1");
    sleep(secs(5)).await;
    assert_eq!(scene.secret(), "secret-2");
}

#[tokio::test(start_paused = true)]
async fn subscription_starts_with_the_current_token_and_ends_with_the_cache() {
    let scene = scene([Play::Token(900)]);
    scene.first_token().await;
    let mut tokens = scene.cache.subscribe();
    assert_eq!(tokens.next().await.unwrap().expose(), "secret-1");
    assert_eq!(tokens.recv().await.unwrap().expose(), "secret-2");
    scene.cache.close(secs(1)).await.unwrap();
    assert!(tokens.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn hook_sees_each_token_before_anybody_else_and_in_order() {
    let scene = scene([Play::Token(900)]);
    let (seen, cache) = (Arc::new(Mutex::new(Vec::new())), scene.cache.clone());
    scene.cache.on_refresh({
        let seen = Arc::clone(&seen);
        move |token| {
            let visible = cache.peek().generation();
            seen.lock().unwrap().push((token.expose().to_owned(), visible < Some(token.generation())));
            if token.expose() == "secret-3" { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        }
    });
    sleep(secs(4 * 640)).await;
    let first_three = ["secret-1", "secret-2", "secret-3"].map(|secret| (secret.to_owned(), true));
    assert_eq!(*seen.lock().unwrap(), first_three);
}

#[tokio::test(start_paused = true)]
async fn late_hook_is_called_with_the_current_token_and_a_panicking_one_harms_nobody() {
    let scene = scene([Play::Token(900)]);
    scene.first_token().await;
    scene.cache.on_refresh(|_| panic!("a bad hook"));
    let (send, receive) = std::sync::mpsc::channel();
    scene.cache.on_refresh(move |token| {
        send.send(token.expose().to_owned()).unwrap();
        ControlFlow::Continue(())
    });
    sleep(secs(640)).await;
    assert_eq!(receive.try_iter().collect::<Vec<_>>(), ["secret-1", "secret-2"]);
    assert_eq!(scene.secret(), "secret-2");
}

#[tokio::test(start_paused = true)]
async fn peek_shows_the_last_token_even_after_its_end() {
    let scene = scene([Play::Token(900), Play::Transient]);
    scene.first_token().await;
    sleep(secs(1_000)).await;
    assert!(matches!(scene.cache.current(), Err(Unavailable::Expired { .. })));
    assert_eq!(scene.cache.peek().expose(), Some("secret-1"));
}

#[test]
fn contradictory_settings_are_refused() {
    let refused = |cache: Result<TokenCache, BuildError>| cache.unwrap_err().to_string();
    let builder = || TokenCache::builder(Script::new([Play::Hang]));
    assert_eq!(refused(builder().refresh_at(0.7..=0.6).build()), "`refresh_at` must rise within 0.3..=0.9");
    assert_eq!(refused(builder().refresh_at(f64::NAN..=0.6).build()), "`refresh_at` must rise within 0.3..=0.9");
    assert_eq!(refused(builder().skew(Duration::ZERO).build()), "`skew` must be at least 100 ms");
    assert_eq!(
        refused(builder().attempt_deadline(Duration::ZERO).build()),
        "`attempt_deadline` must be longer than zero"
    );
    assert_eq!(refused(builder().backoff(Duration::ZERO..=secs(1)).build()), "`backoff` must rise from more than zero");
}

#[test]
fn works_without_any_runtime_on_a_thread_of_its_own() {
    let cache = TokenCache::builder(Script::new([Play::Token(900)])).build().unwrap();
    // No tokio on this thread: neither the wait nor its deadline may need one.
    let token = futures_executor::block_on(cache.fresh()).unwrap();
    assert_eq!(token.expose(), "secret-1");
    futures_executor::block_on(cache.close(secs(5))).unwrap();
}

#[test]
fn caller_deadline_holds_without_any_runtime() {
    let cache = TokenCache::builder(Script::new([Play::Hang])).build().unwrap();
    let outcome = futures_executor::block_on(cache.fresh_within(Duration::from_millis(20)));
    assert!(matches!(outcome, Err(Unavailable::DeadlineExceeded { .. })), "{outcome:?}");
}

#[tokio::test(start_paused = true)]
async fn fleet_that_starts_together_does_not_refresh_together() {
    let mut scenes = Vec::new();
    for pod in 0..1_000 {
        scenes.push(scene_with([Play::Token(900)], |builder| builder.seed(pod)));
    }
    sleep(secs(640)).await;
    let mut per_second = vec![0; 700];
    for scene in &scenes {
        let times = scene.script.call_times();
        let second = usize::try_from((times[1] - times[0]).as_secs()).unwrap();
        per_second[second] += 1;
    }
    let most = per_second.into_iter().max().unwrap();
    // 1,000 over 90 seconds are 11 a second on average; twenty is the bound this crate promises, for these thousand seeds.
    assert!(most <= 25, "{most} of 1,000 refreshed in one second");
}
