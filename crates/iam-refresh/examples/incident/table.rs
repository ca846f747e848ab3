//! The outcome as text.

use crate::Outcome;
use crate::probe::PATIENCE;
use std::fmt::Write;
use std::sync::atomic::Ordering;
use std::time::Duration;

pub(crate) fn render(outcomes: &[Outcome]) -> String {
    let mut table = format!(
        "\n{:<10} {:>7} {:>7} {:>12} {:>14} {:>9} {:>8}\n",
        "service", "probes", "failed", "worst probe", "loop stood for", "queries", "refused"
    );
    for Outcome { name, probes, meter } in outcomes {
        let failed = probes.iter().filter(|probe| probe.answer.is_none()).count();
        let worst = probes.iter().filter_map(|probe| probe.answer).max().unwrap_or_default();
        let worst = if failed > 0 { format!("> {PATIENCE:.0?}") } else { format!("{worst:.1?}") };
        let gap = format!("{:.1?}", Duration::from_micros(meter.worst_gap_micros.load(Ordering::Relaxed)));
        let (answered, refused) = (meter.answered.load(Ordering::Relaxed), meter.refused.load(Ordering::Relaxed));
        // Writing to a string does not fail.
        let _infallible = writeln!(
            table,
            "{name:<10} {:>7} {failed:>7} {worst:>12} {gap:>14} {answered:>9} {refused:>8}",
            probes.len()
        );
    }
    table
}
