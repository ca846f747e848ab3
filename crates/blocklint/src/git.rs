//! What git knows: the merge base, its files read from git's objects (nothing is checked out), and which lines are new since.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::{Command, Stdio};

/// What changed between a commit and the working tree. Paths are relative to the folder that was asked about.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// New names and the old ones.
    pub(crate) renamed: BTreeMap<String, String>,
    /// Lines that are new, by file.
    pub(crate) added: BTreeMap<String, Vec<RangeInclusive<usize>>>,
}

/// The newest commit that `revision` and the current state share.
pub(crate) fn merge_base(folder: &Path, revision: &str) -> Result<String, String> {
    let inside = text(folder, &["rev-parse", "--is-inside-work-tree"]);
    inside.map_err(|_| format!("`--diff-base` needs a git repository, and {} is in none", folder.display()))?;
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

/// The files of a commit below the folder that are wanted, with their bytes.
pub(crate) fn files(
    folder: &Path,
    commit: &str,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u8>)>, String> {
    let listing = bytes(folder, &["ls-tree", "-r", "-z", commit, "."])?;
    let mut found: Vec<(String, String)> = Vec::new();
    for entry in String::from_utf8_lossy(&listing).split('\0') {
        // `<mode> <type> <object>\t<path>`; links and submodules are no files.
        let Some((head, path)) = entry.split_once('\t') else { continue };
        let parts: Vec<&str> = head.split(' ').collect();
        if let [mode, "blob", object] = parts[..]
            && mode != "120000"
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

/// What is different in the working tree.
pub(crate) fn changes(folder: &Path, commit: &str) -> Result<Changes, String> {
    let plain = ["-c", "core.quotePath=off", "diff", "--no-color", "--no-ext-diff", "--relative", "--find-renames"];
    let diff =
        bytes(folder, &[&plain[..], &["-U0", "--src-prefix=a/", "--dst-prefix=b/", commit, "--", "."]].concat())?;
    Ok(parse(&String::from_utf8_lossy(&diff)))
}

fn parse(diff: &str) -> Changes {
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
            old = Some(name.to_owned());
        } else if let Some(name) = line.strip_prefix("rename to ") {
            if let Some(old) = old.take() {
                changes.renamed.insert(name.to_owned(), old);
            }
        } else if let Some(name) = line.strip_prefix("+++ b/") {
            file = Some(name.trim_end_matches('\t').to_owned());
        }
    }
    changes
}

/// `-3,0 +4,2 @@ …` adds the lines 4 and 5.
fn added(hunk: &str) -> Option<RangeInclusive<usize>> {
    let range = hunk.split(' ').find_map(|it| it.strip_prefix('+'))?;
    let (start, count) = range.split_once(',').unwrap_or((range, "1"));
    let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
    (count > 0).then(|| start..=start + count - 1)
}

fn text(folder: &Path, args: &[&str]) -> Result<String, String> {
    bytes(folder, args).map(|it| String::from_utf8_lossy(&it).into_owned())
}

fn bytes(folder: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    let output = git(folder, args).output().map_err(|err| format!("cannot start git: {err}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(format!("git {} fails: {}", args.first().unwrap_or(&""), String::from_utf8_lossy(&output.stderr).trim()))
}

fn git(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(args).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
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
}
