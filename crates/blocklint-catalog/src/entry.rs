//! One entry of a table: which paths, and what is known about them. Knows no other entry.

use crate::fact::{
    ArgumentRef, Blocking, Contains, Decorator, Gives, Guard, HandOff, Inherits, Lock, RunsOn, Subscription, Triggered,
};
use crate::pattern::Pattern;
use blocklint_ir::Language;
use std::ops::Range;

/// Where an entry comes from; users' entries win over shipped ones whatever their precision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// It came with the tool.
    #[default]
    Shipped,
    /// A configuration that the user's own extends.
    Extended,
    /// The user's own table or configuration.
    User,
}

/// Which entry of a [`crate::Catalog`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    pub(crate) language: Language,
    at: u32,
}

impl EntryId {
    pub(crate) fn new(language: Language, at: usize) -> Self {
        Self { language, at: u32::try_from(at).expect("tables have fewer than 2^32 entries") }
    }

    /// The position among [`crate::Catalog::entries`] of its language.
    pub fn index(self) -> usize {
        self.at as usize
    }
}

/// What one entry says.
#[derive(Debug, Clone, PartialEq)]
pub enum Knowledge {
    /// `[[blocking]]`
    Blocking(Box<Blocking>),
    /// `[[hand-off]]`
    HandOff(HandOff),
    /// `[[gives]]`, and the names of the parameters that it counts.
    Gives(Gives, Vec<String>),
    /// `[[fails]]`
    Fails(Gives),
    /// `[[is]]`: the type's path.
    Is(String),
    /// `[[alias]]`: the path that has the facts.
    Alias(String),
    /// `[[base]]`: the base class's path.
    Base(String),
    /// `[[harmless]]`
    Harmless,
    /// `[[guard]]`
    Guard(Guard),
    /// `[[decorator]]`
    Decorates(Decorator),
    /// `[[container]]`
    Contains(Contains),
    /// `[[lock]]`
    Lock(Lock),
    /// `[[weak-task]]`
    WeakTask,
    /// `[[override]]`
    Overrides(RunsOn),
    /// `[[completes]]`
    Completes,
    /// `[[schedules]]`
    Schedules(ArgumentRef),
    /// `[[current-loop]]`
    CurrentLoop,
    /// `[[diverges]]`
    Diverges,
    /// `[[consumes]]`
    Consumes(usize),
    /// `[[keeps]]`
    Keeps(usize),
    /// `[[keeps-named]]`: the path of the object that keeps them.
    KeepsNamed(String),
    /// `[[runs]]`
    Runs(Triggered),
    /// `[[parses]]`
    Parses(ArgumentRef),
    /// `[[subscribes]]`
    Subscribes(Subscription),
    /// `[[publishes]]`: to whom.
    Publishes(String),
    /// `[[extracts]]`: the member by which it is made.
    Extracts(String),
    /// `[[inherits]]`
    Inherits(Inherits),
}

impl Knowledge {
    /// The kinds of entries, as their sections are named in tables.
    pub const KINDS: [&'static str; 27] = [
        "blocking",
        "hand-off",
        "gives",
        "is",
        "alias",
        "base",
        "harmless",
        "guard",
        "decorator",
        "container",
        "lock",
        "weak-task",
        "override",
        "completes",
        "schedules",
        "current-loop",
        "diverges",
        "consumes",
        "runs",
        "parses",
        "keeps",
        "keeps-named",
        "fails",
        "subscribes",
        "publishes",
        "extracts",
        "inherits",
    ];

    /// The kind's position in [`Self::KINDS`].
    pub(crate) fn ordinal(&self) -> usize {
        match self {
            Self::Blocking(_) => 0,
            Self::HandOff(_) => 1,
            Self::Gives(..) => 2,
            Self::Is(_) => 3,
            Self::Alias(_) => 4,
            Self::Base(_) => 5,
            Self::Harmless => 6,
            Self::Guard(_) => 7,
            Self::Decorates(_) => 8,
            Self::Contains(_) => 9,
            Self::Lock(_) => 10,
            Self::WeakTask => 11,
            Self::Overrides(_) => 12,
            Self::Completes => 13,
            Self::Schedules(_) => 14,
            Self::CurrentLoop => 15,
            Self::Diverges => 16,
            Self::Consumes(_) => 17,
            Self::Runs(_) => 18,
            Self::Parses(_) => 19,
            Self::Keeps(_) => 20,
            Self::KeepsNamed(_) => 21,
            Self::Fails(_) => 22,
            Self::Subscribes(_) => 23,
            Self::Publishes(_) => 24,
            Self::Extracts(_) => 25,
            Self::Inherits(_) => 26,
        }
    }

    /// The name of the section that says this.
    pub fn kind(&self) -> &'static str {
        Self::KINDS[self.ordinal()]
    }
}

/// One entry of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The language that it is about.
    pub language: Language,
    /// Where it comes from.
    pub origin: Origin,
    /// What users call the library.
    pub library: String,
    /// The position of its table among those that were loaded.
    pub table: usize,
    /// The paths that it is about, alternatives written out, each with its bytes in the table.
    pub paths: Vec<(Pattern, Range<usize>)>,
    /// The paths that it is not about although [`Self::paths`] match.
    pub except: Vec<(Pattern, Range<usize>)>,
    /// What it says.
    pub knowledge: Knowledge,
}

impl Entry {
    /// Whether the exceptions leave this path out. What is harmless is so with everything below, and so are its exceptions.
    pub(crate) fn excepts(&self, path: &str) -> bool {
        self.except.iter().any(|(it, _)| match self.knowledge {
            Knowledge::Harmless => it.below().matches(path),
            _ => it.matches(path),
        })
    }
}
