//! What a manifest says of a package, where its modules begin and what it depends on; and `pyproject.toml`.

use blocklint_ir::{Dependency, EntryPoint, Language, Package};
use toml::{Table, Value};

/// What one manifest says.
#[derive(Debug, Default)]
pub(crate) struct Manifest {
    pub(crate) name: Option<String>,
    pub(crate) version: Option<String>,
    /// Relative to the manifest.
    pub(crate) roots: Vec<String>,
    /// As written: `requests[socks] >= 2`.
    pub(crate) dependencies: Vec<String>,
    pub(crate) extension_modules: Vec<String>,
    pub(crate) entry_points: Vec<EntryPoint>,
    /// It describes a package, and not only a tool's options.
    pub(crate) describes: bool,
}

impl Manifest {
    pub(crate) fn merge(&mut self, other: Self) {
        self.name = self.name.take().or(other.name);
        self.version = self.version.take().or(other.version);
        self.roots.extend(other.roots);
        self.dependencies.extend(other.dependencies);
        self.extension_modules.extend(other.extension_modules);
        self.entry_points.extend(other.entry_points);
        self.describes |= other.describes;
    }

    pub(crate) fn package(self, directory: &str) -> Package {
        let name = self.name.unwrap_or_else(|| {
            let last = directory.rsplit('/').next().unwrap_or_default();
            if last.is_empty() { "root".to_owned() } else { last.to_owned() }
        });
        let join = |root: &str| {
            let root = root.trim_start_matches("./").trim_matches('/');
            match (directory, root) {
                ("", root) => root.trim_matches('.').to_owned(),
                (directory, "" | ".") => directory.to_owned(),
                (directory, root) => format!("{directory}/{root}"),
            }
        };
        let mut roots: Vec<String> = self.roots.iter().map(|it| join(it)).collect();
        if roots.is_empty() {
            roots = vec![join("")];
        }
        roots.sort_unstable();
        roots.dedup();
        let mut dependencies: Vec<Dependency> = self.dependencies.iter().filter_map(|it| dependency(it)).collect();
        dependencies.sort_by(|a, b| a.package.cmp(&b.package));
        dependencies.dedup();
        Package {
            name: normalized(&name),
            version: self.version,
            language: Language::Python,
            directory: directory.to_owned(),
            roots,
            dependencies,
            extension_modules: self.extension_modules,
            entry_points: self.entry_points,
            library: false,
            test: false,
        }
    }
}

fn normalized(name: &str) -> String {
    name.trim().to_lowercase().replace(['-', '.'], "_")
}

/// `requests[socks] >= 2; python_version > "3"` is a dependency on `requests`.
fn dependency(requirement: &str) -> Option<Dependency> {
    let end = requirement.find(|it: char| !(it.is_alphanumeric() || matches!(it, '-' | '_' | '.')));
    let name = normalized(&requirement[..end.unwrap_or(requirement.len())]);
    (!name.is_empty() && name != "python").then(|| Dependency { name: name.clone(), package: name })
}

/// Reads a `pyproject.toml`.
pub(crate) fn pyproject(text: &str) -> Manifest {
    let Ok(table) = text.parse::<Table>() else { return Manifest::default() };
    let at = |path: &[&str]| lookup(&table, path);
    let string = |path: &[&str]| at(path).and_then(Value::as_str).map(str::to_owned);
    let name = string(&["project", "name"])
        .or_else(|| string(&["tool", "poetry", "name"]))
        .or_else(|| string(&["tool", "flit", "metadata", "module"]));
    let version = string(&["project", "version"]).or_else(|| string(&["tool", "poetry", "version"]));
    let mut dependencies = strings(at(&["project", "dependencies"]));
    if let Some(Value::Table(it)) = at(&["tool", "poetry", "dependencies"]) {
        dependencies.extend(it.keys().cloned());
    }
    let describes = name.is_some() || at(&["project"]).is_some();
    let extension_modules = extension_modules(&table, name.as_deref());
    let entry_points = entry_points(&table);
    Manifest { name, version, roots: roots(&table), dependencies, extension_modules, entry_points, describes }
}

/// What the project registers for others to find, by group.
fn entry_points(table: &Table) -> Vec<EntryPoint> {
    let mut found = Vec::new();
    for path in [&["project", "entry-points"][..], &["tool", "poetry", "plugins"]] {
        let Some(Value::Table(groups)) = lookup(table, path) else { continue };
        for (group, objects) in groups {
            let objects = objects.as_table().into_iter().flat_map(Table::values).filter_map(Value::as_str);
            found.extend(objects.map(|it| entry_point(group, it)));
        }
    }
    found
}

/// `package.module:Class [extra]` without what it asks for besides.
pub(crate) fn entry_point(group: &str, object: &str) -> EntryPoint {
    let object = object.split('[').next().unwrap_or_default().trim();
    EntryPoint { group: group.to_owned(), object: object.to_owned() }
}

/// The directories that hold top-level packages, as each build tool's table says it.
fn roots(table: &Table) -> Vec<String> {
    let at = |path: &[&str]| lookup(table, path);
    let mut roots = strings(at(&["tool", "setuptools", "packages", "find", "where"]));
    roots.extend(strings(at(&["tool", "setuptools", "package-dir", ""])));
    roots.extend(strings(at(&["tool", "maturin", "python-source"])));
    roots.extend(strings(at(&["tool", "pdm", "build", "package-dir"])));
    roots.extend(strings(at(&["tool", "uv", "build-backend", "module-root"])));
    for target in ["wheel", "sdist"] {
        roots.extend(strings(at(&["tool", "hatch", "build", "targets", target, "sources"])));
        for package in strings(at(&["tool", "hatch", "build", "targets", target, "packages"])) {
            roots.push(package.rsplit_once('/').map_or_else(String::new, |it| it.0.to_owned()));
        }
    }
    if let Some(Value::Array(packages)) = at(&["tool", "poetry", "packages"]) {
        roots.extend(packages.iter().filter_map(|it| Some(it.get("from")?.as_str()?.to_owned())));
    }
    let backend = at(&["build-system", "build-backend"]).and_then(Value::as_str).unwrap_or_default();
    if roots.is_empty() && backend.starts_with("uv_build") {
        roots.push("src".to_owned());
    }
    roots
}

/// Modules built from Rust code: maturin's `module-name`, setuptools-rust's targets.
fn extension_modules(table: &Table, name: Option<&str>) -> Vec<String> {
    let at = |path: &[&str]| lookup(table, path);
    let mut modules = strings(at(&["tool", "maturin", "module-name"]));
    let backend = at(&["build-system", "build-backend"]).and_then(Value::as_str).unwrap_or_default();
    if modules.is_empty() && backend == "maturin" {
        modules.extend(name.map(normalized));
    }
    if let Some(Value::Array(targets)) = at(&["tool", "setuptools-rust", "ext-modules"]) {
        modules.extend(targets.iter().filter_map(|it| Some(it.get("target")?.as_str()?.to_owned())));
    }
    modules
}

fn lookup<'a>(table: &'a Table, path: &[&str]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(table.get(*first)?, |value, key| value.get(*key))
}

/// A string, or the strings of a list.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(it)) => vec![it.clone()],
        Some(Value::Array(items)) => items.iter().filter_map(|it| Some(it.as_str()?.to_owned())).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::packages;
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "`expect!` makes a value")]
    fn check(files: &[(&str, &str)], expected: Expect) {
        let lines: Vec<String> = packages(files)
            .iter()
            .map(|it| {
                let dependencies: Vec<&str> = it.dependencies.iter().map(|it| it.name.as_str()).collect();
                let version = it.version.as_deref().unwrap_or("-");
                format!(
                    "{} {version} in {:?}, roots {:?}, needs {dependencies:?}, builds {:?}",
                    it.name, it.directory, it.roots, it.extension_modules
                )
            })
            .collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn a_maturin_project_builds_an_extension() {
        let text = "[build-system]\nbuild-backend = 'maturin'\n[project]\nname = 'My-Lib'\nversion = '1.2'\n\
            dependencies = ['requests[socks]>=2', 'PyYAML; os_name == \"nt\"']\n\
            [tool.maturin]\nmodule-name = 'my_lib._native'\npython-source = 'python'\n";
        check(
            &[("pkg/pyproject.toml", text)],
            expect![[
                r#"my_lib 1.2 in "pkg", roots ["pkg/python"], needs ["pyyaml", "requests"], builds ["my_lib._native"]"#
            ]],
        );
    }

    #[test]
    fn a_tool_s_options_are_no_package() {
        check(&[("pyproject.toml", "[tool.black]\nline-length = 100\n")], expect![[""]]);
        check(&[("pyproject.toml", "this is [[ not toml")], expect![[""]]);
    }

    #[test]
    fn several_manifests_of_a_directory_are_one_package() {
        let script = "from setuptools import setup, find_packages\n\
            setup(name='late', package_dir={'': 'src'}, packages=find_packages('src'), install_requires=['a-b'])\n";
        check(
            &[("setup.py", script), ("setup.cfg", "[metadata]\nname = early\nversion = 3\n"), ("pyproject.toml", "")],
            expect![[r#"early 3 in "", roots ["src"], needs ["a_b"], builds []"#]],
        );
    }

    #[test]
    fn hatch_names_its_packages() {
        let text = "[project]\nname = 'h'\n[tool.hatch.build.targets.wheel]\npackages = ['backend/h']\n";
        check(&[("pyproject.toml", text)], expect![[r#"h - in "", roots ["backend"], needs [], builds []"#]]);
    }
}
