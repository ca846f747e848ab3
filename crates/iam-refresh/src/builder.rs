//! How a cache comes to be: settings, their check, and the runtime that its driver lives on.

use crate::cache::{Owner, TokenCache};
use crate::clock::{Clock, SystemClock};
use crate::driver::Driver;
use crate::error::BuildError;
use crate::exchange::Exchange;
use crate::schedule::Schedule;
use crate::source::TokenSource;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::oneshot;

/// Describes a [`TokenCache`]; the defaults suit a token of fifteen minutes.
#[must_use]
pub struct Builder<S> {
    source: S,
    schedule: Schedule,
    clock: Arc<dyn Clock>,
    runtime: Option<Handle>,
    seed: Option<u64>,
}

impl<S: TokenSource> Builder<S> {
    pub(crate) fn new(source: S) -> Self {
        Self { source, schedule: Schedule::default(), clock: Arc::new(SystemClock), runtime: None, seed: None }
    }

    /// The part of a token's life after which it is replaced, drawn anew for each token. Default `0.60..=0.70`.
    pub fn refresh_at(mut self, part: RangeInclusive<f64>) -> Self {
        self.schedule.refresh = part;
        self
    }

    /// How long before its end a token is no longer served; at most a tenth of its life is used. Default 30 s.
    ///
    /// It has to cover the time between taking a token and the server's look at it, and the difference of the two clocks.
    pub fn skew(mut self, margin: Duration) -> Self {
        self.schedule.skew = margin;
        self
    }

    /// How long one attempt may take before it is abandoned. Default 10 s.
    pub fn attempt_deadline(mut self, deadline: Duration) -> Self {
        self.schedule.attempt_deadline = deadline;
        self
    }

    /// How long [`TokenCache::fresh`] waits where there is no token. Default 10 s.
    pub fn wait_deadline(mut self, deadline: Duration) -> Self {
        self.schedule.wait_deadline = deadline;
        self
    }

    /// The shortest and the longest pause between failed attempts. Default 0.5 s to 15 s; at most 5 s while nothing is served.
    pub fn backoff(mut self, pause: RangeInclusive<Duration>) -> Self {
        self.schedule.backoff = pause;
        self
    }

    /// The least time between two refreshes that [`TokenCache::report_auth_failure`] causes. Default 5 s.
    pub fn rejected_every(mut self, least: Duration) -> Self {
        self.schedule.rejected_every = least;
        self
    }

    /// The clocks to live by. Default: the system's.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Makes jitter repeatable. For tests: a fleet with one seed refreshes in step.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Lets the driver live on this runtime instead of on threads of its own. The runtime must have timers, and outlive the cache.
    ///
    /// Threads of its own cannot be starved by a service that blocks its runtime; sharing one saves two threads, which sleep
    /// nearly always.
    pub fn runtime(mut self, runtime: Handle) -> Self {
        self.runtime = Some(runtime);
        self
    }

    /// Checks the settings and starts the driver, which mints at once. Does not wait for the token.
    pub fn build(self) -> Result<TokenCache, BuildError> {
        self.schedule.check()?;
        let exchange = Arc::new(Exchange::new());
        let rng = self.seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        let (wait_deadline, rejected_every) = (self.schedule.wait_deadline, self.schedule.rejected_every);
        let driver = |runtime| Driver {
            source: Arc::new(self.source),
            exchange: Arc::clone(&exchange),
            clock: Arc::clone(&self.clock),
            schedule: self.schedule,
            rng,
            runtime,
        };
        let runtime = match self.runtime {
            Some(runtime) => {
                runtime.spawn(driver(runtime.clone()).run());
                runtime
            }
            None => own_threads(|runtime| driver(runtime).run())?,
        };
        let owner = Arc::new(Owner { exchange: Arc::clone(&exchange), runtime, wait_deadline, rejected_every });
        Ok(TokenCache { exchange, clock: self.clock, owner })
    }
}

impl<S> fmt::Debug for Builder<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("schedule", &self.schedule).field("clock", &self.clock).finish_non_exhaustive()
    }
}

/// Runs what `drive` makes on a thread of its own, and lets it spawn on another; both end with it.
///
/// Two threads, because callers' deadlines are timed where the driver runs: a source that blocks against all advice then stops
/// nothing but itself.
fn own_threads<Driving>(drive: impl FnOnce(Handle) -> Driving) -> Result<Handle, BuildError>
where
    Driving: Future<Output = ()> + Send + 'static,
{
    let ((for_driver, handle), (for_source, to_source)) = (detached()?, detached()?);
    let driving = drive(to_source);
    let (ended, end) = oneshot::channel::<()>();
    thread("iam-refresh", for_driver, async {
        driving.await;
        drop(ended);
    })?;
    thread("iam-refresh-source", for_source, async { drop(end.await) })?;
    Ok(handle)
}

fn thread(name: &str, runtime: Detached, work: impl Future<Output = ()> + Send + 'static) -> Result<(), BuildError> {
    let run = move || {
        if let Some(runtime) = &runtime.0 {
            runtime.block_on(work);
        }
    };
    std::thread::Builder::new().name(name.to_owned()).spawn(run).map(drop).map_err(BuildError::Thread)
}

/// A runtime of one thread that nothing runs on yet.
fn detached() -> Result<(Detached, Handle), BuildError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(BuildError::Thread)?;
    let handle = runtime.handle().clone();
    Ok((Detached(Some(runtime)), handle))
}

/// A runtime whose end waits for nothing. A blocking call may still hang in its pool, which would keep its thread for ever; and where a
/// thread could not be started, it ends in the task that builds the cache, which it must not stop.
struct Detached(Option<Runtime>);

impl Drop for Detached {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
