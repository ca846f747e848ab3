//! What is kept between runs: it makes them faster, and changes nothing else.

use crate::command::{CLEAN, SLEEPER, git, project, run, stderr, stdout};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const HELPER: &str = "import time\n\n\ndef wait():\n    time.sleep(1)\n";
const CALLER: &str = "from helper import wait\n\n\nasync def handler():\n    wait()\n";

/// A project of two files of its own.
fn two_files(name: &str) -> PathBuf {
    project(name, &[("pyproject.toml", ""), ("helper.py", HELPER), ("caller.py", CALLER)])
}

/// How many files a run parsed and how many it knew, and what it found.
fn work(folder: &Path, args: &[&str]) -> (String, String) {
    let output = run(folder, &[&["check", "-v", "--output-format", "json"], args].concat());
    let said = stderr(&output);
    let line = said.lines().find_map(|it| it.strip_prefix("blocklint: parsed ")).unwrap_or_default();
    (line.split(" from the cache").next().unwrap().to_owned(), stdout(&output))
}

fn cold(folder: &Path) -> String {
    work(folder, &["--no-cache"]).1
}

/// Every file below the cache's directory.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { out.extend(entries(&path)) } else { out.push(path) }
    }
    out.sort();
    out
}

fn packs(folder: &Path) -> Vec<PathBuf> {
    let name = |it: &PathBuf| it.file_name().unwrap().to_string_lossy().starts_with("summaries-");
    entries(&folder.join(".blocklint_cache")).into_iter().filter(name).collect()
}

#[test]
fn a_second_run_over_an_unchanged_tree_parses_nothing() {
    let folder = two_files("cache-twice");
    let (said, first) = work(&folder, &[]);
    assert_eq!(said, "2 files, 0 are known");
    let (said, second) = work(&folder, &[]);
    assert_eq!(said, "0 files, 2 are known");
    assert_eq!(first, second);
    fs::write(folder.join("helper.py"), "def wait():\n    pass\n").unwrap();
    let (said, third) = work(&folder, &[]);
    assert_eq!(said, "1 files, 1 are known");
    assert_eq!(third, cold(&folder));
    assert_ne!(third, first);
}

#[test]
fn neither_configuration_nor_paths_are_answered_from_another_run() {
    let folder = two_files("cache-options");
    let run_both = |args: &[&str]| {
        let (_, warm) = work(&folder, args);
        assert_eq!(warm, work(&folder, &[args, &["--no-cache"]].concat()).1, "{args:?}");
    };
    run_both(&[]);
    run_both(&["--profile", "pedantic"]);
    run_both(&["--select", "BL102"]);
    run_both(&["--all-chains", "caller.py"]);
    run_both(&["--config", "blocking = [\"helper.wait\"]"]);
    run_both(&["--config", "blocking = [\"helper.other\"]"]);
    run_both(&["--config", "non-blocking = [\"time.sleep\"]"]);
    run_both(&["--threshold", "5s", "--profile", "strict"]);
    run_both(&["--per-file-ignores", "helper.py:BL1"]);
    run_both(&["helper.py"]);
    // Now both are there.
    run_both(&[]);
    run_both(&["helper.py"]);
    for config in ["[tool.blocklint]\nignore = [\"BL101\"]\n", "[tool.blocklint]\nexclude = [\"caller.py\"]\n", ""] {
        fs::write(folder.join("pyproject.toml"), config).unwrap();
        run_both(&[]);
    }
    // The same text elsewhere is another file: this one is test code.
    fs::create_dir(folder.join("tests")).unwrap();
    fs::rename(folder.join("caller.py"), folder.join("tests/test_caller.py")).unwrap();
    run_both(&["--profile", "pedantic"]);
}

type Damage = fn(&[u8]) -> Vec<u8>;

#[test]
fn damaged_and_foreign_entries_are_worked_out_again() {
    let folder = two_files("cache-damaged");
    let expected = cold(&folder);
    let damages: [Damage; 5] = [
        |_| Vec::new(),
        |_| b"something else".to_vec(),
        |it| it[..it.len() / 2].to_vec(),
        |it| it[..it.len() - 1].to_vec(),
        |it| it.iter().enumerate().map(|(at, byte)| if at % 97 == 96 { byte ^ 0x55 } else { *byte }).collect(),
    ];
    for damage in damages {
        work(&folder, &[]);
        for file in entries(&folder.join(".blocklint_cache")) {
            let bytes = fs::read(&file).unwrap();
            fs::write(&file, damage(&bytes)).unwrap();
        }
        let output = run(&folder, &["check", "--output-format", "json"]);
        assert_eq!((stdout(&output), stderr(&output)), (expected.clone(), String::new()));
        assert_eq!(work(&folder, &[]), ("0 files, 2 are known".to_owned(), expected.clone()));
    }
}

#[test]
fn a_cache_that_cannot_be_written_stops_nothing() {
    let folder = two_files("cache-file");
    fs::write(folder.join(".blocklint_cache"), "in the way").unwrap();
    let output = run(&folder, &["check", "--output-format", "json"]);
    assert_eq!((stdout(&output), stderr(&output)), (cold(&folder), String::new()));
    assert!(stderr(&run(&folder, &["check", "-v"])).contains("blocklint: cannot write the cache in "));
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let folder = two_files("cache-concurrent");
    let expected = cold(&folder);
    for round in 0..3 {
        fs::write(folder.join("other.py"), format!("x = {round}\n")).unwrap();
        let start = |_| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_blocklint"));
            command.args(["check", "--output-format", "concise"]).current_dir(&folder);
            command.stdout(std::process::Stdio::piped()).spawn().unwrap()
        };
        let running: Vec<_> = (0..6).map(start).collect();
        let outputs: Vec<String> = running.into_iter().map(|it| stdout(&it.wait_with_output().unwrap())).collect();
        assert!(outputs.iter().all(|it| *it == outputs[0]), "{outputs:?}");
    }
    fs::remove_file(folder.join("other.py")).unwrap();
    assert_eq!(work(&folder, &[]), ("0 files, 2 are known".to_owned(), expected));
}

#[test]
fn a_run_that_is_killed_leaves_nothing_that_misleads() {
    let folder = two_files("cache-killed");
    let expected = cold(&folder);
    for delay in 0..12 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blocklint"));
        let mut child = command.args(["check", "-q"]).current_dir(&folder).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay * 15));
        child.kill().unwrap();
        child.wait().unwrap();
        if delay % 4 == 3 {
            assert_eq!(work(&folder, &[]).1, expected);
            fs::remove_dir_all(folder.join(".blocklint_cache")).unwrap();
        }
    }
    work(&folder, &[]);
    let top = folder.join(".blocklint_cache");
    let program = packs(&folder)[0].parent().unwrap().to_owned();
    let draft = fs::File::create(program.join("result-0.1.tmp")).unwrap();
    draft.set_modified(fs::metadata(&top).unwrap().modified().unwrap() - Duration::from_hours(2)).unwrap();
    fs::write(folder.join("more.py"), CLEAN).unwrap();
    work(&folder, &[]);
    assert!(entries(&top).iter().all(|it| it.extension().is_none_or(|it| it != "tmp")), "{:?}", entries(&top));
}

#[test]
fn it_does_not_grow_without_bound() {
    let folder = two_files("cache-growth");
    for edit in 0..20 {
        fs::write(folder.join("caller.py"), format!("{CALLER}\n# {edit}\n")).unwrap();
        run(&folder, &["check"]);
    }
    let all = entries(&folder.join(".blocklint_cache"));
    let results = all.iter().filter(|it| it.file_name().unwrap().to_string_lossy().starts_with("result-"));
    assert!(results.count() <= 16, "{all:?}");
    assert!(packs(&folder).len() <= 9, "{:?}", packs(&folder));
    let size: u64 = packs(&folder).iter().map(|it| fs::metadata(it).unwrap().len()).sum();
    fs::remove_dir_all(folder.join(".blocklint_cache")).unwrap();
    run(&folder, &["check"]);
    let needed: u64 = packs(&folder).iter().map(|it| fs::metadata(it).unwrap().len()).sum();
    assert!(size <= 10 * needed, "{size} bytes where {needed} are needed");
}

#[test]
fn what_other_builds_left_goes_in_time() {
    let folder = two_files("cache-builds");
    let top = folder.join(".blocklint_cache");
    let now = fs::metadata(&folder).unwrap().modified().unwrap();
    let age = |days: u64| now - Duration::from_hours(24 * days);
    for build in 1..=9 {
        let program = top.join(format!("0.0.{build}-0123456789abcdef/fedcba9876543210"));
        fs::create_dir_all(&program).unwrap();
        let file = fs::File::create(program.join("summaries-0")).unwrap();
        // The last of them was not used for months.
        file.set_modified(age(if build == 1 { 100 } else { build })).unwrap();
    }
    fs::write(top.join("notes.txt"), "somebody's").unwrap();
    run(&folder, &["check"]);
    let mut left: Vec<String> =
        fs::read_dir(&top).unwrap().map(|it| it.unwrap().file_name().to_string_lossy().into_owned()).collect();
    left.sort();
    left.retain(|it| !it.starts_with(env!("CARGO_PKG_VERSION")));
    let kept = ["0.0.2", "0.0.3", "0.0.4"].map(|it| format!("{it}-0123456789abcdef"));
    let [a, b, c] = kept.each_ref().map(String::as_str);
    assert_eq!(left, [".gitignore", a, b, c, "CACHEDIR.TAG", "notes.txt"]);
}

#[test]
fn clean_removes_it_and_nothing_else() {
    let folder = two_files("cache-clean");
    let top = folder.join(".blocklint_cache");
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-qm", "all"]);
    run(&folder, &["check"]);
    let status = Command::new("git").args(["status", "--porcelain"]).current_dir(&folder).output().unwrap();
    assert_eq!(stdout(&status), "", "git sees the cache");
    fs::remove_dir_all(folder.join(".git")).unwrap();
    assert!(
        fs::read_to_string(top.join("CACHEDIR.TAG"))
            .unwrap()
            .starts_with("Signature: 8a477f597d28d172789f06886806bc55\n")
    );
    assert!(fs::read_to_string(top.join(".gitignore")).unwrap().lines().any(|it| it == "*"));
    let first = stdout(&run(&folder, &["clean"]));
    assert!(first.starts_with("removed the cache in ") && first.ends_with(".blocklint_cache\n"), "{first}");
    assert!(!top.exists());
    assert!(stdout(&run(&folder, &["clean"])).starts_with("no cache in "));
    run(&folder, &["check", "--cache-dir", "."]);
    assert!(stdout(&run(&folder, &["clean", "--cache-dir", "."])).starts_with("removed the cache in "));
    assert_eq!(entries(&folder), ["caller.py", "helper.py", "pyproject.toml"].map(|it| folder.join(it)));
}

#[test]
fn clean_is_not_disturbed_by_a_run_that_writes() {
    let folder = two_files("cache-clean-busy");
    let checks = std::thread::spawn({
        let folder = folder.clone();
        move || (0..12).for_each(|_| assert_eq!(run(&folder, &["check"]).status.code(), Some(1)))
    });
    while !checks.is_finished() {
        let output = run(&folder, &["clean"]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    checks.join().unwrap();
    run(&folder, &["clean"]);
    assert_eq!(entries(&folder), ["caller.py", "helper.py", "pyproject.toml"].map(|it| folder.join(it)));
}

#[test]
fn it_is_where_the_command_line_or_the_configuration_says() {
    let folder = project("cache-where", &[("a/pyproject.toml", ""), ("a/src/app.py", SLEEPER), ("b/app.py", CLEAN)]);
    let made = |args: &[&str], expected: Option<&str>| {
        run(&folder, &[&["check"], args].concat());
        for place in ["a/.blocklint_cache", "a/src/.blocklint_cache", ".blocklint_cache", "kept", "a/own"] {
            assert_eq!(folder.join(place).exists(), expected == Some(place), "{args:?}: {place}");
        }
        if let Some(place) = expected {
            fs::remove_dir_all(folder.join(place)).unwrap();
        }
    };
    made(&["--no-cache", "a"], None);
    made(&["a/src"], Some("a/.blocklint_cache"));
    // Without configuration a foreign tree is left as it is.
    made(&["--isolated", "a"], Some(".blocklint_cache"));
    made(&["--cache-dir", "kept", "a"], Some("kept"));
    fs::write(folder.join("a/pyproject.toml"), "[tool.blocklint]\ncache-dir = \"own\"\n").unwrap();
    made(&["a/src/app.py"], Some("a/own"));
    made(&["--show-files", "a"], None);
    let output = Command::new(env!("CARGO_BIN_EXE_blocklint"))
        .args(["check", "a"])
        .current_dir(&folder)
        .env("BLOCKLINT_NO_CACHE", "1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    made(&["--no-cache", "a"], None);
}
