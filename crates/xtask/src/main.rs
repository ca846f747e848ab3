//! Automation of the repository: `cargo xtask COMMAND`.

#![expect(clippy::print_stdout, reason = "a tool for contributors talks to them")]

mod bench;
mod catalog;
mod corpus;
mod docs;
mod new_rule;
mod nightly;
mod screenshots;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the pinned releases of `testdata/corpus` and compare with what is expected of them
    Corpus {
        /// Write what is found as what is expected
        #[arg(long)]
        update: bool,
        /// Check with this binary and not with a release build of the sources
        #[arg(long, value_name = "FILE")]
        blocklint: Option<PathBuf>,
    },
    /// Measure speed and memory, beside other tools, and write `docs/benchmarks.md`
    Bench(bench::Options),
    /// List the knowledge in `rules/apis` that matches nothing in the corpus
    Catalog {
        /// Folders with more programs, each in a folder of its own
        more: Vec<PathBuf>,
        /// Check with this binary and not with a release build of the sources
        #[arg(long, value_name = "FILE")]
        blocklint: Option<PathBuf>,
    },
    /// What takes too long for every change: parts of every file of every crate and release at hand, and a table of speeds
    Nightly,
    /// Render the rules' pages as a small site, in `target/docs`
    Docs,
    /// Draw the pictures in `docs/` again, from real output
    Screenshots,
    /// Write the skeleton of a rule's page and register it
    NewRule {
        /// `BL123`
        code: String,
        /// `blocking-something`
        name: String,
    },
    /// Print what a front end makes of a file
    PrintIr {
        /// A Python or Rust file
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            println!("error: {err:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Corpus { update, blocklint } => corpus::run(&root(), blocklint, update),
        Command::Bench(options) => bench::run(&root(), &options),
        Command::Catalog { more, blocklint } => catalog::run(&root(), blocklint, &more),
        Command::Nightly => nightly::run(&root()),
        Command::Docs => docs::run(&root()),
        Command::Screenshots => screenshots::run(&root()),
        Command::NewRule { code, name } => new_rule::run(&root(), &code, &name),
        Command::PrintIr { file } => print_ir(&file),
    }
}

fn print_ir(file: &Path) -> Result<()> {
    let name = file.to_string_lossy();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
    let ir = blocklint::print_ir(&name, &text).with_context(|| format!("{name} is neither Python nor Rust"))?;
    println!("{ir}");
    Ok(())
}

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map_or_else(PathBuf::new, Path::to_owned)
}
