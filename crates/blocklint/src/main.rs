//! The command line of blocklint.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Every stage makes many small values and drops them together.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    blocklint::cli::main()
}
