//! Fixtures with markers: small programs that say at the end of a line what must be found there, and by being silent elsewhere that
//! nothing else may be.
//!
//! ```text
//! return requests.get(URL)  # hazard: handler > load > requests.get
//! ```
//!
//! `hazard(note)` fixes the severity, `hazard[BL104]` the code; `# todo: reason` after a marker pins a known miss.
//! It reads programs from Markdown and from folders and compares; it does not know how findings come about.

mod compare;
mod marker;
mod page;
mod program;

pub use compare::{Found, compare};
pub use marker::{Marker, last_name, markers};
pub use page::{examples, front_matter};
pub use program::{Program, SourceText};
