//! An incident, replayed: four services, one STS that hangs, one probe that asks each of them every 100 ms whether it lives.
//!
//! `cargo run -p iam-refresh --example incident [-- SECONDS [FILE.svg]]`: how long STS hangs (30) and where the plot goes
//! (`target/incident.svg`). Everything runs in this process, on loopback, in one and a half times that time.
//!
//! - `waiting`: the accessor waits for a refresh that only its own thread could run.
//! - `blocking`: the first repair that comes to mind, asking STS synchronously from the accessor.
//! - `refreshed`: `iam-refresh`.
//! - `control`: never refreshes anything, which shows what this machine does to everybody.
//!
//! The lifetimes are a minute instead of a quarter of an hour, so that nobody has to wait for the token's natural end.

mod database;
mod plot;
mod probe;
mod service;
mod services;
mod sts;
mod table;

use probe::Record;
use service::{Meter, Service};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The hours of this play, all in proportion to how long STS hangs.
#[derive(Clone, Copy)]
struct Plan {
    /// How long STS takes to answer while it is ill.
    hang: Duration,
    /// A token's lifetime.
    lifetime: Duration,
    /// The time left at which the two accessors want a new token.
    margin: Duration,
    ill_from: Duration,
    ill_until: Duration,
    end: Duration,
}

impl Plan {
    fn new(hang: Duration) -> Self {
        let part = |thirtieths: u32| hang * thirtieths / 30;
        Self { hang, lifetime: part(60), margin: part(50), ill_from: part(5), ill_until: part(40), end: part(45) }
    }
}

/// What became of one service.
struct Outcome {
    name: &'static str,
    probes: Vec<Record>,
    meter: Arc<Meter>,
}

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().and_then(|seconds| seconds.parse().ok()).unwrap_or(30);
    let picture = arguments.next().map_or_else(|| PathBuf::from("target/incident.svg"), PathBuf::from);
    let plan = Plan::new(Duration::from_secs(seconds));

    let mut out = io::stdout().lock();
    writeln!(out, "STS hangs for {seconds} s; this takes {:.0?}", plan.end)?;
    let outcomes = replay(plan);
    write!(out, "{}", table::render(&outcomes))?;
    if let Some(directory) = picture.parent() {
        std::fs::create_dir_all(directory)?;
    }
    std::fs::write(&picture, plot::render(&outcomes, plan))?;
    writeln!(out, "\nprobe latency over time: {}", picture.display())
}

fn replay(plan: Plan) -> Vec<Outcome> {
    let sts = sts::start(plan);
    let database = database::start(Arc::clone(&sts.issued));
    let world = service::World { plan, sts: sts.address, issued: sts.issued, database };
    let services = [
        Service::start("waiting", &world, |world| Box::pin(services::waiting::traffic(world))),
        Service::start("blocking", &world, |world| Box::pin(services::blocking::traffic(world))),
        Service::start("refreshed", &world, |world| Box::pin(services::refreshed::traffic(world))),
        Service::start("control", &world, |world| Box::pin(services::control::traffic(world))),
    ];
    let probes = probe::watch(services.each_ref().map(|service| service.address), plan.end);
    let outcome = |(service, probes): (Service, _)| Outcome { name: service.name, probes, meter: service.meter };
    services.into_iter().zip(probes).map(outcome).collect()
}
