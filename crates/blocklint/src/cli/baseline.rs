//! `blocklint baseline`: accept what there is, look at it, and drop what is gone.

use super::args::{BaselineArgs, BaselineCommand, CheckArgs};
use super::check::{baseline_file, check};
use super::{CLEAN, print};
use crate::baseline::{Baseline, FILE};
use anyhow::{Result, anyhow};
use std::fmt::Write as _;
use std::path::Path;

/// Runs one of the three.
pub(super) fn run(args: &BaselineArgs, cwd: &Path) -> Result<u8> {
    let checked = check(&args.check, cwd)?;
    let CheckArgs { baseline, analysis, .. } = &args.check;
    let file = baseline_file(baseline.as_deref(), analysis, &checked.targets)
        .unwrap_or_else(|| checked.targets.root.join(FILE));
    let read = || Baseline::read(&file).map_err(|it| anyhow!(it));
    match args.command {
        BaselineCommand::Write => {
            let baseline = Baseline::of(&checked.analysis);
            baseline.write(&file).map_err(|it| anyhow!(it))?;
            print(&format!("wrote {} findings to {}\n", baseline.entries.len(), file.display()))?;
        }
        BaselineCommand::Show => {
            let baseline = read()?;
            let stale = baseline.stale(&checked.analysis);
            let mut out = String::new();
            for it in &baseline.entries {
                let gone = if stale.contains(&it) { "  (found no more)" } else { "" };
                let line = format!("{} {}: {} > {}{gone}", it.code, it.file, it.function, it.api);
                let _ = writeln!(out, "{}", blocklint_report::visible(&line));
            }
            print(&out)?;
        }
        BaselineCommand::Prune => {
            let baseline = read()?;
            let pruned = baseline.pruned(&checked.analysis);
            pruned.write(&file).map_err(|it| anyhow!(it))?;
            let gone = baseline.entries.len() - pruned.entries.len();
            print(&format!("removed {gone} entries from {}, {} are left\n", file.display(), pruned.entries.len()))?;
        }
    }
    Ok(CLEAN)
}
