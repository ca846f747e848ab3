//! The stream of tokens. Keeps neither the cache nor its driver alive.

use crate::exchange::{Exchange, Mode};
use crate::token::{Generation, Token};
use futures_core::Stream;
use futures_util::stream::unfold;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};
use tokio::sync::watch;

/// Every token from the current one on; ends when the cache closes or loses its driver.
///
/// A `Stream`; `recv` serves those without a stream library at hand.
pub struct Subscription(Pin<Box<dyn Stream<Item = Token> + Send>>);

impl Subscription {
    pub(crate) fn new(exchange: &Arc<Exchange>) -> Self {
        let listener = Listener { exchange: Arc::downgrade(exchange), rounds: exchange.rounds(), seen: None };
        Self(Box::pin(unfold(listener, |mut listener| async { Some((listener.next().await?, listener)) })))
    }

    /// The next token, or nothing once the cache is closed.
    pub async fn recv(&mut self) -> Option<Token> {
        std::future::poll_fn(|cx| self.0.as_mut().poll_next(cx)).await
    }
}

impl Stream for Subscription {
    type Item = Token;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Token>> {
        self.0.as_mut().poll_next(cx)
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subscription")
    }
}

struct Listener {
    exchange: Weak<Exchange>,
    rounds: watch::Receiver<crate::exchange::Round>,
    seen: Option<Generation>,
}

impl Listener {
    async fn next(&mut self) -> Option<Token> {
        loop {
            if let Poll::Ready(outcome) = self.unseen() {
                return outcome;
            }
            self.rounds.changed().await.ok()?;
        }
    }

    // The strong reference is not held across the wait: it would keep the sender alive that the wait listens to.
    fn unseen(&mut self) -> Poll<Option<Token>> {
        let living = |exchange: &Arc<Exchange>| matches!(exchange.mode(), Mode::Watched | Mode::Careful);
        let Some(exchange) = self.exchange.upgrade().filter(living) else { return Poll::Ready(None) };
        match exchange.token() {
            Some(token) if Some(token.generation()) > self.seen => {
                self.seen = Some(token.generation());
                Poll::Ready(Some(token))
            }
            _ => Poll::Pending,
        }
    }
}
