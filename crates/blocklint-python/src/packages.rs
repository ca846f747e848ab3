//! Which packages a tree holds: all that its manifests say of each directory.

use crate::manifest::{self, Manifest};
use crate::setup_cfg;
use blocklint_ir::Package;
use std::collections::BTreeMap;

/// The packages that manifests (`pyproject.toml`, `setup.cfg`, `setup.py`; path and text) describe, by directory.
pub fn packages(files: &[(&str, &str)]) -> Vec<Package> {
    let mut directories: BTreeMap<&str, Manifest> = BTreeMap::new();
    let mut sorted = files.to_vec();
    sorted.sort_unstable();
    for (path, text) in sorted {
        let (directory, file) = path.rsplit_once('/').unwrap_or(("", path));
        let manifest = match file {
            "pyproject.toml" => manifest::pyproject(text),
            "setup.cfg" => setup_cfg::cfg(text),
            "setup.py" => setup_cfg::script(text),
            _ => continue,
        };
        directories.entry(directory).or_default().merge(manifest);
    }
    directories.into_iter().filter(|it| it.1.describes).map(|(directory, it)| it.package(directory)).collect()
}
