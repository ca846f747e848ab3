//! A clock that can be set, a source that fails on cue, and a cache over both. Knows nothing of what is tested with them.

use iam_refresh::{Builder, Clock, MintCx, Minted, Reason, SourceError, Stamp, TokenCache, TokenSource};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

pub(crate) const fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Runs on tokio's paused time, apart from it by two offsets: what the wall clock was set by, and what the machine slept.
#[derive(Clone, Debug)]
pub(crate) struct TestClock {
    start: Instant,
    wall_step: Arc<AtomicI64>,
    suspended: Arc<AtomicI64>,
}

impl TestClock {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), wall_step: Arc::default(), suspended: Arc::default() }
    }

    /// Sets the wall clock, as NTP does.
    pub(crate) fn step_wall(&self, seconds: i64) {
        self.wall_step.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Both clocks go on, timers do not.
    pub(crate) fn suspend(&self, seconds: u32) {
        self.suspended.fetch_add(i64::from(seconds), Ordering::SeqCst);
    }

    fn after_start(&self, offset: i64) -> Duration {
        // Far from zero, so that no step back in a test reaches it.
        let elapsed = secs(1_000_000) + self.start.elapsed();
        let offset_length = secs(offset.unsigned_abs());
        if offset < 0 { elapsed - offset_length } else { elapsed + offset_length }
    }
}

impl Clock for TestClock {
    fn wall(&self) -> SystemTime {
        let offset = self.wall_step.load(Ordering::SeqCst) + self.suspended.load(Ordering::SeqCst);
        SystemTime::UNIX_EPOCH + self.after_start(offset)
    }

    fn boot(&self) -> Duration {
        self.after_start(self.suspended.load(Ordering::SeqCst))
    }
}

/// What the source does when it is called.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Play {
    /// Answers with a token of this many seconds.
    Token(u64),
    /// The same, after so many milliseconds.
    Slow(u64, u64),
    Transient,
    Throttled(u64),
    Permanent,
    Panic,
    Hang,
    /// Answers with a token that has expired already.
    Expired,
}

/// Plays a script, then its last line for ever; counts who is on stage.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    lines: Arc<Mutex<Vec<Play>>>,
    pub(crate) calls: Arc<Mutex<Vec<(Stamp, Reason)>>>,
    in_flight: Arc<AtomicUsize>,
    pub(crate) most_in_flight: Arc<AtomicUsize>,
}

impl Script {
    pub(crate) fn new(lines: impl IntoIterator<Item = Play>) -> Self {
        let mut lines: Vec<_> = lines.into_iter().collect();
        lines.reverse();
        Self {
            lines: Arc::new(Mutex::new(lines)),
            calls: Arc::default(),
            in_flight: Arc::default(),
            most_in_flight: Arc::default(),
        }
    }

    /// Goes on with other lines.
    pub(crate) fn rewrite(&self, lines: impl IntoIterator<Item = Play>) {
        *self.lines.lock().unwrap() = lines.into_iter().collect::<Vec<_>>().into_iter().rev().collect();
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.lock().unwrap().len()
    }

    pub(crate) fn reasons(&self) -> Vec<Reason> {
        self.calls.lock().unwrap().iter().map(|&(_, reason)| reason).collect()
    }

    pub(crate) fn call_times(&self) -> Vec<Duration> {
        self.calls.lock().unwrap().iter().map(|(at, _)| at.boot).collect()
    }

    /// Whether only the last line is left, which is played again and again.
    pub(crate) fn played_out(&self) -> bool {
        self.lines.lock().unwrap().len() <= 1
    }

    fn next_line(&self) -> Play {
        let mut lines = self.lines.lock().unwrap();
        if lines.len() > 1 { lines.pop().unwrap() } else { lines[0] }
    }
}

struct OnStage(Arc<AtomicUsize>);

impl Drop for OnStage {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl TokenSource for Script {
    async fn mint(&self, cx: MintCx) -> Result<Minted, SourceError> {
        let number = {
            let mut calls = self.calls.lock().unwrap();
            calls.push((cx.now, cx.reason));
            calls.len()
        };
        let together = self.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        let _on_stage = OnStage(Arc::clone(&self.in_flight));
        self.most_in_flight.fetch_max(together, Ordering::SeqCst);
        let token = |ttl| Ok(Minted::new(format!("secret-{number}"), cx.now.wall + secs(ttl)));
        match self.next_line() {
            Play::Token(ttl) => token(ttl),
            Play::Slow(ttl, millis) => {
                sleep(Duration::from_millis(millis)).await;
                token(ttl)
            }
            Play::Transient => Err(SourceError::transient(format!("refused, call {number}"))),
            Play::Throttled(wait) => Err(SourceError::throttled(Some(secs(wait)), "slow down")),
            Play::Permanent => Err(SourceError::permanent("no such role")),
            Play::Panic => panic!("the script says so"),
            Play::Hang => std::future::pending().await,
            Play::Expired => Ok(Minted::new("late", cx.now.wall - secs(1))),
        }
    }
}

pub(crate) struct Scene {
    pub(crate) cache: TokenCache,
    pub(crate) clock: TestClock,
    pub(crate) script: Script,
}

/// A cache over a script, on the test's own paused runtime.
pub(crate) fn scene(lines: impl IntoIterator<Item = Play>) -> Scene {
    scene_with(lines, |builder| builder)
}

pub(crate) fn scene_with(
    lines: impl IntoIterator<Item = Play>,
    settings: impl FnOnce(Builder<Script>) -> Builder<Script>,
) -> Scene {
    let (clock, script) = (TestClock::new(), Script::new(lines));
    let builder = TokenCache::builder(script.clone()).clock(clock.clone()).seed(7).runtime(Handle::current());
    let cache = settings(builder).build().unwrap();
    Scene { cache, clock, script }
}

impl Scene {
    pub(crate) fn secret(&self) -> String {
        self.cache.current().map_or_else(|error| format!("{error}"), |token| token.expose().to_owned())
    }

    pub(crate) async fn first_token(&self) {
        self.cache.fresh().await.unwrap();
    }
}
