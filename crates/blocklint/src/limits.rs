//! How much of a file is too much. One that is larger, or nests deeper, is left out, said and counted: nobody wrote it by hand, and the other
//! files are checked all the same.

use crate::config::settings::Settings;
use crate::decode::decode;
use crate::front;
use blocklint_ir::Language;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// What may be read of one file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    bytes: u64,
    /// Levels of brackets, blocks and operators; `None`: as many as the front ends can take.
    levels: Option<u64>,
}

/// The most bytes where nobody says how many.
const BYTES: u64 = 20_000_000;

impl Limits {
    /// What is in force.
    pub(crate) fn of(settings: &Settings) -> Self {
        Self { bytes: settings.size("max-file-size").unwrap_or(BYTES), levels: settings.number("max-nesting") }
    }

    /// The text of a file and, where it is not the whole truth, why.
    pub(crate) fn read(self, path: &Path, language: Language) -> (String, Option<String>) {
        let bytes = File::open(path).and_then(|file| {
            let mut bytes = Vec::new();
            // A file may grow while it is read, and some have no size.
            file.take(self.bytes.saturating_add(1)).read_to_end(&mut bytes).map(|_| bytes)
        });
        match bytes {
            Ok(bytes) => self.text(&bytes, language),
            Err(err) => (String::new(), Some(format!("cannot be read: {err}; left out"))),
        }
    }

    /// The same of bytes that came another way.
    pub(crate) fn text(self, bytes: &[u8], language: Language) -> (String, Option<String>) {
        if bytes.len() as u64 > self.bytes {
            let limit = shown(self.bytes);
            return (String::new(), Some(format!("larger than {limit}, which is `max-file-size`; left out")));
        }
        let (text, problem) = decode(bytes, language);
        match self.levels.map(|most| (most, front::nesting(language, &text) as u64)) {
            Some((most, levels)) if levels > most => {
                let reason = format!("nests {levels} levels deep, more than the {most} of `max-nesting`; left out");
                (String::new(), Some(reason))
            }
            _ => (text, problem),
        }
    }
}

fn shown(bytes: u64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")];
    let whole = units.into_iter().find(|it| bytes >= it.0 && bytes.is_multiple_of(it.0));
    whole.map_or_else(|| format!("{bytes} bytes"), |(unit, name)| format!("{} {name}", bytes / unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{keys, value};

    #[test]
    fn the_documented_limit_is_the_one_in_force() {
        let documented = keys::key("max-file-size").unwrap().default.unwrap();
        assert_eq!(value::bytes(documented.trim_matches('"')), Some(BYTES));
    }

    #[test]
    fn a_limit_is_shown_as_one_would_write_it() {
        assert_eq!([20_000_000, 5000, 5500, 0].map(shown), ["20 MB", "5 kB", "5500 bytes", "0 bytes"]);
    }
}
