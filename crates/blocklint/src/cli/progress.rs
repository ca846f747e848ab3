//! One line on standard error for people who wait, and for nobody else.

use std::io::{IsTerminal as _, Write as _};

/// Runs over more files than this say what they do while they do it.
const LONG: usize = 300;

/// One line on standard error that is overwritten and taken away, for people who wait.
pub(super) struct Progress {
    shown: bool,
    files: usize,
}

impl Progress {
    pub(super) fn start(files: usize, quiet: bool) -> Self {
        let mut progress = Self { shown: files > LONG && !quiet && std::io::stderr().is_terminal(), files };
        progress.say("reading");
        progress
    }

    pub(super) fn say(&mut self, what: &str) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\u{1b}[Kblocklint: {what} {} files …", self.files);
        }
    }

    pub(super) fn end(&mut self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}
