//! What git knows: the merge base, files read from git's objects (nothing is checked out), and which lines are new.

mod command;

use command::{bytes, git, text};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::Stdio;

/// Files that git keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tree<'a> {
    /// Those of a commit.
    Commit(&'a str),
    /// Those that the next commit will have.
    Index,
}

/// What changed between a commit and a later state. Paths are relative to the folder that was asked about.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// New names and the old ones.
    pub(crate) renamed: BTreeMap<String, String>,
    /// Lines that are new, by file.
    pub(crate) added: BTreeMap<String, Vec<RangeInclusive<usize>>>,
}

/// The newest commit that `revision` and the current state share.
pub(crate) fn merge_base(folder: &Path, revision: &str) -> Result<String, String> {
    inside_repository(folder, "--diff-base")?;
    let known =
        text(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")]);
    let commit = known
        .map_err(|_| format!("git knows no revision `{revision}`; fetch it first: `git fetch origin {revision}`"))?;
    text(folder, &["merge-base", commit.trim(), "HEAD"]).map(|it| it.trim().to_owned()).map_err(|_| {
        let shallow = text(folder, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|it| it.trim() == "true");
        let remedy = if shallow { "this clone is shallow: `git fetch --unshallow`" } else { "they share no history" };
        format!("no common ancestor of `{revision}` and the current state; {remedy}")
    })
}

/// What the index is compared with: the last commit, or nothing in a repository that has none yet.
pub(crate) fn head(folder: &Path) -> Result<String, String> {
    let commit = text(folder, &["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
    let commit = commit.or_else(|_| text(folder, &["hash-object", "-t", "tree", "--stdin"]))?;
    Ok(commit.trim().to_owned())
}

fn index(folder: &Path) -> Result<Vec<u8>, String> {
    inside_repository(folder, "--staged")?;
    if !bytes(folder, &["ls-files", "--unmerged", "-z"])?.is_empty() {
        return Err("the index holds conflicts: resolve them and `git add` the files first".to_owned());
    }
    bytes(folder, &["ls-files", "--stage", "-z", "--", "."])
}

fn inside_repository(folder: &Path, option: &str) -> Result<(), String> {
    match text(folder, &["rev-parse", "--is-inside-work-tree"]) {
        Ok(_) => Ok(()),
        Err(reason) if reason.contains("not a git repository") => {
            Err(format!("`{option}` needs a git repository, and {} is in none", folder.display()))
        }
        Err(reason) => Err(reason),
    }
}

/// The files of a tree below the folder that are wanted, with their bytes.
pub(crate) fn files(
    folder: &Path,
    tree: Tree<'_>,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u8>)>, String> {
    let listing = match tree {
        Tree::Commit(commit) => bytes(folder, &["ls-tree", "-r", "-z", commit, "."])?,
        Tree::Index => index(folder)?,
    };
    let mut found: Vec<(String, String)> = Vec::new();
    for entry in String::from_utf8_lossy(&listing).split('\0') {
        // A commit's is `<mode> blob <object>\t<path>`, the index's `<mode> <object> 0\t<path>`; links and submodules are no files.
        let Some((head, path)) = entry.split_once('\t') else { continue };
        let parts: Vec<&str> = head.split(' ').collect();
        if let [mode, "blob", object] | [mode, object, "0"] = parts[..]
            && mode.starts_with("100")
            && wanted(path)
        {
            found.push((path.to_owned(), object.to_owned()));
        }
    }
    let contents = blobs(folder, found.iter().map(|it| it.1.as_str()).collect())?;
    Ok(found.into_iter().map(|it| it.0).zip(contents).collect())
}

/// The bytes of objects, in order, from one process.
fn blobs(folder: &Path, objects: Vec<&str>) -> Result<Vec<Vec<u8>>, String> {
    let mut command = git(folder, &["cat-file", "--batch"]);
    let mut child = command.stdin(Stdio::piped()).spawn().map_err(|err| format!("cannot start git: {err}"))?;
    let mut stdin = child.stdin.take().ok_or("git takes no input")?;
    let wanted = objects.iter().map(|it| format!("{it}\n")).collect::<Vec<_>>().concat();
    // Git answers while it is still being asked, so asking must not wait for the answers to be read.
    let asking = std::thread::spawn(move || stdin.write_all(wanted.as_bytes()));
    let output = child.wait_with_output().map_err(|err| format!("git cat-file fails: {err}"))?;
    let _ = asking.join();
    let mut rest = output.stdout.as_slice();
    let mut out = Vec::with_capacity(objects.len());
    for object in objects {
        let unreadable = || format!("git cannot read the object {object}; a partial clone may lack it");
        let end = rest.iter().position(|&it| it == b'\n').ok_or_else(unreadable)?;
        let header = String::from_utf8_lossy(&rest[..end]).into_owned();
        let size: usize = header.rsplit(' ').next().and_then(|it| it.parse().ok()).ok_or_else(unreadable)?;
        let content = rest.get(end + 1..end + 1 + size).ok_or_else(unreadable)?;
        out.push(content.to_vec());
        rest = rest.get(end + 2 + size..).unwrap_or_default();
    }
    Ok(out)
}

/// What is different in the working tree, or in the index.
pub(crate) fn changes(folder: &Path, commit: &str, index: bool) -> Result<Changes, String> {
    let diff = command::diff(folder, commit, index)?;
    Ok(parse(&String::from_utf8_lossy(&diff)))
}

/// Reads a diff without context.
pub(crate) fn parse(diff: &str) -> Changes {
    let mut changes = Changes::default();
    let (mut file, mut old) = (None, None);
    let mut inside = false;
    for line in diff.lines() {
        if line.starts_with("diff --git ") {
            (file, inside) = (None, false);
        } else if let Some(hunk) = line.strip_prefix("@@ ") {
            inside = true;
            if let (Some(file), Some(range)) = (&file, added(hunk)) {
                changes.added.entry(String::clone(file)).or_default().push(range);
            }
        } else if inside {
            // A line of code may look like a header.
        } else if let Some(name) = line.strip_prefix("rename from ") {
            old = Some(unquoted(name));
        } else if let Some(name) = line.strip_prefix("rename to ") {
            if let Some(old) = old.take() {
                changes.renamed.insert(unquoted(name), old);
            }
        } else if let Some(name) = line.strip_prefix("+++ ") {
            file = unquoted(name).strip_prefix("b/").map(str::to_owned);
        }
    }
    changes
}

/// A name as a header of a diff spells it: in quotes, with escapes, where it holds a quote, a backslash or a control character.
fn unquoted(name: &str) -> String {
    let Some(inside) = name.strip_prefix('"').and_then(|it| it.strip_suffix('"')) else {
        return name.trim_end_matches('\t').to_owned();
    };
    let mut out = Vec::new();
    let mut rest = inside.bytes();
    while let Some(byte) = rest.next() {
        let escaped = if byte == b'\\' { rest.next() } else { None };
        out.push(match escaped {
            None => byte,
            Some(b'a') => 7,
            Some(b'b') => 8,
            Some(b't') => b'\t',
            Some(b'n') => b'\n',
            Some(b'v') => 11,
            Some(b'f') => 12,
            Some(b'r') => b'\r',
            Some(digit @ b'0'..=b'3') => {
                rest.by_ref().take(2).fold(digit - b'0', |sum, it| (sum << 3) | (it.wrapping_sub(b'0') & 7))
            }
            Some(other) => other,
        });
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// `-3,0 +4,2 @@ …` adds the lines 4 and 5.
fn added(hunk: &str) -> Option<RangeInclusive<usize>> {
    let range = hunk.split(' ').find_map(|it| it.strip_prefix('+'))?;
    let (start, count) = range.split_once(',').unwrap_or((range, "1"));
    let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
    (count > 0).then(|| start..=start.saturating_add(count - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_lines_and_new_names_are_read_from_a_diff() {
        let diff = "diff --git a/old.py b/new.py\nsimilarity index 90%\nrename from old.py\nrename to new.py\n--- a/old.py\n+++ b/new.py\n\
            @@ -3,0 +4,2 @@ def f():\n+++ b/fake.py\n+x\n@@ -9 +11 @@\n-a\n+b\n@@ -20,2 +21,0 @@\n-c\n-d\n";
        let changes = parse(diff);
        assert_eq!(changes.renamed.get("new.py").map(String::as_str), Some("old.py"));
        assert_eq!(changes.added, BTreeMap::from([("new.py".to_owned(), vec![4..=5, 11..=11])]));
    }

    #[test]
    fn odd_names_are_read_as_they_are() {
        assert_eq!(unquoted("\"b/a\\n\\\"\\\\\\033\\303\\251.py\""), "b/a\n\"\\\u{1b}\u{e9}.py");
        assert_eq!(unquoted("b/with space.py\t"), "b/with space.py");
    }
}
