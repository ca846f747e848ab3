//! How the terminal wants to be spoken to. Everything is decided for standard output, where the findings go.

use blocklint_report::Style;
use clap::ColorChoice;
use std::io::IsTerminal as _;

/// The width where nothing says otherwise.
const WIDTH: usize = 100;

/// The style for standard output.
pub(super) fn style(color: ColorChoice) -> Style {
    let terminal = std::io::stdout().is_terminal();
    Style { color: colored(color, terminal), unicode: unicode(), width: width(terminal), narrated: narrated() }
}

/// The style for a file.
pub(super) fn plain() -> Style {
    Style { width: WIDTH, ..Style::default() }
}

/// `NO_COLOR` is stronger than the variables that force, and the option is stronger than both.
fn colored(choice: ColorChoice, terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") => false,
        ColorChoice::Auto if set("FORCE_COLOR") || set("CLICOLOR_FORCE") => true,
        ColorChoice::Auto => terminal && variable("TERM").as_deref() != Some("dumb"),
    }
}

/// The locale says when it cannot show more than ASCII; when it says nothing, most terminals can.
fn unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|it| !it.is_empty());
    locale.is_none_or(|it| {
        let it = it.to_ascii_lowercase();
        it.contains("utf-8") || it.contains("utf8")
    })
}

fn width(terminal: bool) -> usize {
    let columns = variable("COLUMNS").and_then(|it| it.parse().ok());
    let size = || terminal_size::terminal_size().map(|it| usize::from(it.0.0));
    columns.or_else(|| if terminal { size() } else { None }).unwrap_or(WIDTH).clamp(40, 160)
}

fn narrated() -> bool {
    variable("NO_GRAPHICS").is_some_and(|it| it != "0")
}

fn set(name: &str) -> bool {
    variable(name).is_some_and(|it| !it.is_empty() && it != "0")
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the environment enters")]
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
