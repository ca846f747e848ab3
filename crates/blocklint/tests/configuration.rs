//! Configuration as its users write it: where it is found, what wins, and what is said when it is wrong.

use crate::command::{SLEEPER, project, run, stderr, stdout};
use blocklint_report::Document;
use std::path::Path;
use std::process::Command;

/// `file: code` of everything found.
fn found(folder: &Path, args: &[&str]) -> Vec<String> {
    let output = run(folder, &[&["check", "--output-format", "json"], args].concat());
    let text = stdout(&output);
    let document: Document = serde_json::from_str(&text).unwrap_or_else(|err| panic!("{err}: {}", stderr(&output)));
    document.findings.into_iter().map(|it| format!("{}: {} {}", it.file, it.severity, it.code)).collect()
}

fn config(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, &[&["config"], args].concat());
    assert_eq!(stderr(&output), "");
    stdout(&output)
}

const WAITS: &str =
    "import time\n\n\nasync def short():\n    time.sleep(1)\n\n\nasync def long():\n    time.sleep(60)\n";

#[test]
fn waits_below_the_threshold_are_notes() {
    let folder = project("threshold", &[("app.py", WAITS), ("blocklint.toml", "threshold = \"2s\"\n")]);
    let strict = found(&folder, &["--profile", "strict"]);
    assert_eq!(strict, ["app.py: note BL101", "app.py: warning BL101"]);
    assert_eq!(found(&folder, &[]), ["app.py: warning BL101"]);
    assert_eq!(found(&folder, &["--threshold", "500ms"]).len(), 2);
    assert_eq!(found(&folder, &["--threshold", "2min"]).len(), 0);
}

#[test]
fn rules_can_be_silent_in_some_files_and_for_chains_through_them() {
    let folder = project(
        "per_file",
        &[
            ("helpers/slow.py", "import time\n\n\ndef wait():\n    time.sleep(1)\n"),
            ("jobs/run.py", "from helpers.slow import wait\n\n\nasync def trial():\n    wait()\n"),
            ("app.py", SLEEPER),
            ("inner/jobs/a.py", SLEEPER),
            ("blocklint.toml", "per-file-ignores = { \"jobs/**\" = [\"BL1\"] }\n"),
        ],
    );
    assert_eq!(found(&folder, &["."]), ["app.py: warning BL101", "inner/jobs/a.py: warning BL101"]);
    let args = [".", "--per-file-ignores", "inner/:blocking-sleep"];
    assert_eq!(found(&folder, &args), ["app.py: warning BL101"]);
    assert_eq!(found(&folder, &[".", "--isolated", "--per-file-ignores", "!app.py:BL1"]), ["app.py: warning BL101"]);
    assert_eq!(found(&folder, &[".", "--isolated"]).len(), 3);
}

#[test]
fn more_rules_are_shown_whatever_the_profile() {
    let opens = "async def handler():\n    return open(\"x\").read()\n";
    let folder = project("extend_select", &[("app.py", opens)]);
    assert_eq!(found(&folder, &["."]).len(), 0);
    assert!(!found(&folder, &[".", "--extend-select", "BL107"]).is_empty());
    assert_eq!(found(&folder, &[".", "--extend-select", "BL107", "--ignore", "blocking-file"]).len(), 0);
}

#[test]
fn a_file_extends_others_and_the_closer_word_wins() {
    let folder = project(
        "extends",
        &[
            ("company/base.toml", "threshold = \"90s\"\nexclude = [\"generated.py\"]\nignore = [\"BL102\"]\n"),
            ("company/team.toml", "extend = \"base.toml\"\nthreshold = \"30s\"\n"),
            ("app/blocklint.toml", "extend = \"../company/team.toml\"\nrequire-reason = true\n"),
            ("app/app.py", WAITS),
        ],
    );
    let shown = config(&folder, &["app"]);
    for line in [
        "# app/blocklint.toml",
        "threshold = \"30s\"              # company/team.toml:2",
        "exclude = [\"generated.py\"]     # company/base.toml:2",
        "ignore = [\"BL102\"]             # company/base.toml:3",
        "require-reason = true          # app/blocklint.toml:2",
        "profile = \"default\"            # default",
    ] {
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.lines().any(|it| squeezed(it) == squeezed(line)), "{line}\n{shown}");
    }
    assert_eq!(found(&folder, &["app"]), ["app/app.py: warning BL101"]);
}

#[test]
fn a_circle_is_an_error_with_its_way() {
    let folder = project(
        "circle",
        &[("a.toml", "extend = \"b.toml\"\n"), ("b.toml", "\nextend = \"a.toml\"\n"), ("app.py", SLEEPER)],
    );
    let output = run(&folder, &["check", "--config", "a.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "blocklint: b.toml:2:10: `extend` goes in a circle: a.toml > b.toml > a.toml\n");
}

#[test]
fn what_is_in_force_is_shown_with_where_it_came_from() {
    let folder = project("shown", &[("pyproject.toml", "[tool.blocklint]\nignore = [\"BL107\"]\nroot = \".\"\n")]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_blocklint"));
    command.args(["config", "--profile", "strict", "--ignore", "BL101", "--config", "threshold = '1s'"]);
    let output = command.current_dir(&folder).env("BLOCKLINT_MIN_SEVERITY", "error").output().unwrap();
    let text = stdout(&output);
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["ignore"].as_array().unwrap().len(), 2, "{text}");
    for (said, origin) in [
        ("profile = \"strict\"", "--profile"),
        ("\"BL101\",", "--ignore"),
        ("\"BL107\",", "pyproject.toml:2"),
        ("min-severity = \"error\"", "BLOCKLINT_MIN_SEVERITY"),
        ("threshold = \"1s\"", "--config"),
        ("root = \".\"", "pyproject.toml:3"),
        ("require-reason = false", "default"),
    ] {
        let line = text.lines().find(|it| it.trim().starts_with(said)).unwrap_or_else(|| panic!("{said}\n{text}"));
        assert!(line.ends_with(&format!("# {origin}")), "{line}");
    }
    let json: serde_json::Value = serde_json::from_str(&config(&folder, &["--output-format", "json"])).unwrap();
    let rows = json["settings"].as_array().unwrap();
    let ignore = rows.iter().find(|it| it["key"] == "ignore").unwrap();
    assert_eq!((&ignore["from"], &ignore["line"]), (&"file".into(), &2.into()));
}

#[test]
fn what_is_shown_is_a_configuration_that_means_the_same() {
    let folder =
        project("same", &[("blocklint.toml", "select = [\"BL1\"]\nper-file-ignores = { \"a\" = [\"BL1\"] }\n")]);
    let shown = config(&folder, &[]);
    std::fs::write(folder.join("blocklint.toml"), &shown).unwrap();
    let again: toml::Table = config(&folder, &[]).parse().unwrap();
    assert_eq!(again, shown.parse::<toml::Table>().unwrap());
}

#[test]
fn the_root_may_be_configured_and_paths_begin_at_their_file() {
    let helper = "import time\n\n\ndef wait():\n    time.sleep(1)\n";
    let caller = "from helper import wait\n\n\nasync def handler():\n    wait()\n";
    let folder = project(
        "root",
        &[
            ("blocklint.toml", "root = \".\"\nexclude = [\"/skipped.py\"]\n"),
            ("helper.py", helper),
            ("skipped.py", SLEEPER),
            ("part/skipped.py", "from helper import wait\n"),
            ("part/caller.py", caller),
        ],
    );
    // The helper is outside of what is reported, and is read all the same.
    assert_eq!(found(&folder, &["part"]), Vec::<String>::new());
    assert_eq!(found(&folder, &["."]), ["helper.py: warning BL101"]);
    let shown = stdout(&run(&folder, &["check", "--show-files", "part"]));
    assert_eq!(shown, "helper.py\npart/caller.py\npart/skipped.py\n");
}

#[test]
fn a_wrong_rule_is_shown_where_it_stands() {
    let text = "[tool.blocklint]\nselect = [\n  \"BL101\",\n  \"blocking-slep\",\n]\n";
    let folder = project("wrong_rule", &[("pyproject.toml", text), ("app.py", SLEEPER)]);
    let said = stderr(&run(&folder, &["check"]));
    assert!(
        said.starts_with(
            "blocklint: pyproject.toml:4:3: unknown rule \"blocking-slep\", did you mean `blocking-sleep`?\n"
        ),
        "{said}"
    );
    assert_eq!(stderr(&run(&folder, &["config"])), said);
    assert!(said.contains("4 |   \"blocking-slep\",\n  |   ^^^^^^^^^^^^^^^"), "{said}");
}

#[test]
fn a_flag_that_is_configured_can_be_taken_back() {
    let silenced = "import time\n\n\nasync def handler():\n    time.sleep(1)  # blocklint: ignore[BL101]\n";
    let folder = project("negation", &[("blocklint.toml", "require-reason = true\n"), ("app.py", silenced)]);
    assert_eq!(found(&folder, &["."]), ["app.py: warning BL902"]);
    assert_eq!(found(&folder, &[".", "--no-require-reason"]), Vec::<String>::new());
}

#[test]
fn a_start_is_written_where_it_belongs_and_never_over_what_is_there() {
    let rust = project("init_rust", &[("Cargo.toml", "[package]\nname = \"x\"\n"), ("src/lib.rs", "")]);
    assert!(stdout(&run(&rust, &["init"])).starts_with("wrote blocklint.toml"));
    assert_eq!(run(&rust, &["check"]).status.code(), Some(0));
    let again = run(&rust, &["init"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("blocklint.toml configures blocklint already"), "{}", stderr(&again));

    let python = project("init_python", &[("pyproject.toml", "[project]\nname = \"x\""), ("app.py", SLEEPER)]);
    assert!(stdout(&run(&python, &["init"])).starts_with("added [tool.blocklint] to pyproject.toml"));
    assert!(config(&python, &[]).starts_with("# pyproject.toml\n"));
    assert_eq!(found(&python, &["."]), ["app.py: warning BL101"]);
    assert_eq!(run(&python, &["init"]).status.code(), Some(2));
}
