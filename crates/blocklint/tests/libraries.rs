//! `--with-deps`: the sources of the libraries that a project is built on.

use crate::command::{project, run, stderr, stdout};
use std::path::Path;

const PACKAGES: &str = ".venv/lib/python3.12/site-packages";

/// A project with an environment: `records` are the installed libraries with their files.
fn python(name: &str, app: &str, records: &[(&str, &[(&str, &str)])]) -> std::path::PathBuf {
    let mut files = vec![("app.py".to_owned(), app.to_owned())];
    for (library, contents) in records {
        let record: Vec<String> = contents.iter().map(|it| format!("{},sha256=0,1", it.0)).collect();
        files.push((format!("{PACKAGES}/{library}.dist-info/RECORD"), record.join("\n")));
        files.extend(contents.iter().map(|(path, text)| (format!("{PACKAGES}/{path}"), (*text).to_owned())));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    project(name, &files)
}

fn concise(folder: &Path, more: &[&str]) -> String {
    let args = [&["check", "--isolated", "--no-cache", "--output-format", "concise"], more, &["."]].concat();
    stdout(&run(folder, &args))
}

const CLIENT: &str = "\
import time


class Client:
    def __init__(self):
        self.ready = False

    def fetch(self):
        self._wait()
        return 1

    def _wait(self):
        while not self.ready:
            time.sleep(0.5)

    def peek(self):
        return self.ready

    @property
    def state(self):
        self._wait()
        return self.ready


def retry(work):
    return work()
";

const APP: &str = "\
import asyncio
import time

import toolkit
from toolkit import Client, retry


class Mine(Client):
    def both(self):
        return self.fetch()


def slow():
    time.sleep(2)


async def blocks():
    Client().fetch()


async def inherits():
    Mine().both()


async def hidden():
    client = toolkit.Client()
    return client.state


async def hidden_too():
    return Client().state


async def calls_back():
    retry(slow)


async def fine():
    Client().peek()
    await asyncio.to_thread(Client().fetch)
    retry(Client)
";

const TOOLKIT: (&str, &[(&str, &str)]) = (
    "toolkit-1.2.0",
    &[("toolkit/__init__.py", "from ._client import Client, retry\n"), ("toolkit/_client.py", CLIENT)],
);

#[test]
fn a_call_that_blocks_inside_a_library_is_found_where_it_leaves_the_checked_sources() {
    let folder = python("deps-python", APP, &[TOOLKIT]);
    assert_eq!(concise(&folder, &[]).lines().count(), 1, "nothing is known of it without its source");
    let found = concise(&folder, &["--with-deps"]);
    let lines: Vec<&str> = found.lines().collect();
    let at = |place: &str| lines.iter().filter(|it| it.starts_with(place)).count();
    assert_eq!((at("app.py:10:"), at("app.py:18:"), at("app.py:14:")), (1, 1, 1), "{found}");
    // One property, read in two places.
    assert_eq!(at("app.py:27:") + at("app.py:31:"), 1, "{found}");
    assert_eq!(lines.len(), 5, "{found}");
    assert!(found.contains("inside `Client.fetch` of toolkit 1.2.0: `time.sleep` sleeps"), "{found}");
}

#[test]
fn the_chain_goes_on_into_the_library() {
    let folder = python("deps-chain", APP, &[TOOLKIT]);
    let output = run(&folder, &["check", "--isolated", "--with-deps", "--output-format", "json", "."]);
    let document: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let finding = document["findings"].as_array().unwrap().iter().find(|it| it["line"] == 18).unwrap();
    let steps: Vec<String> = finding["chain"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {}:{}", it["function"].as_str().unwrap(), it["file"].as_str().unwrap(), it["line"]))
        .collect();
    let expected = [
        "blocks app.py:18",
        "Client.fetch dep:toolkit@1.2.0/toolkit/_client.py:9",
        "Client._wait dep:toolkit@1.2.0/toolkit/_client.py:14",
    ];
    assert_eq!(steps, expected);
    assert_eq!(document["summary"]["files"], 1, "libraries are not what is checked");
    let full = stdout(&run(&folder, &["check", "--isolated", "--with-deps", "."]));
    assert!(full.contains("dep:toolkit@1.2.0/toolkit/_client.py:14"), "{full}");
}

#[test]
fn what_the_catalogue_says_of_a_library_comes_before_its_source() {
    let requests = ("requests-2.32.0", &[("requests/__init__.py", "def get(url):\n    return url\n")][..]);
    let app = "import requests\n\n\nasync def handler():\n    requests.get('http://x')\n";
    let folder = python("deps-known", app, &[requests]);
    assert_eq!(concise(&folder, &["--with-deps"]), concise(&folder, &[]));
    assert!(concise(&folder, &["--with-deps"]).contains("`requests.get`"));
}

#[test]
fn an_environment_may_be_named_and_one_that_is_none_is_an_error() {
    let folder = python("deps-named", APP, &[TOOLKIT]);
    let elsewhere = project("deps-elsewhere", &[("app.py", APP)]);
    let environment = folder.join(".venv");
    let environment = environment.to_str().unwrap();
    let output = concise(&elsewhere, &["--with-deps", "--python-env", environment]);
    assert!(output.contains("toolkit 1.2.0"), "{output}");
    let output = run(&elsewhere, &["check", "--isolated", "--with-deps", "--python-env", "nowhere", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nowhere: `--python-env` takes a virtual environment"), "{}", stderr(&output));
}

const CRATE: &str = "\
pub mod client;
pub use client::Client;
";

const RUST_CLIENT: &str = "\
pub struct Client {
    ready: bool,
}

impl Client {
    pub fn new() -> Self {
        Client { ready: false }
    }

    pub fn fetch(&self) -> u32 {
        self.wait();
        1
    }

    fn wait(&self) {
        std::thread::sleep(std::time::Duration::from_secs(2));
    }

    pub fn peek(&self) -> bool {
        self.ready
    }
}
";

#[test]
fn crates_are_read_from_a_vendor_folder() {
    let main = "use toolkit::Client;\n\npub async fn blocks() -> u32 {\n    Client::new().fetch()\n}\n\n\
                pub async fn fine() -> bool {\n    Client::new().peek()\n}\n";
    let manifest =
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\ntoolkit = \"1\"\n";
    let lock = "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"toolkit\"\n\
                version = \"1.2.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    let folder = project(
        "deps-rust",
        &[
            ("Cargo.toml", manifest),
            ("Cargo.lock", lock),
            ("src/lib.rs", main),
            ("elsewhere/toolkit/Cargo.toml", "[package]\nname = \"toolkit\"\nversion = \"1.2.0\"\n"),
            ("elsewhere/toolkit/src/lib.rs", CRATE),
            ("elsewhere/toolkit/src/client.rs", RUST_CLIENT),
        ],
    );
    let found = concise(&folder, &["--with-deps", "--crate-sources", "elsewhere", "--exclude", "elsewhere"]);
    assert_eq!(found.lines().filter(|it| it.starts_with("src/lib.rs:4:")).count(), 1, "{found}");
    assert!(found.contains("inside `Client::fetch` of toolkit 1.2.0: `std::thread::sleep`"), "{found}");
    assert_eq!(found.lines().count(), 2, "{found}");
}
