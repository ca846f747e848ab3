//! `blocklint why`: each kind of answer, and each reason for silence.

use crate::command::{project, run, stderr, stdout};
use expect_test::{Expect, expect};
use std::path::Path;

/// The answer without its first line, which repeats the code.
fn check(folder: &Path, place: &str, expected: &Expect) {
    let output = run(folder, &["why", "--isolated", place]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let (_, answer) = text.split_once("\n\n").unwrap();
    expected.assert_eq(answer);
}

const SERVICE: &str = "\
import asyncio
import threading
import time

from helpers import load


class Service:
    def __init__(self, client):
        self.client = client

    async def handle(self, callback):
        load(1)
        self.client.get('/')
        callback()
        await asyncio.to_thread(self.slow)
        lock.acquire(blocking=False)
        time.sleep(1)  # blocklint: ignore[BL101] the device needs it

    def slow(self):
        time.sleep(2)

    def never(self):
        time.sleep(3)


lock = threading.Lock()


def guarded():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        time.sleep(4)


async def entry(service: Service):
    guarded()
    await service.handle(print)
    absent.method()


async def either(function):
    if asyncio.iscoroutinefunction(function):
        await function()
    function()
";
const HELPERS: &str = "import time\n\n\ndef load(n):\n    step(n)\n\n\ndef step(n):\n    time.sleep(n)\n";

fn service(name: &str) -> std::path::PathBuf {
    project(name, &[("pyproject.toml", ""), ("app.py", SERVICE), ("helpers.py", HELPERS)])
}

#[test]
fn a_finding_is_explained_with_the_way_to_it_and_down_from_it() {
    let folder = service("why-finding");
    check(
        &folder,
        "app.py:13",
        &expect![[r#"
            In Service.handle (asynchronous), defined at app.py:12:15:
              runs on the event loop's thread: its body is asynchronous

              load(1)  (13:9)
                calls load (helpers.py:4:5)
                  `time.sleep` sleeps at helpers.py:9:5, by way of load > step
                    reported as BL101

            Findings that pass this line:
              warning[BL101 blocking-sleep] helpers.py:9:5: `time.sleep` sleeps on the event loop's thread
        "#]],
    );
}

#[test]
fn a_helper_is_shown_with_the_way_from_the_event_loop() {
    let folder = service("why-helper");
    check(
        &folder,
        "helpers.py:9",
        &expect![[r#"
            In step, defined at helpers.py:8:5:
              runs on the event loop's thread: `Service.handle` leads to it, and its body is asynchronous
                app.py:13:9  Service.handle calls load
                helpers.py:5:5  load calls step

              time.sleep(n)  (9:5)
                calls `time.sleep`, which sleeps
                  known from https://docs.python.org/3/library/time.html
                  reported as BL101

            Findings that pass this line:
              warning[BL101 blocking-sleep] helpers.py:9:5: `time.sleep` sleeps on the event loop's thread
        "#]],
    );
}

#[test]
fn what_has_no_known_type_is_followed_to_where_it_comes_from() {
    let folder = service("why-unknown");
    check(
        &folder,
        "app.py:14",
        &expect![[r#"
            In Service.handle (asynchronous), defined at app.py:12:15:
              runs on the event loop's thread: its body is asynchronous

              self.client.get('/')  (14:9)
                leads nowhere that is known, because the type of something is not:
                  `self.client` at app.py:14:9: attribute `client` of `Service` is given nothing whose type is
                    known
                  `client` at app.py:9:24: parameter `client` of `Service.__init__` has no annotation, and no
                    call site is known that passes it

            No finding passes this line.
        "#]],
    );
    check(
        &folder,
        "app.py:40",
        &expect![[r#"
            In entry (asynchronous), defined at app.py:37:11:
              runs on the event loop's thread: its body is asynchronous

              absent.method()  (40:5)
                calls `absent.method`, which nothing in the checked sources binds and no table knows

            No finding passes this line.
        "#]],
    );
}

#[test]
fn every_silence_has_a_reason() {
    let folder = service("why-silent");
    for (place, reason) in [
        ("app.py:15", "calls its parameter `callback`: what each caller passes runs here"),
        ("app.py:16", "hands Service.slow (app.py:20:9) over, to run on a worker thread"),
        ("app.py:17", "silent: with these arguments it does not block"),
        ("app.py:18", "BL101, silenced by the comment at app.py:18:24"),
        ("app.py:21", "runs on a worker thread: it is handed over to run there, at app.py:16:15"),
        ("app.py:21", "silent: no event loop was found to run it"),
        ("app.py:24", "runs on no thread that is known: nothing in the checked sources calls it"),
        ("app.py:34", "silent: `asyncio.get_running_loop()` at app.py:32:9 says that no event loop runs here"),
        ("app.py:38", "by way of guarded"),
        ("app.py:39", "found from there on: BL101"),
        ("app.py:45", "calls its parameter `function`: an asynchronous function, as a test says"),
        ("app.py:46", "calls its parameter `function`: what each caller passes runs here"),
    ] {
        let text = stdout(&run(&folder, &["why", "--isolated", place]));
        assert!(text.contains(reason), "{place}: {reason}\n{text}");
    }
}

#[test]
fn what_the_options_leave_out_is_said() {
    let folder = service("why-options");
    let text = stdout(&run(&folder, &["why", "--isolated", "--min-severity", "error", "helpers.py:9"]));
    assert!(text.contains("BL101, not shown: it is a warning"), "{text}");
    let text = stdout(&run(&folder, &["why", "--isolated", "--ignore", "BL1", "helpers.py:9"]));
    assert!(text.contains("BL101, not shown: the rule is not selected"), "{text}");
}

#[test]
fn a_column_chooses_one_call() {
    let folder =
        project("why-column", &[("pyproject.toml", ""), ("a.py", "async def f():\n    print(len('x'), open('y'))\n")]);
    let sites = |place: &str| {
        let text = stdout(&run(&folder, &["why", "--isolated", "--output-format", "json", place]));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let sites = value["functions"][0]["sites"].as_array().unwrap().clone();
        sites.iter().map(|it| it["place"]["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(sites("a.py:2"), ["print(len('x'), open('y'))", "len('x')", "open('y')"]);
    assert_eq!(sites("a.py:2:21"), ["print(len('x'), open('y'))", "open('y')"]);
}

const CRATE: &str = "\
struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        std::thread::sleep(std::time::Duration::from_secs(1));
    }
}

async fn handler() {
    let _guard = Guard;
    tokio::task::spawn_blocking(|| {
        std::thread::sleep(std::time::Duration::from_secs(2));
    });
}
";

#[test]
fn what_nobody_sees_as_a_call_is_a_call_in_rust_too() {
    let manifest = "[package]\nname = \"a\"\nversion = \"0.1.0\"\n";
    let folder = project("why-rust", &[("Cargo.toml", manifest), ("src/lib.rs", CRATE)]);
    check(
        &folder,
        "src/lib.rs:10",
        &expect![[r#"
            In handler (asynchronous), defined at src/lib.rs:9:10:
              runs on the event loop's thread: its body is asynchronous

              _guard  (10:9)
                ends a value's life, which runs <Guard as Drop>::drop (src/lib.rs:4:8)
                  `std::thread::sleep` sleeps at src/lib.rs:5:9, by way of <Guard as Drop>::drop
                    reported as BL202

            Findings that pass this line:
              warning[BL202 blocking-finalizer] src/lib.rs:5:9: `std::thread::sleep` sleeps on the event loop's
                thread, up to 1 s, hidden behind `Drop`
        "#]],
    );
    check(
        &folder,
        "src/lib.rs:12",
        &expect![[r#"
            In a closure in handler, defined at src/lib.rs:11:33:
              runs on a worker thread: it is handed over to run there, at src/lib.rs:11:5

              std::thread::sleep(std::time::Duration::from_secs(2))  (12:9)
                calls `std::thread::sleep`, which sleeps
                  known from https://doc.rust-lang.org/std/thread/
                  silent: no event loop was found to run it

              std::time::Duration::from_secs(2)  (12:28)
                calls `std::time::Duration::from_secs`, which is known and not one that blocks

            No finding passes this line.
        "#]],
    );
}

#[test]
fn a_call_over_several_lines_is_found_where_it_is_named() {
    let app = "import requests\n\n\nasync def handler():\n    return (\n        requests\n        .get('https://example.com')\n        .json()\n    )\n";
    let folder = project("why-lines", &[("pyproject.toml", ""), ("app.py", app)]);
    let says = |line: &str| {
        let output = run(&folder, &["why", "--isolated", line]);
        stdout(&output) + &stderr(&output)
    };
    for line in ["app.py:6", "app.py:7"] {
        assert!(says(line).contains("Findings that pass this line:\n  warning[BL102"), "{}", says(line));
    }
    assert!(says("app.py:8").contains("No finding passes this line."), "{}", says("app.py:8"));
}

#[test]
fn a_place_that_is_none_is_an_error_that_says_what_to_write() {
    let folder = service("why-errors");
    let said = |place: &str| stderr(&run(&folder, &["why", "--isolated", place]));
    assert_eq!(said("app.py"), "blocklint: `app.py` is no place: it reads FILE:LINE, as in app/db.py:41\n");
    assert_eq!(said("missing.py:1"), "blocklint: no such path: missing.py\n");
    assert_eq!(said("app.py:99"), "blocklint: app.py has no line 99: it ends with line 46\n");
}

#[test]
fn a_file_of_no_project_means_the_files_beside_it() {
    let folder = std::env::temp_dir().join(format!("blocklint-no-project-{}", std::process::id()));
    let files = [
        ("py/app.py", "from helper import load\n\n\nasync def handler():\n    load()\n"),
        ("py/helper.py", "import time\n\n\ndef load():\n    time.sleep(3)\n"),
        ("py/below/other.py", "import time\n\n\nasync def other():\n    time.sleep(3)\n"),
        ("rs/app.rs", "mod helper;\n\nasync fn handler() {\n    helper::load();\n}\n"),
        ("rs/helper.rs", "pub fn load() {\n    std::thread::sleep(std::time::Duration::from_secs(3));\n}\n"),
    ];
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    for (place, expected) in [("py/app.py:5", "helper.py:5:5"), ("rs/app.rs:4", "helper.rs:2:5")] {
        let output = run(&folder, &["why", "--isolated", place]);
        let text = stdout(&output);
        assert!(text.contains(expected), "{text}{}", stderr(&output));
    }
    let text = stdout(&run(&folder, &["check", "--isolated", "py/app.py"]));
    assert!(text.contains("in 2 files"), "{text}");
    std::fs::remove_dir_all(folder).unwrap();
}
