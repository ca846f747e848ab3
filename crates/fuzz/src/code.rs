//! Code in both languages: any bytes, and programs that a grammar makes of bytes, which get far enough to be analysed.

use crate::grammar::{PYTHON, RUST};
use crate::hold::{EVERYTHING, checked, json};
use crate::parts;
use blocklint::{decode, doors};
use blocklint_ir::{Language, Span};

/// Any bytes as a Python file.
pub fn python(bytes: &[u8]) {
    checked(&[("app.py", &decode(bytes, Language::Python).0)], &EVERYTHING);
}

/// Any bytes as a Rust file.
pub fn rust(bytes: &[u8]) {
    checked(&[("src/lib.rs", &decode(bytes, Language::Rust).0)], &EVERYTHING);
}

/// A program of a few files in one language. Neither the order of its files nor the way over the disk can be seen in what is found.
pub fn program(bytes: &[u8]) {
    found(bytes);
}

/// What is found in the program that these bytes choose, as a document.
pub fn found(bytes: &[u8]) -> String {
    let (language, choices) = bytes.split_first().unwrap_or((&0, &[]));
    let (names, text) = match language % 2 {
        0 => (["a.py", "b/__init__.py", "b/c.py", "b/c.pyi"], PYTHON.text(choices)),
        _ => (["src/lib.rs", "src/b.rs", "src/b/c.rs", "Cargo.toml"], RUST.text(choices)),
    };
    let texts: Vec<String> = parts(text.as_bytes()).collect();
    let mut files: Vec<(&str, &str)> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    let found = checked(&files, &EVERYTHING);
    let expected = json(&files, &found);
    let carried = doors::carried(&files, &EVERYTHING).expect("what was written can be read");
    assert_eq!(json(&files, &carried), expected, "what was written and read again is something else");
    if let Some(finding) = found.findings.last() {
        doors::explained(&files, &EVERYTHING, (&finding.place.file, finding.place.span));
    }
    files.reverse();
    assert_eq!(json(&files, &checked(&files, &EVERYTHING)), expected, "the order of the files can be seen");
    expected
}

/// Every kind of place where a comment may stand.
const COMMENTED_PYTHON: &str = "\
# blocklint: {}
import time

# blocklint: {}
def helper():  # blocklint:{}
    # {}
    time.sleep(
        1,  # blocklint: {}
    )  # noqa # blocklint: {}

async def handler():
    helper()  # blocklint: ignore[{}
";

const COMMENTED_RUST: &str = "\
//! blocklint: {}
// blocklint: {}
fn helper() { // blocklint:{}
    // {}
    std::thread::sleep(
        D, // blocklint: {}
    ); // noqa // blocklint: {}
}

async fn handler() {
    helper() // blocklint: ignore[{}
}
";

/// What a comment may say, at every kind of place where one may stand. Those that the tool writes are read, and silence.
pub fn comments(bytes: &[u8]) {
    let mut said: Vec<String> = parts(bytes).map(|it| it.replace(['\n', '\r'], " ")).collect();
    said.resize_with(said.len().max(1), String::new);
    let filled = |places: &str| -> String {
        let before = std::iter::once("").chain(said.iter().map(String::as_str).cycle());
        places.split("{}").zip(before).flat_map(|(text, before)| [before, text]).collect()
    };
    let (python, rust) = (filled(COMMENTED_PYTHON), filled(COMMENTED_RUST));
    let files = [("a.py", python.as_str()), ("src/lib.rs", rust.as_str())];
    let found = checked(&files, &EVERYTHING);
    let silenced = doors::silenced(&files, &found);
    let text = |path: &str| silenced.iter().find(|it| it.0 == path).map(|it| it.1.as_str());
    let after = files.map(|(path, before)| (path, text(path).unwrap_or(before)));
    let still = checked(&after, &EVERYTHING);
    assert!(
        still.findings.len() <= found.findings.len(),
        "comments that silence make findings:\n{}\n{}",
        after[0].1,
        after[1].1
    );
    doors::explained(&files, &EVERYTHING, ("a.py", Span::new(0, 1)));
}
