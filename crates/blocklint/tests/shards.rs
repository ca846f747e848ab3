//! A check in two halves: summaries that are made apart and checked together.

use crate::command::{project, run, stderr, stdout};
use crate::support::{all_programs, root};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn summarize(folder: &Path, out: &str, paths: &[&str]) -> Vec<u8> {
    let output = run(folder, &[&["summarize", "--out", out], paths].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    fs::read(folder.join(out)).unwrap()
}

/// Every program side by side, and their folders' names.
fn everything(name: &str) -> (PathBuf, Vec<String>) {
    let mut files = vec![("blocklint.toml".to_owned(), "profile = \"strict\"\n".to_owned())];
    let programs = all_programs();
    for (at, program) in programs.iter().enumerate() {
        files.extend(program.files.iter().map(|it| (format!("p{at}/{}", it.path), it.text.clone())));
    }
    let written: Vec<(&str, &str)> = files.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    (project(name, &written), (0..programs.len()).map(|it| format!("p{it}")).collect())
}

#[test]
fn two_halves_find_what_one_run_finds() {
    let (folder, programs) = everything("shards-all");
    let formats = ["json", "full", "sarif"];
    let whole: Vec<String> = formats.map(|it| stdout(&run(&folder, &["check", "--output-format", it]))).to_vec();
    let mut names = Vec::new();
    for (at, part) in programs.chunks(programs.len().div_ceil(4)).enumerate() {
        let paths: Vec<&str> = part.iter().map(String::as_str).collect();
        names.push(format!("part{at}"));
        summarize(&folder, names.last().unwrap(), &paths);
    }
    for it in &programs {
        fs::remove_dir_all(folder.join(it)).unwrap();
    }
    // In any order: they are put into one.
    names.reverse();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for (format, whole) in formats.iter().zip(whole) {
        let parts = run(&folder, &[&["check", "--output-format", format, "--summaries"], &names[..]].concat());
        assert_eq!(stdout(&parts), whole, "{format}");
    }
}

const HELPER: &str = "import time\n\n\ndef wait():\n    time.sleep(1)\n";
const CALLER: &str = "from store.helper import wait\n\n\nasync def handler():\n    wait()\n";

#[test]
fn a_summary_is_a_function_of_its_files() {
    let folder = project("shards-bytes", &[("pyproject.toml", ""), ("store/helper.py", HELPER), ("app.py", CALLER)]);
    let cold = summarize(&folder, "one", &["store", "app.py", "pyproject.toml"]);
    assert_eq!(
        summarize(&folder, "one", &["app.py", "pyproject.toml", "store"]),
        cold,
        "with a cache, in another order"
    );
    assert_eq!(summarize(&folder, "two", &["store", "app.py", "--no-cache"]), cold, "without one");
}

#[test]
fn paths_limit_what_is_reported() {
    let folder = project("shards-paths", &[("store/helper.py", HELPER), ("app.py", CALLER)]);
    summarize(&folder, "all", &["."]);
    let status = |args: &[&str]| run(&folder, args).status.code();
    assert_eq!(status(&["check", "--summaries", "all"]), Some(1));
    assert_eq!(status(&["check", "store", "--summaries", "all"]), Some(1));
    assert_eq!(status(&["check", "app.py", "--summaries", "all"]), Some(0));
}

#[test]
fn what_cannot_be_used_is_an_error_with_a_remedy() {
    let folder = project("shards-errors", &[("store/helper.py", HELPER), ("app.py", CALLER)]);
    let good = summarize(&folder, "good", &["store"]);
    let refused = |name: &str, bytes: &[u8], expected: &str| {
        fs::write(folder.join(name), bytes).unwrap();
        let output = run(&folder, &["check", "--summaries", "good", name]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(stderr(&output), format!("blocklint: {expected}\n"));
    };
    refused("text", b"x = 1\n", "cannot read text: `blocklint summarize` did not write it");
    let damaged = "it is damaged or not complete; summarize again";
    refused("short", &good[..good.len() - 1], &format!("cannot read short: {damaged}"));
    refused("head", &good[..70], &format!("cannot read head: {damaged}"));
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 1;
    refused("flipped", &flipped, &format!("cannot read flipped: {damaged}"));
    let other = String::from_utf8_lossy(&good[..60]).replacen(env!("CARGO_PKG_VERSION"), "0.0.0", 1);
    refused("other", other.as_bytes(), "cannot read other: another build of blocklint wrote it; summarize again");
    fs::write(folder.join("store/helper.py"), CALLER).unwrap();
    let changed = summarize(&folder, "changed", &["store"]);
    let both = "store/helper.py is not the same in good and changed; summarize both again";
    refused("changed", &changed, both);
    let missing = stderr(&run(&folder, &["check", "--summaries", "missing"]));
    assert!(missing.starts_with("blocklint: cannot read missing: "), "{missing}");
    let outside = stderr(&run(&folder.join("store"), &["summarize", "--out", "x", "../app.py"]));
    assert!(outside.contains("../app.py is outside of") && outside.contains("--root"), "{outside}");
}

#[test]
fn the_commands_of_the_rules_for_bazel_work() {
    let mut script = Command::new("sh");
    script.arg(root().join("docs/bazel/example.sh")).arg(env!("CARGO_BIN_EXE_blocklint"));
    let output = script.output().unwrap();
    let found = "libraries/store/store.py:5:5: warning[BL101 blocking-sleep] ";
    assert!(stdout(&output).starts_with(found), "{}{}", stdout(&output), stderr(&output));
    assert_eq!(output.status.code(), Some(1));
    // The rules say the same words.
    let rules = fs::read_to_string(root().join("docs/bazel/blocklint.bzl")).unwrap();
    for word in ["\"summarize\"", "\"--out\"", "\"check\"", "\"--summaries\"", "\"--isolated\"", "\"--no-cache\""] {
        assert!(rules.contains(word), "{word}");
    }
}
