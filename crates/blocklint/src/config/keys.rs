//! Every key of a configuration, in one table: the parser, the command line, `blocklint config`, the JSON Schema and the reference are
//! read off it. Knows no value.

use Kind::{Choice, Duration, Facts, Flag, Number, Path, Paths, Patterns, PerFile, Rules, Size, Text};

/// One key.
#[derive(Debug)]
pub(crate) struct Key {
    /// As it is written in a file, and behind `--`.
    pub(crate) name: &'static str,
    /// The variable that says the same; none where a command line has no words for it.
    pub(crate) variable: Option<&'static str>,
    /// The option that says no, where it holds `true` or `false`.
    pub(crate) negation: &'static str,
    /// What it holds.
    pub(crate) kind: Kind,
    /// What it does, as one line of help.
    pub(crate) help: &'static str,
    /// Its value where nobody says one, in TOML.
    pub(crate) default: Option<&'static str>,
    /// A value that somebody may want, in TOML.
    pub(crate) example: &'static str,
}

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `true` or `false`.
    Flag,
    /// Any text.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A time: `500ms`, `2s`.
    Duration,
    /// An amount of bytes: `500kB`, `20MB`.
    Size,
    /// A whole number.
    Number,
    /// A file or directory.
    Path,
    /// Directories.
    Paths,
    /// Rules: codes, prefixes of codes, names, `ALL`.
    Rules,
    /// Gitignore patterns.
    Patterns,
    /// Patterns of files, each with its rules.
    PerFile,
    /// What a library or the program's own functions do.
    Facts,
}

impl Kind {
    /// Whether what several places say adds up. Otherwise the closest one counts.
    pub(crate) fn adds(self, name: &str) -> bool {
        matches!(self, Patterns | PerFile | Facts | Paths) || matches!(name, "ignore" | "extend-select")
    }

    /// The placeholder in help.
    pub(crate) fn value_name(self) -> &'static str {
        match self {
            Flag => "BOOL",
            Text => "TEXT",
            Choice(_) => "WORD",
            Duration => "TIME",
            Size => "SIZE",
            Number => "NUMBER",
            Path | Paths | Facts => "PATH",
            Rules => "RULE",
            Patterns => "PATTERN",
            PerFile => "PATTERN:RULE",
        }
    }
}

macro_rules! keys {
    ($($name:literal $(($variable:literal))? : $kind:expr, $default:expr, $example:literal, $help:literal;)*) => {
        /// Every key, the most used first.
        pub(crate) const KEYS: &[Key] = &[$(Key {
            name: $name,
            variable: keys!(@ $($variable)?),
            negation: concat!("no-", $name),
            kind: $kind,
            help: $help,
            default: $default,
            example: $example,
        }),*];
    };
    (@) => { None };
    (@ $variable:literal) => { Some(concat!("BLOCKLINT_", $variable)) };
}

const PROFILES: &[&str] = &["default", "strict", "pedantic"];
const SEVERITIES: &[&str] = &["note", "warning", "error"];
const CONFIDENCES: &[&str] = &["possible", "likely", "proven"];

keys! {
    "profile" ("PROFILE"): Choice(PROFILES), Some("\"default\""), "\"strict\"",
        "How much is shown: sure stalls, bounded local work too, guesses too";
    "select" ("SELECT"): Rules, Some("[\"ALL\"]"), "[\"BL0\", \"blocking-sleep\"]",
        "Report only these rules: codes, prefixes of codes, names or ALL";
    "ignore" ("IGNORE"): Rules, Some("[]"), "[\"BL107\"]",
        "Do not report these rules";
    "extend-select" ("EXTEND_SELECT"): Rules, Some("[]"), "[\"BL109\"]",
        "Report these rules too, notes and guesses of them included whatever the profile";
    "per-file-ignores" ("PER_FILE_IGNORES"): PerFile, Some("{}"), "{ \"tests/**\" = [\"BL1\"] }",
        "Rules that are silent in files that match a pattern, and for chains through them";
    "exclude" ("EXCLUDE"): Patterns, Some("[]"), "[\"migrations/\"]",
        "Leave out files that match this gitignore pattern";
    "min-severity" ("MIN_SEVERITY"): Choice(SEVERITIES), None, "\"warning\"",
        "The least severity: note, warning, error [default: the profile's]";
    "min-confidence" ("MIN_CONFIDENCE"): Choice(CONFIDENCES), None, "\"likely\"",
        "The least confidence: possible, likely, proven [default: the profile's]";
    "threshold" ("THRESHOLD"): Duration, Some("\"0s\""), "\"500ms\"",
        "Waits that are known to be shorter than this are notes, as in 500ms or 2s";
    "require-reason" ("REQUIRE_REASON"): Flag, Some("false"), "true",
        "Report comments that silence a finding and do not say why";
    "blocking": Facts, Some("[]"), "[\"acme.client.Client.fetch\", { path = \"acme.disk.*\", effect = \"file\", scale = \"small\" }]",
        "Calls that block their thread";
    "non-blocking": Facts, Some("[]"), "[\"acme.cache\"]",
        "Calls that never block, with everything below them";
    "offloaders": Facts, Some("[]"), "[\"acme.pool.run\"]",
        "Functions and decorators that run a callable on another thread";
    "loop-entries": Facts, Some("[]"), "[\"acme.events.handler\"]",
        "Decorators, functions and overridden methods that run on an event loop's thread";
    "rule-dirs" ("RULE_DIRS"): Paths, Some("[]"), "[\"lint/\"]",
        "Directories with tables (`.toml`) and rule pages (`.md`) of your own";
    "root" ("ROOT"): Path, None, "\".\"",
        "Analyse this directory, whatever the paths are; they limit what is reported";
    "with-deps" ("WITH_DEPS"): Flag, Some("false"), "true",
        "Read the sources of libraries too; nothing is reported in them";
    "python-env" ("PYTHON_ENV"): Path, None, "\".venv\"",
        "The virtual environment that holds the Python libraries";
    "crate-sources" ("CRATE_SOURCES"): Path, None, "\"vendor\"",
        "The directory that holds the sources of crates";
    "cache-dir" ("CACHE_DIR"): Path, None, "\".cache/blocklint\"",
        "Keep what files contain here for the next run [default: .blocklint_cache at the project's top]";
    "max-file-size" ("MAX_FILE_SIZE"): Size, Some("\"20MB\""), "\"1MB\"",
        "Leave out files that are larger, and say so";
    "max-nesting" ("MAX_NESTING"): Number, None, "200",
        "Leave out files whose code nests deeper, and say so [default: as much as can be read, some thousands]";
    "docs-url" ("DOCS_URL"): Text, None, "\"https://lint.example.org\"",
        "Where the rules' pages are served: findings then carry their addresses";
    "extend": Path, None, "\"../blocklint.toml\"",
        "A configuration that counts where this one says nothing";
}

/// The key with this name.
pub(crate) fn key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|it| it.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::value::{Read, Value};
    use blocklint_catalog::section::{Section, Source, document};

    #[test]
    fn a_variable_is_named_as_its_key() {
        for key in KEYS {
            let expected = format!("BLOCKLINT_{}", key.name.to_ascii_uppercase().replace('-', "_"));
            assert!(key.variable.is_none_or(|it| it == expected), "{}", key.name);
            // These need more words than a command line has: `--config 'blocking = ["acme.fetch"]'` says them there.
            assert_eq!(key.variable.is_none(), key.kind == Facts || key.name == "extend", "{}", key.name);
        }
    }

    #[test]
    fn defaults_and_examples_are_values_of_their_kind() {
        for key in KEYS {
            for toml in key.default.into_iter().chain([key.example]) {
                let text = format!("{} = {toml}\n", key.name);
                let source = Source { file: "blocklint.toml", text: &text };
                let document = document(source).unwrap();
                let root = Section::root(source, document.get_ref());
                let read: Option<Value> = Read { section: &root, key }.value().unwrap();
                assert!(read.is_some(), "{text}");
            }
        }
    }
}
