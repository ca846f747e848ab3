//! What users say of their projects: configuration, tables of facts, rule pages, manifests.

use crate::hold::{EVERYTHING, SMALL, checked};
use crate::parts;
use blocklint::{Options, Profile, doors, language_of};
use blocklint_catalog::{Catalog, Rules, Table};
use blocklint_ir::Language;
use std::sync::Arc;

/// A configuration in each of its homes; what is understood is in force for a small program.
pub fn configuration(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for (name, table) in [
        ("blocklint.toml", ""),
        ("pyproject.toml", "[tool.blocklint]\n"),
        ("Cargo.toml", "[workspace.metadata.blocklint]\n"),
    ] {
        for text in [text.to_string(), format!("{table}{text}")] {
            if let Ok(Some(options)) = doors::configuration(name, &text) {
                checked(&SMALL, &options);
            }
        }
    }
}

/// A table of facts and a rule page behind it; what is understood is in force for a small program.
pub fn tables(bytes: &[u8]) {
    let mut parts = parts(bytes);
    let (table, page) = (parts.next().unwrap_or_default(), parts.next());
    let rules = Rules::with_own(page.as_deref().map(|it| ("own.md", it)));
    for name in ["python/own.toml", "rust/own.toml"] {
        let catalog = Catalog::load([Table::user(name, &table)]);
        let catalog = catalog.and_then(|it| it.with_rules(rules.as_ref().ok().unwrap_or(&Rules::builtin()?)));
        if let Ok(catalog) = catalog {
            checked(&SMALL, &Options::with(Arc::new(catalog), Profile::Pedantic));
        }
    }
}

/// Manifests of every kind around a program of both languages.
pub fn manifests(bytes: &[u8]) {
    const NAMES: [&str; 5] = ["Cargo.toml", "pyproject.toml", "setup.cfg", "b/Cargo.toml", "b/pyproject.toml"];
    let texts: Vec<String> = parts(bytes).collect();
    let given = NAMES.into_iter().zip(texts.iter().cycle().map(String::as_str));
    let sources =
        ["a.py", "b/__init__.py", "b/src/c/d.py", "src/main.rs", "src/lib.rs", "b/src/lib.rs", "b/tests/e.rs"];
    let code = |it: &'static str| (it, if language_of(it) == Some(Language::Python) { SMALL[0].1 } else { SMALL[1].1 });
    let files: Vec<(&str, &str)> = given.chain(sources.map(code)).collect();
    checked(&files, &EVERYTHING);
}
