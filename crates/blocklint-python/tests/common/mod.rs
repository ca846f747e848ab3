//! The sources that the tests over many files read: a few samples, and the folders of `BLOCKLINT_CORPUS` where it is set.

use std::path::PathBuf;

/// Files that hold every construct of the language between them.
pub(crate) const SAMPLES: [(&str, &str); 3] = [
    ("app/incident.py", include_str!("../samples/incident.py")),
    ("app/constructs.py", include_str!("../samples/constructs.py")),
    ("tests/test_modern.pyi", include_str!("../samples/modern.py")),
];

/// Every Python file of the corpus, in order.
#[expect(clippy::print_stdout, reason = "a skipped part must show in the test's output")]
pub(crate) fn corpus() -> Vec<PathBuf> {
    let Some(folders) = std::env::var_os("BLOCKLINT_CORPUS") else {
        println!("BLOCKLINT_CORPUS is not set: only the samples are read");
        return Vec::new();
    };
    let mut open: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            open.extend(entries.filter_map(Result::ok).map(|it| it.path()));
        } else if path.extension().is_some_and(|it| it == "py" || it == "pyi") {
            files.push(path);
        }
    }
    files.sort_unstable();
    files
}
