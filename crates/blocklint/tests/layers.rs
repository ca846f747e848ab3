//! Who may know whom. To add an edge, change this table in the same commit and say why.

use crate::support::{files, read, root};

/// Each crate and the crates of ours that it may depend on; what is needed for tests only is not counted.
const ALLOWED: &[(&str, &str, &[&str])] = &[
    ("rules", "rules/Cargo.toml", &[]),
    ("ir", "crates/blocklint-ir/Cargo.toml", &[]),
    ("python", "crates/blocklint-python/Cargo.toml", &["ir"]),
    ("rust", "crates/blocklint-rust/Cargo.toml", &["ir"]),
    ("catalog", "crates/blocklint-catalog/Cargo.toml", &["ir", "rules"]),
    ("engine", "crates/blocklint-engine/Cargo.toml", &["catalog", "ir"]),
    ("report", "crates/blocklint-report/Cargo.toml", &["engine", "ir", "rules"]),
    ("blocklint", "Cargo.toml", &["catalog", "engine", "ir", "python", "report", "rules", "rust"]),
    ("testkit", "crates/blocklint-testkit/Cargo.toml", &["ir"]),
    // It stands before the tool's doors as a stranger would, and compares what comes out as documents.
    ("fuzz", "crates/fuzz/Cargo.toml", &["blocklint", "catalog", "engine", "ir", "report"]),
    ("xtask", "crates/xtask/Cargo.toml", &["blocklint"]),
    ("iam-refresh", "crates/iam-refresh/Cargo.toml", &[]),
];

fn ours(manifest: &str) -> Vec<String> {
    let table: toml::Table = manifest.parse().unwrap();
    let dependencies = table.get("dependencies").and_then(toml::Value::as_table).cloned().unwrap_or_default();
    let short = |name: &String| match name.as_str() {
        "blocklint" | "iam-refresh" | "xtask" => Some(name.clone()),
        other => other.strip_prefix("blocklint-").map(str::to_owned),
    };
    dependencies.keys().filter_map(short).collect()
}

#[test]
fn every_crate_knows_only_whom_it_may() {
    for (name, manifest, allowed) in ALLOWED {
        for dependency in ours(&read(manifest)) {
            assert!(allowed.contains(&dependency.as_str()), "{name} must not depend on {dependency}");
        }
    }
}

#[test]
fn every_crate_of_the_workspace_is_in_the_table() {
    let table: toml::Table = read("Cargo.toml").parse().unwrap();
    let members = table["workspace"]["members"].as_array().unwrap();
    for member in members {
        let manifest = format!("{}/Cargo.toml", member.as_str().unwrap());
        let python_module = manifest.contains("iam-refresh-py");
        assert!(python_module || ALLOWED.iter().any(|it| it.1 == manifest), "{manifest} has no row");
    }
}

/// Of the engine, reports may see what a finding is and nothing of how it came about.
#[test]
fn reports_see_findings_only() {
    for file in files(&root().join("crates/blocklint-report/src"), &["rs"]) {
        for line in read(&file).lines().filter(|it| it.contains("blocklint_engine::")) {
            assert!(line.contains("blocklint_engine::finding"), "{}: {line}", file.display());
        }
    }
}

/// The world is touched at the two ends only.
#[test]
fn the_stages_between_touch_no_file() {
    for name in [
        "blocklint-ir",
        "blocklint-python",
        "blocklint-rust",
        "blocklint-catalog",
        "blocklint-engine",
        "blocklint-report",
    ] {
        for file in files(&root().join("crates").join(name).join("src"), &["rs"]) {
            if file.ends_with("tests.rs") || file.components().any(|it| it.as_os_str() == "tests") {
                continue;
            }
            let text = read(&file);
            let code = text.split("#[cfg(test)]").next().unwrap_or(&text);
            for door in ["use std::fs", "use std::net", "use std::env", "use std::process", "use std::time::SystemTime"]
            {
                assert!(!code.contains(door), "{} touches the world: {door}", file.display());
            }
        }
    }
}
