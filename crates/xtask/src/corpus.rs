//! Real releases, pinned, with what is expected to be found in them. A change of the analysis shows as a diff that a person reads.

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Releases {
    release: Vec<Release>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Release {
    language: String,
    name: String,
    version: String,
}

impl Release {
    /// A release of a Python package.
    pub(crate) fn python(name: &str, version: &str) -> Self {
        Self { language: "python".to_owned(), name: name.to_owned(), version: version.to_owned() }
    }

    /// A release of a Rust crate.
    pub(crate) fn rust(name: &str, version: &str) -> Self {
        Self { language: "rust".to_owned(), name: name.to_owned(), version: version.to_owned() }
    }

    fn title(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }
}

/// Fetches what is missing, checks all of it and compares.
pub(crate) fn run(root: &Path, binary: Option<PathBuf>, update: bool) -> Result<()> {
    let binary = self::binary(root, binary)?;
    let listed = root.join("testdata/corpus");
    let mut different = 0;
    for file in lists(&listed)? {
        let text = fs::read_to_string(&file)?;
        let releases: Releases = toml::from_str(&text).with_context(|| format!("cannot read {}", file.display()))?;
        for release in &releases.release {
            let folder = folder(root, release)?;
            let found = check(&binary, &folder).with_context(|| format!("cannot check {}", release.title()))?;
            let expected = listed.join(&release.language).join(format!("{}.expected", release.title()));
            different += usize::from(compare(&release.title(), &expected, &found, update)?);
        }
    }
    ensure!(different == 0, "{different} releases differ: read every line, then `cargo xtask corpus --update`");
    Ok(())
}

/// The binary that was named, or a release build of the sources.
pub(crate) fn binary(root: &Path, named: Option<PathBuf>) -> Result<PathBuf> {
    match named {
        Some(binary) => binary.canonicalize().with_context(|| format!("cannot find {}", binary.display())),
        None => build(root),
    }
}

/// The folders of all releases, fetched where they are missing.
pub(crate) fn releases(root: &Path) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for file in lists(&root.join("testdata/corpus"))? {
        let text = fs::read_to_string(&file)?;
        let releases: Releases = toml::from_str(&text).with_context(|| format!("cannot read {}", file.display()))?;
        for release in &releases.release {
            folders.push(folder(root, release)?);
        }
    }
    Ok(folders)
}

fn folder(root: &Path, release: &Release) -> Result<PathBuf> {
    let folder = root.join("target/corpus").join(&release.language).join(release.title());
    fetch(release, &folder).with_context(|| format!("cannot fetch {}", release.title()))?;
    Ok(folder)
}

fn lists(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "toml") {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

/// The path of a release build of the sources.
pub(crate) fn build(root: &Path) -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--release", "--bin", "blocklint", "--message-format", "json-render-diagnostics"])
        .current_dir(root);
    let output = cargo.stderr(std::process::Stdio::inherit()).output()?;
    ensure!(output.status.success(), "the release build fails");
    let messages = String::from_utf8(output.stdout)?;
    let artifacts = messages.lines().filter_map(|it| serde_json::from_str::<serde_json::Value>(it).ok());
    let mut executables = artifacts.filter_map(|it| it["executable"].as_str().map(PathBuf::from));
    executables.next_back().context("cargo does not say where the binary is")
}

fn fetch(release: &Release, folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    println!("fetching {} {}", release.language, release.title());
    let draft = folder.with_extension("part");
    let _ = fs::remove_dir_all(&draft);
    fs::create_dir_all(&draft)?;
    match release.language.as_str() {
        "python" => fetch_wheel(release, &draft)?,
        "rust" => fetch_crate(release, &draft)?,
        other => bail!("unknown language {other}"),
    }
    Ok(fs::rename(&draft, folder)?)
}

pub(crate) fn fetch_wheel(release: &Release, folder: &Path) -> Result<()> {
    let downloads = folder.with_extension("download");
    let _ = fs::remove_dir_all(&downloads);
    fs::create_dir_all(&downloads)?;
    let wanted = format!("{}=={}", release.name, release.version);
    let mut pip = Command::new("python3");
    // The sources are read and never run, so the interpreter's own version does not matter.
    pip.args([
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--python-version",
        "3.13",
        "--dest",
    ]);
    run_quietly(pip.arg(&downloads).arg(&wanted))?;
    let wheel = fs::read_dir(&downloads)?.next().context("pip brought nothing")??.path();
    run_quietly(Command::new("python3").args(["-m", "zipfile", "-e"]).arg(&wheel).arg(folder))?;
    Ok(fs::remove_dir_all(&downloads)?)
}

/// `cargo info` brings a crate's sources to cargo's own cache.
pub(crate) fn fetch_crate(release: &Release, folder: &Path) -> Result<()> {
    let wanted = format!("{}@{}", release.name, release.version);
    run_quietly(Command::new("cargo").args(["info", "--quiet", &wanted]).current_dir(std::env::temp_dir()))?;
    for registry in fs::read_dir(registry_sources()?)? {
        let source = registry?.path().join(release.title());
        if source.is_dir() {
            return copy(&source, folder);
        }
    }
    bail!("cargo's cache does not hold {}", release.title())
}

/// Where cargo keeps the sources of crates.
#[expect(clippy::disallowed_methods, reason = "cargo says by a variable where its cache is")]
pub(crate) fn registry_sources() -> Result<PathBuf> {
    let home = std::env::var("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|_| std::env::var("HOME").map(|it| Path::new(&it).join(".cargo")))?;
    Ok(home.join("registry/src"))
}

pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

pub(crate) fn run_quietly(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{} failed: {}", command.get_program().display(), said.trim());
    Ok(())
}

/// One line a finding: what is reported where, and by which way it is reached.
fn check(binary: &Path, folder: &Path) -> Result<BTreeSet<String>> {
    let mut command = Command::new(binary);
    command.args(["check", "--isolated", "--no-cache", "--output-format", "json", "."]).current_dir(folder);
    let output = command.output()?;
    ensure!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr).trim());
    let document: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    Ok(document["findings"].as_array().into_iter().flatten().map(line).collect())
}

fn line(finding: &serde_json::Value) -> String {
    let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let chain = finding["chain"].as_array().into_iter().flatten();
    let way: Vec<&str> = chain.filter_map(|it| it["function"].as_str()).collect();
    format!(
        "{}:{}:{} {} {} {}: {} > {}",
        text("file"),
        finding["line"],
        finding["column"],
        text("code"),
        text("severity"),
        text("confidence"),
        way.join(" > "),
        text("api")
    )
}

/// Whether the findings differ from what is expected.
fn compare(title: &str, file: &Path, found: &BTreeSet<String>, update: bool) -> Result<bool> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let expected: BTreeSet<String> = text.lines().filter(|it| !it.is_empty()).map(str::to_owned).collect();
    println!("{title}: {} findings", found.len());
    for line in expected.difference(found) {
        println!("  - {line}");
    }
    for line in found.difference(&expected) {
        println!("  + {line}");
    }
    if update {
        fs::create_dir_all(file.parent().unwrap_or(file))?;
        let lines: Vec<&str> = found.iter().map(String::as_str).collect();
        fs::write(file, if lines.is_empty() { String::new() } else { lines.join("\n") + "\n" })?;
        return Ok(false);
    }
    Ok(expected != *found)
}
