//! Rules and API knowledge of blocklint: parse, validate, match.
//!
//! A table (`rules/apis/<language>/<library>.toml`, or a user's own) is read strictly into entries; a [`Catalog`] answers what is
//! known about one path. A rule page's front matter is read into a [`Rule`]. Nothing here knows how a path was found in
//! a program, and nothing reads files: texts come in, facts go out.

mod catalog;
mod check;
mod entry;
mod error;
pub mod fact;
mod facts;
mod front_matter;
mod header;
mod index;
mod kinds;
mod part;
mod pattern;
mod rule;
mod rules;
pub mod section;
mod short;
mod suggest;
mod table;
mod unmatched;

pub use catalog::Catalog;
pub use entry::{Entry, EntryId, Knowledge, Origin};
pub use error::{Error, Place};
pub use fact::{
    ArgumentRef, Blocking, Bound, Condition, Constant, Contains, Decorates, Decorator, Effect, Expected, Gives, Guard,
    HandOff, Inherits, Lock, OnLoop, OwnRule, RunsOn, Scale,
};
pub use facts::Facts;
pub use kinds::known_words;
pub use pattern::Pattern;
pub use rule::{Rule, Severity};
pub use rules::Rules;
pub use short::{FACTS, fact_keys};
pub use suggest::nearest;
pub use table::{Form, Table};
pub use unmatched::Unmatched;
