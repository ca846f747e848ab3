//! The same command under the name of its Python distribution, for runners that look for a command of that name (`pipx run`, `uvx`).

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// As in `blocklint` itself: a library must not choose an allocator for everyone who links it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    blocklint::cli::main()
}
