//! A text on standard input in place of a file's.

use crate::command::{CLEAN, SLEEPER, project};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn check(folder: &Path, args: &[&str], text: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_blocklint"));
    command.args(["check", "--isolated", "--no-cache", "--output-format", "concise"]).args(args).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Who refuses the arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn a_text_stands_for_a_file_of_its_project_and_is_alone_reported() {
    let helper = "import time\n\n\ndef wait():\n    time.sleep(1)\n";
    let folder = project(
        "stdin",
        &[("pyproject.toml", ""), ("app.py", CLEAN), ("other.py", SLEEPER), ("pkg/helper.py", helper)],
    );
    let found = |args: &[&str], text: &str| {
        let output = check(&folder, args, text);
        let text = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), text.lines().next().unwrap_or_default().split(": ").next().unwrap().to_owned())
    };
    assert_eq!(found(&["--stdin-filename", "app.py"], SLEEPER), (Some(1), "app.py:5:5".to_owned()));
    assert_eq!(found(&["--stdin-filename", "other.py", "-"], CLEAN).0, Some(0));
    // It need not be there yet, and the rest of the project is.
    let caller = "from pkg.helper import wait\nimport time\n\n\nasync def new():\n    wait()\n    time.sleep(2)\n";
    assert_eq!(found(&["--stdin-filename", "new.py"], caller), (Some(1), "new.py:7:5".to_owned()));
    let blocking = found(&["--stdin-filename", "pkg/helper.py"], helper);
    assert_eq!(blocking.0, Some(0), "nobody calls it on a loop: {blocking:?}");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let folder = project("stdin_refused", &[("app.py", CLEAN)]);
    for (args, reason) in [
        (&["--stdin-filename", "notes.txt"][..], "neither Python nor Rust"),
        (&["--stdin-filename", "app.py", "other"], "leave the other paths out"),
    ] {
        let output = check(&folder, args, SLEEPER);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains(reason), "{said}");
    }
}
