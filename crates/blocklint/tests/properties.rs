//! What must hold for every input.

use crate::support::{all_programs, document, files, root};
use blocklint::Profile;
use blocklint_report::Document;
use blocklint_testkit::{Program, SourceText};
use std::path::PathBuf;

/// The program as it would be without an event loop.
fn without_async(program: &Program) -> Program {
    let strip = |file: &SourceText| {
        let mut text = file.text.clone();
        for (from, to) in [
            ("async def ", "def "),
            ("async with ", "with "),
            ("async for ", "for "),
            ("async fn ", "fn "),
            ("async move ", ""),
            ("async {", "{"),
            ("async |", "|"),
            (".await", ""),
            ("await ", ""),
        ] {
            text = text.replace(from, to);
        }
        SourceText { path: file.path.clone(), text }
    };
    Program { name: program.name.clone(), files: program.files.iter().map(strip).collect() }
}

/// Callbacks of the loop and frameworks' entries run on it without the word `async`.
fn runs_on_a_loop_anyway(program: &Program) -> bool {
    let words = [
        "tokio::test",
        "tokio::main",
        "call_soon",
        "call_later",
        "call_at",
        "add_done_callback",
        "add_signal_handler",
        "add_reader",
        "add_writer",
        "block_on",
        "run_until_complete",
        "Future for",
        "Stream for",
        "AsyncRead for",
        "AsyncWrite for",
        "Service<",
        "Protocol",
        "web.RequestHandler",
        "actix_web",
        "__await__",
        "@callback",
        "blocklint: nonblocking",
        // Whoever asks for the loop of its thread runs on one.
        "get_running_loop",
        "create_task",
    ];
    program.files.iter().any(|file| words.iter().any(|word| file.text.contains(word)))
}

#[test]
fn without_async_nothing_has_an_asynchronous_entry() {
    let mut checked = 0;
    for program in all_programs().iter().filter(|it| !runs_on_a_loop_anyway(it)) {
        checked += 1;
        let program = without_async(program);
        for finding in document(&program.texts(), Profile::Strict).findings {
            // What its own text proves needs no entry: a wait under `loop.is_running()`, a comment that silences nothing.
            let needs_no_caller = finding.chain.len() == 1 && finding.confidence == "proven";
            assert!(needs_no_caller, "{}: {} at {}:{}", program.name, finding.message, finding.file, finding.line);
        }
    }
    assert!(checked >= 20, "only {checked} programs were checked");
}

fn json(files: &[(&str, &str)]) -> String {
    serde_json::to_string(&document(files, Profile::Pedantic)).unwrap()
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let programs = all_programs();
    // All Python programs side by side, so that threads have something to do in any order.
    let mut texts: Vec<(String, &str)> = Vec::new();
    for (at, program) in programs.iter().enumerate() {
        texts.extend(program.files.iter().map(|it| (format!("p{at}/{}", it.path), it.text.as_str())));
    }
    let texts: Vec<(&str, &str)> = texts.iter().map(|it| (it.0.as_str(), it.1)).collect();
    let with = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| json(&texts));
    let one = with(1);
    assert_eq!(one, with(2));
    assert_eq!(one, with(7));
}

#[test]
fn the_order_of_the_files_changes_nothing() {
    for program in all_programs() {
        let mut texts = program.texts();
        let forwards: Document = document(&texts, Profile::Pedantic);
        texts.reverse();
        assert_eq!(forwards, document(&texts, Profile::Pedantic), "{}", program.name);
    }
}

/// The files of this repository, or of `BLOCKLINT_CORPUS`.
fn corpus() -> Vec<PathBuf> {
    match std::env::var_os("BLOCKLINT_CORPUS") {
        Some(folder) => files(&PathBuf::from(folder), &["py", "pyi", "rs"]),
        None => files(&root().join("crates"), &["rs"])
            .into_iter()
            .chain(files(&root().join("testdata"), &["py", "rs"]))
            .collect(),
    }
}

/// Broken text yields fewer facts, and never a panic.
#[test]
fn no_file_and_no_part_of_one_makes_it_panic() {
    use rayon::prelude::*;
    let files = corpus();
    assert!(files.len() > 50, "only {} files", files.len());
    files.par_iter().for_each(|file| {
        let text = String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned();
        let name = file.file_name().unwrap().to_string_lossy();
        for part in [1, 3, 5, 7, 8] {
            let end = text.floor_char_boundary(text.len() * part / 8);
            let start = if part % 2 == 0 { 0 } else { text.floor_char_boundary(end / 9) };
            document(&[(&name, &text[..end])], Profile::Pedantic);
            document(&[(&name, &text[start..end])], Profile::Pedantic);
        }
    });
}
