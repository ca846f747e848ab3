//! The one task that mints. Nobody else ever calls the source, so there is nothing to deduplicate: ten thousand callers on a
//! cold cache are ten thousand listeners to the same attempt.

mod attempt;

use crate::clock::{Clock, Stamp};
use crate::exchange::Exchange;
use crate::observe;
use crate::schedule::{Pause, Schedule};
use crate::source::{MintCx, Minted, Reason, SourceError, TokenSource};
use crate::token::{Generation, Issue, Life, Token};
use attempt::Attempt;
use futures_util::future::{Either, select};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::sleep;

/// A step back smaller than this is clock discipline at work, and well inside what servers tolerate.
const SET_BACK_TOLERATED: Duration = Duration::from_secs(5);

pub(crate) struct Driver<S> {
    pub(crate) source: Arc<S>,
    pub(crate) exchange: Arc<Exchange>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) schedule: Schedule,
    pub(crate) rng: fastrand::Rng,
    /// Where the source is called; not always where the driver itself runs.
    pub(crate) runtime: Handle,
}

/// What the driver knows beyond what it has published.
struct Progress {
    generation: u64,
    pause: Option<Pause>,
    attempts: u32,
    /// An attempt past its deadline that has not let go of its thread yet.
    overdue: Option<Attempt>,
}

enum Step {
    Mint(Reason),
    Rest(Duration),
}

impl<S: TokenSource> Driver<S> {
    /// Drives until the exchange is asked to close. Dropping the future, as a runtime does when it ends, is noticed too.
    pub(crate) async fn run(mut self) {
        let _last_words = LastWords(Arc::clone(&self.exchange));
        let exchange = Arc::clone(&self.exchange);
        let mut progress = Progress { generation: 0, pause: None, attempts: 0, overdue: None };
        let work = pin!(async {
            loop {
                match self.step(&progress) {
                    Step::Mint(reason) => self.mint(&mut progress, reason).await,
                    Step::Rest(length) => {
                        select(pin!(self.exchange.kicked()), pin!(sleep(length))).await;
                    }
                }
            }
        });
        // Closing drops the work at its await point, and with it the attempt in flight.
        let (Either::Left(((), _)) | Either::Right(((), _))) = select(pin!(exchange.asked_to_close()), work).await;
    }

    /// What to do now, from the clocks and the published token alone: kicked or not, early or late, the answer is the same.
    fn step(&self, progress: &Progress) -> Step {
        let now = self.clock.now();
        let token = self.exchange.token();
        let life = token.as_ref().map(Token::life);
        self.watch_clocks(life, now);
        let slice = Schedule::slice(life);
        let Some(reason) = self.reason(life, now) else {
            let until = life.map_or(slice, |life| life.refreshed.saturating_sub(life.age(now)));
            return Step::Rest(until.min(slice));
        };
        let usable = life.is_some_and(|life| life.usable(now));
        match progress.pause.map(|pause| pause.left(now, usable)) {
            Some(left) if !left.is_zero() => Step::Rest(left.min(slice)),
            _ => Step::Mint(reason),
        }
    }

    /// Readers look at the wall clock alone, so somebody must notice when it cannot be relied on.
    fn watch_clocks(&self, life: Option<&Life>, now: Stamp) {
        if life.is_some_and(|life| life.set_back(now) > SET_BACK_TOLERATED) {
            self.exchange.be_careful();
        }
    }

    fn reason(&self, life: Option<&Life>, now: Stamp) -> Option<Reason> {
        let Some(life) = life else { return Some(Reason::First) };
        if !life.usable(now) {
            Some(Reason::Expired)
        } else if life.set_back(now) > SET_BACK_TOLERATED {
            Some(Reason::ClockSetBack)
        } else if self.exchange.rejected().is_some() {
            Some(Reason::Rejected)
        } else {
            life.wants_refresh(now).then_some(Reason::Ahead)
        }
    }

    async fn mint(&mut self, progress: &mut Progress, reason: Reason) {
        progress.attempts = progress.attempts.saturating_add(1);
        let issued = self.clock.now();
        let cx = MintCx { now: issued, deadline: self.schedule.attempt_deadline, reason, attempt: progress.attempts };
        self.exchange.minting();
        let outcome = match progress.overdue.take().filter(Attempt::running) {
            // At most one mint in flight, also when the last one sits on its thread and cannot be cancelled: a second one
            // would most likely hang beside it.
            Some(overdue) => {
                progress.overdue = Some(overdue);
                Err(SourceError::transient("the last call has not returned yet; blocking code belongs in `Blocking`"))
            }
            None => self.ask(progress, cx).await,
        };
        match outcome.and_then(|minted| self.accept(&minted, issued, reason).map(|life| (minted, life))) {
            Ok((minted, life)) => self.publish(progress, minted, life, cx),
            Err(error) => self.fail(progress, error, cx),
        }
    }

    /// One attempt, in a task of its own: a panic in the source ends that task and not the driver.
    async fn ask(&self, progress: &mut Progress, cx: MintCx) -> Result<Minted, SourceError> {
        let mut attempt = Attempt::start(&self.runtime, Arc::clone(&self.source), cx);
        let mut left = cx.deadline;
        loop {
            // An attempt may take longer than the clocks may go unwatched.
            let token = self.exchange.token();
            let life = token.as_ref().map(Token::life);
            self.watch_clocks(life, self.clock.now());
            let slice = Schedule::slice(life).min(left);
            if let Some(outcome) = attempt.outcome_within(slice).await {
                return outcome;
            }
            left = left.saturating_sub(slice);
            if left.is_zero() {
                attempt.cancel();
                progress.overdue = Some(attempt);
                return Err(SourceError::transient(format!("no answer within {:?}", cx.deadline)));
            }
        }
    }

    /// Whether an answer is better than what is published, and how long it will live.
    fn accept(&mut self, minted: &Minted, issued: Stamp, reason: Reason) -> Result<Life, SourceError> {
        let life = self.schedule.life(minted, issued, &mut self.rng).filter(|life| life.usable(self.clock.now()));
        let life = life.ok_or_else(|| SourceError::transient("the source returned a token that is about to expire"))?;
        // Sources with a cache of their own return near its end what is worth less than what we hold.
        if reason == Reason::Ahead && self.exchange.token().is_some_and(|current| current.expires_at() > life.expires) {
            return Err(SourceError::transient("the source returned a token that expires before the one in use"));
        }
        Ok(life)
    }

    fn publish(&mut self, progress: &mut Progress, minted: Minted, life: Life, cx: MintCx) {
        progress.generation += 1;
        let generation = Generation(progress.generation);
        observe::refreshed(generation, cx, self.clock.boot().saturating_sub(cx.now.boot));
        self.exchange.publish(Issue { secret: minted.secret, generation, life });
        progress.pause = None;
        progress.attempts = 0;
    }

    fn fail(&mut self, progress: &mut Progress, error: SourceError, cx: MintCx) {
        let now = self.clock.now();
        let usable = self.exchange.token().is_some_and(|token| token.life().usable(now));
        progress.pause = Some(Pause::after(error.kind(), progress.pause, &self.schedule, now, &mut self.rng));
        observe::failed(&error, cx, usable);
        self.exchange.fail(Arc::new(error));
    }
}

/// Tells the waiters that nobody works for them any more, whether the driver returned, panicked or was dropped.
struct LastWords(Arc<Exchange>);

impl Drop for LastWords {
    fn drop(&mut self) {
        self.0.driver_ended();
    }
}
