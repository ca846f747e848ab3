//! Sources that block: an SDK without async, a file on a network mount, a subprocess.

use crate::source::{MintCx, Minted, SourceError, TokenSource};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

type Answer = Result<Minted, SourceError>;

/// Makes a source of a blocking function, called on a thread of its own.
///
/// A thread cannot be cancelled. A call that hangs past its deadline is therefore not repeated beside itself: later attempts
/// wait for that same call, and take its answer if it still comes and is still worth something.
pub struct Blocking<F> {
    call: Arc<F>,
    /// The call under way, if one is.
    answer: Mutex<Option<oneshot::Receiver<Answer>>>,
}

impl<F> Blocking<F>
where
    F: Fn(MintCx) -> Answer + Send + Sync + 'static,
{
    /// A source that calls `call`.
    pub fn new(call: F) -> Self {
        Self { call: Arc::new(call), answer: Mutex::new(None) }
    }

    fn start(&self, cx: MintCx) -> Result<oneshot::Receiver<Answer>, SourceError> {
        let (send, receive) = oneshot::channel();
        let call = Arc::clone(&self.call);
        // Not the runtime's blocking pool: a runtime that shuts down waits for that, and one hung call must not hold it.
        std::thread::Builder::new()
            .name("iam-refresh-source".to_owned())
            .spawn(move || drop(send.send(call(cx))))
            .map_err(SourceError::transient)?;
        Ok(receive)
    }
}

impl<F> TokenSource for Blocking<F>
where
    F: Fn(MintCx) -> Answer + Send + Sync + 'static,
{
    async fn mint(&self, cx: MintCx) -> Answer {
        let under_way = self.slot().take();
        let answer = match under_way {
            Some(answer) => answer,
            None => self.start(cx)?,
        };
        // Puts the receiver back where the next attempt finds it if this one is dropped at its deadline.
        let mut waiting = Waiting { source: self, answer: Some(answer) };
        let Some(answer) = &mut waiting.answer else { return Err(SourceError::transient("no call under way")) };
        let answered = answer.await;
        waiting.answer = None;
        answered.unwrap_or_else(|_| Err(SourceError::transient("the source panicked")))
    }
}

impl<F> Blocking<F> {
    fn slot(&self) -> std::sync::MutexGuard<'_, Option<oneshot::Receiver<Answer>>> {
        self.answer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Waiting<'a, F> {
    source: &'a Blocking<F>,
    answer: Option<oneshot::Receiver<Answer>>,
}

impl<F> Drop for Waiting<'_, F> {
    fn drop(&mut self) {
        if let Some(answer) = self.answer.take() {
            *self.source.slot() = Some(answer);
        }
    }
}

impl<F> fmt::Debug for Blocking<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blocking")
    }
}
