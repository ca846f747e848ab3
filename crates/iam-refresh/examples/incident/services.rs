//! The four ways to have a token. Each file is a service as one might find it; two of them are wrong.

pub(crate) mod blocking;
pub(crate) mod control;
pub(crate) mod refreshed;
pub(crate) mod waiting;

use crate::sts::Issued;
use std::time::Duration;
use tokio::time::Instant;

/// A token and its end, as the two wrong services keep it.
pub(crate) struct Lease {
    pub(crate) token: String,
    end: Instant,
}

impl Lease {
    pub(crate) fn new(token: String, lifetime: Duration) -> Self {
        Self { token, end: Instant::now() + lifetime }
    }

    /// What a service starts with.
    pub(crate) fn first(issued: &Issued, lifetime: Duration) -> Self {
        Self::new(issued.issue(lifetime), lifetime)
    }

    pub(crate) fn ends_within(&self, margin: Duration) -> bool {
        Instant::now() + margin >= self.end
    }
}
