//! The knowledge that comes with the tool, entry by entry: from each one the smallest programs that use what it is about are written, and
//! what is found in them is what the entry says. All programs of a language are checked as one.
//!
//! Every pattern of `[[blocking]]` is called, on an instance where its owner is a type, with arguments that meet its `only` and avoid its
//! `unless`; the effect, the severity of small work and the bound must be found. Of the other kinds, those are covered whose meaning
//! shows in a finding: see `others`. That every pattern of every kind is what is known of a path that it matches, the catalogue's own
//! tests hold.

mod blocking;
mod others;
mod write;

use blocklint::{Options, Profile, check_sources};
use blocklint_catalog::{Catalog, Entry};
use blocklint_engine::finding::Finding;
use blocklint_ir::Language;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

fn catalog() -> &'static Arc<Catalog> {
    static CATALOG: OnceLock<Arc<Catalog>> = OnceLock::new();
    CATALOG.get_or_init(|| Arc::new(Catalog::builtin()))
}

/// The entries of one language, each with its number.
fn entries(language: Language) -> impl Iterator<Item = (usize, &'static Entry)> {
    catalog().entries(language).iter().enumerate()
}

/// What an entry is about, for a failing test.
fn place(entry: &Entry, pattern: usize) -> String {
    let place = catalog().place(entry, &entry.paths[pattern].1);
    format!("{}:{}: {} `{}`", place.file, place.line, entry.knowledge.kind(), entry.paths[pattern].0)
}

/// What is found in these files, by file.
fn check(files: &[(String, String)]) -> BTreeMap<String, Vec<Finding>> {
    let texts: Vec<(&str, &str)> = files.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let options = Options { all_chains: true, ..Options::with(catalog().clone(), Profile::Strict) };
    let mut found: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for finding in check_sources(&texts, &options).findings {
        found.entry(finding.place.file.to_string()).or_default().push(finding);
    }
    found
}

/// Fails with what is wrong, the first of it, or when hardly anything was looked at.
fn none(wrong: &[String], of: usize, at_least: usize) {
    assert!(of >= at_least, "only {of} were looked at");
    let shown: Vec<&str> = wrong.iter().take(40).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} of {of} are not found:\n{}", wrong.len(), shown.join("\n"));
}
