//! The project's configuration: the closest `.blocklint.toml`, `blocklint.toml`, `[tool.blocklint]` of `pyproject.toml` or
//! `[workspace.metadata.blocklint]`/`[package.metadata.blocklint]` of `Cargo.toml`, and what that one extends. What is not understood
//! is an error with its place.

pub(crate) mod flags;
pub(crate) mod init;
pub(crate) mod keys;
pub(crate) mod own;
#[cfg(test)]
mod reference;
pub(crate) mod schema;
pub(crate) mod settings;
pub(crate) mod value;

use crate::places::{normal, shown_from};
use blocklint_catalog::Error;
use blocklint_catalog::section::{Section, Source, document};
use std::fs;
use std::path::{Path, PathBuf};
use value::{Layer, Value, layer};

/// Names of files that hold nothing else, and of manifests that may hold a table of ours.
const FILES: [&str; 4] = [".blocklint.toml", "blocklint.toml", "pyproject.toml", "Cargo.toml"];

/// Where a table of ours may stand in a file, by its name.
pub(crate) fn tables(name: &str) -> &'static [&'static [&'static str]] {
    match name {
        "pyproject.toml" => &[&["tool", "blocklint"]],
        "Cargo.toml" => &[&["workspace", "metadata", "blocklint"], &["package", "metadata", "blocklint"]],
        _ => &[&[]],
    }
}

/// A configuration that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Configuration {
    /// The file; `None` for `--config 'key = value'`.
    pub(crate) path: Option<PathBuf>,
    /// As messages call it.
    pub(crate) shown: String,
    /// Its text, for the facts in it.
    pub(crate) text: String,
    /// Where in the file it stands.
    pub(crate) below: &'static [&'static str],
    /// What it says.
    pub(crate) layer: Layer,
}

/// Where messages and relative paths begin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'c> {
    pub(crate) cwd: &'c Path,
}

impl Reader<'_> {
    /// The closest configuration at or above a directory, then what it extends; empty when there is none.
    pub(crate) fn closest(&self, root: &Path) -> Result<Vec<Configuration>, String> {
        for folder in root.ancestors() {
            for name in FILES {
                let path = folder.join(name);
                if path.is_file()
                    && let Some(found) = self.read(&path)?
                {
                    return self.with_bases(found);
                }
            }
        }
        Ok(Vec::new())
    }

    /// A file that was named, then what it extends.
    pub(crate) fn named(&self, file: &Path) -> Result<Vec<Configuration>, String> {
        let path = normal(file, self.cwd);
        match self.read(&path)? {
            Some(found) => self.with_bases(found),
            None => Err(format!("{} has no table of blocklint's", self.shown(&path))),
        }
    }

    /// `--config 'key = value'`, then what it extends.
    pub(crate) fn inline(&self, text: &str) -> Result<Vec<Configuration>, String> {
        let source = Source { file: "--config", text };
        let read = document(source).and_then(|it| layer(&Section::root(source, it.get_ref()), None, self.cwd));
        let layer = read.map_err(|it| it.to_string())?;
        let shown = source.file.to_owned();
        self.with_bases(Configuration { path: None, shown, text: text.to_owned(), below: &[], layer })
    }

    fn with_bases(&self, first: Configuration) -> Result<Vec<Configuration>, String> {
        let mut chain = vec![first];
        while let Some(last) = chain.last()
            && let Some(given) = last.layer.get("extend")
            && let Value::Text(word) = &given.value
        {
            let path = normal(&given.origin.folder().join(&word.text), self.cwd);
            let place = word.place.as_ref().map_or_else(|| last.shown.clone(), ToString::to_string);
            if let Some(at) = chain.iter().position(|it| it.path.as_ref() == Some(&path)) {
                let circle: Vec<&str> = chain[at..].iter().map(|it| it.shown.as_str()).collect();
                return Err(format!(
                    "{place}: `extend` goes in a circle: {} > {}",
                    circle.join(" > "),
                    chain[at].shown
                ));
            }
            let read = self.read(&path).map_err(|it| format!("{place}: cannot extend {}: {it}", word.text))?;
            let base = read.ok_or_else(|| format!("{place}: {} has no table of blocklint's", self.shown(&path)))?;
            chain.push(base);
        }
        Ok(chain)
    }

    /// Reads one file; `None` when it is a manifest that does not speak of this tool.
    fn read(&self, path: &Path) -> Result<Option<Configuration>, String> {
        let shown = self.shown(path);
        let text = fs::read_to_string(path).map_err(|err| format!("cannot read {shown}: {err}"))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let folder = path.parent().unwrap_or(Path::new(""));
        let tables = tables(&name);
        // A manifest that is broken for others' reasons is theirs to complain about.
        if !tables.contains(&&[][..]) && !text.contains("blocklint") {
            return Ok(None);
        }
        let read = parse(Source { file: &shown, text: &text }, tables, folder).map_err(|it| it.to_string())?;
        Ok(read.map(|(below, layer)| Configuration { path: Some(path.to_owned()), below, layer, shown, text }))
    }

    /// A path as messages call it.
    pub(crate) fn shown(&self, path: &Path) -> String {
        shown_from(path, self.cwd)
    }
}

/// Whether a directory has a configuration of its own, right or wrong.
pub(crate) fn has_table(folder: &Path) -> bool {
    FILES.iter().any(|name| {
        let Ok(text) = fs::read_to_string(folder.join(name)) else { return false };
        let manifest: toml::Table = text.parse().unwrap_or_default();
        tables(name).iter().any(|it| table_at(&manifest, it).is_some())
    })
}

/// The table at a place inside of a manifest.
pub(crate) fn table_at<'m>(manifest: &'m toml::Table, place: &[&str]) -> Option<&'m toml::Table> {
    place.iter().try_fold(manifest, |at, key| at.get(*key)?.as_table())
}

/// Where a table of ours stands in a file, and what it says.
type Found = (&'static [&'static str], Layer);

/// Reads the first of these tables that the file has; `None` when it has none.
pub(crate) fn parse(
    source: Source<'_>,
    tables: &[&'static [&'static str]],
    folder: &Path,
) -> Result<Option<Found>, Error> {
    let document = document(source)?;
    for below in tables {
        let mut section = Some(Section::root(source, document.get_ref()));
        for key in *below {
            section = match section {
                Some(it) => it.section(key)?,
                None => None,
            };
        }
        if let Some(section) = section {
            return Ok(Some((below, layer(&section, Some(folder), folder)?)));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Option<String>, String> {
        let found = parse(Source { file: name, text }, tables(name), Path::new("")).map_err(|it| it.to_string())?;
        Ok(found.map(|it| {
            it.1.iter().map(|(key, it)| format!("{key} = {}", it.value.toml())).collect::<Vec<_>>().join(", ")
        }))
    }

    #[test]
    fn manifests_may_hold_the_configuration() {
        for (name, table) in [
            ("blocklint.toml", ""),
            ("pyproject.toml", "[tool.blocklint]\n"),
            ("Cargo.toml", "[package.metadata.blocklint]\n"),
            ("Cargo.toml", "[workspace.metadata.blocklint]\n"),
        ] {
            let text = format!("{table}select = [\"BL0\"]\n");
            assert_eq!(read(name, &text), Ok(Some("select = [\"BL0\"]".to_owned())), "{name}");
        }
        assert_eq!(read("pyproject.toml", "[project]\nname = \"x\"\n"), Ok(None));
    }

    #[test]
    fn a_misspelt_key_is_an_error_that_says_what_was_meant() {
        let reason = read("pyproject.toml", "[tool.blocklint]\nslect = []\n").unwrap_err();
        assert!(reason.starts_with("pyproject.toml:2:1: unknown key `slect`, did you mean `select`?"), "{reason}");
    }

    #[test]
    fn a_value_of_another_kind_is_an_error() {
        for (text, expected) in [
            ("threshold = \"soon\"\n", "blocklint.toml:1:13: `threshold` must be a time with its unit"),
            ("profile = \"strickt\"\n", "blocklint.toml:1:11: unknown profile \"strickt\", did you mean `strict`?"),
            ("select = \"BL0\"\n", "blocklint.toml:1:10: `select` must be a list of rules"),
            ("per-file-ignores = [\"x\"]\n", "blocklint.toml:1:20: `per-file-ignores` must be a table"),
        ] {
            let reason = read("blocklint.toml", text).unwrap_err();
            assert!(reason.starts_with(expected), "{reason}");
        }
    }
}
