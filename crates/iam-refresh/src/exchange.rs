//! Where readers, waiters and the driver meet.
//!
//! Readers see one pointer and one byte. Everything slower (waiters, hooks, status) has its own door, so that nothing a reader
//! touches is ever locked. There is no timer here and no task: time is an argument, which is also what lets shuttle walk through
//! every interleaving of this file (`exchange/interleavings.rs`).

mod forced;
mod hooks;
#[cfg(all(test, shuttle))]
mod interleavings;

pub use forced::Refresh;

use crate::clock::Stamp;
use crate::error::Unavailable;
use crate::source::{ErrorKind, SourceError};
use crate::sync::atomic::{AtomicU8, Ordering};
use crate::sync::{Mutex, interleave, lock};
use crate::token::{Generation, Issue, Token};
use arc_swap::{ArcSwap, Guard};
use forced::Forced;
use hooks::Hooks;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// How readers must judge the published token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Mode {
    /// The driver watches the boot clock; readers look at the wall clock alone.
    Watched = 0,
    /// The wall clock was set back: readers look at both clocks until the next token.
    Careful = 1,
    /// The driver is gone without having been asked: nobody watches, readers look at both clocks.
    Lost = 2,
    /// Asked to close; the driver has not ended yet. Nothing is served any more.
    Closing = 3,
    /// The driver has ended.
    Closed = 4,
}

impl From<u8> for Mode {
    fn from(mode: u8) -> Self {
        match mode {
            0 => Mode::Watched,
            1 => Mode::Careful,
            2 => Mode::Lost,
            3 => Mode::Closing,
            _ => Mode::Closed,
        }
    }
}

/// What the last attempts came to; sent to all waiters at the end of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Round {
    pub(crate) minting: bool,
    pub(crate) last_error: Option<Arc<SourceError>>,
    pub(crate) consecutive_failures: u32,
    pub(crate) refreshes: u64,
    pub(crate) failures: u64,
    pub(crate) clock_steps: u64,
}

#[derive(Debug)]
pub(crate) struct Exchange {
    token: ArcSwap<Issue>,
    mode: AtomicU8,
    rounds: watch::Sender<Round>,
    hooks: Mutex<Hooks>,
    forced: Mutex<Forced>,
    /// Wakes the driver from its sleep to look at the clocks and at `forced` again.
    kick: Notify,
    /// Wakes the driver even from an attempt.
    closing: Notify,
}

impl Exchange {
    pub(crate) fn new() -> Self {
        Self {
            token: ArcSwap::from_pointee(Issue::none()),
            mode: AtomicU8::new(Mode::Watched as u8),
            rounds: watch::Sender::new(Round::default()),
            hooks: Mutex::default(),
            forced: Mutex::default(),
            kick: Notify::new(),
            closing: Notify::new(),
        }
    }

    // ---- readers ----

    #[inline]
    pub(crate) fn load(&self) -> Guard<Arc<Issue>> {
        self.token.load()
    }

    pub(crate) fn token(&self) -> Option<Token> {
        Some(self.token.load_full()).filter(|issue| issue.published()).map(Token::from)
    }

    #[inline]
    pub(crate) fn watched(&self) -> bool {
        // Acquire pairs with the release in `shift`: who sees `Watched` again sees the token it was set for.
        self.mode.load(Ordering::Acquire) == Mode::Watched as u8
    }

    pub(crate) fn mode(&self) -> Mode {
        Mode::from(self.mode.load(Ordering::Acquire))
    }

    pub(crate) fn round(&self) -> Round {
        self.rounds.borrow().clone()
    }

    pub(crate) fn waiters(&self) -> usize {
        self.rounds.receiver_count()
    }

    pub(crate) fn rounds(&self) -> watch::Receiver<Round> {
        self.rounds.subscribe()
    }

    /// A token newer than `than` that may be served, or why there is none; `Ok(None)` where waiting for the driver is worth it.
    pub(crate) fn newer(&self, than: Option<Generation>, now: Stamp) -> Result<Option<Token>, Unavailable> {
        // The mode first: it only ever gets worse, and a token read after it cannot be older than it.
        let mode = self.mode();
        if matches!(mode, Mode::Closing | Mode::Closed) {
            return Err(Unavailable::Closed);
        }
        interleave();
        let token = self.token().filter(|token| Some(token.generation()) > than && token.life().usable(now));
        if token.is_none() && mode == Mode::Lost { Err(Unavailable::DriverLost) } else { Ok(token) }
    }

    /// Waits for the end of the next attempt that yields a token newer than `than`, or fails.
    ///
    /// Dropping this future at any point costs nobody anything: it holds a place in the audience, not in a queue.
    pub(crate) async fn wait(&self, than: Option<Generation>, now: impl Fn() -> Stamp) -> Result<Token, Unavailable> {
        // Subscribed before the first look, or a round that ends between look and subscription would be missed.
        let mut rounds = self.rounds.subscribe();
        loop {
            interleave();
            if let Some(token) = self.newer(than, now())? {
                return Ok(token);
            }
            // The driver may be asleep behind a clock that stood still; it decides itself whether there is anything to do.
            self.kick();
            // The sender lives in `self`, so this cannot fail while we are here to ask.
            if rounds.changed().await.is_err() {
                return Err(Unavailable::DriverLost);
            }
            let failed = rounds.borrow_and_update().last_error.clone();
            if let Some(token) = self.newer(than, now())? {
                return Ok(token);
            }
            if let Some(error) = failed {
                return Err(self.unavailable(than, Some(error)));
            }
        }
    }

    /// Names the lack of a token newer than `than`. Call it only after having found none.
    pub(crate) fn unavailable(&self, than: Option<Generation>, last: Option<Arc<SourceError>>) -> Unavailable {
        match (self.token(), last) {
            (_, Some(last)) if last.kind() == ErrorKind::Permanent => Unavailable::Permanent(last),
            (Some(token), last) if than.is_none() => Unavailable::Expired { since: token.life().serve_until, last },
            (_, last) => Unavailable::NotReady { last },
        }
    }

    pub(crate) fn kick(&self) {
        self.kick.notify_one();
    }

    // ---- clients ----

    /// Notes that a server refused the token of generation `used`.
    pub(crate) fn report(&self, used: Generation, now: Stamp, every: Duration) -> Refresh {
        if !matches!(self.mode(), Mode::Watched | Mode::Careful) {
            return Refresh::NoDriver;
        }
        let mut forced = lock(&self.forced);
        // Looked up under the lock: `publish` stores the token first and settles the request after, so a request made for an
        // old token is either seen as such here or cleared there.
        if self.token().is_some_and(|token| token.generation() > used) {
            return Refresh::AlreadyNewer;
        }
        let minting = self.rounds.borrow().minting;
        let refresh = forced.request(used, minting, now, every);
        drop(forced);
        if refresh == Refresh::Started {
            self.kick();
        }
        refresh
    }

    pub(crate) fn rejections(&self, now: Stamp) -> u32 {
        lock(&self.forced).lately(now)
    }

    /// Calls `hook` with the current token, if any, and with every later one before it is published.
    pub(crate) fn hook(&self, hook: hooks::Hook) {
        lock(&self.hooks).add(hook, self.token().as_ref());
    }

    // ---- the driver ----

    /// Makes a token current: hooks first, so that a pool already holds it when the first waiter goes for a connection.
    pub(crate) fn publish(&self, issue: Issue) {
        let issue = Arc::new(issue);
        let token = Token::from(Arc::clone(&issue));
        let mut hooks = lock(&self.hooks);
        hooks.call(&token);
        // Still under the hooks' lock: one that registers now sees either this token or is called with it, never neither.
        self.token.store(issue);
        drop(hooks);
        interleave();
        lock(&self.forced).settle(token.generation());
        self.shift(|mode| (mode == Mode::Careful).then_some(Mode::Watched));
        interleave();
        self.rounds.send_modify(|round| {
            round.minting = false;
            round.last_error = None;
            round.consecutive_failures = 0;
            round.refreshes += 1;
        });
    }

    pub(crate) fn fail(&self, error: Arc<SourceError>) {
        self.rounds.send_modify(|round| {
            round.minting = false;
            round.last_error = Some(error);
            round.consecutive_failures = round.consecutive_failures.saturating_add(1);
            round.failures += 1;
        });
    }

    /// Notes that an attempt runs; nobody is woken for it.
    pub(crate) fn minting(&self) {
        self.rounds.send_if_modified(|round| {
            round.minting = true;
            false
        });
    }

    /// Makes readers look at both clocks until the next token.
    pub(crate) fn be_careful(&self) {
        if self.shift(|mode| (mode == Mode::Watched).then_some(Mode::Careful)) {
            self.rounds.send_if_modified(|round| {
                round.clock_steps += 1;
                false
            });
        }
    }

    /// Moves on to the mode that `next` names for the present one, if any, whoever else is moving it.
    fn shift(&self, next: impl Fn(Mode) -> Option<Mode>) -> bool {
        let next = |mode| next(Mode::from(mode)).map(|mode| mode as u8);
        self.mode.fetch_update(Ordering::AcqRel, Ordering::Acquire, next).is_ok()
    }

    pub(crate) async fn kicked(&self) {
        self.kick.notified().await;
    }

    /// Resolves once closing was asked for; for the driver alone.
    pub(crate) async fn asked_to_close(&self) {
        while self.mode() != Mode::Closing {
            self.closing.notified().await;
        }
    }

    pub(crate) fn rejected(&self) -> Option<Generation> {
        lock(&self.forced).wanted()
    }

    /// The driver's last words, however it came to its end.
    pub(crate) fn driver_ended(&self) {
        self.shift(|mode| match mode {
            Mode::Watched | Mode::Careful => Some(Mode::Lost),
            Mode::Closing => Some(Mode::Closed),
            Mode::Lost | Mode::Closed => None,
        });
        interleave();
        self.rounds.send_modify(|round| round.minting = false);
        // No token will come any more, and what hooks hold on to, such as pools, should not wait for the last clone.
        let hooks = std::mem::take(&mut *lock(&self.hooks));
        drop(hooks);
    }

    // ---- owners ----

    /// Asks the driver to end. Wakes everybody, waits for nobody.
    pub(crate) fn begin_close(&self) {
        self.shift(|mode| match mode {
            Mode::Watched | Mode::Careful => Some(Mode::Closing),
            // There is no driver left to end it.
            Mode::Lost => Some(Mode::Closed),
            Mode::Closing | Mode::Closed => None,
        });
        interleave();
        self.closing.notify_one();
        self.kick();
        self.rounds.send_modify(|_| ());
    }

    /// Waits until the driver has ended.
    pub(crate) async fn closed(&self) {
        let mut rounds = self.rounds.subscribe();
        while !matches!(self.mode(), Mode::Closed | Mode::Lost) {
            interleave();
            if rounds.changed().await.is_err() {
                return;
            }
        }
    }
}
