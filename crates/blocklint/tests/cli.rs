//! The command line, as its users and their scripts know it.

use crate::command::{CLEAN, SLEEPER, project, run, stderr, stdout};
use crate::support::{read, root};
use blocklint_report::Document;
use expect_test::expect;
use std::fs;
use std::process::Command;

#[test]
fn the_exit_status_is_0_1_or_2() {
    let folder = project("exit", &[("bad/app.py", SLEEPER), ("good/app.py", CLEAN), ("empty/notes.txt", "")]);
    let status = |args: &[&str]| run(&folder, args).status.code();
    assert_eq!(status(&["check", "good"]), Some(0));
    assert_eq!(status(&["check", "bad"]), Some(1));
    assert_eq!(status(&["check", "--exit-zero", "bad"]), Some(0));
    assert_eq!(status(&["check", "missing"]), Some(2));
    assert_eq!(status(&["check", "empty"]), Some(2));
    assert_eq!(status(&["check", "--no-such-option"]), Some(2));
    assert_eq!(status(&["check", "--select", "BL999", "bad"]), Some(2));
    assert_eq!(status(&["explain", "BL101"]), Some(0));
    assert_eq!(status(&["explain", "BL1O1"]), Some(2));
}

#[test]
fn an_error_says_what_and_where() {
    let folder = project(
        "errors",
        &[("empty/notes.txt", ""), ("a.py", CLEAN), ("pyproject.toml", "[tool.blocklint]\nslect = [\"BL1\"]\n")],
    );
    assert_eq!(stderr(&run(&folder, &["check", "missing"])), "blocklint: no such path: missing\n");
    assert_eq!(
        stderr(&run(&folder, &["check", "--isolated", "empty"])),
        "blocklint: no Python or Rust file in empty: nothing was checked\n"
    );
    let unknown = stderr(&run(&folder, &["check", "--isolated", "--select", "blocking-slep", "."]));
    assert_eq!(unknown, "blocklint: unknown rule `blocking-slep`; did you mean `blocking-sleep`?\n");
    let config = stderr(&run(&folder, &["check", "."]));
    assert!(config.contains("pyproject.toml") && config.contains("did you mean `select`?"), "{config}");
}

#[test]
fn the_result_is_a_document_of_the_published_schema() {
    let folder = project("json", &[("app.py", SLEEPER)]);
    let text = stdout(&run(&folder, &["check", "--output-format", "json", "."]));
    let document: Document = serde_json::from_str(&text).unwrap();
    let place: Vec<(&str, usize, usize, &str)> =
        document.findings.iter().map(|it| (it.file.as_str(), it.line, it.column, it.code.as_str())).collect();
    assert_eq!(place, [("app.py", 5, 5, "BL101")]);
    let schema: serde_json::Value = serde_json::from_str(&stdout(&run(&folder, &["schema", "findings"]))).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    valid(&schema, &schema, &value, "$");
}

#[test]
fn a_profile_is_named_only_where_it_shows_more() {
    let stat = "import os\n\nasync def handler(path):\n    return os.path.exists(path)\n";
    let proxy = "import time\nfrom elsewhere import Base\n\nclass Proxy(Base):\n    def __getattr__(self, name):\n        \
                 time.sleep(9)\n\nasync def handler():\n    return Proxy().value\n";
    let folder = project("profiles", &[("note/app.py", stat), ("unsure/app.py", proxy)]);
    let hidden = |args: &[&str]| {
        let text = stdout(&run(&folder, &[&["check", "--isolated"], args].concat()));
        text.split_once(" (1 hidden").map(|it| it.1.split(')').next().unwrap().to_owned())
    };
    let hint = |profile: &str| Some(format!("; `--profile {profile}` shows more"));
    assert_eq!(hidden(&["note"]), hint("strict"));
    assert_eq!(hidden(&["unsure"]), hint("pedantic"));
    assert_eq!(hidden(&["--profile", "strict", "unsure"]), hint("pedantic"));
    assert_eq!(hidden(&["--profile", "pedantic", "unsure"]), None);
    assert_eq!(hidden(&["--select", "BL102", "note"]), Some(String::new()));
    assert_eq!(hidden(&["--min-severity", "warning", "note"]), Some(String::new()));
}

/// As much of JSON Schema as the published schema uses.
fn valid(schema: &serde_json::Value, rule: &serde_json::Value, value: &serde_json::Value, at: &str) {
    if let Some(reference) = rule["$ref"].as_str() {
        valid(schema, &schema["$defs"][reference.rsplit('/').next().unwrap()], value, at);
    }
    if let Some(choices) = rule["enum"].as_array() {
        assert!(choices.contains(value), "{at}: {value} is not one of {choices:?}");
    }
    if let Some(constant) = rule.get("const") {
        assert_eq!(constant, value, "{at}");
    }
    if let Some(minimum) = rule["minimum"].as_u64() {
        assert!(value.as_u64().is_none_or(|it| it >= minimum), "{at}: {value} is below {minimum}");
    }
    for required in rule["required"].as_array().into_iter().flatten() {
        assert!(value.get(required.as_str().unwrap()).is_some(), "{at}: {required} is missing");
    }
    if let (Some(properties), Some(object)) = (rule["properties"].as_object(), value.as_object()) {
        for (key, inner) in object {
            let rule = properties.get(key).unwrap_or_else(|| panic!("{at}: {key} is not in the schema"));
            valid(schema, rule, inner, &format!("{at}.{key}"));
        }
    }
    if let (Some(items), Some(array)) = (rule.get("items"), value.as_array()) {
        array.iter().enumerate().for_each(|(index, it)| valid(schema, items, it, &format!("{at}[{index}]")));
    }
}

#[test]
fn a_file_is_a_filter_on_what_is_reported() {
    let helper = "import time\n\n\ndef wait():\n    time.sleep(1)\n";
    let caller = "from helper import wait\n\n\nasync def handler():\n    wait()\n";
    let folder = project("filter", &[("pyproject.toml", ""), ("helper.py", helper), ("caller.py", caller)]);
    assert_eq!(run(&folder, &["check", "helper.py"]).status.code(), Some(1));
    assert_eq!(run(&folder, &["check", "caller.py"]).status.code(), Some(0));
}

#[test]
fn a_file_of_a_workspaces_member_is_read_with_the_whole_workspace() {
    let helper = "pub fn wait() {\n    std::thread::sleep(std::time::Duration::from_secs(1));\n}\n";
    let caller = "pub async fn handler() {\n    helper::wait();\n}\n";
    let package = |name: &str| format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n");
    let (rust, own) = (package("helper"), package("helper") + "[package.metadata.blocklint]\n");
    let files = |workspace: &str, helper_manifest: &str| {
        vec![
            (".git/HEAD".to_owned(), String::new()),
            ("Cargo.toml".to_owned(), workspace.to_owned()),
            ("api/Cargo.toml".to_owned(), package("api")),
            ("api/src/lib.rs".to_owned(), caller.to_owned()),
            ("helper/Cargo.toml".to_owned(), helper_manifest.to_owned()),
            ("helper/src/lib.rs".to_owned(), helper.to_owned()),
        ]
    };
    let status = |name: &str, files: &[(String, String)], path: &str| {
        let files: Vec<(&str, &str)> = files.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        run(&project(name, &files), &["check", path]).status.code()
    };
    let everything = "[workspace]\nmembers = [\"*\"]\n";
    assert_eq!(status("workspace", &files(everything, &rust), "helper/src/lib.rs"), Some(1));
    // Its own project, because it says so, or the workspace does.
    assert_eq!(status("workspace-own", &files(everything, &own), "helper/src/lib.rs"), Some(0));
    let without = "[workspace]\nmembers = [\"api\"]\nexclude = [\"helper\"]\n";
    assert_eq!(status("workspace-without", &files(without, &rust), "helper/src/lib.rs"), Some(0));
    assert_eq!(status("workspace-above", &files("[profile.release]\n", &rust), "helper/src/lib.rs"), Some(0));
    assert_eq!(
        status("workspace-other", &files("[workspace]\nmembers = [\"api\"]\n", &rust), "helper/src/lib.rs"),
        Some(0)
    );
    let needed = "[workspace]\nmembers = [\"api\"]\n\n[workspace.dependencies]\nhelper = { path = \"helper\" }\n";
    assert_eq!(status("workspace-needed", &files(needed, &rust), "helper/src/lib.rs"), Some(1));

    let python = |members: &str| {
        let root = format!("[tool.uv.workspace]\nmembers = [\"{members}\"]\n");
        let sleeper = "import time\n\n\ndef wait():\n    time.sleep(1)\n";
        let caller = "from helper import wait\n\n\nasync def handler():\n    wait()\n";
        [
            (".git/HEAD", ""),
            ("pyproject.toml", &root),
            ("packages/api/pyproject.toml", "[project]\nname = \"api\"\n"),
            ("packages/api/src/api/__init__.py", caller),
            ("packages/helper/pyproject.toml", "[project]\nname = \"helper\"\n"),
            ("packages/helper/src/helper/__init__.py", sleeper),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
    };
    let helper = "packages/helper/src/helper/__init__.py";
    assert_eq!(status("workspace-uv", &python("packages/*"), helper), Some(1));
    assert_eq!(status("workspace-uv-without", &python("packages/api"), helper), Some(0));
}

#[test]
fn what_git_ignores_and_what_is_installed_is_left_out() {
    let folder = project(
        "walk",
        &[
            (".gitignore", "generated/\n"),
            ("app.py", CLEAN),
            ("generated/a.py", SLEEPER),
            (".venv/lib/b.py", SLEEPER),
            ("env/pyvenv.cfg", ""),
            ("env/lib/c.py", SLEEPER),
            ("node_modules/d.py", SLEEPER),
            ("target/CACHEDIR.TAG", ""),
            ("target/e.rs", ""),
        ],
    );
    assert_eq!(stdout(&run(&folder, &["check", "--show-files", "."])), "app.py\n");
}

#[test]
fn odd_files_are_survived_and_said() {
    let folder =
        project("odd", &[("app.py", CLEAN), ("bom.py", "\u{feff}x = 1\r\ny = 2\r\n"), ("broken.py", "def f(:\n")]);
    fs::write(folder.join("latin.py"), b"# coding: latin-1\nx = '\xe9'\n").unwrap();
    fs::write(folder.join("bytes.py"), b"x = '\xff'\n").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&folder, folder.join("loop")).unwrap();
        std::os::unix::fs::symlink("nowhere.py", folder.join("dangling.py")).unwrap();
        assert!(Command::new("mkfifo").arg(folder.join("pipe.py")).status().unwrap().success());
    }
    let output = run(&folder, &["check", "--output-format", "json", "."]);
    let document: Document = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(document.summary.files, 5);
    let said: Vec<&str> = document.errors.iter().map(|it| it.file.as_str()).collect();
    assert!(said.contains(&"broken.py") && said.contains(&"bytes.py") && !said.contains(&"latin.py"), "{said:?}");
}

#[test]
fn a_baseline_leaves_what_is_new() {
    let folder = project("baseline", &[("app.py", SLEEPER)]);
    assert_eq!(stdout(&run(&folder, &["baseline", "write"])).lines().count(), 1);
    assert_eq!(run(&folder, &["check"]).status.code(), Some(0));
    assert_eq!(run(&folder, &["check", "--isolated"]).status.code(), Some(1));

    // Lines move, a caller comes, and a finding too.
    let moved = format!(
        "# a line\n{SLEEPER}\n\nasync def caller():\n    await handler()\n\n\nasync def second():\n    time.sleep(2)\n"
    );
    fs::write(folder.join("app.py"), moved).unwrap();
    let output = run(&folder, &["check", "--output-format", "json"]);
    let document: Document = serde_json::from_str(&stdout(&output)).unwrap();
    let functions: Vec<&str> = document.findings.iter().map(|it| it.function.as_str()).collect();
    assert_eq!((functions, document.summary.baselined), (vec!["second"], 1));

    // Two equal calls in one function are two entries.
    fs::write(folder.join("app.py"), SLEEPER.to_owned() + "    time.sleep(1)\n").unwrap();
    assert_eq!(run(&folder, &["check"]).status.code(), Some(1));

    fs::write(folder.join("app.py"), CLEAN).unwrap();
    let output = run(&folder, &["check"]);
    assert!(stderr(&output).contains("1 entries of"), "{}", stderr(&output));
    assert!(stdout(&run(&folder, &["baseline", "show"])).contains("(found no more)"));
    assert!(stdout(&run(&folder, &["baseline", "prune"])).starts_with("removed 1 entries"));
}

#[test]
fn the_closest_configuration_counts_and_the_command_line_is_stronger() {
    let folder = project(
        "config",
        &[
            ("blocklint.toml", "ignore = [\"BL101\"]\n"),
            ("app.py", SLEEPER),
            ("inner/pyproject.toml", "[tool.blocklint]\nexclude = [\"left_out.py\"]\n"),
            ("inner/app.py", SLEEPER),
            ("inner/left_out.py", SLEEPER),
        ],
    );
    let places = |args: &[&str]| {
        let text = stdout(&run(&folder, &[&["check", "--output-format", "json"], args].concat()));
        let document: Document = serde_json::from_str(&text).unwrap();
        document.findings.into_iter().map(|it| it.file).collect::<Vec<_>>()
    };
    assert_eq!(places(&["."]), Vec::<String>::new());
    assert_eq!(places(&["inner"]), ["inner/app.py"]);
    assert_eq!(places(&["--isolated", "."]), ["app.py", "inner/app.py", "inner/left_out.py"]);
    assert_eq!(places(&["inner", "--ignore", "blocking-sleep"]), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn reasons_are_asked_for_by_the_command_line_or_the_configuration() {
    let silenced = "import time\n\n\nasync def handler():\n    time.sleep(1)  # noqa  # blocklint: ignore[BL101]\n";
    let folder = project("reasons", &[("a/app.py", silenced), ("b/app.py", silenced)]);
    fs::write(folder.join("b/blocklint.toml"), "require-reason = true\n").unwrap();
    let found = |args: &[&str]| {
        let all = [&["check", "--output-format", "concise"], args].concat();
        stdout(&run(&folder, &all)).contains("BL902")
    };
    assert!(!found(&["a"]));
    assert!(found(&["--require-reason", "a"]));
    assert!(found(&["b"]));
    assert!(!found(&["--isolated", "b"]));
}

#[test]
fn a_hostile_file_name_forges_no_command() {
    let name = "a\n::error::forged\u{1b}[31m.py";
    let folder = project("hostile", &[(name, SLEEPER)]);
    for format in ["full", "concise", "grouped", "github", "azure"] {
        let text = stdout(&run(&folder, &["check", "--isolated", "--output-format", format, "."]));
        assert!(!text.contains('\u{1b}'), "{format}: {text}");
        assert!(!text.lines().any(|it| it.starts_with("::error::forged")), "{format}: {text}");
    }
}

#[test]
fn several_outputs_are_written_at_once() {
    let folder = project("outputs", &[("app.py", SLEEPER)]);
    let args = ["check", "--output", "sarif=out.sarif", "--output", "junit=out.xml", "--output-format", "concise", "."];
    let text = stdout(&run(&folder, &args));
    assert!(text.starts_with("app.py:5:5: warning[BL101 blocking-sleep] "), "{text}");
    let sarif: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.join("out.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "BL101");
    assert!(fs::read_to_string(folder.join("out.xml")).unwrap().contains("<failure"));
}

#[test]
fn colour_is_for_terminals_unless_forced() {
    let folder = project("colour", &[("app.py", SLEEPER)]);
    assert!(!stdout(&run(&folder, &["check", "."])).contains('\u{1b}'));
    assert!(stdout(&run(&folder, &["check", "--color", "always", "."])).contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_is_quiet() {
    let folder = project("pipe", &[("app.py", &SLEEPER.repeat(200))]);
    let command = format!("{} check --output-format json . | head -n 1", env!("CARGO_BIN_EXE_blocklint"));
    let output = Command::new("sh").args(["-c", &command]).current_dir(&folder).output().unwrap();
    assert_eq!(stderr(&output), "");
}

#[test]
fn the_installation_finds_the_shipped_incident() {
    let output = run(&root(), &["self-test"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
}

#[test]
fn every_rule_is_explained() {
    let all = stdout(&run(&root(), &["explain", "--all"]));
    for line in stdout(&run(&root(), &["rules"])).lines() {
        let code = &line[..5];
        assert!(all.contains(code), "{code}");
    }
}

#[test]
fn help_lists_what_there_is() {
    let output = run(&root(), &["--help"]);
    let commands: Vec<String> = stdout(&output)
        .lines()
        .skip_while(|it| !it.starts_with("Commands:"))
        .take_while(|it| !it.is_empty())
        .filter_map(|it| it.strip_prefix("  ")?.split(' ').next().map(str::to_owned))
        .filter(|it| !it.is_empty())
        .collect();
    expect![
        "check baseline summarize clean why graph explain rules self-test config init server schema version generate-shell-completion help"
    ]
    .assert_eq(&commands.join(" "));
}

/// The commands that README shows are run as they are written, with the binary in place of `cargo run`.
#[test]
fn readme_shows_commands_that_work() {
    let readme = read("README.md");
    let mut ran = 0;
    for line in readme.lines().filter_map(|it| it.strip_prefix("$ ")) {
        let Some(args) = line.strip_prefix("cargo run --release -- ").or_else(|| line.strip_prefix("blocklint "))
        else {
            continue;
        };
        let args: Vec<&str> = args.split('#').next().unwrap().split_whitespace().collect();
        if (args.contains(&"--diff-base") || args.contains(&"--staged")) && !root().join(".git").exists() {
            // An unpacked archive has no history to compare with.
            continue;
        }
        let output = run(&root(), &args);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{line}: {}", stderr(&output));
        ran += 1;
    }
    assert!(ran >= 3, "README shows only {ran} commands");
}

#[test]
fn readme_shows_what_the_incident_really_prints() {
    let output = run(&root(), &["check", "testdata/programs/litellm-26192/incident"]);
    let shown = read("README.md").replace("\r\n", "\n");
    for line in stdout(&output).lines().filter(|it| !it.trim().is_empty()) {
        assert!(shown.contains(line), "README does not show: {line}");
    }
}
