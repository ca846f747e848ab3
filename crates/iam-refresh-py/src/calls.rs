//! The cache's wish for a token, and Python's answer. Knows neither of them.

use iam_refresh::{Minted, SourceError};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

type Answer = Result<(String, SystemTime), String>;

/// One call at a time: that is what `Blocking` promises, so one place for the answer is enough.
pub(crate) struct Calls {
    wish: Sender<Option<Sender<Answer>>>,
    wishes: Mutex<Receiver<Option<Sender<Answer>>>>,
    asker: Mutex<Option<Sender<Answer>>>,
}

impl Calls {
    pub(crate) fn new() -> Self {
        let (wish, wishes) = channel();
        Self { wish, wishes: Mutex::new(wishes), asker: Mutex::new(None) }
    }

    /// Asks Python and waits; runs on a thread made for nothing else.
    pub(crate) fn call(&self) -> Result<Minted, SourceError> {
        let (asker, answer) = channel();
        let gone = |_| SourceError::transient("the cache is closing");
        self.wish.send(Some(asker)).map_err(|_| gone(()))?;
        let answer = answer.recv().map_err(|_| gone(()))?;
        answer.map(|(secret, end)| Minted::new(secret, end)).map_err(SourceError::transient)
    }

    /// Waits for a wish; false at the end.
    pub(crate) fn next(&self) -> bool {
        let wish = lock(&self.wishes).recv().ok().flatten();
        let wanted = wish.is_some();
        *lock(&self.asker) = wish;
        wanted
    }

    pub(crate) fn answer(&self, answer: Answer) {
        if let Some(asker) = lock(&self.asker).take() {
            // Who asked may have gone with its cache.
            let _gone = asker.send(answer);
        }
    }

    pub(crate) fn close(&self) {
        let _gone = self.wish.send(None);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
