//! The same command under the name of its Python distribution, for runners that look for a command of that name (`pipx run`, `uvx`).

use std::process::ExitCode;

fn main() -> ExitCode {
    blocklint::cli::main()
}
