//! Where each file stands in its crate's module tree, by following `mod a;` from the targets' roots.

use crate::manifest::{directory, join};
use blocklint_ir::{Builds, Module, Package, Placement, Submodule};
use std::collections::{BTreeMap, BTreeSet};

/// A file with the names of its module declarations. The names are texts, as [`Submodule`]'s belong to their module.
#[derive(Debug, Clone)]
pub struct Declared<'a> {
    /// The file's path.
    pub path: &'a str,
    /// The `mod a;` declarations in it.
    pub submodules: Vec<Declaration>,
}

/// One `mod a;`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Its name.
    pub name: String,
    /// The inline modules around it.
    pub inside: Vec<String>,
    /// `#[path = "…"]`.
    pub path: Option<String>,
    /// The builds that have it.
    pub builds: Builds,
}

impl<'a> Declared<'a> {
    /// What the module lowered from the file at `path` declares.
    pub fn new(path: &'a str, module: &Module) -> Self {
        let declaration = |it: &Submodule| Declaration {
            name: module.text(it.name).to_owned(),
            inside: it.inside.iter().map(|&it| module.text(it).to_owned()).collect(),
            path: it.path.clone(),
            builds: Builds {
                test: it.test,
                conditions: it.conditions.iter().map(|&(word, holds)| (module.text(word).to_owned(), holds)).collect(),
            },
        };
        Self { path, submodules: module.submodules.iter().map(declaration).collect() }
    }
}

/// The place of each module, in the order given. A file that several targets reach belongs to the first of them, and the paths of
/// the others lead to it too; one that none
/// reaches has a place of its own, by its path.
pub fn place(modules: &[Declared<'_>], packages: &[Package]) -> Vec<Placement> {
    let index: BTreeMap<&str, usize> = modules.iter().enumerate().map(|(at, it)| (it.path, at)).collect();
    let mut placed: Vec<Option<Placement>> = vec![None; modules.len()];
    for (number, package) in packages.iter().enumerate() {
        for root in &package.roots {
            if let Some(&at) = index.get(root.as_str()) {
                let place = Placement {
                    package: Some(number),
                    path: vec![package.name.clone()],
                    also: Vec::new(),
                    directory: true,
                    builds: Builds::default(),
                };
                follow(at, place, modules, &index, &mut placed);
            }
        }
    }
    for at in unreached_roots(modules, &index, &placed) {
        let place = by_path(modules[at].path, packages);
        // A crate of its own, whose name nothing else has.
        let path = vec![place.path.join("/")];
        let directory = has_children_beside(&modules[at], &index);
        follow(at, Placement { path, directory, ..place }, modules, &index, &mut placed);
    }
    let own = |(at, it): (usize, Option<Placement>)| it.unwrap_or_else(|| by_path(modules[at].path, packages));
    placed.into_iter().enumerate().map(own).collect()
}

/// The files with modules of their own that no target reaches and no other such file declares: sources without a manifest.
fn unreached_roots(
    modules: &[Declared<'_>],
    index: &BTreeMap<&str, usize>,
    placed: &[Option<Placement>],
) -> Vec<usize> {
    let unreached = || (0..modules.len()).filter(|&it| placed[it].is_none() && !modules[it].submodules.is_empty());
    let mut declared: BTreeSet<usize> = BTreeSet::new();
    for module in unreached().map(|it| &modules[it]) {
        let directory = has_children_beside(module, index);
        declared.extend(module.submodules.iter().filter_map(|it| Some(file_of(module, directory, it, index)?.0)));
    }
    unreached().filter(|it| !declared.contains(it)).collect()
}

/// Whether the children of a file of which nothing is known are in its own folder.
fn has_children_beside(module: &Declared<'_>, index: &BTreeMap<&str, usize>) -> bool {
    let found = |directory| module.submodules.iter().any(|it| file_of(module, directory, it, index).is_some());
    found(true) || !found(false)
}

/// The file of a child module, and whether it stands for a directory.
fn file_of(
    module: &Declared<'_>,
    directory: bool,
    declaration: &Declaration,
    index: &BTreeMap<&str, usize>,
) -> Option<(usize, bool)> {
    let files = candidates(module.path, directory, declaration);
    files.iter().find_map(|(file, is_directory)| Some((*index.get(file.as_str())?, *is_directory)))
}

fn follow(
    start: usize,
    place: Placement,
    modules: &[Declared<'_>],
    index: &BTreeMap<&str, usize>,
    placed: &mut [Option<Placement>],
) {
    let mut open = vec![(start, place)];
    while let Some((at, mut place)) = open.pop() {
        if let Some(known) = &mut placed[at] {
            if known.path != place.path && !known.also.contains(&place.path) {
                known.also.push(place.path);
            }
            // More builds have it than it seemed, and what it declares too.
            if !known.builds.or(&place.builds) {
                continue;
            }
            place = known.clone();
        }
        let module = &modules[at];
        for declaration in module.submodules.iter().rev() {
            let Some((child, directory)) = file_of(module, place.directory, declaration, index) else { continue };
            let mut path = place.path.clone();
            path.extend(declaration.inside.iter().cloned());
            path.push(declaration.name.clone());
            let builds = place.builds.and(&declaration.builds);
            open.push((child, Placement { package: place.package, path, also: Vec::new(), directory, builds }));
        }
        placed[at] = Some(place);
    }
}

/// The files that may hold a child module, and whether each stands for a directory.
fn candidates(parent: &str, parent_is_directory: bool, declaration: &Declaration) -> Vec<(String, bool)> {
    let folder = directory(parent);
    let stem = parent.rsplit('/').next().unwrap_or(parent).trim_end_matches(".rs");
    // The children of `a.rs` are in `a/`, those of a root or a `mod.rs` beside it.
    let base = if parent_is_directory { folder.to_owned() } else { join(folder, stem) };
    let around = join(&base, &declaration.inside.join("/"));
    if let Some(path) = &declaration.path {
        // Inside of inline modules, the path starts in their folder, elsewhere in the file's own.
        let from = if declaration.inside.is_empty() { folder } else { &around };
        // A file that `#[path]` names has its children beside it.
        return vec![(join(from, path), true)];
    }
    let name = &declaration.name;
    vec![(join(&around, &format!("{name}.rs")), false), (join(&around, &format!("{name}/mod.rs")), true)]
}

/// A place for a file that no target reaches: its package's folder tells the crate, its path the rest.
fn by_path(path: &str, packages: &[Package]) -> Placement {
    let package = packages
        .iter()
        .enumerate()
        .filter(|(_, it)| it.directory.is_empty() || path.starts_with(&format!("{}/", it.directory)))
        .max_by_key(|(at, it)| (it.directory.len(), std::cmp::Reverse(*at)));
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let mut parts: Vec<String> = vec!["(unreached)".to_owned()];
    parts.extend(stem.split('/').filter(|it| !it.is_empty()).map(str::to_owned));
    let is_directory = stem.ends_with("/mod") || stem == "mod";
    if is_directory {
        parts.pop();
    }
    let (package, also, builds) = (package.map(|it| it.0), Vec::new(), Builds::default());
    Placement { package, path: parts, also, directory: is_directory, builds }
}
