//! The sources that are measured: real releases, pinned, below `target/bench`.

use crate::corpus::{self, copy, fetch_wheel, run_quietly};
use anyhow::{Context as _, Result};
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Set {
    /// Home Assistant 2024.3.3
    Homeassistant,
    /// The gateway `litellm` 1.83.7
    Litellm,
    /// tokio, sqlx, sea-orm, iroh and all of their dependencies
    Rust,
    /// A service's usual dependencies, which clippy can build
    Clippy,
    /// The file server `dufs` 0.47.0, on hyper
    Dufs,
    /// The file server `miniserve` 0.35.0, on actix-web
    Miniserve,
}

impl Set {
    pub(super) const ALL: [Self; 6] =
        [Self::Homeassistant, Self::Litellm, Self::Rust, Self::Clippy, Self::Dufs, Self::Miniserve];

    /// What the page calls it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Homeassistant => "Home Assistant 2024.3.3",
            Self::Litellm => "LiteLLM 1.83.7",
            Self::Rust => "tokio, sqlx, sea-orm, iroh and their dependencies",
            Self::Clippy => "axum, hyper, reqwest, sqlx, tower-http and their dependencies",
            Self::Dufs => "dufs 0.47.0, an application on hyper",
            Self::Miniserve => "miniserve 0.35.0, an application on actix-web",
        }
    }

    pub(super) fn is_python(self) -> bool {
        matches!(self, Self::Homeassistant | Self::Litellm)
    }

    pub(super) fn is_application(self) -> bool {
        matches!(self, Self::Dufs | Self::Miniserve)
    }

    /// The sources' folder, fetched when it is missing.
    pub(super) fn fetch(self, root: &Path, folder: &Path) -> Result<PathBuf> {
        let place = folder.join("sources").join(format!("{self:?}").to_lowercase());
        if place.is_dir() {
            return Ok(place);
        }
        println!("fetching {}", self.title());
        let draft = place.with_extension("part");
        let _ = fs::remove_dir_all(&draft);
        fs::create_dir_all(&draft)?;
        match self {
            Self::Homeassistant => fetch_wheel(&corpus::Release::python("homeassistant", "2024.3.3"), &draft)?,
            Self::Litellm => fetch_wheel(&corpus::Release::python("litellm", "1.83.7"), &draft)?,
            Self::Rust => crates(&pins(root, "rust-large"), &draft)?,
            Self::Clippy => crates(&pins(root, "rust-clippy"), &draft)?,
            Self::Dufs => application(&corpus::Release::rust("dufs", "0.47.0"), &draft)?,
            Self::Miniserve => application(&corpus::Release::rust("miniserve", "0.35.0"), &draft)?,
        }
        fs::rename(&draft, &place)?;
        Ok(place)
    }

    /// The manifest of what clippy is run on, if it is.
    pub(super) fn linted(self, root: &Path, sources: &Path) -> Option<PathBuf> {
        match self {
            Self::Clippy => Some(pins(root, "rust-clippy")),
            _ if self.is_application() => Some(sources.join("Cargo.toml")),
            _ => None,
        }
    }

    /// Of a set that is made of dependencies, the folders of the crates that the manifest itself names.
    pub(super) fn direct(self, root: &Path, sources: &Path) -> Result<Vec<PathBuf>> {
        if self != Self::Clippy {
            return Ok(Vec::new());
        }
        let manifest: toml::Table = fs::read_to_string(pins(root, "rust-clippy"))?.parse()?;
        let named = manifest.get("dependencies").and_then(toml::Value::as_table).context("it has dependencies")?;
        let mut found = Vec::new();
        for entry in fs::read_dir(sources)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.rsplit_once('-').is_some_and(|it| named.contains_key(it.0)) {
                found.push(PathBuf::from(name));
            }
        }
        found.sort();
        Ok(found)
    }
}

/// The manifest whose lock file pins the crates of a set.
fn pins(root: &Path, name: &str) -> PathBuf {
    root.join("testdata/bench").join(name).join("Cargo.toml")
}

/// An application as it was released, with what it depends on in cargo's cache.
fn application(release: &corpus::Release, to: &Path) -> Result<()> {
    corpus::fetch_crate(release, to)?;
    let manifest = to.join("Cargo.toml");
    // It stands below this repository's own workspace, which it is no member of.
    let text = fs::read_to_string(&manifest)?;
    fs::write(&manifest, format!("{text}\n[workspace]\n"))?;
    run_quietly(Command::new("cargo").args(["fetch", "--locked", "--manifest-path"]).arg(&manifest))
}

/// Copies the sources of everything that a manifest's lock file names and that this kind of machine would build.
fn crates(manifest: &Path, to: &Path) -> Result<()> {
    run_quietly(Command::new("cargo").args(["fetch", "--locked", "--manifest-path"]).arg(manifest))?;
    let host = super::page::version(Path::new("rustc"), &["--print", "host-tuple"]);
    let mut metadata = Command::new("cargo");
    metadata.args(["metadata", "--locked", "--format-version", "1", "--filter-platform", &host, "--manifest-path"]);
    let output = metadata.arg(manifest).output()?;
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).context("cargo metadata fails")?;
    let packages = document["packages"].as_array().context("cargo metadata lists no packages")?;
    for package in packages.iter().filter(|it| !it["source"].is_null()) {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        let from = Path::new(text("manifest_path")).parent().context("a manifest stands in a folder")?;
        copy(from, &to.join(format!("{}-{}", text("name"), text("version"))))?;
    }
    Ok(())
}

/// How many files, lines and bytes of source there are, by a file name's end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Size {
    pub(super) files: usize,
    pub(super) lines: u32,
    pub(super) bytes: f64,
}

/// Counts the files below a folder that end so.
pub(super) fn size(folder: &Path, ending: &str) -> Result<Size> {
    let mut size = Size::default();
    for path in files(folder, ending)? {
        let text = fs::read(&path)?;
        size.files += 1;
        size.bytes += f64::from(u32::try_from(text.len())?);
        size.lines += u32::try_from(String::from_utf8_lossy(&text).matches('\n').count())?;
    }
    Ok(size)
}

/// The files below a folder that end so, sorted.
pub(super) fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                todo.push(entry.path());
            } else if entry.path().extension().is_some_and(|it| it == ending) {
                found.insert(entry.path());
            }
        }
    }
    Ok(found.into_iter().collect())
}
