//! Names the build: what the cache holds is good for the code that made it only. Every source that decides what is found goes into
//! the name, so that a developer's next build does not read what the last one wrote.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;

/// In a published package only the first two exist; there the version names the rest.
const SOURCES: [&str; 8] = [
    "Cargo.lock",
    "crates/blocklint/src",
    "crates/blocklint-catalog/src",
    "crates/blocklint-engine/src",
    "crates/blocklint-ir/src",
    "crates/blocklint-python/src",
    "crates/blocklint-rust/src",
    "rules",
];

fn main() {
    // Asked when it runs: a build folder that was copied holds this program as it was compiled elsewhere.
    let root = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let root = root.as_path();
    let mut files = BTreeSet::new();
    for source in SOURCES.map(|it| root.join(it)) {
        if source.exists() {
            println!("cargo::rerun-if-changed={}", source.display());
            collect(source, &mut files);
        }
    }
    let mut hasher = DefaultHasher::new();
    for file in &files {
        file.strip_prefix(root).unwrap_or(file).hash(&mut hasher);
        fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    println!("cargo::rustc-env=BLOCKLINT_BUILD={:016x}", hasher.finish());
}

fn collect(path: PathBuf, files: &mut BTreeSet<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
            collect(entry.path(), files);
        }
    } else {
        files.insert(path);
    }
}
