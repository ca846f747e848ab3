//! What a baseline relies on: a finding keeps its fingerprint while code that has nothing to do with it changes.

use crate::support::document;
use blocklint::Profile;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use std::fmt::Write as _;

const PYTHON: [&str; 4] = ["time.sleep(1)", "requests.get('x')", "subprocess.run('x')", "sqlite3.connect('x')"];
const RUST: [&str; 3] = [
    "std::thread::sleep(std::time::Duration::from_secs(1));",
    "std::fs::read(\"x\");",
    "reqwest::blocking::get(\"x\");",
];

/// Functions by what they call; the same call may come twice.
#[derive(Debug, Clone)]
struct Program {
    bodies: Vec<Vec<usize>>,
}

/// A change that introduces and removes nothing.
#[derive(Debug, Clone, Copy)]
enum Edit {
    /// Lines above everything.
    Above(u8),
    /// A line inside a function, before all its calls.
    Inside(u8),
    /// Another asynchronous function calls a function.
    Caller(u8),
    /// A function that does not block.
    Neighbour,
    /// A function changes places with another.
    Move(u8, u8),
}

fn programs() -> impl Strategy<Value = Program> {
    let body = prop::collection::vec(0_usize..4, 1..5);
    prop::collection::vec(body, 1..5).prop_map(|bodies| Program { bodies })
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        (1_u8..9).prop_map(Edit::Above),
        any::<u8>().prop_map(Edit::Inside),
        any::<u8>().prop_map(Edit::Caller),
        Just(Edit::Neighbour),
        (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Edit::Move(a, b)),
    ];
    prop::collection::vec(edit, 0..8)
}

/// How a language spells the parts of a program.
struct Language {
    file: &'static str,
    head: &'static str,
    calls: &'static [&'static str],
    comment: &'static str,
    statement: &'static str,
    function: fn(&str, &str) -> String,
    caller: fn(&str, &str) -> String,
}

const LANGUAGES: [Language; 2] = [
    Language {
        file: "app.py",
        head: "import requests\nimport sqlite3\nimport subprocess\nimport time\n",
        calls: &PYTHON,
        comment: "# more\n",
        statement: "    x = 1\n",
        function: |name, body| format!("def {name}():\n{body}\n\n"),
        caller: |name, callee| format!("async def {name}():\n    {callee}()\n\n\n"),
    },
    Language {
        file: "src/lib.rs",
        head: "",
        calls: &RUST,
        comment: "// more\n",
        statement: "    let x = 1;\n",
        function: |name, body| format!("fn {name}() {{\n{body}}}\n\n"),
        caller: |name, callee| format!("async fn {name}() {{\n    {callee}();\n}}\n\n"),
    },
];

fn spell(language: &Language, program: &Program, edits: &[Edit]) -> String {
    let count = program.bodies.len();
    let at = |it: u8| usize::from(it) % count;
    let mut text = language.head.to_owned();
    let mut order: Vec<usize> = (0..count).collect();
    for edit in edits {
        match *edit {
            Edit::Above(lines) => text.push_str(&language.comment.repeat(lines.into())),
            Edit::Move(a, b) => order.swap(at(a), at(b)),
            _ => {}
        }
    }
    for function in order {
        let before = edits.iter().filter(|it| matches!(it, Edit::Inside(it) if at(*it) == function)).count();
        let mut body = language.statement.repeat(before);
        for call in &program.bodies[function] {
            let _ = writeln!(body, "    {}", language.calls[call % language.calls.len()]);
        }
        text.push_str(&(language.function)(&format!("f{function}"), &body));
        text.push_str(&(language.caller)(&format!("entry{function}"), &format!("f{function}")));
    }
    for (number, edit) in edits.iter().enumerate() {
        match *edit {
            Edit::Caller(callee) => {
                text.push_str(&(language.caller)(&format!("more{number}"), &format!("f{}", at(callee))));
            }
            Edit::Neighbour => {
                text.push_str(&(language.function)(&format!("quiet{number}"), language.statement));
            }
            _ => {}
        }
    }
    text
}

fn fingerprints(language: &Language, text: &str) -> Vec<String> {
    let manifest = ("Cargo.toml", "[package]\nname = \"app\"\nedition = \"2024\"\n");
    let document = document(&[(language.file, text), manifest], Profile::Strict);
    let mut all: Vec<String> = document.findings.into_iter().map(|it| it.fingerprint).collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(Config { cases: 48, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..Config::default() })]

    #[test]
    fn fingerprints_survive_edits_that_have_nothing_to_do_with_them(program in programs(), edits in edits()) {
        for language in &LANGUAGES {
            let before = fingerprints(language, &spell(language, &program, &[]));
            let calls: usize = program.bodies.iter().map(Vec::len).sum();
            // Equal calls in one function are entries of their own.
            prop_assert_eq!(before.len(), calls, "{}", language.file);
            let mut distinct = before.clone();
            distinct.dedup();
            prop_assert_eq!(distinct.len(), calls, "{}", language.file);
            let text = spell(language, &program, &edits);
            prop_assert_eq!(&before, &fingerprints(language, &text), "{}", text);
        }
    }
}

#[test]
fn two_functions_of_one_name_have_fingerprints_of_their_own() {
    let twins = [
        "import sys\nimport time\n\nif sys.platform == 'win32':\n    def f():\n        time.sleep(1)\nelse:\n    def f():\n        \
        time.sleep(1)\n\nasync def entry():\n    f()\n",
        "#[cfg(windows)]\nfn f() { std::thread::sleep(X); }\n#[cfg(unix)]\nfn f() { std::thread::sleep(X); }\nasync fn entry() { f(); }\n",
    ];
    for (language, text) in LANGUAGES.iter().zip(twins) {
        let mut all = fingerprints(language, text);
        assert_eq!(all.len(), 2, "{text}");
        all.dedup();
        assert_eq!(all.len(), 2, "{text}");
    }
}
