//! The crate as its users see it. One binary: linking a dozen would take longer than running them.
#![expect(
    clippy::unwrap_used,
    clippy::unchecked_time_subtraction,
    reason = "a test that cannot go on says so by panicking"
)]

#[cfg(feature = "rds")]
mod aws;
#[cfg(feature = "rds")]
mod botocore;
#[cfg(feature = "rds")]
mod clients;
mod clocks;
mod closing;
mod faults;
mod lifecycle;
mod outage;
#[cfg(feature = "rds")]
mod postgres;
#[cfg(feature = "redis")]
mod redis;
mod rejection;
mod secrecy;
mod single_flight;
mod support;
#[cfg(feature = "rds")]
mod wire;
