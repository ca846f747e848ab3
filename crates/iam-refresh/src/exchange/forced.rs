//! Refreshes that clients ask for because a server refused a token: one for each token, and not more often than is decent.

use crate::clock::Stamp;
use crate::token::Generation;
use std::collections::VecDeque;
use std::time::Duration;

/// Rejections further back than this say nothing about the present.
const LATELY: Duration = Duration::from_mins(5);
/// Nobody needs an exact count beyond this.
const REMEMBERED: usize = 16;

/// What became of a report that a server refused a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refresh {
    /// A new token is being made: wait for it with [`TokenCache::newer_than`](crate::TokenCache::newer_than) and try once more.
    Started,
    /// One was already being made: do the same.
    InFlight,
    /// The token has been replaced since: take the current one and try once more.
    AlreadyNewer,
    /// The last forced refresh was moments ago: the token's age is not what is wrong, and a retry would be refused too.
    RateLimited,
    /// The cache is closed or its runtime is gone: there will be no newer token.
    NoDriver,
}

impl Refresh {
    /// Whether trying again with a newer token is worth it.
    pub fn worth_a_retry(self) -> bool {
        matches!(self, Refresh::Started | Refresh::InFlight | Refresh::AlreadyNewer)
    }
}

#[derive(Debug, Default)]
pub(super) struct Forced {
    wanted: Option<Generation>,
    granted: VecDeque<Duration>,
}

impl Forced {
    pub(super) fn request(&mut self, used: Generation, minting: bool, now: Stamp, every: Duration) -> Refresh {
        if minting || self.wanted.is_some() {
            return Refresh::InFlight;
        }
        if self.granted.back().is_some_and(|&last| now.boot.saturating_sub(last) < every) {
            return Refresh::RateLimited;
        }
        self.wanted = Some(used);
        if self.granted.len() == REMEMBERED {
            self.granted.pop_front();
        }
        self.granted.push_back(now.boot);
        Refresh::Started
    }

    /// Drops the request that `published` answers.
    pub(super) fn settle(&mut self, published: Generation) {
        self.wanted = self.wanted.filter(|&rejected| rejected >= published);
    }

    pub(super) fn wanted(&self) -> Option<Generation> {
        self.wanted
    }

    pub(super) fn lately(&self, now: Stamp) -> u32 {
        let recent = self.granted.iter().filter(|&&at| now.boot.saturating_sub(at) < LATELY).count();
        u32::try_from(recent).unwrap_or(u32::MAX)
    }
}
