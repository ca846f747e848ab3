//! The command line: arguments in, an exit status out. Exit 0 is clean, 1 is findings, 2 is a usage, configuration or internal error.

mod add_ignore;
mod args;
mod baseline;
mod cache;
mod check;
mod checked;
mod compare;
mod completion;
mod config;
mod explain;
mod graph;
mod interrupt;
mod load;
mod output;
mod progress;
mod selftest;
mod server;
pub(crate) mod settings;
mod shown;
mod stdin;
mod summarize;
mod terminal;
mod watch;
mod why;

pub use args::Cli;

use args::{Command, SchemaKind};
use clap::{CommandFactory as _, Parser as _};
use std::io::{self, Write};
use std::process::ExitCode;

const CLEAN: u8 = 0;
const FINDINGS: u8 = 1;
const FAILED: u8 = 2;

/// What reading a file of usual depth takes at most. Only what is used of it is memory.
const WORKER_STACK: usize = 40 << 20;

/// Runs the command line of this process.
#[expect(clippy::disallowed_methods, reason = "the command line is where the working directory enters")]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(err) => {
            // Clap chooses between stdout and stderr, and a closed pipe is nobody's error.
            let _ = err.print();
            return ExitCode::from(if err.use_stderr() { FAILED } else { CLEAN });
        }
    };
    interrupt::listen();
    // Where a pool stands already, its threads read deep files on stacks made for them.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(WORKER_STACK).build_global();
    let status = std::env::current_dir().map_err(anyhow::Error::from).and_then(|cwd| run(&cli, &cwd));
    match status {
        Ok(status) => ExitCode::from(status),
        Err(err) if closed_pipe(&err) => ExitCode::from(CLEAN),
        Err(err) => {
            complain(&format!("{err:#}"));
            ExitCode::from(FAILED)
        }
    }
}

fn run(cli: &Cli, cwd: &std::path::Path) -> anyhow::Result<u8> {
    match &cli.command {
        Command::Check(args) if args.watch && !args.show_files => return watch::run(args, cwd),
        Command::Check(args) => return check::run(args, cwd),
        Command::Baseline(args) => return baseline::run(args, cwd),
        Command::Summarize(args) => return summarize::run(args, cwd),
        Command::Clean(args) => return cache::clean(args, cwd),
        Command::SelfTest => return selftest::run(),
        Command::Graph(args) => print(&graph::run(args, cwd)?)?,
        Command::Why(args) => print(&why::run(args, cwd)?)?,
        Command::Explain(args) => print(&explain::explain(args, cwd)?)?,
        Command::Rules(args) => print(&explain::table(args, cwd)?)?,
        Command::Config(args) => print(&config::show(args, cwd)?)?,
        Command::Init => print(&crate::config::init::write(cwd).map_err(|it| anyhow::anyhow!(it))?)?,
        Command::Server(args) => return server::run(args),
        Command::Schema { kind: SchemaKind::Findings } => print(blocklint_report::FINDINGS_SCHEMA)?,
        Command::Schema { kind: SchemaKind::Config } => print(&crate::config::schema::text())?,
        Command::Version => print(&format!("blocklint {}\n", crate::VERSION))?,
        Command::GenerateShellCompletion { shell } => print(&completion::script(*shell))?,
        Command::GenerateMan => {
            let mut out = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut out)?;
            print(&String::from_utf8_lossy(&out))?;
        }
    }
    Ok(CLEAN)
}

/// Writes to standard output, which others may read in part only.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes a line to standard error, where nobody may be listening.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "blocklint: {text}");
}

fn closed_pipe(err: &anyhow::Error) -> bool {
    let broken = |it: &io::Error| it.kind() == io::ErrorKind::BrokenPipe;
    err.chain().any(|cause| {
        // `serde_json` keeps the kind and hides the error.
        cause.downcast_ref::<io::Error>().is_some_and(broken)
            || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind)
                == Some(io::ErrorKind::BrokenPipe)
    })
}
