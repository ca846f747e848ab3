//! What a change introduces, as `--diff-base` and `--staged` see it.

use crate::command::{SLEEPER, git, project, run, stderr, stdout};
use blocklint_report::Document;
use std::fs;
use std::path::{Path, PathBuf};

fn repository(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = project(name, files);
    git(&folder, &["init", "--quiet", "--initial-branch", "main"]);
    commit(&folder);
    folder
}

fn commit(folder: &Path) {
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "-m", "state"]);
}

/// What is introduced, as `file:line function`, and how much is not.
fn introduced(folder: &Path, args: &[&str]) -> (Vec<String>, usize) {
    let all = [&["check", "--isolated", "--output-format", "json"], args].concat();
    let output = run(folder, &all);
    let document: Document = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    let place = |it: &blocklint_report::Item| format!("{}:{} {}", it.file, it.line, it.function);
    (document.findings.iter().map(place).collect(), document.summary.unchanged)
}

#[test]
fn a_call_that_puts_an_old_line_on_the_loop_is_introduced_where_it_is_written() {
    let helper = "import time\n\n\ndef wait():\n    time.sleep(1)\n";
    let caller = "import time\nfrom helper import wait\n\n\nasync def old():\n    time.sleep(2)\n";
    let folder = repository("diff", &[("helper.py", helper), ("app.py", caller), ("moved.py", SLEEPER)]);
    git(&folder, &["mv", "moved.py", "renamed.py"]);
    fs::write(folder.join("app.py"), format!("{caller}\n\nasync def new():\n    wait()\n")).unwrap();
    // The sleep is in a file that did not change; the call that puts it on the loop is in the diff.
    assert_eq!(introduced(&folder, &["--diff-base", "main", "."]), (vec!["app.py:10 wait".to_owned()], 2));
}

#[test]
fn what_cannot_be_compared_is_said_with_the_remedy() {
    let folder = repository("diff_errors", &[("app.py", SLEEPER)]);
    let complaint = |folder: &Path, args: &[&str]| {
        let output = run(folder, &[&["check", "--isolated"], args].concat());
        assert_eq!(output.status.code(), Some(2));
        stderr(&output)
    };
    let unknown = complaint(&folder, &["--diff-base", "nowhere", "."]);
    assert!(unknown.contains("git knows no revision `nowhere`"), "{unknown}");

    // A branch that left main before what a shallow clone holds.
    git(&folder, &["checkout", "--quiet", "-b", "change"]);
    fs::write(folder.join("app.py"), "x = 1\n").unwrap();
    commit(&folder);
    git(&folder, &["checkout", "--quiet", "main"]);
    fs::write(folder.join("app.py"), "y = 1\n").unwrap();
    commit(&folder);
    let shallow = folder.with_file_name("diff_shallow");
    let _ = fs::remove_dir_all(&shallow);
    let source = format!("file://{}", folder.display());
    let target = shallow.display().to_string();
    git(&folder, &["clone", "--quiet", "--depth", "1", "--no-single-branch", "--branch", "change", &source, &target]);
    let cut = complaint(&shallow, &["--diff-base", "origin/main", "."]);
    assert!(cut.contains("this clone is shallow: `git fetch --unshallow`"), "{cut}");

    // Git looks for a repository in every folder above, and the tests' own folder is in one.
    let outside = std::env::temp_dir().join("blocklint-no-repository");
    fs::create_dir_all(&outside).unwrap();
    fs::write(outside.join("app.py"), SLEEPER).unwrap();
    for (option, args) in [("--diff-base", &["--diff-base", "HEAD", "."][..]), ("--staged", &["--staged", "."])] {
        let none = complaint(&outside, args);
        assert!(none.contains(&format!("`{option}` needs a git repository")), "{none}");
    }
}

#[test]
fn a_removed_guard_and_a_removed_hand_off_introduce_a_finding() {
    let guarded = "import asyncio\nimport time\n\n\ndef wait():\n    try:\n        asyncio.get_running_loop()\n    \
        except RuntimeError:\n        time.sleep(1)\n\n\nasync def handler():\n    wait()\n    await asyncio.to_thread(time.sleep, 2)\n";
    let folder = repository("diff_guard", &[("app.py", guarded)]);
    assert_eq!(introduced(&folder, &["--diff-base", "main", "."]), (vec![], 0));
    let bare = guarded
        .replace("    try:\n        asyncio.get_running_loop()\n    except RuntimeError:\n        time", "    time")
        .replace("await asyncio.to_thread(time.sleep, 2)", "time.sleep(2)");
    fs::write(folder.join("app.py"), bare).unwrap();
    let both = vec!["app.py:6 wait".to_owned(), "app.py:11 handler".to_owned()];
    assert_eq!(introduced(&folder, &["--diff-base", "main", "."]), (both, 0));
}

#[test]
fn a_finding_is_followed_into_a_file_with_an_odd_name() {
    let filler = "def f():\n    return 1\n".repeat(9);
    let folder = repository("diff_rename", &[("old.py", &format!("{SLEEPER}\n\n{filler}"))]);
    let name = "new \"name\"\n\u{e9}.py";
    git(&folder, &["mv", "old.py", name]);
    let second = format!("{SLEEPER}\n\n{filler}\n\nimport time\nasync def second():\n    time.sleep(1)\n");
    fs::write(folder.join(name), second).unwrap();
    let (found, unchanged) = introduced(&folder, &["--diff-base", "main", "."]);
    assert_eq!((found.len(), unchanged), (1, 1), "{found:?}");
    assert!(found[0].ends_with("second"), "{found:?}");
}

#[test]
fn staged_is_what_the_next_commit_has_and_not_what_is_on_disk() {
    let folder = repository("staged", &[("app.py", SLEEPER), ("inner/pyproject.toml", ""), ("inner/b.py", "")]);
    assert_eq!(introduced(&folder, &["--staged", "."]), (vec![], 1));

    // Staged, and then taken back on disk only; another one on disk only.
    let staged = format!("{SLEEPER}\n\nasync def staged():\n    time.sleep(1)\n");
    fs::write(folder.join("app.py"), &staged).unwrap();
    git(&folder, &["add", "app.py"]);
    fs::write(folder.join("app.py"), format!("\n{SLEEPER}\n\nasync def unstaged():\n    time.sleep(1)\n")).unwrap();
    fs::write(folder.join("untracked.py"), SLEEPER).unwrap();
    assert_eq!(introduced(&folder, &["--staged", "."]), (vec!["app.py:9 staged".to_owned()], 1));

    // A file limits what is reported.
    assert_eq!(introduced(&folder, &["--staged", "inner/b.py"]).0, Vec::<String>::new());
}

#[test]
fn staged_works_before_the_first_commit_and_says_when_there_are_conflicts() {
    let folder = project("staged_first", &[("app.py", SLEEPER)]);
    git(&folder, &["init", "--quiet", "--initial-branch", "main"]);
    git(&folder, &["add", "."]);
    assert_eq!(introduced(&folder, &["--staged", "."]), (vec!["app.py:5 handler".to_owned()], 0));
    commit(&folder);

    git(&folder, &["checkout", "--quiet", "-b", "other"]);
    fs::write(folder.join("app.py"), "x = 1\n").unwrap();
    commit(&folder);
    git(&folder, &["checkout", "--quiet", "main"]);
    fs::write(folder.join("app.py"), "x = 2\n").unwrap();
    commit(&folder);
    let merge = std::process::Command::new("git").args(["merge", "--quiet", "other"]).current_dir(&folder).output();
    assert!(!merge.unwrap().status.success());
    let output = run(&folder, &["check", "--isolated", "--staged", "."]);
    assert!(stderr(&output).contains("the index holds conflicts"), "{}{}", stdout(&output), stderr(&output));
}

/// Git runs hooks with variables of its own, one of which names the index.
#[cfg(unix)]
#[test]
fn staged_works_in_a_hook_of_git() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = repository("staged_hook", &[("inner/pyproject.toml", ""), ("inner/app.py", "x = 1\n")]);
    let hook = folder.join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    let command = format!("#!/bin/sh\nexec '{}' check --isolated --staged inner\n", env!("CARGO_BIN_EXE_blocklint"));
    fs::write(&hook, command).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(folder.join("inner/app.py"), SLEEPER).unwrap();
    for args in [&["commit", "--all", "-m", "x"][..], &["commit", "inner/app.py", "-m", "x"]] {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let output = std::process::Command::new("git").args(identity).args(args).current_dir(&folder).output().unwrap();
        let said = stdout(&output) + &stderr(&output);
        assert!(!output.status.success() && said.contains("time.sleep"), "{args:?}: {said}");
    }
}
