//! The workspace that a package is a member of. Members call each other, so that all of them are one project.

use crate::config::{has_table, table_at};
use crate::places::normal;
use ignore::overrides::OverrideBuilder;
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// Manifests that may name a workspace, and where they do.
const KINDS: [(&str, &[&str]); 2] = [("Cargo.toml", &["workspace"]), ("pyproject.toml", &["tool", "uv", "workspace"])];

/// Names that mark the top of a repository: what stands above it is somebody else's.
const REPOSITORIES: [&str; 2] = [".git", ".hg"];

/// The root of the workspace that a package is a member of, as cargo and uv find it; `None` where it is in none, is the root itself, or
/// has a configuration of its own.
pub(super) fn workspace_of(package: &Path) -> Option<PathBuf> {
    if has_table(package) {
        return None;
    }
    KINDS.iter().find_map(|&(name, place)| {
        let own = manifest(package, name)?;
        if table_at(&own, place).is_some() {
            return None;
        }
        let mut roots = above(package).filter_map(|root| Some((root, manifest(root, name)?)));
        let (root, manifest) = roots.find(|it| table_at(&it.1, place).is_some())?;
        takes(table_at(&manifest, place)?, root, &manifest, package).then(|| root.to_owned())
    })
}

/// The directories above, as far as the repository goes.
fn above(package: &Path) -> impl Iterator<Item = &Path> {
    let is_top = |it: &Path| REPOSITORIES.iter().any(|mark| it.join(mark).exists());
    let mut below = Some(package);
    package.ancestors().skip(1).take_while(move |&it| !below.replace(it).is_some_and(is_top))
}

fn manifest(folder: &Path, name: &str) -> Option<Table> {
    fs::read_to_string(folder.join(name)).ok()?.parse().ok()
}

/// Whether a workspace has the package: it lists it, or, as cargo has it, its root depends on it.
fn takes(workspace: &Table, root: &Path, manifest: &Table, package: &Path) -> bool {
    let Ok(inside) = package.strip_prefix(root) else { return false };
    let listed =
        |key: &str| workspace.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let matches = |pattern: &str| {
        let mut patterns = OverrideBuilder::new(root);
        let anchored = format!("/{}", pattern.trim_start_matches("./"));
        let built = patterns.add(&anchored).and_then(|it| it.build());
        built.is_ok_and(|it| it.matched(inside, true).is_whitelist())
    };
    let depends = |table: &Table| {
        let dependencies = table.get("dependencies").and_then(Value::as_table).into_iter().flatten();
        let mut paths = dependencies.filter_map(|it| it.1.get("path")?.as_str());
        paths.any(|it| normal(Path::new(it), root) == *package)
    };
    let member = listed("members").any(matches) || depends(workspace) || depends(manifest);
    member && !listed("exclude").any(matches)
}
