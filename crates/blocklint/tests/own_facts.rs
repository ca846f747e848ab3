//! What users say of libraries, of their own functions, and by rules of their own.

use crate::command::{project, run, stderr, stdout};
use blocklint_report::Document;
use std::path::Path;

/// `line: code api` of everything found.
fn found(folder: &Path, args: &[&str]) -> Vec<String> {
    let output = run(folder, &[&["check", "--output-format", "json"], args].concat());
    let text = stdout(&output);
    let document: Document = serde_json::from_str(&text).unwrap_or_else(|err| panic!("{err}: {}", stderr(&output)));
    document.findings.into_iter().map(|it| format!("{}: {} {}", it.line, it.code, it.api)).collect()
}

#[test]
fn a_path_alone_says_that_a_library_blocks_or_does_not() {
    let app = "import requests\nfrom acme.client import Client\n\n\nasync def handler(client: Client):\n    client.fetch()\n    requests.get(\"x\")\n";
    let said = "[tool.blocklint]\nblocking = [\"acme.client.Client.fetch\"]\nnon-blocking = [\"requests\"]\n";
    let folder = project("facts_library", &[("app.py", app), ("pyproject.toml", said)]);
    assert_eq!(found(&folder, &["."]), ["6: BL106 acme.client.Client.fetch"]);
    assert_eq!(found(&folder, &["--isolated", "."]), ["7: BL102 requests.get"]);
}

#[test]
fn a_table_says_what_kind_and_for_how_long() {
    let app =
        "import acme\n\n\nasync def handler():\n    acme.fetch(wait=2)\n    acme.fetch(wait=0)\n    acme.probe()\n";
    let said = r#"
blocking = [
    { path = "acme.fetch", effect = "net", bound = { argument = "wait" }, unless = [{ argument = "wait", is = 0 }], instead = "`acme.aio.fetch`" },
    { path = "acme.*", except = "acme.fetch", effect = "file", scale = "small" },
]
"#;
    let folder = project("facts_table", &[("app.py", app), ("blocklint.toml", said)]);
    assert_eq!(found(&folder, &["."]), ["5: BL102 acme.fetch"]);
    assert_eq!(found(&folder, &["--profile", "strict", "."]), ["5: BL102 acme.fetch", "7: BL107 acme.probe"]);
    let text = stdout(&run(&folder, &["check", "."]));
    assert!(text.contains("up to 2 s") && text.contains("help: use `acme.aio.fetch`"), "{text}");
}

const OWN: &str = "import time\n\n\ndef slow():\n    pass\n\n\ndef cached():\n    time.sleep(1)\n\n\ndef in_thread(run):\n    return magic(run)\n\n\ndef on_event(handler):\n    return magic(handler)\n\n\n@in_thread\ndef work():\n    time.sleep(2)\n\n\n@on_event\ndef event():\n    time.sleep(3)\n\n\ndef named():\n    time.sleep(4)\n\n\nasync def handler():\n    slow()\n    cached()\n    in_thread(lambda: time.sleep(5))\n    work()\n";

#[test]
fn facts_may_be_about_the_projects_own_functions() {
    let said = "[tool.blocklint]\nblocking = [\"app.slow\"]\nnon-blocking = [\"app.cached\"]\noffloaders = [\"app.in_thread\"]\nloop-entries = [\"app.on_event\", \"app.named\"]\n";
    let folder = project("facts_own", &[("app.py", OWN), ("pyproject.toml", said)]);
    assert_eq!(found(&folder, &["--isolated", "."]), ["9: BL101 time.sleep", "22: BL101 time.sleep"]);
    assert_eq!(found(&folder, &["."]), ["27: BL101 time.sleep", "31: BL101 time.sleep", "35: BL106 app.slow"]);
}

#[test]
fn facts_may_be_about_rust() {
    let code = "pub mod pool {\n    pub fn run(f: impl FnOnce() + Send + 'static) { std::thread::spawn(f); }\n    pub fn wait() {}\n}\npub async fn handler() {\n    acme::fetch();\n    pool::wait();\n    acme::offload(|| std::thread::sleep(std::time::Duration::from_secs(1)));\n    acme::here(|| std::thread::sleep(std::time::Duration::from_secs(1)));\n}\n";
    let manifest = "[package]\nname = \"example\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nacme = \"1\"\n\n[package.metadata.blocklint]\nblocking = [\"acme::fetch\", \"example::pool::wait\"]\noffloaders = [\"acme::offload\", { path = \"acme::here\", runs = \"here\" }]\n";
    let folder = project("facts_rust", &[("src/lib.rs", code), ("Cargo.toml", manifest)]);
    let expected = ["6: BL106 acme::fetch", "7: BL106 example::pool::wait", "9: BL101 std::thread::sleep"];
    assert_eq!(found(&folder, &["."]), expected);
}

#[test]
fn a_fact_about_a_type_holds_of_what_stands_for_it() {
    let code = "pub async fn handler() {\n    let (tx, rx) = flume::bounded::<u8>(1);\n    tx.send(1).unwrap();\n    rx.recv().unwrap();\n}\n";
    let said = "non-blocking = [\"flume::Sender::send\"]\n";
    let manifest =
        "[package]\nname = \"example\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nflume = \"0.12\"\n";
    let files = [("src/lib.rs", code), ("Cargo.toml", manifest), ("blocklint.toml", said)];
    let folder = project("facts_stand_in", &files);
    let strict = |args: &[&str]| found(&folder, &[&["--profile", "strict"], args].concat());
    assert_eq!(strict(&["."]), ["4: BL106 flume::Receiver::recv"]);
    assert_eq!(strict(&["--isolated", "."]), ["3: BL106 flume::BoundedSender::send", "4: BL106 flume::Receiver::recv"]);
}

#[test]
fn a_wrong_fact_is_shown_where_it_stands() {
    for (name, said, expected) in [
        (
            "unknown_effect",
            "blocking = [{ path = \"acme.x\", effect = \"nett\" }]\n",
            "blocklint.toml:1:41: unknown effect \"nett\", did you mean `net`?",
        ),
        (
            "unknown_key",
            "offloaders = [{ path = \"acme.x\", run = \"worker\" }]\n",
            "blocklint.toml:1:34: unknown key `run`, did you mean `runs`?",
        ),
        (
            "no_language",
            "blocking = [\"fetch\"]\n",
            "blocklint.toml:1:13: `fetch` is not a path: one name is no path of a library",
        ),
        (
            "twice",
            "blocking = [\"acme.x\"]\nnon-blocking = [\"acme.x\"]\n",
            "blocklint.toml:2:17: unreachable harmless `acme.x`: it blocks according to blocklint.toml:1",
        ),
        (
            "no_rule",
            "blocking = [{ path = \"acme.x\", rule = \"ACME1\" }]\n",
            "blocklint.toml:1:39: unknown rule \"ACME1\"",
        ),
    ] {
        let folder = project(&format!("fact_{name}"), &[("app.py", "import acme\n"), ("blocklint.toml", said)]);
        let output = run(&folder, &["check", "."]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(stderr(&output).starts_with(&format!("blocklint: {expected}")), "{}", stderr(&output));
    }
}

#[test]
fn a_fact_about_nothing_is_reported_where_all_of_its_project_is_seen() {
    let said = "blocking = [\n    \"acme.fetch\",\n    \"acme.gone\",\n    { path = [\"acme.{send,other}\", \"old.api\"], effect = \"net\" },\n]\n";
    let folder = project(
        "facts_unmatched",
        &[("app.py", "import acme\n\nacme.fetch()\nacme.other()\n"), ("part/a.py", ""), ("blocklint.toml", said)],
    );
    let said = "blocklint: blocklint.toml:3:5: `acme.gone` matches nothing in the checked program\n\
        blocklint: blocklint.toml:4:36: `old.api` matches nothing in the checked program\n";
    assert_eq!(stderr(&run(&folder, &["check", "."])), said);
    let text = stdout(&run(&folder, &["check", "--output-format", "json", "app.py"]));
    let document: Document = serde_json::from_str(&text).unwrap();
    assert_eq!(document.summary.unmatched_facts, 2);
    for partly in [&["check", "part"][..], &["check", "--exclude", "x", "."], &["check", "--quiet", "."]] {
        assert_eq!(stderr(&run(&folder, partly)), "", "{partly:?}");
    }
}

const PAGE: &str = "---\ncode: ACME001\nname: acme-client\nsummary: the old client blocks\nseverity: error\nlanguages: python\nsince: 1.0\ndetector: blocking\n---\n\n# Acme client\n\nAsk the platform team.\n";
const TABLE: &str =
    "language = \"python\"\n\n[[blocking]]\npath = \"acme.Client.*\"\neffect = \"net\"\nrule = \"acme-client\"\n";

#[test]
fn rules_of_ones_own_are_found_explained_selected_and_silenced() {
    let app = "import acme\nimport time\n\n\nasync def handler():\n    acme.Client().fetch()\n    acme.Client().send()  # blocklint: ignore[ACME001] no other way\n    time.sleep(1)\n";
    let folder = project(
        "own_rules",
        &[
            ("blocklint.toml", "rule-dirs = [\"lint/\"]\n"),
            ("lint/acme-client.md", PAGE),
            ("lint/tables/acme.toml", TABLE),
            ("app.py", app),
        ],
    );
    assert_eq!(found(&folder, &["."]), ["6: ACME001 acme.Client.fetch", "8: BL101 time.sleep"]);
    assert_eq!(found(&folder, &["--select", "ACME", "."]), ["6: ACME001 acme.Client.fetch"]);
    assert_eq!(found(&folder, &["--ignore", "acme-client", "."]), ["8: BL101 time.sleep"]);
    assert!(stdout(&run(&folder, &["check", "."])).contains("error[ACME001 acme-client]"));
    assert!(stdout(&run(&folder, &["explain", "ACME001"])).contains("Ask the platform team."));
    assert!(stdout(&run(&folder, &["rules"])).starts_with("ACME001  acme-client"));
    assert_eq!(run(&folder, &["rules", "--isolated"]).status.code(), Some(0));
    let sarif = stdout(&run(&folder, &["check", "--output-format", "sarif", "."]));
    assert!(sarif.contains("\"id\": \"ACME001\""));
}

#[test]
fn a_wrong_page_or_directory_is_an_error_with_its_place() {
    let bad = |page: &str, name: &str| {
        let files = [("blocklint.toml", "rule-dirs = [\"lint\"]\n"), ("lint/acme-client.md", page), ("app.py", "")];
        let folder = project(name, &files);
        stderr(&run(&folder, &["check", "."]))
    };
    let said = bad(&PAGE.replace("ACME001", "BL999"), "page_code");
    assert!(
        said.starts_with("blocklint: lint/acme-client.md:2:7: `code` must be capitals of your own and digits"),
        "{said}"
    );
    let said = bad(&PAGE.replace("detector: blocking", "detector: lost"), "page_detector");
    assert!(said.starts_with("blocklint: lint/acme-client.md:8:11: `detector` must be `blocking`"), "{said}");
    let said = bad(PAGE, "page_idle");
    assert!(said.starts_with("blocklint: ACME001 acme-client reports nothing"), "{said}");
    let folder = project("no_directory", &[("blocklint.toml", "rule-dirs = [\"lint\"]\n"), ("app.py", "")]);
    assert_eq!(stderr(&run(&folder, &["check", "."])), "blocklint: blocklint.toml:1:14: lint is not a directory\n");
}
