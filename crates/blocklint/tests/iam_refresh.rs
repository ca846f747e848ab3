//! `iam-refresh` is what the suggested fixes point to: it must be clean itself, and its replay of the incident must show what is not.

use crate::support::{document, root};
use blocklint::Profile;
use std::collections::BTreeSet;
use std::path::Path;

fn crate_files(folders: &[&str]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut todo: Vec<_> = folders.iter().map(|it| root().join("crates/iam-refresh").join(it)).collect();
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(std::fs::read_dir(&path).unwrap().map(|it| it.unwrap().path()));
        } else if path.extension().is_some_and(|it| it == "rs" || it == "toml") {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    files
}

fn findings(folders: &[&str]) -> Vec<(String, String)> {
    let files = crate_files(folders);
    let files: Vec<(&str, &str)> = files.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let document = document(&files, Profile::Strict);
    document
        .findings
        .into_iter()
        .map(|it| (it.file, format!("{}:{} {} {}", it.line, it.function, it.code, it.api)))
        .collect()
}

#[test]
fn iam_refresh_is_clean_in_the_strict_profile() {
    let found = findings(&["Cargo.toml", "src"]);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_replayed_incident_shows_exactly_its_two_bad_services() {
    let found = findings(&["Cargo.toml", "src", "examples/incident"]);
    let name = |it: &str| Path::new(it).file_name().unwrap().to_str().unwrap().to_owned();
    let files: BTreeSet<String> = found.iter().map(|it| name(&it.0)).collect();
    assert_eq!(files, BTreeSet::from(["blocking.rs".to_owned(), "waiting.rs".to_owned()]), "{found:#?}");
}
