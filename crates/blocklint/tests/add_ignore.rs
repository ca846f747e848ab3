//! `blocklint check --add-ignore`: everything found is silenced, and nothing else changes.

use crate::command::{SLEEPER, project, run, stderr, stdout};
use crate::support::all_programs;
use blocklint_report::Document;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const ADD: [&str; 3] = ["check", "--isolated", "--add-ignore=accepted for now"];

/// What a front end makes of a text, but for comments and where things stand.
fn meaning(path: &str, text: &str) -> String {
    let ir = blocklint::print_ir(path, text).unwrap();
    let mut kept = String::new();
    let mut directives = false;
    for line in ir.lines() {
        let ends = directives && line == "    ],";
        directives = (directives || line == "    directives: [") && !ends;
        let none = ends || line == "    directives: [],";
        let place = ["start: ", "end: "].iter().any(|it| line.trim_start().starts_with(it));
        if !directives && !place && !none {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[test]
fn every_program_is_clean_afterwards_and_means_the_same() {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (at, program) in all_programs().iter().enumerate() {
        for file in program.files.iter().filter(|it| !it.path.contains("blocklint.toml")) {
            texts.insert(format!("p{at}/{}", file.path), file.text.clone());
        }
    }
    let files: Vec<(&str, &str)> = texts.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let folder = project("add-ignore-all", &files);
    let document = |args: &[&str]| -> Document {
        let output = run(&folder, &[args, &["--profile", "pedantic", "--output-format", "json", "."]].concat());
        serde_json::from_str(&stdout(&output)).unwrap_or_else(|err| panic!("{err}: {}", stderr(&output)))
    };
    let before = document(&["check", "--isolated"]);
    assert!(before.findings.len() > 150, "only {} findings", before.findings.len());
    document(&ADD);
    let after = document(&["check", "--isolated"]);
    // What is wrong with a comment is for a person to decide.
    let left: Vec<_> = after.findings.iter().filter(|it| !it.code.starts_with("BL90")).collect();
    assert!(left.is_empty(), "{left:#?}");
    let complaints = |it: &Document| it.findings.iter().filter(|it| it.code.starts_with("BL90")).count();
    assert_eq!(complaints(&before), complaints(&after));
    for (path, text) in texts.iter().filter(|it| blocklint::language_of(it.0).is_some()) {
        let now = fs::read_to_string(folder.join(path)).unwrap();
        assert_eq!(meaning(path, text), meaning(path, &now), "{path}");
    }
}

fn added(name: &str, files: &[(&str, &str)], args: &[&str]) -> (std::path::PathBuf, String, Option<i32>) {
    let folder = project(name, files);
    let output = run(&folder, &[&ADD[..], args].concat());
    (folder, stderr(&output), output.status.code())
}

fn text(folder: &Path, file: &str) -> String {
    String::from_utf8(fs::read(folder.join(file)).unwrap()).unwrap()
}

#[test]
fn a_run_says_what_it_wrote_and_is_clean() {
    let (folder, said, status) = added("add-ignore", &[("app.py", SLEEPER)], &["."]);
    assert_eq!((said.as_str(), status), ("blocklint: wrote 1 comment in 1 file\n", Some(0)));
    assert!(text(&folder, "app.py").ends_with("    time.sleep(1)  # blocklint: ignore[BL101] accepted for now\n"));
    let again = run(&folder, &[&ADD[..], &["."]].concat());
    assert_eq!((stderr(&again).as_str(), again.status.code()), ("", Some(0)));
}

#[test]
fn only_what_is_reported_is_silenced() {
    let two = format!("{SLEEPER}    open('x').read()\n");
    let (folder, ..) =
        added("add-ignore-select", &[("app.py", &two)], &["--profile", "strict", "--select", "BL107", "."]);
    let text = text(&folder, "app.py");
    assert!(text.contains("ignore[BL107]") && !text.contains("BL101"), "{text}");
}

#[test]
fn marks_line_ends_and_rights_are_kept() {
    let crlf = format!("\u{feff}{}", SLEEPER.replace('\n', "\r\n"));
    let folder = project("add-ignore-bytes", &[("app.py", &crlf)]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder.join("app.py"), fs::Permissions::from_mode(0o755)).unwrap();
    }
    run(&folder, &[&ADD[..], &["."]].concat());
    let text = text(&folder, "app.py");
    assert!(text.starts_with('\u{feff}') && text.ends_with("ignore[BL101] accepted for now\r\n"), "{text:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(folder.join("app.py")).unwrap().permissions().mode() & 0o777, 0o755);
    }
}

#[test]
fn an_unused_comment_is_not_written_over() {
    let stale = SLEEPER.replace("time.sleep(1)", "time.sleep(1)  # blocklint: ignore[BL104] was a query once");
    let (folder, _, status) = added("add-ignore-unused", &[("app.py", &stale)], &["."]);
    let text = text(&folder, "app.py");
    assert!(
        text.contains(
            "    # blocklint: ignore[BL101] accepted for now\n    time.sleep(1)  # blocklint: ignore[BL104] was"
        ),
        "{text}"
    );
    // The complaint about it stays.
    assert_eq!(status, Some(1));
}

#[test]
fn what_cannot_be_written_is_said() {
    let folder = project("add-ignore-latin", &[("other.py", SLEEPER)]);
    let latin = [b"# coding: latin-1\n# \xe9\n", SLEEPER.as_bytes()].concat();
    fs::write(folder.join("app.py"), &latin).unwrap();
    let output = run(&folder, &[&ADD[..], &["."]].concat());
    let said = stderr(&output);
    assert!(said.contains("app.py:1: what is found in it is not silenced: the file is not UTF-8"), "{said}");
    assert_eq!((output.status.code(), fs::read(folder.join("app.py")).unwrap()), (Some(1), latin));
    for reason in ["--add-ignore=", "--add-ignore=a\nb", "--add-ignore=why # not"] {
        assert_eq!(run(&folder, &["check", reason, "."]).status.code(), Some(2), "{reason}");
    }
}
