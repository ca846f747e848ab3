//! Dotted module names from paths alone: `src/app/db.py` is `app.db` where `src` holds top-level packages.

use blocklint_ir::{Builds, Language, Package, Placement};
use std::collections::BTreeSet;

/// Directories of these names hold top-level packages by custom, unless they are packages themselves.
const SOURCE_DIRECTORIES: [&str; 3] = ["src", "lib", "python"];

/// The place of every `.py` and `.pyi` path in the program, in the same order. Paths are relative to the analysed root.
pub fn place(paths: &[&str], packages: &[Package]) -> Vec<Placement> {
    let layout = Layout::new(paths, packages);
    paths.iter().map(|it| layout.place(it)).collect()
}

struct Layout<'a> {
    /// Directories with an `__init__.py`.
    regular: BTreeSet<&'a str>,
    /// Directories that hold top-level packages.
    roots: BTreeSet<&'a str>,
    /// The packages' directories with their positions, longest first.
    packages: Vec<(&'a str, usize)>,
}

impl<'a> Layout<'a> {
    fn new(paths: &[&'a str], packages: &'a [Package]) -> Self {
        let regular: BTreeSet<&str> =
            paths.iter().filter(|it| stem(it) == "__init__").map(|it| parent(it).unwrap_or_default()).collect();
        let mut roots = BTreeSet::from([""]);
        for path in paths {
            let mut directory = parent(path);
            while let Some(at) = directory {
                if SOURCE_DIRECTORIES.contains(&last(at)) && !regular.contains(at) {
                    roots.insert(at);
                }
                directory = parent(at);
            }
        }
        let mut python = Vec::new();
        for (index, package) in packages.iter().enumerate().filter(|it| it.1.language == Language::Python) {
            python.push((package.directory.as_str(), index));
            roots.insert(&package.directory);
            roots.extend(package.roots.iter().map(String::as_str));
        }
        python.sort_unstable_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
        Self { regular, roots, packages: python }
    }

    fn place(&self, path: &str) -> Placement {
        let mut top = parent(path).unwrap_or_default();
        while self.regular.contains(top)
            && let Some(up) = parent(top)
        {
            top = up;
        }
        let root = self.root(top);
        let inside = path.strip_prefix(root).unwrap_or(path).trim_start_matches('/');
        let directory = stem(path) == "__init__";
        let mut segments: Vec<String> = parent(inside).unwrap_or_default().split('/').map(str::to_owned).collect();
        segments.retain(|it| !it.is_empty());
        if !directory {
            segments.push(stem(path).to_owned());
        }
        let package = self.packages.iter().find(|it| holds(it.0, path)).map(|it| it.1);
        Placement { package, path: segments, also: Vec::new(), directory, builds: Builds::default() }
    }

    /// The nearest root around a directory, itself included. Between the two stand namespace packages.
    fn root(&self, directory: &str) -> &str {
        let mut at = Some(directory);
        while let Some(candidate) = at {
            if let Some(root) = self.roots.get(candidate) {
                return root;
            }
            at = parent(candidate);
        }
        ""
    }
}

fn holds(directory: &str, path: &str) -> bool {
    directory.is_empty() || path.strip_prefix(directory).is_some_and(|it| it.starts_with('/'))
}

/// The directory around a path; `""` around a name, nothing around `""`.
fn parent(path: &str) -> Option<&str> {
    if path.is_empty() {
        return None;
    }
    Some(path.rsplit_once('/').map_or("", |it| it.0))
}

fn last(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |it| it.1)
}

fn stem(path: &str) -> &str {
    let file = last(path);
    [".py", ".pyi", ".pyw"].into_iter().find_map(|it| file.strip_suffix(it)).unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::place;
    use crate::packages;
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "`expect!` makes a value")]
    fn check(manifests: &[(&str, &str)], paths: &str, expected: Expect) {
        let paths: Vec<&str> = paths.split_whitespace().collect();
        let packages = packages(manifests);
        let placed = place(&paths, &packages);
        let lines: Vec<String> = paths
            .iter()
            .zip(placed)
            .map(|(path, it)| {
                let package = it.package.map_or("-", |it| packages[it].name.as_str());
                let directory = if it.directory { "/" } else { "" };
                format!("{path}: {package} {}{directory}", it.path.join("."))
            })
            .collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn a_wheel_s_packages_stand_at_its_root() {
        check(
            &[],
            "app/__init__.py app/db.py google/cloud/x/__init__.py google/cloud/x/y.py single.py",
            expect![[r"
                app/__init__.py: - app/
                app/db.py: - app.db
                google/cloud/x/__init__.py: - google.cloud.x/
                google/cloud/x/y.py: - google.cloud.x.y
                single.py: - single"]],
        );
    }

    #[test]
    fn source_directories_do_not_show_in_names() {
        check(
            &[("pyproject.toml", "[project]\nname = 'my-app'\n")],
            "src/app/__init__.py src/app/a.py src/space/b.py tests/test_a.py conftest.py",
            expect![[r"
                src/app/__init__.py: my_app app/
                src/app/a.py: my_app app.a
                src/space/b.py: my_app space.b
                tests/test_a.py: my_app tests.test_a
                conftest.py: my_app conftest"]],
        );
    }

    #[test]
    fn several_projects_share_a_repository() {
        check(
            &[
                (
                    "services/a/pyproject.toml",
                    "[tool.poetry]\nname = 'a'\npackages = [{ include = 'pa', from = 'code' }]",
                ),
                ("services/b/setup.cfg", "[metadata]\nname = b\n[options]\npackage_dir =\n    = source\n"),
            ],
            "services/a/code/pa/__init__.py services/a/code/pa/x.py services/b/source/pb/y.py services/b/run.py tool.py",
            expect![[r"
                services/a/code/pa/__init__.py: a pa/
                services/a/code/pa/x.py: a pa.x
                services/b/source/pb/y.py: b pb.y
                services/b/run.py: b run
                tool.py: - tool"]],
        );
    }

    #[test]
    fn a_package_named_as_a_source_directory_is_a_package() {
        check(
            &[],
            "lib/__init__.py lib/a.py",
            expect![[r"
                lib/__init__.py: - lib/
                lib/a.py: - lib.a"]],
        );
    }
}
