//! The command line of blocklint.

use std::process::ExitCode;

fn main() -> ExitCode {
    blocklint::cli::main()
}
