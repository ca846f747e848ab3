//! Paths as the reader of the output knows them: relative to the directory that the command was run in.

use blocklint_engine::finding::{Analysis, Place};
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// `root` as seen from `from`, with `/`; empty when they are the same. Both are absolute and normal.
pub(crate) fn relative(root: &Path, from: &Path) -> String {
    let shared = root.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return with_slashes(root);
    }
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = root.components().skip(shared).map(|it| it.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// A path with `/` between its parts, whatever the system writes.
pub(crate) fn with_slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// An absolute path without `.` and `..`, without asking the disk: links keep the names that the user knows.
pub(crate) fn normal(path: &Path, cwd: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in cwd.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Puts `prefix` before every path of the analysis.
pub(crate) fn relocate(analysis: &mut Analysis, prefix: &str) {
    if prefix.is_empty() {
        return;
    }
    let mut known: HashMap<Arc<str>, Arc<str>> = HashMap::new();
    let mut moved = |file: &mut Arc<str>| {
        let place = known.entry(file.clone()).or_insert_with(|| format!("{prefix}/{file}").into());
        *file = place.clone();
    };
    let mut move_place = |place: &mut Place| moved(&mut place.file);
    for finding in &mut analysis.findings {
        move_place(&mut finding.place);
        for step in finding.chain.iter_mut().chain(finding.other_chains.iter_mut().flatten()) {
            move_place(&mut step.place);
        }
    }
    for error in &mut analysis.errors {
        moved(&mut error.file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_the_working_directory() {
        let seen = |root: &str, from: &str| relative(Path::new(root), Path::new(from));
        assert_eq!(seen("/a/b", "/a/b"), "");
        assert_eq!(seen("/a/b/c", "/a/b"), "c");
        assert_eq!(seen("/a/x", "/a/b/c"), "../../x");
    }

    #[test]
    fn dots_are_taken_out() {
        assert_eq!(normal(Path::new("../x/./y"), Path::new("/a/b")), Path::new("/a/x/y"));
    }
}
