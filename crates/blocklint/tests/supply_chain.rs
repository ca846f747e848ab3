//! What others wrote and is built in: `deny.toml` says what may be, and this holds the tree to it, without advisories and without a tool to
//! install. What is published says what it is.

use crate::support::{read, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

fn deny() -> toml::Table {
    read("deny.toml").parse().unwrap()
}

/// The whole tree with every feature, as far as it is built on this kind of machine.
fn metadata() -> Value {
    let cargo = |args: &[&str]| {
        let output = Command::new(env!("CARGO")).args(args).current_dir(root()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|it| it.strip_prefix("host: ")).unwrap();
    let args = ["metadata", "--locked", "--all-features", "--format-version", "1", "--filter-platform", host];
    serde_json::from_str(&cargo(&args)).unwrap()
}

/// The packages that are built, by id.
fn packages(metadata: &Value) -> BTreeMap<&str, &Value> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let built: BTreeSet<&str> = nodes.iter().map(|it| it["id"].as_str().unwrap()).collect();
    let all = metadata["packages"].as_array().unwrap();
    all.iter().map(|it| (it["id"].as_str().unwrap(), it)).filter(|it| built.contains(it.0)).collect()
}

fn texts(value: &toml::Value) -> BTreeSet<&str> {
    value.as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect()
}

/// Whether an expression such as `(MIT OR Apache-2.0) AND Unicode-3.0` can be met with what is allowed.
fn met(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let plain = expression.replace('/', " OR ");
    let one = |it: &str| allowed(it.trim_matches(|it: char| it == '(' || it == ')' || it == ' '));
    plain.split(" AND ").all(|it| it.split(" OR ").any(one))
}

#[test]
fn every_licence_is_allowed_and_comes_from_the_registry() {
    let (deny, metadata) = (deny(), metadata());
    let allow = texts(&deny["licenses"]["allow"]);
    let exceptions: BTreeMap<&str, BTreeSet<&str>> = deny["licenses"]["exceptions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["crate"].as_str().unwrap(), texts(&it["allow"])))
        .collect();
    let packages = packages(&metadata);
    assert!(packages.len() > 100, "only {} packages were looked at", packages.len());
    for package in packages.values() {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or_default();
        let excepted = |it: &str| exceptions.get(name).is_some_and(|allowed| allowed.contains(it));
        assert!(met(licence, &|it| allow.contains(it) || excepted(it)), "{name} is under {licence}");
        let source = package["source"].as_str();
        assert!(source.is_none_or(|it| it.starts_with("registry+")), "{name} comes from {source:?}");
    }
    // Other people's programs are built from what is published, and under its own terms alone.
    for name in published(&metadata, &packages) {
        assert!(!exceptions.contains_key(name), "{name} is for tests only, and something published is built with it");
    }
}

/// The names of all that what is published is built with.
fn published<'m>(metadata: &'m Value, packages: &BTreeMap<&'m str, &'m Value>) -> BTreeSet<&'m str> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|it| (it["id"].as_str().unwrap(), it)).collect();
    let ours = |it: &&&str| packages[**it]["source"].is_null() && packages[**it]["publish"].is_null();
    let mut open: Vec<&str> = packages.keys().filter(ours).copied().collect();
    let mut seen: BTreeSet<&str> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        for dependency in nodes[id]["deps"].as_array().unwrap() {
            let kinds = dependency["dep_kinds"].as_array().unwrap();
            let id = dependency["pkg"].as_str().unwrap();
            if kinds.iter().any(|it| it["kind"] != "dev") && seen.insert(id) {
                open.push(id);
            }
        }
    }
    seen.into_iter().map(|it| packages[it]["name"].as_str().unwrap()).collect()
}

#[test]
fn what_is_there_twice_is_known_and_has_its_reason() {
    let (deny, lock): (toml::Table, toml::Table) = (deny(), read("Cargo.lock").parse().unwrap());
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in lock["package"].as_array().unwrap() {
        versions.entry(package["name"].as_str().unwrap()).or_default().push(package["version"].as_str().unwrap());
    }
    let skipped: Vec<&str> = deny["bans"]["skip"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            assert!(!it["reason"].as_str().unwrap().is_empty());
            it["crate"].as_str().unwrap()
        })
        .collect();
    let matches = |skip: &str, name: &str, version: &str| {
        skip.split_once('@').is_some_and(|it| it.0 == name && version.starts_with(&format!("{}.", it.1)))
    };
    for (name, all) in versions.iter().filter(|it| it.1.len() > 1) {
        let left = all.iter().filter(|it| !skipped.iter().any(|skip| matches(skip, name, it))).count();
        assert_eq!(left, 1, "{name} is there as {all:?}");
    }
    for skip in skipped {
        let twice = versions.iter().any(|(name, all)| all.len() > 1 && all.iter().any(|it| matches(skip, name, it)));
        assert!(twice, "{skip} is not there twice any more");
    }
}

#[test]
fn what_is_published_says_what_it_is() {
    let metadata = metadata();
    let packages = packages(&metadata);
    let mut count = 0;
    for package in packages.values().filter(|it| it["source"].is_null()) {
        let name = package["name"].as_str().unwrap();
        assert_eq!(package["rust_version"], "1.95", "{name} states the oldest toolchain, which is the tested one");
        if package["publish"].is_null() {
            for field in ["license", "description", "repository", "readme"] {
                assert!(package[field].is_string(), "{name} has no {field}");
            }
            count += 1;
        }
    }
    assert!(count >= 9, "only {count} packages are published");
}
