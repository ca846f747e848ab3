//! Runs commands and measures them. It knows neither tools nor sources.

use anyhow::{Context as _, Result, ensure};
use std::process::{Command, Stdio};
use std::time::Instant;
use wait4::Wait4 as _;

/// What one run took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    /// Seconds.
    pub(super) wall: f64,
    /// Seconds of all cores, in the program and in the kernel for it.
    pub(super) cpu: f64,
    /// Megabytes, of the largest process.
    pub(super) peak: f64,
}

/// Something that is run several times.
pub(super) struct Contender<'a> {
    pub(super) title: String,
    /// Made anew for each run.
    pub(super) command: Box<dyn Fn() -> Command + 'a>,
    /// Runs before each run, unmeasured.
    pub(super) before: Box<dyn Fn() -> Result<()> + 'a>,
}

impl<'a> Contender<'a> {
    pub(super) fn new(title: impl Into<String>, command: impl Fn() -> Command + 'a) -> Self {
        Self { title: title.into(), command: Box::new(command), before: Box::new(|| Ok(())) }
    }

    pub(super) fn prepared(self, before: impl Fn() -> Result<()> + 'a) -> Self {
        Self { before: Box::new(before), ..self }
    }
}

/// The median of each contender. They take turns, so that what else the machine does meets all of them.
pub(super) fn medians(contenders: &[Contender<'_>], runs: usize) -> Result<Vec<Sample>> {
    ensure!(runs > 0, "there is no median of 0 runs");
    let mut samples: Vec<Vec<Sample>> = contenders.iter().map(|_| Vec::with_capacity(runs)).collect();
    for round in 1..=runs {
        for (contender, samples) in contenders.iter().zip(&mut samples) {
            (contender.before)()?;
            let sample = once(&mut (contender.command)()).with_context(|| format!("cannot run {}", contender.title))?;
            println!("  {round}/{runs} {}: {:.2} s, {:.2} s CPU", contender.title, sample.wall, sample.cpu);
            samples.push(sample);
        }
    }
    Ok(samples.iter().map(|it| median(it)).collect())
}

/// Runs a command once. A linter's findings are no failure.
#[expect(clippy::disallowed_methods, reason = "this measures")]
pub(super) fn once(command: &mut Command) -> Result<Sample> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let used = command.spawn()?.wait4()?;
    let wall = started.elapsed().as_secs_f64();
    ensure!(matches!(used.status.code(), Some(0 | 1)), "{command:?} ended with {}", used.status);
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    let kilobytes = u32::try_from(used.rusage.maxrss / 1000)?;
    Ok(Sample { wall, cpu, peak: f64::from(kilobytes) / 1e3 })
}

fn median(samples: &[Sample]) -> Sample {
    let of = |part: fn(&Sample) -> f64| {
        let mut values: Vec<f64> = samples.iter().map(part).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Sample { wall: of(|it| it.wall), cpu: of(|it| it.cpu), peak: of(|it| it.peak) }
}
