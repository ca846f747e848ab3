//! Every file of a corpus can be read, cut off anywhere, without a panic.

use std::path::{Path, PathBuf};

fn rust_files(at: &Path, into: &mut Vec<PathBuf>) {
    if at.is_file() {
        if at.extension().is_some_and(|it| it == "rs") {
            into.push(at.to_owned());
        }
        return;
    }
    let Ok(entries) = std::fs::read_dir(at) else { return };
    for entry in entries.flatten() {
        rust_files(&entry.path(), into);
    }
}

#[expect(clippy::disallowed_methods, reason = "the corpus is a gate of the test, not of the library")]
fn corpus() -> Option<String> {
    std::env::var("BLOCKLINT_CORPUS").ok()
}

#[test]
fn no_file_and_no_beginning_of_a_file_panics() {
    let Some(corpus) = corpus() else {
        println!("skipped: set BLOCKLINT_CORPUS to a list of folders with Rust sources");
        return;
    };
    let mut files = Vec::new();
    corpus.split(':').for_each(|it| rust_files(Path::new(it), &mut files));
    files.sort();
    let mut failed = Vec::new();
    for file in &files {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        for part in 1..=4 {
            let mut cut = text.len() * part / 4;
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            let module = blocklint_rust::lower("src/lib.rs", &text[..cut]);
            if module.errors.iter().any(|it| it.message.contains("the reader failed")) {
                failed.push(format!("{} up to byte {cut}", file.display()));
            }
            if part == 4 && !module.errors.is_empty() {
                println!("{}: {}", file.display(), module.errors[0].message);
            }
        }
    }
    assert!(failed.is_empty(), "{} of {} files:\n{}", failed.len(), files.len(), failed.join("\n"));
}
