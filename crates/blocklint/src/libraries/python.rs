//! Which files of the installed Python libraries a program reaches: those of the modules that its imports name, and theirs.

use super::environment::Environment;
use super::{Libraries, Wanted};
use crate::cache::Cache;
use crate::options::Options;
use crate::places::LIBRARY;
use crate::summaries::Summarized;
use blocklint_ir::item::Anchor;
use blocklint_ir::{BindingKind, Builds, Import, Language, Module, Package, Placement, ValueKind};
use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// Reads them, wave by wave.
pub(super) fn read(
    (program, placements): (&[Summarized], &[Placement]),
    root: &Path,
    options: &Options,
    cache: Option<&Cache>,
    out: &mut Libraries,
) -> Result<(), String> {
    let Some(environment) = Environment::find(root, options)? else {
        out.problems.push("no virtual environment for `--with-deps`: `--python-env DIR` names one".to_owned());
        return Ok(());
    };
    let mut search = Search { environment: &environment, seen: HashSet::new(), first: out.packages.len() };
    out.packages.extend(environment.libraries.iter().map(package));
    let own: HashSet<&[String]> = placements.iter().map(|it| it.path.as_slice()).collect();
    let mut names = BTreeSet::new();
    for (file, placement) in program.iter().zip(placements) {
        if file.summary.module.language == Language::Python {
            names.extend(imported(&file.summary.module, placement).into_iter().filter(|it| !own.contains(&it[..1])));
        }
    }
    while !names.is_empty() {
        let wanted: Vec<Wanted> = names.iter().flat_map(|it| search.files(it)).collect();
        let before = out.files.len();
        out.add(wanted, cache);
        let new = out.files[before..].iter().zip(&out.placements[before..]);
        names = new.flat_map(|(file, placement)| imported(&file.summary.module, placement)).collect();
    }
    Ok(())
}

fn package((name, version): &(String, String)) -> Package {
    Package {
        name: name.clone(),
        version: Some(version.clone()),
        language: Language::Python,
        directory: format!("{LIBRARY}{name}@{version}"),
        roots: Vec::new(),
        dependencies: Vec::new(),
        extension_modules: Vec::new(),
        entry_points: Vec::new(),
        test: false,
        library: true,
    }
}

/// The full paths that a module's imports name, wherever in it they stand.
fn imported(module: &Module, placement: &Placement) -> Vec<Vec<String>> {
    let bindings = module.scopes.iter().flat_map(|it| &it.bindings);
    let bound = bindings.filter_map(|it| match &it.kind {
        BindingKind::Import(import) => Some(import),
        _ => None,
    });
    let globs = module.scopes.iter().flat_map(|it| &it.globs).map(|it| &it.path);
    let values = module.functions.iter().flat_map(|it| &it.values);
    let inside = values.filter_map(|it| match &it.kind {
        ValueKind::Import { path, .. } => Some(&**path),
        _ => None,
    });
    let full = |import: &Import| full(module, placement, import);
    bound.chain(globs).chain(inside).filter_map(full).filter(|it| !it.is_empty()).collect()
}

fn full(module: &Module, placement: &Placement, import: &Import) -> Option<Vec<String>> {
    let base: &[String] = match import.anchor {
        Anchor::Absolute => &[],
        Anchor::Dots(dots) => {
            let up = if placement.directory { dots - 1 } else { dots } as usize;
            &placement.path[..placement.path.len().checked_sub(up)?]
        }
        _ => return None,
    };
    let segments = import.segments.iter().map(|&it| module.text(it).to_owned());
    Some(base.iter().cloned().chain(segments).collect())
}

struct Search<'e> {
    environment: &'e Environment,
    /// Module paths that were looked for.
    seen: HashSet<Vec<String>>,
    /// The number of the environment's first library among the packages.
    first: usize,
}

impl Search<'_> {
    /// The files of the modules on a path that were not found before.
    fn files(&mut self, path: &[String]) -> Vec<Wanted> {
        let mut found = Vec::new();
        for length in 1..=path.len() {
            if self.seen.contains(&path[..length]) {
                continue;
            }
            let module = path[..length].to_vec();
            let mut places = self.environment.folders.iter().map(|it| place(it, &module));
            let place = places.find(|it| *it != Place::Nowhere).unwrap_or(Place::Nowhere);
            if place == Place::Nowhere {
                break;
            }
            found.extend(place.file().and_then(|(file, below, directory)| {
                let owner = self.environment.owner(&below)?;
                let (name, version) = &self.environment.libraries[owner];
                let (package, path) = (Some(self.first + owner), module.clone());
                let placement = Placement { package, path, also: Vec::new(), directory, builds: Builds::default() };
                Some(Wanted { shown: format!("{LIBRARY}{name}@{version}/{below}"), file, placement })
            }));
            self.seen.insert(module);
        }
        found
    }
}

/// Where a module may be in a folder.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// It is not there.
    Nowhere,
    /// A directory that only holds modules.
    Namespace,
    /// The file, its path below the folder, and whether it stands for a directory.
    File(PathBuf, String, bool),
}

impl Place {
    fn file(self) -> Option<(PathBuf, String, bool)> {
        match self {
            Self::File(file, below, directory) => Some((file, below, directory)),
            Self::Nowhere | Self::Namespace => None,
        }
    }
}

fn place(folder: &Path, module: &[String]) -> Place {
    let below = module.join("/");
    for (name, directory) in [(format!("{below}/__init__.py"), true), (format!("{below}.py"), false)] {
        let file = folder.join(&name);
        if file.is_file() {
            return Place::File(file, name, directory);
        }
    }
    if folder.join(&below).is_dir() { Place::Namespace } else { Place::Nowhere }
}
