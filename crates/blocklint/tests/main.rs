//! What the whole tool is held to. One binary: linking it is slower than running it.

#![expect(clippy::unwrap_used, reason = "everything here is a test")]

mod add_ignore;
mod cache;
mod cli;
mod command;
mod configuration;
mod determinism;
mod diff;
mod fingerprints;
mod graph;
mod hostile;
mod house;
mod iam_refresh;
mod knowledge;
mod layers;
mod libraries;
#[cfg(unix)]
mod nothing_runs;
mod oracle;
mod own_facts;
mod programs;
mod properties;
mod replacements;
mod rule_pages;
mod scale;
mod server;
mod shards;
mod stdin;
mod supply_chain;
mod support;
mod variations;
mod watch;
mod why;
