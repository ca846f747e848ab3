//! One rule: what its page's front matter says. Knows no finding and no detector but by name.

use blocklint_ir::Language;
use std::fmt;

/// A rule's severity where nothing about the single finding says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Bounded local work.
    Note,
    /// An unbounded or network-scale stall.
    Warning,
    /// A deadlock, or a certain exception or panic at run time.
    Error,
}

impl Severity {
    /// The word used in pages, JSON and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `BL001`
    pub code: String,
    /// `self-wait-deadlock`, the stem of its page.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// The severity of its findings unless they say otherwise.
    pub severity: Severity,
    /// The languages it looks at.
    pub languages: Vec<Language>,
    /// The first version that has it.
    pub since: String,
    /// The engine's detector that finds it.
    pub detector: String,
    /// The page below its front matter, in Markdown.
    pub page: String,
    /// It is a user's own.
    pub own: bool,
}
