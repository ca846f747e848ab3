//! The analysis: which code runs on an event loop's thread, what it does to that thread, and where the two meet.
//!
//! `summarize` reads one module; `link` joins all of them to a program; `propagate` follows contexts and effects;
//! `detect` makes findings; `suppress` removes what comments silence. All of it is a pure function of the modules and the
//! catalogue: no files, no clock, no terminal, no syntax tree, and no `Result`, as broken code only yields fewer facts.

pub mod finding;
pub mod link;
pub mod summary;
pub mod types;
pub mod graph;
