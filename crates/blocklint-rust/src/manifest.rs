//! `Cargo.toml` to packages, one for each target: their names, roots and dependencies. Editions and features change nothing here.

use blocklint_ir::{Dependency, Language, Package};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The packages of all manifests. `files` are the `Cargo.toml`s with their texts, `paths` all files there are: targets are found
/// by their places among them. A text that is not valid TOML gives no package.
pub fn packages(files: &[(&str, &str)], paths: &[&str]) -> Vec<Package> {
    let manifests: Vec<(&str, Table)> =
        files.iter().filter_map(|(path, text)| Some((directory(path), text.parse::<Table>().ok()?))).collect();
    let mut sorted: Vec<&str> = paths.to_vec();
    sorted.sort_unstable();
    let mut packages = Vec::new();
    for (folder, manifest) in &manifests {
        let workspace = workspace_of(folder, &manifests);
        if let Some(package) = table(manifest, "package") {
            Reader { folder, manifest, package, workspace, paths: &sorted }.targets(&mut packages);
        }
    }
    let libraries = manifests.iter().filter_map(|(_, it)| renamed_library(it)).collect();
    for dependency in packages.iter_mut().flat_map(|it| &mut it.dependencies) {
        name_library(dependency, &libraries);
    }
    packages
}

/// The package's name and its library's, where `[lib] name` says another.
fn renamed_library(manifest: &Table) -> Option<(String, String)> {
    let package = underscored(text(table(manifest, "package")?, "name")?);
    let library = underscored(text(table(manifest, "lib")?, "name")?);
    (package != library).then_some((package, library))
}

/// Paths name the library, manifests the package.
fn name_library(dependency: &mut Dependency, libraries: &BTreeMap<String, String>) {
    if let Some(library) = libraries.get(&dependency.package) {
        if dependency.name == dependency.package {
            dependency.name.clone_from(library);
        }
        dependency.package.clone_from(library);
    }
}

/// Everything of a path but its last part; `""` at the root.
pub(crate) fn directory(path: &str) -> &str {
    path.rfind('/').map_or("", |it| &path[..it])
}

/// `a/b` under `folder`, with `.` and `..` worked out.
pub(crate) fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|it| *it != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The nearest manifest at or above the folder that has a `[workspace]`.
fn workspace_of<'a>(folder: &str, manifests: &'a [(&str, Table)]) -> Option<&'a Table> {
    manifests
        .iter()
        .filter(|(at, manifest)| manifest.contains_key("workspace") && inside(folder, at))
        .max_by_key(|(at, _)| at.len())
        .and_then(|(_, manifest)| table(manifest, "workspace"))
}

fn inside(folder: &str, of: &str) -> bool {
    of.is_empty() || folder == of || folder.strip_prefix(of).is_some_and(|it| it.starts_with('/'))
}

fn table<'a>(of: &'a Table, key: &str) -> Option<&'a Table> {
    of.get(key).and_then(Value::as_table)
}

fn text<'a>(of: &'a Table, key: &str) -> Option<&'a str> {
    of.get(key).and_then(Value::as_str)
}

fn underscored(name: &str) -> String {
    name.replace('-', "_")
}

struct Reader<'a> {
    folder: &'a str,
    manifest: &'a Table,
    package: &'a Table,
    workspace: Option<&'a Table>,
    paths: &'a [&'a str],
}

/// Where the targets of one kind are found.
struct Kind {
    /// `bin`, `example`, `test`, `bench`: the key in the manifest.
    key: &'static str,
    folder: &'static str,
    auto: &'static str,
    test: bool,
}

const KINDS: [Kind; 4] = [
    Kind { key: "bin", folder: "src/bin", auto: "autobins", test: false },
    Kind { key: "example", folder: "examples", auto: "autoexamples", test: false },
    Kind { key: "test", folder: "tests", auto: "autotests", test: true },
    Kind { key: "bench", folder: "benches", auto: "autobenches", test: true },
];

impl Reader<'_> {
    fn targets(&self, packages: &mut Vec<Package>) {
        let Some(name) = text(self.package, "name") else { return };
        let dependencies = self.dependencies();
        let library = self.library(name, &dependencies);
        let crate_name = library.as_ref().map_or_else(|| underscored(name), |it| it.name.clone());
        let mut inner = dependencies;
        if library.is_some() {
            // Binaries, tests and examples use the library by its name.
            inner.push(Dependency { name: crate_name.clone(), package: crate_name.clone() });
        }
        let library_name = library.as_ref().map(|it| it.name.clone());
        packages.extend(library);
        for kind in &KINDS {
            for (target, root) in self.roots(kind, name) {
                let label = Self::label(kind, &target, name, library_name.as_deref());
                packages.push(self.target(label, root, &inner, kind.test));
            }
        }
        if self.exists("build.rs") && self.package.get("build").and_then(Value::as_bool) != Some(false) {
            packages.push(self.target(
                format!("{}(build)", underscored(name)),
                join(self.folder, "build.rs"),
                &inner,
                false,
            ));
        }
    }

    /// A target's name in paths. Nothing imports a binary or a test, so that theirs only have to differ from all others.
    fn label(kind: &Kind, target: &str, package: &str, library: Option<&str>) -> String {
        let (target, package) = (underscored(target), underscored(package));
        match library {
            _ if target != package => format!("{target}({} of {package})", kind.key),
            Some(library) if library == target => format!("{target}({})", kind.key),
            _ if kind.key != "bin" => format!("{target}({})", kind.key),
            _ => target,
        }
    }

    fn target(&self, name: String, root: String, dependencies: &[Dependency], test: bool) -> Package {
        Package {
            name,
            version: self.version(),
            language: Language::Rust,
            directory: self.folder.to_owned(),
            roots: vec![root],
            dependencies: dependencies.to_vec(),
            extension_modules: Vec::new(),
            entry_points: Vec::new(),
            library: false,
            test,
        }
    }

    fn version(&self) -> Option<String> {
        let version = self.package.get("version")?;
        if inherits(version) {
            return text(table(self.workspace?, "package")?, "version").map(str::to_owned);
        }
        version.as_str().map(str::to_owned)
    }

    fn exists(&self, path: &str) -> bool {
        self.paths.binary_search(&join(self.folder, path).as_str()).is_ok()
    }

    fn library(&self, package: &str, dependencies: &[Dependency]) -> Option<Package> {
        let section = table(self.manifest, "lib");
        let path = section.and_then(|it| text(it, "path")).unwrap_or("src/lib.rs");
        if section.is_none() && !self.exists(path) {
            return None;
        }
        let name = section.and_then(|it| text(it, "name")).unwrap_or(package);
        let kinds = section.and_then(|it| it.get("crate-type").or_else(|| it.get("crate_type")));
        let dynamic =
            kinds.and_then(Value::as_array).is_some_and(|it| it.iter().any(|kind| kind.as_str() == Some("cdylib")));
        let mut library = self.target(underscored(name), join(self.folder, path), dependencies, false);
        if dynamic {
            library.extension_modules.push(underscored(name));
        }
        Some(library)
    }

    /// The targets of one kind: name and root file.
    fn roots(&self, kind: &Kind, package: &str) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        if self.package.get(kind.auto).and_then(Value::as_bool) != Some(false) {
            if kind.key == "bin" && self.exists("src/main.rs") {
                found.insert(package.to_owned(), join(self.folder, "src/main.rs"));
            }
            self.discover(kind, &mut found);
        }
        let listed = self.manifest.get(kind.key).and_then(Value::as_array);
        for section in listed.into_iter().flatten().filter_map(Value::as_table) {
            let Some(name) = text(section, "name") else { continue };
            if let Some(path) = text(section, "path") {
                let root = join(self.folder, path);
                found.retain(|_, it| *it != root);
                found.insert(name.to_owned(), root);
            } else {
                let file = format!("{}/{name}.rs", kind.folder);
                if self.exists(&file) {
                    found.insert(name.to_owned(), join(self.folder, &file));
                }
            }
        }
        found
    }

    /// `src/bin/a.rs` and `src/bin/b/main.rs`.
    fn discover(&self, kind: &Kind, found: &mut BTreeMap<String, String>) {
        let prefix = format!("{}/", join(self.folder, kind.folder));
        let start = self.paths.partition_point(|it| *it < prefix.as_str());
        for path in self.paths[start..].iter().take_while(|it| it.starts_with(&prefix)) {
            let rest = &path[prefix.len()..];
            let name = match rest.split_once('/') {
                None => rest.strip_suffix(".rs"),
                Some((folder, "main.rs")) => Some(folder),
                Some(_) => None,
            };
            if let Some(name) = name {
                found.insert(name.to_owned(), (*path).to_owned());
            }
        }
    }

    fn dependencies(&self) -> Vec<Dependency> {
        let mut found = BTreeMap::new();
        self.add_dependencies(self.manifest, &mut found);
        for target in table(self.manifest, "target").into_iter().flat_map(Table::values).filter_map(Value::as_table) {
            self.add_dependencies(target, &mut found);
        }
        found.into_iter().map(|(name, package)| Dependency { name, package }).collect()
    }

    fn add_dependencies(&self, of: &Table, found: &mut BTreeMap<String, String>) {
        for section in ["dependencies", "dev-dependencies", "dev_dependencies", "build-dependencies"] {
            for (name, value) in table(of, section).into_iter().flatten() {
                let package = self.renamed(name, value).unwrap_or(name);
                found.insert(underscored(name), underscored(package));
            }
        }
    }

    /// `package = "…"`, here or in the workspace's table.
    fn renamed<'a>(&'a self, name: &str, value: &'a Value) -> Option<&'a str> {
        let own = value.get("package").and_then(Value::as_str);
        if own.is_some() || !inherits(value) {
            return own;
        }
        table(self.workspace?, "dependencies")?.get(name)?.get("package").and_then(Value::as_str)
    }
}

/// `x.workspace = true`.
fn inherits(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}
