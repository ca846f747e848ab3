//! Which crates a program reaches, and their sources: those that its `Cargo.lock` pins, from cargo's registry or a vendor folder.

use super::{Libraries, Wanted};
use crate::cache::Cache;
use crate::options::Options;
use crate::places::{LIBRARY, with_slashes};
use crate::summaries::Summarized;
use blocklint_ir::{Builds, Language, Package, Placement};
use blocklint_rust::Declared;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Crates further away from the program than this are not read: what they do is behind several interfaces.
const MAX_DISTANCE: usize = 3;

/// The directories of a crate in which cargo looks for programs of their own.
const PROGRAMS: [&str; 3] = ["tests", "examples", "benches"];

#[derive(Debug, Deserialize)]
struct Lock {
    #[serde(default)]
    package: Vec<Locked>,
}

#[derive(Debug, Clone, Deserialize)]
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
}

/// Reads them, those that the program names first.
pub(super) fn read(
    (program, packages): (&[Summarized], &[Package]),
    root: &Path,
    options: &Options,
    cache: Option<&Cache>,
    out: &mut Libraries,
) -> Result<(), String> {
    let Some(lock) = root.ancestors().map(|it| it.join("Cargo.lock")).find(|it| it.is_file()) else {
        out.problems.push("no Cargo.lock for `--with-deps`: `cargo generate-lockfile` writes one".to_owned());
        return Ok(());
    };
    let locked = locked(&lock)?;
    let folders = match &options.crate_sources {
        Some(named) if !named.is_dir() => {
            return Err(format!(
                "no such directory: {}; `--crate-sources` takes one with crates in it",
                named.display()
            ));
        }
        Some(named) => vec![named.clone()],
        None => registries(),
    };
    let mentions = |files: &[Summarized], name: &str| {
        let rust = files.iter().map(|it| &it.summary.module).filter(|it| it.language == Language::Rust);
        rust.clone().any(|it| it.names.get(name).is_some())
    };
    let own: BTreeSet<&str> = packages.iter().map(|it| it.name.as_str()).collect();
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut wanted: BTreeSet<String> = named(packages, |it| mentions(program, it));
    for _ in 0..MAX_DISTANCE {
        let mut next = BTreeSet::new();
        for name in std::mem::take(&mut wanted) {
            if own.contains(name.as_str()) || !done.insert(name.clone()) {
                continue;
            }
            let versions = locked.get(&name).map_or(&[][..], Vec::as_slice);
            let Some((found, folder)) = versions.iter().rev().find_map(|it| Some((it, source(&folders, it)?))) else {
                continue;
            };
            let before = out.files.len();
            let own = add(found, &folder, cache, out);
            next.extend(named(own.as_slice(), |it| mentions(&out.files[before..], it)));
        }
        wanted = next;
    }
    Ok(())
}

/// The crates that packages depend on, by the names that their paths use.
fn named(packages: &[Package], mentioned: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let dependencies = packages.iter().filter(|it| it.language == Language::Rust).flat_map(|it| &it.dependencies);
    // Bindings to C have no bodies.
    let reads =
        |name: &str| !name.ends_with("_sys") && !matches!(name, "libc" | "winapi" | "windows" | "web_sys" | "js_sys");
    dependencies.filter(|it| reads(&it.package) && mentioned(&it.name)).map(|it| it.package.clone()).collect()
}

/// By name, dashes as underscores: the versions that the lock file pins, the oldest first.
fn locked(file: &Path) -> Result<BTreeMap<String, Vec<Locked>>, String> {
    let text = fs::read_to_string(file).map_err(|err| format!("cannot read {}: {err}", file.display()))?;
    let lock: Lock =
        toml::from_str(&text).map_err(|err| format!("cannot read {}: {}", file.display(), err.message()))?;
    let mut found: BTreeMap<String, Vec<Locked>> = BTreeMap::new();
    for package in lock.package.into_iter().filter(|it| it.source.is_some()) {
        found.entry(package.name.replace('-', "_")).or_default().push(package);
    }
    Ok(found)
}

/// The registries that cargo has unpacked.
fn registries() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|it| it.join(".cargo")));
    let Some(home) = home else { return Vec::new() };
    let mut found: Vec<PathBuf> =
        fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten().map(|it| it.path()).collect();
    found.sort();
    found
}

/// The directory of a crate: `name-version` as cargo unpacks it, `name` as `cargo vendor` does.
fn source(folders: &[PathBuf], wanted: &Locked) -> Option<PathBuf> {
    let exact = format!("{}-{}", wanted.name, wanted.version);
    let places = folders.iter().flat_map(|it| [it.join(&exact), it.join(&wanted.name)]);
    places.into_iter().find(|it| it.join("Cargo.toml").is_file())
}

/// Whether a crate makes procedural macros: the program that is built has nothing of it.
fn runs_in_the_compiler(manifest: &str) -> bool {
    let manifest: toml::Table = toml::from_str(manifest).unwrap_or_default();
    let library = manifest.get("lib").and_then(toml::Value::as_table);
    library.is_some_and(|it| ["proc-macro", "proc_macro"].iter().any(|key| it.get(*key) == Some(&true.into())))
}

/// Reads one crate's library and gives the package that it is.
fn add(found: &Locked, folder: &Path, cache: Option<&Cache>, out: &mut Libraries) -> Option<Package> {
    let directory = format!("{LIBRARY}{}@{}", found.name, found.version);
    let shown = |it: &Path| it.strip_prefix(folder).ok().map(|it| format!("{directory}/{}", with_slashes(it)));
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    if runs_in_the_compiler(&manifest) {
        return None;
    }
    let mut sources: Vec<PathBuf> = Vec::new();
    // Hidden files and ignored ones are part of what was published.
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.standard_filters(false)
        .filter_entry(|it| it.depth() != 1 || !PROGRAMS.iter().any(|name| it.file_name() == *name));
    for entry in walk.build().flatten() {
        if entry.path().extension().is_some_and(|it| it == "rs") {
            sources.push(entry.into_path());
        }
    }
    sources.sort();
    let paths: Vec<String> = sources.iter().filter_map(|it| shown(it)).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let manifest_path = format!("{directory}/Cargo.toml");
    // The library comes before the binaries that the package may have beside it.
    let packages = blocklint_rust::packages(&[(&manifest_path, &manifest)], &paths);
    let package = packages.into_iter().find(|it| !it.test && it.roots.iter().any(|it| it.ends_with("lib.rs")))?;
    let number = out.packages.len();
    let nowhere =
        Placement { package: None, path: Vec::new(), also: Vec::new(), directory: false, builds: Builds::default() };
    let wanted =
        sources.into_iter().filter_map(|file| Some(Wanted { shown: shown(&file)?, file, placement: nowhere.clone() }));
    let mut read = Libraries::default();
    read.add(wanted.collect(), cache);
    let modules: Vec<Declared<'_>> =
        read.files.iter().map(|it| Declared::new(&it.summary.path, &it.summary.module)).collect();
    let placed = blocklint_rust::place(&modules, std::slice::from_ref(&package));
    for (((input, place), file), placement) in read.inputs.into_iter().zip(read.places).zip(read.files).zip(placed) {
        // Files that no `mod` leads to from the library's root are its tests, examples and build scripts.
        if placement.path.first() == Some(&package.name) {
            out.inputs.push(input);
            out.places.push(place);
            out.files.push(file);
            out.placements.push(Placement { package: Some(number), ..placement });
        }
    }
    let package = Package { library: true, directory, ..package };
    out.packages.push(package.clone());
    Some(package)
}
