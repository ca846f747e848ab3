//! The figures that `iam-refresh` promises, each against its anchor in the same run.
//!
//! `cargo run --release --manifest-path crates/iam-refresh/figures/Cargo.toml [-- SECONDS]`: how long the source hangs in the
//! last figure (30). Trust ratios; absolute times are the machine's and its neighbours'.

mod fleet;
mod herd;
mod hot;
mod stall;

use std::io::Write;
use std::time::Duration;

/// One line of the table.
struct Figure {
    what: &'static str,
    ours: String,
    anchor: String,
    promise: &'static str,
    kept: bool,
}

fn main() -> std::io::Result<()> {
    let hang = std::env::args().nth(1).and_then(|seconds| seconds.parse().ok()).unwrap_or(30);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:<46} {:>22} {:>34}  promise", "", "iam-refresh", "anchor")?;
    let figures = [hot::figures(), herd::figures(), vec![fleet::figure(), stall::figure(Duration::from_secs(hang))]];
    for Figure { what, ours, anchor, promise, kept } in figures.into_iter().flatten() {
        writeln!(out, "{what:<46} {ours:>22} {anchor:>34}  {promise} {}", if kept { "" } else { "  MISSED" })?;
    }
    Ok(())
}
