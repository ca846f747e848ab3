//! What takes too long for every change. Run by hand, or at night.

use crate::corpus;
use anyhow::{Context as _, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Tries parts of every file at hand, then prints how long each release of the corpus takes.
pub(crate) fn run(root: &Path) -> Result<()> {
    for sources in [root.join("target/corpus"), corpus::registry_sources()?] {
        survives(root, &sources)?;
    }
    speeds(root)
}

fn survives(root: &Path, sources: &Path) -> Result<()> {
    println!("parts of every file below {}", sources.display());
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--release", "--test", "all", "--", "no_file_and_no_part_of_one"]).current_dir(root);
    let status = cargo.env("BLOCKLINT_CORPUS", sources).status()?;
    ensure!(status.success(), "a file makes it panic");
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "this measures")]
fn speeds(root: &Path) -> Result<()> {
    let binary = corpus::build(root)?;
    println!("\n| release | files | functions | calls resolved | seconds |\n|---|--:|--:|--:|--:|");
    for language in ["python", "rust"] {
        let folder = root.join("target/corpus").join(language);
        let mut releases: Vec<_> = fs::read_dir(&folder)
            .with_context(|| format!("{} is missing: `cargo xtask corpus` fetches it", folder.display()))?
            .collect::<std::io::Result<_>>()?;
        releases.sort_by_key(fs::DirEntry::file_name);
        for release in releases {
            let started = Instant::now();
            let mut check = Command::new(&binary);
            check.args(["check", "--isolated", "--output-format", "json", "."]).current_dir(release.path());
            let output = check.output()?;
            let seconds = started.elapsed().as_secs_f64();
            let document: serde_json::Value = serde_json::from_slice(&output.stdout)?;
            let number = |key: &str| document["summary"][key].as_u64().unwrap_or_default();
            let known = number("calls_resolved") + number("calls_external");
            let share = known * 100 / number("call_sites").max(1);
            let name = release.file_name();
            println!(
                "| {} | {} | {} | {share} % | {seconds:.2} |",
                name.display(),
                number("files"),
                number("functions")
            );
        }
    }
    Ok(())
}
