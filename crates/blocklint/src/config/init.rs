//! `blocklint init`: a configuration to start from, in which every line says what holds anyway. It is written where the project's users
//! look for it, and never over what is there.

use super::keys::{KEYS, Key};
use super::{FILES, Reader};
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

/// Writes the configuration of a directory, and says where.
pub(crate) fn write(folder: &Path) -> Result<String, String> {
    let reader = Reader { cwd: folder };
    for name in FILES {
        let path = folder.join(name);
        if path.is_file() && reader.read(&path)?.is_some() {
            return Err(format!("{name} configures blocklint already; `blocklint config` shows what is in force"));
        }
    }
    let manifest = folder.join("pyproject.toml");
    if manifest.is_file() {
        append(&manifest, &format!("\n[tool.blocklint]\n{}", body()))?;
        return Ok(
            "added [tool.blocklint] to pyproject.toml; take the `#` from a line to change what it says\n".to_owned()
        );
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(folder.join("blocklint.toml"))
        .map_err(|err| format!("cannot write blocklint.toml: {err}"))?;
    file.write_all(body().as_bytes()).map_err(|err| format!("cannot write blocklint.toml: {err}"))?;
    Ok("wrote blocklint.toml; take the `#` from a line to change what it says\n".to_owned())
}

fn append(file: &Path, text: &str) -> Result<(), String> {
    let opened = OpenOptions::new().append(true).open(file);
    let written = opened.and_then(|mut it| it.write_all(text.as_bytes()));
    written.map_err(|err| format!("cannot write {}: {err}", file.display()))
}

/// Every key: what it does, and its default, or an example where it has none.
fn body() -> String {
    let mut out = String::from(
        "# What stands here holds without a word from you: each key with its default, or with an example where it has none.\n\
         # `blocklint config` shows what is in force and why; `blocklint schema config` prints a schema for editors.\n",
    );
    for key in KEYS {
        let _ = writeln!(out, "\n# {}.", bare(key));
        let _ = match key.default {
            Some(default) => writeln!(out, "# {} = {default}", key.name),
            None => writeln!(out, "# Not set; for example:\n# {} = {}", key.name, key.example),
        };
    }
    out
}

/// The help, which says the default where the next line does not.
fn bare(key: &Key) -> &str {
    key.help.split(" [default").next().unwrap_or(key.help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::Settings;

    /// The keys and values that the comments hold, and whether each is called an example.
    fn commented() -> Vec<(&'static Key, String, bool)> {
        let text = body();
        let lines: Vec<&str> = text.lines().collect();
        let assignment = |at: usize| {
            let line = lines[at].strip_prefix("# ")?;
            let key = KEYS.iter().find(|it| line.starts_with(&format!("{} = ", it.name)))?;
            Some((key, line.to_owned(), lines[at - 1].contains("for example")))
        };
        (1..lines.len()).filter_map(assignment).collect()
    }

    #[test]
    fn what_is_written_changes_nothing() {
        assert!(toml::from_str::<toml::Table>(&body()).unwrap().is_empty());
    }

    #[test]
    fn every_commented_line_is_a_default_or_called_an_example() {
        let reader = Reader { cwd: Path::new("") };
        let lines = commented();
        assert_eq!(lines.len(), KEYS.len());
        for (key, line, example) in lines {
            let text = if key.name == "extend" { "" } else { &line };
            let settings = Settings::new([], reader.inline(text).unwrap());
            let shown: Vec<String> = settings.all(key.name).map(|it| it.value.toml()).collect();
            assert_eq!(key.default.is_none(), example, "{line}");
            assert!(example || key.default == shown.first().map(String::as_str), "{line} reads {shown:?}");
        }
    }
}
