//! How fast the tool is: beside other tools on real releases, on call graphs made to be bad, and in instructions.
//!
//! Everything is fetched into `target/bench`. What is measured without `--only` is written to `docs/benchmarks.md`.

mod compare;
mod graphs;
mod instructions;
mod measure;
mod page;
mod scale;
mod sources;
mod tools;

use crate::corpus;
use anyhow::{Context as _, Result};
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How often each command is run; the median counts
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Measure only these sets, and print without writing
    #[arg(long, value_enum)]
    only: Vec<sources::Set>,
    /// Measure call graphs made to be bad, of three sizes, instead of real releases
    #[arg(long, conflicts_with_all = ["only", "instructions"])]
    scale: bool,
    /// Count instructions with valgrind, instead of measuring time
    #[arg(long, conflicts_with = "only")]
    instructions: bool,
    /// Measure this binary and not a release build of the sources
    #[arg(long, value_name = "FILE")]
    blocklint: Option<PathBuf>,
    /// Print without writing to `docs/benchmarks.md`
    #[arg(long)]
    no_write: bool,
}

/// Fetches what is missing, measures, prints and writes.
pub(crate) fn run(root: &Path, options: &Options) -> Result<()> {
    let binary = match &options.blocklint {
        Some(binary) => binary.canonicalize().with_context(|| format!("cannot find {}", binary.display()))?,
        None => corpus::build(root)?,
    };
    let work = Work { root: root.to_owned(), folder: root.join("target/bench"), binary };
    std::fs::create_dir_all(&work.folder)?;
    let (section, text) = if options.scale {
        (page::Section::Scale, scale::run(&work, options.runs)?)
    } else if options.instructions {
        (page::Section::Instructions, instructions::run(&work)?)
    } else {
        (page::Section::Tools, compare::run(&work, options.runs, &options.only)?)
    };
    println!("{text}");
    if options.no_write || !options.only.is_empty() {
        return Ok(());
    }
    page::write(&root.join("docs/benchmarks.md"), section, &text)
}

/// What every measurement needs.
struct Work {
    /// The repository.
    root: PathBuf,
    /// Where sources and tools are kept.
    folder: PathBuf,
    /// The tool that is measured.
    binary: PathBuf,
}
