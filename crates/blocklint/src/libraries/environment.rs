//! Where Python's installed libraries are, and which of them a file belongs to: by the records that installers leave.

use crate::options::Options;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Installed libraries.
#[derive(Debug, Default)]
pub(super) struct Environment {
    /// Directories with packages, in the order of lookup.
    pub(super) folders: Vec<PathBuf>,
    /// Name and version.
    pub(super) libraries: Vec<(String, String)>,
    /// By file below its folder, with `/`: the library.
    owners: HashMap<String, usize>,
}

impl Environment {
    /// The environment that was named, else the active one, else the project's `.venv` or `venv`. `None` when there is none.
    pub(super) fn find(root: &Path, options: &Options) -> Result<Option<Self>, String> {
        if let Some(named) = &options.python_env {
            let folders = site_packages(named);
            if folders.is_empty() {
                let shown = named.display();
                return Err(format!("no site-packages in {shown}: `--python-env` takes a virtual environment"));
            }
            return Ok(Some(Self::read(folders)));
        }
        let active = active().map(|it| site_packages(&it)).filter(|it| !it.is_empty());
        let beside = || {
            let names = root.ancestors().flat_map(|it| [it.join(".venv"), it.join("venv")]);
            names.map(|it| site_packages(&it)).find(|it| !it.is_empty())
        };
        Ok(active.or_else(beside).map(Self::read))
    }

    fn read(folders: Vec<PathBuf>) -> Self {
        let mut environment = Self::default();
        for folder in &folders {
            let mut records: Vec<PathBuf> = entries(folder).filter(|it| it.join("RECORD").is_file()).collect();
            records.sort();
            for record in &records {
                environment.add(record);
            }
        }
        environment.folders = folders;
        environment
    }

    fn add(&mut self, record: &Path) {
        let Some((name, version)) = record.file_stem().and_then(|it| it.to_str()).and_then(|it| it.split_once('-'))
        else {
            return;
        };
        let Ok(text) = fs::read_to_string(record.join("RECORD")) else { return };
        let library = self.libraries.len();
        self.libraries.push((name.to_owned(), version.to_owned()));
        for line in text.lines() {
            // `path,hash,size`; a path with a comma is quoted, and is no module.
            let path = line.split(',').next().unwrap_or_default();
            if Path::new(path).extension().is_some_and(|it| it == "py") {
                self.owners.entry(path.to_owned()).or_insert(library);
            }
        }
    }

    /// The library that a file below a folder belongs to.
    pub(super) fn owner(&self, below: &str) -> Option<usize> {
        self.owners.get(below).copied()
    }
}

/// The directories with packages of a virtual environment, or the directory itself when it is one.
fn site_packages(environment: &Path) -> Vec<PathBuf> {
    if environment.file_name().is_some_and(|it| it == "site-packages" || it == "dist-packages") {
        return Some(environment.to_owned()).into_iter().filter(|it| it.is_dir()).collect();
    }
    let unix = ["lib", "lib64"].map(|it| environment.join(it));
    let versions = unix.iter().flat_map(|it| entries(it)).map(|it| it.join("site-packages"));
    let mut found: Vec<PathBuf> =
        versions.chain([environment.join("Lib/site-packages")]).filter(|it| it.is_dir()).collect();
    // `lib64` is a link to `lib` on most systems.
    found.sort();
    let mut real: Vec<PathBuf> = Vec::new();
    found.retain(|it| {
        let path = fs::canonicalize(it).unwrap_or_else(|_| it.clone());
        let new = !real.contains(&path);
        real.push(path);
        new
    });
    found
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path())
}

fn active() -> Option<PathBuf> {
    std::env::var_os("VIRTUAL_ENV").filter(|it| !it.is_empty()).map(PathBuf::from)
}
