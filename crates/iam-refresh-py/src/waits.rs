//! Waits of asyncio tasks: futures of Rust that run on the one Python thread which comes to fetch their outcomes.

use iam_refresh::{Token, TokenCache, Unavailable};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

type Outcome = (u64, Result<Token, Unavailable>);

pub(crate) struct Waits {
    runtime: Runtime,
    over: UnboundedSender<Option<Outcome>>,
    outcomes: Mutex<UnboundedReceiver<Option<Outcome>>>,
}

impl Waits {
    pub(crate) fn new() -> std::io::Result<Self> {
        let (over, outcomes) = unbounded_channel();
        let runtime = Builder::new_current_thread().enable_time().build()?;
        Ok(Self { runtime, over, outcomes: Mutex::new(outcomes) })
    }

    pub(crate) fn start(&self, id: u64, cache: TokenCache, timeout: Duration, newer_than: Option<u64>) {
        let over = self.over.clone();
        self.runtime.spawn(async move {
            let outcome = match newer_than.and_then(iam_refresh::Generation::from_u64) {
                Some(used) => tokio::time::timeout(timeout, cache.newer_than(used)).await,
                None => Ok(cache.fresh_within(timeout).await),
            };
            let outcome = outcome.unwrap_or(Err(Unavailable::DeadlineExceeded { last: None }));
            let _gone = over.send(Some((id, outcome)));
        });
    }

    /// Runs the waits until one of them is over; nothing at the end.
    pub(crate) fn next(&self) -> Option<Outcome> {
        let mut outcomes = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        self.runtime.block_on(outcomes.recv()).flatten()
    }

    /// Closes the cache, which answers all waits, and lets those be fetched before the end.
    pub(crate) fn close(&self, cache: TokenCache) {
        let over = self.over.clone();
        self.runtime.spawn(async move {
            let _still_closing = cache.close(Duration::from_secs(1)).await;
            drop(cache);
            tokio::task::yield_now().await;
            let _gone = over.send(None);
        });
    }
}
