//! Which of the tables' knowledge the corpus never needed: a list for people who wonder whether a path is written as it is used.
//!
//! The tool itself reports users' facts that match nothing, so it is given the shipped tables as a user's own.

use crate::corpus;
use anyhow::{Context as _, Result, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the tool says behind the place and the path of a fact.
const ABSENT: &str = "matches nothing in the checked program";

/// Checks every release, and the programs in more folders, and lists what matched in none, by table.
pub(crate) fn run(root: &Path, binary: Option<PathBuf>, more: &[PathBuf]) -> Result<()> {
    let binary = corpus::binary(root, binary)?;
    let mut releases = corpus::releases(root)?;
    for folder in more {
        let programs = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
        releases.extend(programs.filter_map(|it| it.ok().map(|it| it.path())).filter(|it| it.is_dir()));
    }
    let mut never: Option<BTreeSet<Said>> = None;
    for folder in &releases {
        let here = unmatched(&binary, root, folder).with_context(|| format!("cannot check {}", folder.display()))?;
        let Some(here) = here else { continue };
        never = Some(match never {
            Some(never) => never.intersection(&here).cloned().collect(),
            None => here,
        });
    }
    let never = never.unwrap_or_default();
    let mut table = "";
    for (file, line, column, path) in &never {
        if file != table {
            println!("{file}");
            table = file;
        }
        println!("  {line}:{column}: {path}");
    }
    println!("{} paths of the tables match nothing in {} programs", never.len(), releases.len());
    Ok(())
}

/// Table, line, column and path.
type Said = (String, usize, usize, String);

/// Everything that matches nothing in one program; `None` where there is no source in it.
fn unmatched(binary: &Path, root: &Path, folder: &Path) -> Result<Option<BTreeSet<Said>>> {
    let tables = root.join("rules/apis");
    let mut command = Command::new(binary);
    command
        .args(["check", "--isolated", "--no-cache", "--output-format", "concise", "--rule-dirs"])
        .arg(&tables)
        .arg(".");
    let output = command.current_dir(folder).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("nothing was checked") {
        return Ok(None);
    }
    ensure!(matches!(output.status.code(), Some(0 | 1)), "{}", said.trim());
    let lines = said.lines().filter(|it| it.ends_with(ABSENT));
    Ok(Some(lines.filter_map(|line| parsed(line, &tables)).collect()))
}

/// `blocklint: rules/apis/python/redis.toml:7:9: `redis.Redis.*` matches nothing in the checked program`
fn parsed(line: &str, tables: &Path) -> Option<Said> {
    let line = line.strip_prefix("blocklint: ")?;
    let (place, rest) = line.split_once(": `")?;
    let path = rest.strip_suffix(ABSENT)?.trim_end().strip_suffix('`')?;
    let mut parts = place.rsplitn(3, ':');
    let (column, line, file) = (parts.next()?, parts.next()?, parts.next()?);
    // The tool shows a path as it is seen from the release, or whole where that is far.
    let below = file.split("rules/apis/").last().filter(|it| tables.join(it).is_file())?;
    Some((below.to_owned(), line.parse().ok()?, column.parse().ok()?, path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_tool_says_is_read() {
        let tables = crate::root().join("rules/apis");
        let line = "blocklint: ../../rules/apis/python/redis.toml:7:9: `redis.{Redis,RedisCluster}.*` matches nothing in the checked program";
        let expected = ("python/redis.toml".to_owned(), 7, 9, "redis.{Redis,RedisCluster}.*".to_owned());
        assert_eq!(parsed(line, &tables), Some(expected));
        assert_eq!(parsed("blocklint: something else", &tables), None);
    }
}
