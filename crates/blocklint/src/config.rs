//! The project's configuration: the closest `.blocklint.toml`, `blocklint.toml`, `[tool.blocklint]` of `pyproject.toml` or
//! `[workspace.metadata.blocklint]`/`[package.metadata.blocklint]` of `Cargo.toml`. Nothing is merged; what is not understood is an error.

use crate::options::Profile;
use blocklint_catalog::nearest;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// What a configuration may say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Config {
    /// The profile.
    pub(crate) profile: Option<Profile>,
    /// Rules to report.
    pub(crate) select: Vec<String>,
    /// Rules not to report.
    pub(crate) ignore: Vec<String>,
    /// Gitignore patterns of files not to read.
    pub(crate) exclude: Vec<String>,
    /// The least severity.
    pub(crate) min_severity: Option<String>,
    /// The least confidence.
    pub(crate) min_confidence: Option<String>,
    /// Comments that silence findings must say why.
    pub(crate) require_reason: bool,
    /// Where the rules' pages are served.
    pub(crate) docs_url: Option<String>,
    /// Read the sources of libraries too.
    pub(crate) with_deps: bool,
    /// The virtual environment that holds the Python libraries.
    pub(crate) python_env: Option<PathBuf>,
    /// The directory that holds the sources of crates.
    pub(crate) crate_sources: Option<PathBuf>,
}

impl Config {
    /// Paths in a file are relative to it.
    fn anchored(mut self, file: &Path) -> Self {
        let folder = file.parent().unwrap_or(Path::new(""));
        for path in [&mut self.python_env, &mut self.crate_sources].into_iter().flatten() {
            *path = folder.join(&*path);
        }
        self
    }
}

const KEYS: [&str; 11] = [
    "profile",
    "select",
    "ignore",
    "exclude",
    "min-severity",
    "min-confidence",
    "require-reason",
    "docs-url",
    "with-deps",
    "python-env",
    "crate-sources",
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Manifest {
    tool: Table,
    package: Metadata,
    workspace: Metadata,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Metadata {
    metadata: Table,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Table {
    blocklint: Option<Config>,
}

/// The configuration in force for a root, and the file it stands in.
pub(crate) fn closest(root: &Path) -> Result<Option<(Config, PathBuf)>, String> {
    for folder in root.ancestors() {
        for name in [".blocklint.toml", "blocklint.toml", "pyproject.toml", "Cargo.toml"] {
            let path = folder.join(name);
            if path.is_file()
                && let Some(config) = read(&path)?
            {
                return Ok(Some((config, path)));
            }
        }
    }
    Ok(None)
}

/// Reads one file; `None` when it is a manifest that does not speak of this tool.
pub(crate) fn read(path: &Path) -> Result<Option<Config>, String> {
    let text = fs::read_to_string(path).map_err(|err| format!("cannot read {}: {err}", path.display()))?;
    parse(&path.file_name().unwrap_or_default().to_string_lossy(), &text)
        .map(|it| it.map(|it| it.anchored(path)))
        .map_err(|reason| format!("cannot read {}: {reason}", path.display()))
}

fn parse(name: &str, text: &str) -> Result<Option<Config>, String> {
    if !matches!(name, "pyproject.toml" | "Cargo.toml") {
        return toml::from_str(text).map(Some).map_err(|err| explain(&err));
    }
    // A manifest that is broken for others' reasons is theirs to complain about.
    if !text.contains("blocklint") {
        return Ok(None);
    }
    let manifest: Manifest = toml::from_str(text).map_err(|err| explain(&err))?;
    Ok(manifest.tool.blocklint.or(manifest.workspace.metadata.blocklint).or(manifest.package.metadata.blocklint))
}

fn explain(err: &toml::de::Error) -> String {
    let unknown = err.message().strip_prefix("unknown field `").and_then(|it| it.split_once('`')).map(|it| it.0);
    let hint =
        unknown.and_then(|it| nearest(it, KEYS)).map_or_else(String::new, |it| format!("did you mean `{it}`?\n"));
    format!("{}{hint}", err.to_string().trim_end().to_owned() + "\n").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_may_hold_the_configuration() {
        let config = Config { select: vec!["BL0".to_owned()], ..Config::default() };
        for (name, table) in [
            ("blocklint.toml", ""),
            ("pyproject.toml", "[tool.blocklint]\n"),
            ("Cargo.toml", "[package.metadata.blocklint]\n"),
            ("Cargo.toml", "[workspace.metadata.blocklint]\n"),
        ] {
            assert_eq!(parse(name, &format!("{table}select = [\"BL0\"]\n")), Ok(Some(config.clone())), "{name}");
        }
        assert_eq!(parse("pyproject.toml", "[project]\nname = \"x\"\n"), Ok(None));
    }

    #[test]
    fn paths_are_relative_to_the_file_that_names_them() {
        let config = parse("blocklint.toml", "python-env = \".venv\"\n").unwrap().unwrap();
        let anchored = config.anchored(Path::new("project/blocklint.toml"));
        assert_eq!(anchored.python_env, Some(PathBuf::from("project/.venv")));
    }

    #[test]
    fn a_misspelt_key_is_an_error_that_says_what_was_meant() {
        let reason = parse("pyproject.toml", "[tool.blocklint]\nslect = []\n").unwrap_err();
        assert!(reason.contains("line 2") && reason.contains("did you mean `select`?"), "{reason}");
    }
}
