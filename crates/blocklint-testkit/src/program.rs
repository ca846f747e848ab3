//! A program of several files.

use crate::marker::{Marker, markers};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// Its path inside the program, with `/`.
    pub path: String,
    /// Its text, markers included: they are comments.
    pub text: String,
}

/// Files that are analysed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// What a failing test calls it.
    pub name: String,
    /// The files, manifests included, by path.
    pub files: Vec<SourceText>,
}

/// A Rust example without a manifest is this package.
const IMPLICIT_MANIFEST: &str = "[package]\nname = \"example\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\ntokio = { version = \"1\", features = [\"full\"] }\n";

impl Program {
    /// Sorts the files, and gives Rust code a manifest when it has none.
    pub fn new(name: impl Into<String>, mut files: Vec<SourceText>) -> Self {
        let rust = files.iter().any(|it| Path::new(&it.path).extension().is_some_and(|it| it == "rs"));
        let manifest = files.iter().any(|it| it.path.ends_with("Cargo.toml"));
        if rust && !manifest {
            files.push(SourceText { path: "Cargo.toml".to_owned(), text: IMPLICIT_MANIFEST.to_owned() });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { name: name.into(), files }
    }

    /// Paths and texts as the analysis takes them.
    pub fn texts(&self) -> Vec<(&str, &str)> {
        self.files.iter().map(|it| (it.path.as_str(), it.text.as_str())).collect()
    }

    /// What must be found, by place.
    pub fn markers(&self) -> Result<Vec<Marker>, String> {
        let mut out = Vec::new();
        for file in &self.files {
            out.extend(markers(&file.path, &file.text)?);
        }
        Ok(out)
    }

    /// Reads every program under `root`: the folders two levels down, `case/variant`, by name.
    pub fn read_all(root: &Path) -> io::Result<Vec<Self>> {
        let mut out = Vec::new();
        for case in folders(root)? {
            for variant in folders(&case)? {
                let mut files = Vec::new();
                read_into(&variant, &variant, &mut files)?;
                let name = variant.strip_prefix(root).unwrap_or(&variant).to_string_lossy().replace('\\', "/");
                out.push(Self::new(name, files));
            }
        }
        Ok(out)
    }
}

fn folders(root: &Path) -> io::Result<Vec<PathBuf>> {
    Ok(entries(root)?.into_iter().filter(|it| it.is_dir()).collect())
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut out: Vec<PathBuf> = fs::read_dir(folder)?.map(|it| it.map(|it| it.path())).collect::<io::Result<_>>()?;
    out.sort();
    Ok(out)
}

fn read_into(root: &Path, folder: &Path, out: &mut Vec<SourceText>) -> io::Result<()> {
    for entry in entries(folder)? {
        if entry.is_dir() {
            read_into(root, &entry, out)?;
        } else if entry.extension().is_some_and(|it| ["py", "pyi", "rs", "toml"].iter().any(|known| it == *known)) {
            let path = entry.strip_prefix(root).unwrap_or(&entry).to_string_lossy().replace('\\', "/");
            out.push(SourceText { path, text: fs::read_to_string(&entry)? });
        }
    }
    Ok(())
}
