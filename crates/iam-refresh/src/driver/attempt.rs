//! One call of the source as a task: it can be waited for, cancelled, and asked whether it has really gone.

use crate::source::{MintCx, Minted, SourceError, TokenSource};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::timeout;

pub(super) struct Attempt(JoinHandle<Result<Minted, SourceError>>);

impl Attempt {
    pub(super) fn start<S: TokenSource>(runtime: &Handle, source: Arc<S>, cx: MintCx) -> Self {
        Self(runtime.spawn(async move { source.mint(cx).await }))
    }

    /// The outcome, or nothing if there is none yet; ask again as often as you like.
    pub(super) async fn outcome_within(&mut self, slice: Duration) -> Option<Result<Minted, SourceError>> {
        let joined = timeout(slice, &mut self.0).await.ok()?;
        Some(joined.unwrap_or_else(|error| {
            // The panic's own message may hold anything, a secret too; the panic hook has printed it where it belongs.
            let what =
                if error.is_panic() { "the source panicked" } else { "the runtime of the source is shutting down" };
            Err(SourceError::transient(what))
        }))
    }

    pub(super) fn cancel(&self) {
        self.0.abort();
    }

    pub(super) fn running(&self) -> bool {
        !self.0.is_finished()
    }
}

// The driver drops an attempt in flight when the cache closes or its runtime ends.
impl Drop for Attempt {
    fn drop(&mut self) {
        self.0.abort();
    }
}
