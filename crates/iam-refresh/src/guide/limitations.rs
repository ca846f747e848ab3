//! What the cache cannot do, and what you must not do to it.
//!
//! - **`current` looks at one clock.** It reads the wall clock, coarsely; the boot clock is the driver's to watch, at least every
//!   15 s. If the wall clock is set back *and* the machine suspended between two of its looks, `current` may serve a token that
//!   the boot clock has ended until the driver wakes. `fresh` reads both clocks each time and is never deceived.
//! - **A token out of the cache is out of reach.** It does not expire in your variable. Take it where you use it, and let go: a
//!   borrowed [`Token`](crate::Token) held by more than eight tasks of a thread makes the ninth `current` count references.
//! - **Secrets are not erased from memory.** Every client library copies the password; erasing our copy would prove nothing.
//! - **A source that blocks its thread cannot be cancelled.** The cache goes on serving and tells callers in time, yet there is no
//!   new token before that call returns. [`Blocking`](crate::Blocking) is for such sources.
//! - **A runtime given to the builder must outlive the cache.** If it ends first, valid tokens are served to their end, `fresh`
//!   says [`DriverLost`](crate::Unavailable::DriverLost), and nothing is ever refreshed again. The default has its own threads.
//! - **After `fork` there is no driver in the child.** Threads do not survive it: build the cache after forking.
//! - **Waiting is not queueing.** Whoever waits hears the end of the attempt under way, its failure included. There is no retry
//!   inside `fresh`; the driver retries at its own pace and so may the caller.
//! - **Connections that stand are left alone.** PostgreSQL and MySQL check the token when a connection is made. Where servers end
//!   connections with their token, as some proxies do, limit the connections' age in the pool.
//! - **One cache holds one token.** For a hundred databases build a hundred caches on one runtime; they share nothing else.
//! - **Two drivers for one secret.** If minting *changes* the secret, as rotating a password does, two processes take it from each
//!   other. That is the secret's nature; the cache answers it with one retry.
