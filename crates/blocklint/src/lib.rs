//! The pipeline and the world: which files there are, what they say, and where the result goes. Holds no analysis.
//!
//! [`check_sources`] is the whole tool without a disk: texts in, findings out. The command line ([`cli`]) adds the walk over a
//! directory, configuration, and the terminal.

mod atomic;
mod baseline;
mod cache;
mod config;
mod decode;
mod diff;
mod front;
mod git;
mod ignores;
mod key;
mod libraries;
mod limits;
mod moved;
mod options;
mod pipeline;
mod places;
mod project;
mod read;
mod records;
mod run;
mod session;
mod shard;
mod stubs;
mod summaries;
mod tree;
mod walk;

pub mod cli;
#[doc(hidden)]
pub mod doors;

pub use blocklint_catalog::{Rule, Rules};
pub use cache::{Cache, Work};
pub use decode::decode;
pub use front::language_of;
pub use libraries::Libraries;
pub use options::{Options, Profile};
pub use pipeline::{analyze, analyze_summaries, check_sources};
pub use run::analyze_cached;
pub use session::Session;
pub use summaries::{Input, Summarized, summarize, summarize_cached, summarize_one};

/// The version of the tool.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the front end makes of a text, for people who work on it; `None` when the file is neither Python nor Rust.
pub fn print_ir(path: &str, text: &str) -> Option<String> {
    front::lower(path, text).map(|module| format!("{module:#?}"))
}
