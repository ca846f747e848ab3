//! Paths as the reader of the output knows them: relative to the directory that the command was run in.

use blocklint_engine::finding::Analysis;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What paths in libraries begin with.
pub(crate) const LIBRARY: &str = "dep:";

/// `root` as seen from `from`, with `/`. Both are absolute and normal.
fn relative(root: &Path, from: &Path) -> String {
    let shared = root.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return with_slashes(root);
    }
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = root.components().skip(shared).map(|it| it.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// A path as messages call it: from the working directory, or whole where that would lead far away.
pub(crate) fn shown_from(path: &Path, cwd: &Path) -> String {
    if path == cwd {
        return ".".to_owned();
    }
    let seen = relative(path, cwd);
    if seen.starts_with("../../..") { with_slashes(path) } else { seen }
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

/// Where the analysed root is, as seen from the working directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Places {
    /// Paths of the analysis are below it. Absolute.
    pub(crate) root: PathBuf,
    /// Paths of the output are relative to it. Absolute.
    pub(crate) cwd: PathBuf,
}

impl Places {
    /// The name in the output of a file of the analysis.
    pub(crate) fn shown(&self, file: &str) -> String {
        if self.root == self.cwd || file.starts_with(LIBRARY) {
            file.to_owned()
        } else {
            relative(&self.root.join(file), &self.cwd)
        }
    }

    /// Renames every path of the analysis.
    pub(crate) fn relocate(&self, analysis: &mut Analysis) {
        let mut known: HashMap<Arc<str>, Arc<str>> = HashMap::new();
        let mut rename = |file: &mut Arc<str>| {
            let shown = known.entry(file.clone()).or_insert_with(|| self.shown(file).into());
            *file = shown.clone();
        };
        for finding in &mut analysis.findings {
            rename(&mut finding.place.file);
            for step in finding.chain.iter_mut().chain(finding.other_chains.iter_mut().flatten()) {
                rename(&mut step.place.file);
            }
        }
        for error in &mut analysis.errors {
            rename(&mut error.file);
        }
        // `../a` and `b` may have changed places.
        analysis.findings.sort_by(|a, b| (&a.place, &a.code, &a.api).cmp(&(&b.place, &b.code, &b.api)));
        analysis.errors.sort_by(|a, b| (&a.file, a.span).cmp(&(&b.file, b.span)));
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
    fn a_directory_inside_a_package_shows_its_own_files_without_a_detour() {
        let places = Places { root: PathBuf::from("/a"), cwd: PathBuf::from("/a/package") };
        assert_eq!(places.shown("package/db.py"), "db.py");
        assert_eq!(places.shown("other/db.py"), "../other/db.py");
    }

    #[test]
    fn dots_are_taken_out() {
        assert_eq!(normal(Path::new("../x/./y"), Path::new("/a/b")), Path::new("/a/x/y"));
    }
}
