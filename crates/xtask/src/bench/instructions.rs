//! Instructions of fixed inputs, counted by valgrind: a regression shows without a quiet machine.

use super::Work;
use super::page::{Section, read};
use anyhow::{Context as _, Result, ensure};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// What is checked: folders of the repository and releases of the corpus, and whether a run before kept its result.
const INPUTS: [(&str, &str, bool); 6] = [
    ("an incident", "testdata/programs/litellm-26192/incident", false),
    ("every program of the tests", "testdata/programs", false),
    ("starlette 0.48.0", "target/corpus/python/starlette-0.48.0", false),
    ("redis 6.0.0, Python", "target/corpus/python/redis-6.0.0", false),
    ("redis 6.0.0, Python, nothing changed", "target/corpus/python/redis-6.0.0", true),
    ("async-nats 0.33.0", "target/corpus/rust/async-nats-0.33.0", false),
];

/// Counts, and compares with what the page says.
pub(super) fn run(work: &Work) -> Result<String> {
    let page = read(&work.root.join("docs/benchmarks.md"), Section::Instructions).unwrap_or_default();
    let mut out = String::from("| input | million instructions | since this was written last |\n|---|--:|--:|\n");
    for (title, folder, kept) in INPUTS {
        let folder = work.root.join(folder);
        if !folder.is_dir() {
            println!("{} is missing: `cargo xtask corpus` fetches releases", folder.display());
            continue;
        }
        let count = count(work, &folder, kept)?;
        let before = page.lines().find_map(|it| it.strip_prefix(&format!("| {title} | "))?.split(' ').next());
        let change = before.and_then(|it| it.parse::<f64>().ok()).map(|it| (count / it - 1.0) * 100.0);
        let change = change.map_or_else(|| "new".to_owned(), |it| format!("{it:+.1} %"));
        println!("{title}: {count:.1} million instructions, {change}");
        let _ = writeln!(out, "| {title} | {count:.1} | {change} |");
    }
    Ok(out)
}

/// In millions. One thread, so that how work is shared out does not count.
fn count(work: &Work, folder: &Path, kept: bool) -> Result<f64> {
    let check = |command: &mut Command| {
        command.args(["check", "--isolated", "--quiet", "--exit-zero"]).current_dir(folder);
        if kept {
            command.arg("--cache-dir").arg(work.folder.join("instructions"));
        } else {
            command.arg("--no-cache");
        }
    };
    if kept {
        let mut first = Command::new(&work.binary);
        check(&mut first);
        ensure!(first.output()?.status.success(), "cannot fill the cache");
    }
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(&work.binary);
    check(&mut valgrind);
    let output = valgrind.env("RAYON_NUM_THREADS", "1").output().context("cannot start valgrind; is it installed?")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}", said.trim());
    let line = said.lines().find_map(|it| it.split_once("Collected : ")).context("valgrind says no count")?;
    Ok(line.1.trim().parse::<f64>().context("valgrind says no number")? / 1e6)
}
