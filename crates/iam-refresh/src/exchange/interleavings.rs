//! Every meeting of readers, waiters, clients and the driver, in every order that shuttle can think of.
//!
//! `RUSTFLAGS="--cfg shuttle" cargo test -p iam-refresh --lib interleavings`. A lost wake-up shows as a deadlock, which shuttle
//! reports together with the schedule that led there.

use super::{Exchange, Mode, Refresh};
use crate::clock::Stamp;
use crate::error::Unavailable;
use crate::source::SourceError;
use crate::token::{Generation, Issue, Life};
use shuttle::future::{block_on, spawn};
use shuttle::thread;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

const SCHEDULES: usize = 5_000;

fn now() -> Stamp {
    Stamp { wall: SystemTime::UNIX_EPOCH + Duration::from_secs(1_000), boot: Duration::from_secs(1_000) }
}

fn issue(generation: u64) -> Issue {
    let length = Duration::from_mins(15);
    let (expires, served) = (now().wall + length, length);
    let life = Life { issued: now(), expires, serve_until: expires, refreshed: served, served };
    Issue { secret: generation.to_string(), generation: Generation(generation), life }
}

fn check(scenario: impl Fn(&Arc<Exchange>) + Clone + Send + Sync + 'static) {
    let fresh = move || scenario(&Arc::new(Exchange::new()));
    // Random schedules find most things, few preemptions at chosen depths find the rest.
    shuttle::check_random(fresh.clone(), SCHEDULES);
    shuttle::check_pct(fresh, SCHEDULES, 3);
}

#[test]
fn every_waiter_hears_of_the_token_and_cancelled_ones_take_nothing() {
    check(|exchange| {
        let waiters: Vec<_> = (0..3)
            .map(|_| {
                let exchange = Arc::clone(exchange);
                spawn(async move { exchange.wait(None, now).await })
            })
            .collect();
        let publisher = thread::spawn({
            let exchange = Arc::clone(exchange);
            move || {
                exchange.minting();
                exchange.publish(issue(1));
            }
        });
        waiters[0].abort();
        for waiter in waiters.into_iter().skip(1) {
            let token = block_on(waiter).unwrap().expect("a token was published and nothing failed");
            assert_eq!(token.generation(), Generation(1));
        }
        publisher.join().unwrap();
    });
}

#[test]
fn every_waiter_hears_of_the_failure_or_of_the_token_after_it() {
    check(|exchange| {
        let waiters: Vec<_> = (0..2)
            .map(|_| {
                let exchange = Arc::clone(exchange);
                spawn(async move { exchange.wait(None, now).await })
            })
            .collect();
        let driver = thread::spawn({
            let exchange = Arc::clone(exchange);
            move || {
                exchange.fail(Arc::new(SourceError::transient("refused")));
                exchange.publish(issue(1));
            }
        });
        for waiter in waiters {
            match block_on(waiter).unwrap() {
                Ok(token) => assert_eq!(token.generation(), Generation(1)),
                Err(error) => {
                    assert!(matches!(error, Unavailable::NotReady { last: Some(_) } | Unavailable::Expired { .. }));
                }
            }
        }
        driver.join().unwrap();
    });
}

#[test]
fn close_answers_every_waiter_whatever_the_driver_does_meanwhile() {
    check(|exchange| {
        let waiter = spawn({
            let exchange = Arc::clone(exchange);
            async move { exchange.wait(None, now).await }
        });
        let driver = spawn({
            let exchange = Arc::clone(exchange);
            async move {
                exchange.publish(issue(1));
                exchange.asked_to_close().await;
                exchange.driver_ended();
            }
        });
        let closer = thread::spawn({
            let exchange = Arc::clone(exchange);
            move || {
                exchange.begin_close();
                block_on(exchange.closed());
                assert_eq!(exchange.mode(), Mode::Closed);
            }
        });
        let outcome = block_on(waiter).unwrap();
        assert!(matches!(outcome, Ok(_) | Err(Unavailable::Closed)), "{outcome:?}");
        block_on(driver).unwrap();
        closer.join().unwrap();
        assert!(matches!(exchange.newer(None, now()), Err(Unavailable::Closed)));
    });
}

#[test]
fn driver_that_dies_while_the_cache_closes_leaves_nobody_waiting() {
    check(|exchange| {
        let waiter = spawn({
            let exchange = Arc::clone(exchange);
            async move { exchange.wait(None, now).await }
        });
        let dying = thread::spawn({
            let exchange = Arc::clone(exchange);
            move || exchange.driver_ended()
        });
        exchange.begin_close();
        block_on(exchange.closed());
        dying.join().unwrap();
        assert_eq!(exchange.mode(), Mode::Closed);
        assert!(matches!(block_on(waiter).unwrap(), Err(Unavailable::Closed | Unavailable::DriverLost)));
    });
}

#[test]
fn refusals_of_one_token_start_one_refresh_and_none_outlives_it() {
    check(|exchange| {
        exchange.publish(issue(1));
        let clients: Vec<_> = (0..2)
            .map(|_| {
                let exchange = Arc::clone(exchange);
                thread::spawn(move || exchange.report(Generation(1), now(), Duration::ZERO))
            })
            .collect();
        let driver = thread::spawn({
            let exchange = Arc::clone(exchange);
            move || {
                exchange.minting();
                exchange.publish(issue(2));
            }
        });
        let reports: Vec<_> = clients.into_iter().map(|client| client.join().unwrap()).collect();
        driver.join().unwrap();
        assert!(reports.iter().filter(|&&report| report == Refresh::Started).count() <= 1, "{reports:?}");
        assert_eq!(exchange.rejected(), None, "a request for a replaced token would mint a third");
    });
}

#[test]
fn hook_that_registers_during_a_publication_misses_no_token_and_ends_with_the_newest() {
    check(|exchange| {
        let driver = thread::spawn({
            let exchange = Arc::clone(exchange);
            move || {
                exchange.publish(issue(1));
                exchange.publish(issue(2));
            }
        });
        let seen = Arc::new(Mutex::new(Vec::new()));
        exchange.hook(Box::new({
            let seen = Arc::clone(&seen);
            move |token| {
                seen.lock().unwrap().push(token.generation().0);
                ControlFlow::Continue(())
            }
        }));
        driver.join().unwrap();
        let seen = seen.lock().unwrap();
        assert!(matches!(seen[..], [1, 2] | [2]), "{seen:?}");
    });
}

#[test]
fn readers_never_see_generations_go_back_and_trust_one_clock_only_with_its_token() {
    check(|exchange| {
        exchange.publish(issue(1));
        exchange.be_careful();
        let driver = thread::spawn({
            let exchange = Arc::clone(exchange);
            move || exchange.publish(issue(2))
        });
        let mut newest = Generation(0);
        for _ in 0..3 {
            let watched = exchange.watched();
            super::interleave();
            let seen = exchange.token().unwrap().generation();
            assert!(seen >= newest);
            assert!(
                !watched || seen == Generation(2),
                "the wall clock was trusted for a token it had been set back under"
            );
            newest = seen;
        }
        driver.join().unwrap();
    });
}
