//! What can be wrong with a table or a rule page, always with the place in the file. Nothing here decides what is wrong.

use std::fmt;
use std::ops::Range;

/// A place in a text that a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// The file, as it was named when it was loaded.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// How many characters are meant.
    pub width: usize,
    /// The line's text.
    pub text: String,
}

impl Place {
    /// The place of a byte range in the text of a file.
    pub fn new(file: &str, text: &str, range: Range<usize>) -> Self {
        let start = range.start.min(text.len());
        let line_start = text[..start].rfind('\n').map_or(0, |it| it + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |it| start + it);
        let end = range.end.clamp(start, line_end.max(start));
        Self {
            file: file.to_owned(),
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            width: text[start..end].chars().count().max(1),
            text: text[line_start..line_end].trim_end().to_owned(),
        }
    }

    /// The line with carets under what is meant.
    fn drawing(&self) -> String {
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        let indent: String =
            self.text.chars().take(self.column - 1).map(|it| if it == '\t' { '\t' } else { ' ' }).collect();
        format!("\n{margin} |\n{number} | {}\n{margin} | {indent}{}", self.text, "^".repeat(self.width))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Why a table or a rule page was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The text is not in its format.
    #[error("{place}: {message}{}", .place.drawing())]
    Syntax {
        /// Where.
        place: Box<Place>,
        /// The parser's words.
        message: String,
    },
    /// A key that nothing reads.
    #[error("{place}: unknown key `{key}`, {}{}", hint(.nearest.as_deref(), .known), .place.drawing())]
    UnknownKey {
        /// Where.
        place: Box<Place>,
        /// The key.
        key: String,
        /// The key that was probably meant.
        nearest: Option<String>,
        /// The keys that may stand here.
        known: Vec<String>,
    },
    /// A word that is none of the allowed ones.
    #[error("{place}: unknown {key} \"{word}\", {}{}", hint(.nearest.as_deref(), .known), .place.drawing())]
    UnknownWord {
        /// Where.
        place: Box<Place>,
        /// The key that it was given for.
        key: String,
        /// The word.
        word: String,
        /// The word that was probably meant.
        nearest: Option<String>,
        /// The allowed words.
        known: Vec<String>,
    },
    /// A value of the wrong kind.
    #[error("{place}: `{key}` must be {expected}{}", .place.drawing())]
    Value {
        /// Where.
        place: Box<Place>,
        /// The key.
        key: String,
        /// What it must be.
        expected: String,
    },
    /// A key that must be given is not.
    #[error("{place}: missing key `{key}`{}", .place.drawing())]
    Missing {
        /// The section that lacks it.
        place: Box<Place>,
        /// The key.
        key: String,
    },
    /// A path that is not a pattern.
    #[error("{place}: `{path}` is not a path: {reason}{}", .place.drawing())]
    Path {
        /// Where.
        place: Box<Place>,
        /// The text.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The same thing is said twice.
    #[error("{place}: duplicate {kind} `{path}`, first at {first}{}", .place.drawing())]
    Duplicate {
        /// Where it is said again.
        place: Box<Place>,
        /// The kind of entry, or what must be unique.
        kind: String,
        /// The path, or the value.
        path: String,
        /// Where it is said first: file and line.
        first: String,
    },
    /// An entry that can never apply.
    #[error("{place}: unreachable {kind} `{path}`: {reason}{}", .place.drawing())]
    Unreachable {
        /// Where.
        place: Box<Place>,
        /// The kind of entry.
        kind: String,
        /// The path.
        path: String,
        /// Why, and what to write.
        reason: String,
    },
}

/// The end of a message about an unknown word.
fn hint(nearest: Option<&str>, known: &[String]) -> String {
    match nearest {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("expected one of {}", known.join(", ")),
    }
}
