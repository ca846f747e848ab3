//! What is told to `tracing`, and nothing where that feature is off. No function here ever sees a secret.
//!
//! A failure is a warning, once, while the old token is served, and an error only when nothing is left to serve.

use crate::source::{MintCx, SourceError};
use crate::token::Generation;
use std::time::Duration;

#[cfg(feature = "tracing")]
pub(crate) fn refreshed(generation: Generation, cx: MintCx, took: Duration) {
    let reason = cx.reason.as_str();
    tracing::debug!(generation = generation.0, reason, attempt = cx.attempt, ?took, "token refreshed");
}

#[cfg(feature = "tracing")]
pub(crate) fn failed(error: &SourceError, cx: MintCx, still_served: bool) {
    let (kind, reason, attempt) = (error.kind().as_str(), cx.reason.as_str(), cx.attempt);
    if !still_served {
        tracing::error!(%error, kind, reason, attempt, "no token to serve");
    } else if attempt == 1 {
        tracing::warn!(%error, kind, reason, attempt, "token not refreshed; the current one is still served");
    } else {
        tracing::debug!(%error, kind, reason, attempt, "token still not refreshed");
    }
}

#[cfg(feature = "tracing")]
pub(crate) fn hook_panicked(generation: Generation) {
    tracing::error!(generation = generation.0, "a refresh hook panicked; it stays registered");
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn refreshed(_: Generation, _: MintCx, _: Duration) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn failed(_: &SourceError, _: MintCx, _: bool) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn hook_panicked(_: Generation) {}
