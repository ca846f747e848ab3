//! Why it is as it is: each decision, what was set against it, and what it costs.
//!
//! # One driver instead of a lock around a slot
//!
//! Most caches load when somebody asks: the first caller does the work, the others wait for it. Then the first caller's
//! cancellation is everybody's problem, a failure is retried by each waiter in turn, and the work runs wherever that caller
//! happens to be: on an event loop, in an accessor. Here a task of the cache's own is the only one that ever calls the source.
//! Nothing has to be deduplicated, nobody's cancellation matters, and a reader has no code path that could wait.
//! It costs a task, and by default two threads that sleep.
//!
//! # Refresh at 60 to 70 % of the life, drawn anew each time
//!
//! A token of fifteen minutes then has four minutes and more left for retries before anybody notices an outage. Refreshing at a
//! fixed time before the end leaves whatever that time is, and lets a fleet that was deployed together come back together.
//!
//! # A failure is a note beside the token, never instead of it
//!
//! What is valid is served until its margin, whatever the source says meanwhile. There is no state "failed" that could displace
//! it, and no error that ends the driver: a permission that is missing today is granted tomorrow, and nobody wants to restart a
//! fleet for it. Permanent errors only slow the retries down.
//!
//! # Two clocks
//!
//! Expiry is a date, so the wall clock decides; it can be set back, so the boot clock decides too; timers stand still in suspend,
//! so no sleep is longer than 15 s or half the margin. `current` can afford one read of one coarse clock: about 3 ns against 40 for
//! an exact one.
//!
//! # Tokens are borrowed, not counted
//!
//! `current` returns what `arc_swap` protects, without touching the reference count that all cores would otherwise fight for.
//!
//! # A wait has a deadline, and it is timed elsewhere
//!
//! Callers may sit on any executor or none, so their deadlines run on the driver's timers. The source is called on another thread
//! than those, hence even a source that blocks does not take the callers' deadlines with it.
//!
//! # Hooks before the swap
//!
//! A pool that must be *told* its password is told before anybody can see the token. Otherwise a waiter that is woken by the new
//! token could still take a connection with the old one.
//!
//! # The signer is silenced while it signs
//!
//! `aws-sigv4` traces its canonical request, session token included. The call runs without a subscriber.
//!
//! # Light
//!
//! Default features resolve to 59 crates without C. `thiserror` and tokio's macros would be five more; the few lines that they
//! save are written out.
