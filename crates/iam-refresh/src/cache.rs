//! The handle that a service holds. Each method is a question to the exchange and a reading of the clock.

use crate::builder::Builder;
use crate::clock::Clock;
use crate::error::{StillClosing, Unavailable};
use crate::exchange::{Exchange, Mode, Refresh};
use crate::source::TokenSource;
use crate::status::{Status, TokenState};
use crate::subscription::Subscription;
use crate::token::{Generation, Issue, Token};
use futures_util::future::{Either, select};
use std::fmt;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;

/// Keeps one token fresh in the background and hands it out without waiting.
///
/// Clones share the token and its driver. When the last clone is dropped the driver is told to end; nothing waits for it.
#[derive(Clone)]
pub struct TokenCache {
    pub(crate) exchange: Arc<Exchange>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) owner: Arc<Owner>,
}

/// What the clones share and the driver must not hold: its drop is what ends the driver.
pub(crate) struct Owner {
    pub(crate) exchange: Arc<Exchange>,
    /// Times the callers' deadlines. Callers may come from a runtime without timers, or from none.
    pub(crate) runtime: Handle,
    pub(crate) wait_deadline: Duration,
    pub(crate) rejected_every: Duration,
}

impl TokenCache {
    /// Starts to describe a cache over `source`.
    pub fn builder<S: TokenSource>(source: S) -> Builder<S> {
        Builder::new(source)
    }

    /// The token to use now. Never waits, never blocks, does no I/O, takes no lock: call it from any thread, in a `Drop`, in a
    /// callback of a foreign event loop.
    ///
    /// Use it and let go of it: each thread can borrow eight tokens at a time without touching a shared counter, and those held
    /// across an await are borrowed that long. A clone is counted, and may be kept.
    #[inline]
    pub fn current(&self) -> Result<Token, Unavailable> {
        // The mode before the token: a mode that is `Watched` again was set after its token.
        let watched = self.exchange.watched();
        let published = self.exchange.load();
        // What stands in for a token before the first one ended in 1970.
        if watched && self.clock.coarse_wall() < published.life.serve_until {
            return Ok(Token::from(published));
        }
        self.current_checked()
    }

    #[cold]
    fn current_checked(&self) -> Result<Token, Unavailable> {
        if let Some(token) = self.exchange.newer(None, self.clock.now())? {
            return Ok(token);
        }
        // After a suspend this is the first that anybody hears of it.
        self.exchange.kick();
        Err(self.exchange.unavailable(None, self.exchange.round().last_error))
    }

    /// The last token published, whether it may still be served or not, without a look at the clock.
    ///
    /// For code that only wants the generation, or to compare what it has with what there is.
    #[inline]
    pub fn peek(&self) -> Peek {
        Peek(self.exchange.load())
    }

    /// The current token, waiting for one only if there is none, up to the cache's `wait_deadline`.
    ///
    /// All who wait hear the end of the same attempt: the same token or the same error. Drop the future whenever you like.
    pub async fn fresh(&self) -> Result<Token, Unavailable> {
        self.fresh_within(self.owner.wait_deadline).await
    }

    /// [`fresh`](Self::fresh) with a deadline of its own.
    pub async fn fresh_within(&self, deadline: Duration) -> Result<Token, Unavailable> {
        self.wait(None, deadline).await
    }

    /// A token newer than the one of generation `used`, waiting up to the cache's `wait_deadline` for it to be made.
    ///
    /// Only of use after [`report_auth_failure`](Self::report_auth_failure): without it the next token is minutes away.
    pub async fn newer_than(&self, used: Generation) -> Result<Token, Unavailable> {
        self.wait(Some(used), self.owner.wait_deadline).await
    }

    async fn wait(&self, than: Option<Generation>, deadline: Duration) -> Result<Token, Unavailable> {
        // Answered before a timer is made: that one needs a living runtime, and this is the common case.
        if let Some(token) = self.exchange.newer(than, self.clock.now())? {
            return Ok(token);
        }
        let waiting = pin!(self.exchange.wait(than, || self.clock.now()));
        // `select` asks the wait first, so a token that comes at the deadline is not lost to it, and a timer whose runtime has
        // just ended is not polled: the driver's last words end the wait.
        match select(waiting, pin!(self.owner.timer(deadline))).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(((), _)) => Err(Unavailable::DeadlineExceeded { last: self.exchange.round().last_error }),
        }
    }

    /// Tells the cache that a server refused the token of generation `used`. Returns at once.
    ///
    /// At most one refresh comes of it for each token, however many connections were refused, and not more than one in five
    /// seconds: a missing permission looks the same as an expired token and must not turn into a storm on STS. The refused
    /// token goes on being served until a newer one is there, since it may be the server that is wrong.
    pub fn report_auth_failure(&self, used: Generation) -> Refresh {
        self.exchange.report(used, self.clock.now(), self.owner.rejected_every)
    }

    /// Every token from the current one on, newest only: who is slow skips the ones that have been replaced meanwhile.
    pub fn subscribe(&self) -> Subscription {
        Subscription::new(&self.exchange)
    }

    /// Calls `hook` with the current token, if there is one, and with each later one *before* anybody else can see it, one call
    /// at a time and in order. `ControlFlow::Break` ends that.
    ///
    /// It runs on the driver's thread and must be quick: it is meant for clients that have to be told their password, like a
    /// connection pool. It must not register another hook, and must not hold a clone of this cache, which would then never be
    /// dropped; the cache lets go of it when it closes.
    pub fn on_refresh(&self, hook: impl Fn(&Token) -> ControlFlow<()> + Send + 'static) {
        self.exchange.hook(Box::new(hook));
    }

    /// How the cache is doing: for a health endpoint and for metrics.
    pub fn status(&self) -> Status {
        let now = self.clock.now();
        let token = self.exchange.token();
        let mode = self.exchange.mode();
        let round = self.exchange.round();
        let state = match &token {
            _ if matches!(mode, Mode::Closing | Mode::Closed) => TokenState::Closed,
            None => TokenState::Empty,
            Some(token) if !token.life().usable(now) => TokenState::Expired,
            Some(token) if token.life().wants_refresh(now) => TokenState::Stale,
            Some(_) => TokenState::Fresh,
        };
        Status::new(state, mode, token.as_ref(), round, now, (self.exchange.waiters(), self.exchange.rejections(now)))
    }

    /// Ends the driver and waits up to `timeout` until it has. From the call on, nothing is served and all waiters are answered.
    ///
    /// A source that hangs does not hold this up: its call is cancelled or, where it sits on its thread, left behind.
    pub async fn close(&self, timeout: Duration) -> Result<(), StillClosing> {
        self.exchange.begin_close();
        if self.exchange.mode() == Mode::Closed {
            return Ok(());
        }
        match select(pin!(self.exchange.closed()), pin!(self.owner.timer(timeout))).await {
            Either::Left(_) => Ok(()),
            Either::Right(_) => Err(StillClosing),
        }
    }
}

impl Owner {
    fn timer(&self, length: Duration) -> tokio::time::Sleep {
        let _context = self.runtime.enter();
        tokio::time::sleep(length)
    }
}

// Only a flag and three wake-ups: dropping the last clone inside a runtime, on a foreign thread or while unwinding is all the same.
impl Drop for Owner {
    fn drop(&mut self) {
        self.exchange.begin_close();
    }
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let token = self.exchange.token();
        f.debug_struct("TokenCache").field("mode", &self.exchange.mode()).field("token", &token).finish_non_exhaustive()
    }
}

/// A look at the last published token; see [`TokenCache::peek`].
pub struct Peek(arc_swap::Guard<Arc<Issue>>);

impl Peek {
    /// The secret, if a token has been published at all.
    pub fn expose(&self) -> Option<&str> {
        self.0.published().then_some(self.0.secret.as_str())
    }

    /// Its generation.
    pub fn generation(&self) -> Option<Generation> {
        self.0.published().then_some(self.0.generation)
    }
}

impl fmt::Debug for Peek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
