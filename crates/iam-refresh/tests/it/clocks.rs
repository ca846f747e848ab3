//! Suspend, clock steps, and the expiry that both clocks have a say in.

use crate::support::{Play, scene, scene_with, secs};
use iam_refresh::{Reason, TokenState, Unavailable};
use std::time::Duration;
use tokio::time::{sleep, timeout};

#[tokio::test(start_paused = true)]
async fn first_token_after_a_suspend_is_a_valid_one() {
    let scene = scene([Play::Token(900)]);
    scene.first_token().await;
    sleep(secs(100)).await;
    scene.clock.suspend(3_600);
    // Timers have not moved: the driver still sleeps, and nobody but the readers' clock knows.
    assert!(matches!(scene.cache.current(), Err(Unavailable::Expired { .. })));
    let token = timeout(Duration::from_millis(1), scene.cache.fresh()).await;
    assert_eq!(token.expect("the wait itself wakes the driver").unwrap().expose(), "secret-2");
    assert_eq!(scene.script.reasons(), [Reason::First, Reason::Expired]);
}

#[tokio::test(start_paused = true)]
async fn suspend_past_the_refresh_age_is_caught_up_within_a_slice() {
    let scene = scene([Play::Token(900)]);
    scene.first_token().await;
    scene.clock.suspend(700);
    assert_eq!(scene.cache.status().state, TokenState::Stale);
    sleep(secs(16)).await;
    assert_eq!(scene.secret(), "secret-2");
}

#[tokio::test(start_paused = true)]
async fn wide_margin_makes_the_driver_no_sleepier() {
    let scene = scene_with([Play::Token(3_600)], |builder| builder.skew(secs(300)));
    scene.first_token().await;
    scene.clock.suspend(2_600);
    sleep(secs(16)).await;
    assert_eq!(scene.secret(), "secret-2");
}

#[tokio::test(start_paused = true)]
async fn wall_clock_set_forward_ends_a_token() {
    let scene = scene([Play::Token(900), Play::Hang]);
    scene.first_token().await;
    scene.clock.step_wall(869);
    assert_eq!(scene.secret(), "secret-1");
    scene.clock.step_wall(1);
    assert!(matches!(scene.cache.current(), Err(Unavailable::Expired { .. })));
}

#[tokio::test(start_paused = true)]
async fn wall_clock_set_back_brings_a_new_token_within_a_slice() {
    let scene = scene([Play::Token(900)]);
    scene.first_token().await;
    sleep(secs(60)).await;
    scene.clock.step_wall(-3_600);
    sleep(secs(16)).await;
    assert_eq!(scene.script.reasons(), [Reason::First, Reason::ClockSetBack]);
    assert_eq!(scene.cache.status().clock_steps, 1);
    assert_eq!(scene.secret(), "secret-2");
}

#[tokio::test(start_paused = true)]
async fn wall_clock_set_back_lengthens_no_life() {
    let scene = scene([Play::Token(900), Play::Transient]);
    scene.first_token().await;
    scene.clock.step_wall(-3_600);
    sleep(secs(869)).await;
    assert_eq!(scene.secret(), "secret-1");
    sleep(secs(1)).await;
    assert!(scene.cache.current().is_err(), "the boot clock says that it is over");
}

#[tokio::test(start_paused = true)]
async fn small_corrections_of_the_clock_are_not_worth_a_mint() {
    let scene = scene([Play::Token(900)]);
    scene.first_token().await;
    scene.clock.step_wall(-4);
    sleep(secs(60)).await;
    assert_eq!(scene.script.calls(), 1);
}

#[tokio::test(start_paused = true)]
async fn step_back_and_suspend_in_one_slice_deceive_current_but_never_fresh() {
    let scene = scene([Play::Token(900)]);
    scene.first_token().await;
    scene.clock.step_wall(-600);
    scene.clock.suspend(1_000);
    // The wall clock says 400 s, the driver has not run since, and one clock is all that `current` can afford.
    assert_eq!(scene.secret(), "secret-1");
    assert_eq!(scene.cache.fresh().await.unwrap().expose(), "secret-2");
    assert_eq!(scene.secret(), "secret-2");
}
