//! `blocklint graph`: the picture around a function, and the names by which one is meant.

use crate::command::{project, run, stderr, stdout};
use expect_test::expect;
use std::path::PathBuf;

fn service(name: &str) -> PathBuf {
    let app = "\
import asyncio
import time

from db import Client


async def handler(client: Client):
    return client.token


async def other(client: Client):
    await asyncio.to_thread(client.refresh)


def report(client: Client):
    client.refresh()


class Cache:
    def refresh(self):
        pass
";
    let db = "\
import time


class Client:
    @property
    def token(self):
        return self.refresh()

    def refresh(self):
        with open('\"quoted\"') as file:
            file.read()
        self.wait()

    def wait(self):
        time.sleep(1)
";
    project(name, &[("pyproject.toml", ""), ("app.py", app), ("db.py", db)])
}

#[test]
fn callers_are_above_and_what_blocks_is_below() {
    let folder = service("graph-text");
    let text = stdout(&run(&folder, &["graph", "--isolated", "Client.refresh"]));
    expect![[r#"
        db.Client.refresh  db.py:9:9 [worker, on the loop]

        Reached from:
          <- app.other [asynchronous]  (handed to a worker thread, app.py:12:11)
          <- db.Client.token [on the loop]  (call, db.py:7:16)
            <- app.handler [asynchronous]  (property, app.py:8:12)

        Leads to what blocks:
          -> db.Client.wait [on the loop]  (call, db.py:12:9)
            -> time.sleep sleeps  (call, db.py:15:9)
          -> builtins.open reads or writes files  (call, db.py:10:14)
          -> io.TextIOWrapper.read reads or writes files  (call, db.py:11:13)
    "#]]
    .assert_eq(&text);
}

#[test]
fn depth_bounds_it_on_both_sides() {
    let folder = service("graph-depth");
    let names = |depth: &str| {
        let text =
            stdout(&run(&folder, &["graph", "--isolated", "--format", "json", "--depth", depth, "db.Client.refresh"]));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let nodes = value["nodes"].as_array().unwrap().clone();
        nodes.iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(!names("1").contains(&"app.handler".to_owned()) && names("2").contains(&"app.handler".to_owned()));
}

#[test]
fn another_tool_reads_the_picture() {
    let folder = service("graph-dot");
    let text = stdout(&run(&folder, &["graph", "--isolated", "--format", "dot", "db.py:9"]));
    let ast = dot_parser::ast::Graph::try_from(text.as_str()).unwrap_or_else(|err| panic!("{err}\n{text}"));
    let graph = dot_parser::canonical::Graph::from(ast);
    let value: serde_json::Value =
        serde_json::from_str(&stdout(&run(&folder, &["graph", "--isolated", "--format", "json", "db.py:9"]))).unwrap();
    assert_eq!(graph.nodes.set.len(), value["nodes"].as_array().unwrap().len());
    assert_eq!(graph.edges.set.len(), value["links"].as_array().unwrap().len());
}

#[test]
fn a_name_that_means_several_functions_is_answered_with_them() {
    let folder = service("graph-names");
    let output = run(&folder, &["graph", "--isolated", "refresh"]);
    assert_eq!(output.status.code(), Some(2));
    expect![[r#"
        blocklint: `refresh` may be any of 2 functions; name one of them:
          app.Cache.refresh  app.py:20:9
          db.Client.refresh  db.py:9:9
    "#]]
    .assert_eq(&stderr(&output));
    let said = |name: &str| stderr(&run(&folder, &["graph", "--isolated", name]));
    assert_eq!(said("Client.refrsh"), "blocklint: no function `Client.refrsh`; did you mean `Client.refresh`?\n");
    assert_eq!(
        said("something_else"),
        "blocklint: no function `something_else` in the checked sources; FILE:LINE names one too\n"
    );
}

#[test]
fn rust_names_are_written_as_rust_writes_them() {
    let manifest = "[package]\nname = \"a\"\nversion = \"0.1.0\"\n";
    let lib = "\
pub mod guard {
    pub struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {
            std::thread::sleep(std::time::Duration::from_secs(1));
        }
    }
}

use guard::Guard;

pub async fn handler() {
    let _guard = Guard;
}
";
    let folder = project("graph-rust", &[("Cargo.toml", manifest), ("src/lib.rs", lib)]);
    let text = stdout(&run(&folder, &["graph", "--isolated", "Guard::drop"]));
    expect![[r#"
        a::guard::<Guard as Drop>::drop  src/lib.rs:4:12 [on the loop]

        Reached from:
          <- a::handler [asynchronous]  (finalize, src/lib.rs:13:9)

        Leads to what blocks:
          -> std::thread::sleep sleeps  (call, src/lib.rs:5:13)
    "#]]
    .assert_eq(&text);
}
