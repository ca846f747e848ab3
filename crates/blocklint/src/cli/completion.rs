//! Completion scripts, from the definition of the command line.

use super::Cli;
use clap::{CommandFactory as _, ValueEnum};
use clap_complete::Shell as Common;

/// A shell that scripts can be written for.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "lower")]
pub(crate) enum Shell {
    /// Bash.
    Bash,
    /// Elvish.
    Elvish,
    /// Fish.
    Fish,
    /// Nushell.
    Nushell,
    /// `PowerShell`.
    #[value(name = "powershell")]
    Power,
    /// Zsh.
    Zsh,
}

/// The script.
pub(super) fn script(shell: Shell) -> String {
    let mut out = Vec::new();
    let mut generate = |it: Common| clap_complete::generate(it, &mut Cli::command(), "blocklint", &mut out);
    match shell {
        Shell::Bash => generate(Common::Bash),
        Shell::Elvish => generate(Common::Elvish),
        Shell::Fish => generate(Common::Fish),
        Shell::Power => generate(Common::PowerShell),
        Shell::Zsh => generate(Common::Zsh),
        Shell::Nushell => {
            clap_complete::generate(clap_complete_nushell::Nushell, &mut Cli::command(), "blocklint", &mut out);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
