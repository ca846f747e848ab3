//! Files that nobody would write, and disks that do not do what they should: each is said or left out and counted, everything else is
//! checked all the same, and nothing is corrupted.

use crate::command::{CLEAN, SLEEPER, project, run, stderr, stdout};
use blocklint_report::Document;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// What is found, and what could not be read as it is: the file and why.
fn checked(folder: &Path, args: &[&str]) -> (usize, Vec<(String, String)>) {
    let all = [&["check", "--isolated", "--output-format", "json"], args, &["."]].concat();
    let output = run(folder, &all);
    let document: Document = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    let said: Vec<(String, String)> = document.errors.into_iter().map(|it| (it.file, it.message)).collect();
    let files: std::collections::BTreeSet<&str> = said.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(document.summary.unparsed_files, files.len(), "each of them is counted: {said:?}");
    (document.findings.len(), said)
}

/// The one complaint is about this file and says this; the sleeper beside it is found.
#[track_caller]
fn check(folder: &Path, args: &[&str], file: &str, reason: &str) {
    fs::write(folder.join("sleeper.py"), SLEEPER).unwrap();
    let (found, said) = checked(folder, args);
    assert_eq!(found, 1, "{said:?}");
    assert!(said.iter().any(|it| it.0 == file && it.1.contains(reason)), "{said:?}");
    assert!(said.iter().all(|it| it.0 == file), "{said:?}");
}

#[test]
fn a_large_file_is_left_out() {
    let folder = project("hostile_large", &[("large.py", "")]);
    // Sparse: it takes no room, and a reader that does not look at its size reads 100 MB of zeros.
    fs::File::options().write(true).open(folder.join("large.py")).unwrap().set_len(100 << 20).unwrap();
    check(&folder, &[], "large.py", "larger than 20 MB, which is `max-file-size`; left out");
    fs::write(folder.join("large.py"), "x = 1\n".repeat(1000)).unwrap();
    check(&folder, &["--max-file-size", "5kB"], "large.py", "larger than 5 kB");
    fs::write(folder.join("blocklint.toml"), "max-file-size = \"5.5 kB\"\n").unwrap();
    let concise = ["check", "--output-format", "concise", "."];
    assert!(
        stderr(&run(&folder, &concise)).is_empty()
            && stdout(&run(&folder, &concise)).contains("larger than 5500 bytes")
    );
}

#[test]
fn a_deep_file_is_left_out() {
    let deep = |open: &str, close: &str| format!("x = {}1{}\n", open.repeat(100_000), close.repeat(100_000));
    for (name, text) in [
        ("deep.py", deep("(", ")")),
        ("deep.py", deep("f(lambda: ", ")")),
        ("deep.py", deep("not ", "")),
        ("deep.rs", format!("fn f() {{ {} }}", deep("(", ")").replace("x = ", "").trim())),
        ("deep.rs", format!("type A = {}u8{};", "Vec<".repeat(100_000), ">".repeat(100_000))),
    ] {
        let folder = project("hostile_deep", &[(name, &text)]);
        check(&folder, &[], name, "");
    }
    // Blocks cost nothing until there are too many of them.
    let blocks =
        (0..2000).map(|at| " ".repeat(at) + "if x:\n").collect::<Vec<_>>().concat() + &" ".repeat(2000) + "y\n";
    let folder = project("hostile_blocks", &[("blocks.py", &blocks), ("sleeper.py", SLEEPER)]);
    assert_eq!(checked(&folder, &[]), (1, Vec::new()));
    let folder = project("hostile_nesting", &[("deep.py", "x = ((((((1))))))\n"), ("deep.rs", "fn f() { 1 }\n")]);
    check(
        &folder,
        &["--max-nesting", "6"],
        "deep.py",
        "nests 7 levels deep, more than the 6 of `max-nesting`; left out",
    );
}

#[test]
fn a_long_line_is_read() {
    let folder = project("hostile_line", &[]);
    let python = format!("import time\nx = '{}'\nasync def f(): time.sleep(1)\n", "x".repeat(10 << 20));
    fs::write(folder.join("line.py"), python).unwrap();
    let long = "f(a, b); ".repeat(20_000);
    fs::write(folder.join("line.rs"), format!("async fn f() {{ {long} std::thread::sleep(D); }}")).unwrap();
    let (found, said) = checked(&folder, &[]);
    assert_eq!((found, said), (2, Vec::new()));
    // Only as much of it as fits is shown.
    let full = stdout(&run(&folder, &["check", "--isolated", "."]));
    assert!(full.len() < 1 << 20, "{} bytes are shown", full.len());
}

#[test]
fn odd_bytes_are_read_as_far_as_they_are_text() {
    let utf_16: Vec<u8> = SLEEPER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf_16 = [&b"\xff\xfe"[..], &utf_16].concat();
    let folder = project("hostile_bytes", &[]);
    for (name, bytes, reason) in [
        ("nul.py", &b"x = 1\0\ny = 2\n"[..], ""),
        ("nul.rs", b"fn f() { \0 }", ""),
        ("utf16.py", &utf_16, "UTF-16"),
        ("utf16.rs", &utf_16, "UTF-16"),
        ("bytes.py", b"x = '\xff'\n", "not valid UTF-8 at byte 5"),
        ("bytes.rs", b"fn f() { \"\xc3\" }", "not valid UTF-8"),
        ("declared.py", b"# coding: shift_jis\nx = '\x83\x65'\n", "not valid UTF-8"),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
        check(&folder, &[], name, reason);
        fs::remove_file(folder.join(name)).unwrap();
    }
    // What is unusual and right is no reason to complain.
    let mac = SLEEPER.replace('\n', "\r");
    let windows = format!("\u{feff}{}", SLEEPER.replace('\n', "\r\n"));
    let latin = [&b"# -*- coding: latin-1 -*-\nn = '\xe9'\n"[..], SLEEPER.as_bytes()].concat();
    let folder = project(
        "hostile_bytes_right",
        &[("mac.py", &mac), ("windows.py", &windows), ("empty.py", ""), ("empty.rs", "\u{feff}")],
    );
    fs::write(folder.join("latin.py"), latin).unwrap();
    assert_eq!(checked(&folder, &[]), (3, Vec::new()));
}

#[cfg(unix)]
#[test]
fn odd_names_are_shown_and_distinct() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder =
        project("hostile_names", &[("new\nline.py", SLEEPER), ("\u{1b}[31mred.py", SLEEPER), ("a\\b.py", SLEEPER)]);
    // Not every file system takes names that are no text.
    let odd = fs::write(folder.join(std::ffi::OsStr::from_bytes(b"\xff\xfe.py")), SLEEPER).is_ok();
    assert_eq!(checked(&folder, &[]), (3 + usize::from(odd), Vec::new()));
    for format in ["full", "concise", "grouped", "github", "azure"] {
        let text = stdout(&run(&folder, &["check", "--isolated", "--output-format", format, "."]));
        assert!(!text.contains('\u{1b}') && !text.lines().any(|it| it.starts_with("line.py")), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_circles_and_files_that_are_none_are_passed_by() {
    use std::os::unix::fs::symlink;
    let folder = project("hostile_links", &[("inner/app.py", CLEAN)]);
    symlink("..", folder.join("inner/up")).unwrap();
    symlink("self.py", folder.join("self.py")).unwrap();
    symlink("/dev/zero", folder.join("zero.py")).unwrap();
    symlink("nowhere", folder.join("Cargo.toml")).unwrap();
    assert!(
        Command::new("mkfifo").args(["pipe.py", "pyproject.toml"]).current_dir(&folder).status().unwrap().success()
    );
    let _socket = std::os::unix::net::UnixListener::bind(folder.join("socket.py")).unwrap();
    fs::create_dir(folder.join("folder.py")).unwrap();
    fs::write(folder.join("sleeper.py"), SLEEPER).unwrap();
    assert_eq!(checked(&folder, &[]), (1, Vec::new()));
    // What is named is opened only if it is a file.
    for name in ["pipe.py", "zero.py", "socket.py"] {
        let output = run(&folder, &["check", "--isolated", name]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("neither a file nor a directory"), "{}", stderr(&output));
    }
}

/// Runs as somebody who may not read everything: the superuser may.
#[cfg(unix)]
fn run_powerless(folder: &Path, args: &[&str]) -> Option<std::process::Output> {
    use std::os::unix::fs::MetadataExt as _;
    use std::os::unix::process::CommandExt as _;
    let mut command = Command::new(env!("CARGO_BIN_EXE_blocklint"));
    command.args(args).current_dir(folder);
    if fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0) {
        command.uid(65_534).gid(65_534);
    }
    command.output().ok()
}

#[cfg(unix)]
#[test]
fn what_must_not_be_read_is_said_and_counted() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = project("hostile_secret", &[("app.py", SLEEPER), ("secret.py", SLEEPER), ("secrets/a.py", SLEEPER)]);
    let allow = |name: &str, mode| fs::set_permissions(folder.join(name), fs::Permissions::from_mode(mode)).unwrap();
    allow("secret.py", 0o000);
    allow("secrets", 0o000);
    let output = run_powerless(&folder, &["check", "--isolated", "--no-cache", "--output-format", "json", "."]);
    allow("secret.py", 0o600);
    allow("secrets", 0o700);
    let Some(output) = output else { return };
    let document: Document = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    assert_eq!((document.findings.len(), output.status.code()), (1, Some(1)));
    let said: Vec<&str> = document.errors.iter().map(|it| it.file.as_str()).collect();
    assert_eq!((said, document.summary.unparsed_files), (vec!["secret.py", "secrets"], 2));
}

/// Between the walk and the reading files go away and grow.
#[test]
fn files_that_come_and_go_disturb_nobody() {
    let folder = project("hostile_change", &[("kept.py", SLEEPER)]);
    let busy = folder.clone();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let told = std::sync::Arc::clone(&stop);
    let writer = std::thread::spawn(move || {
        while !told.load(std::sync::atomic::Ordering::Relaxed) {
            for at in 0..20 {
                let file = busy.join(format!("f{at}.py"));
                let _ = fs::write(&file, CLEAN.repeat(at + 1));
                let _ = fs::remove_file(&file);
            }
        }
    });
    for _ in 0..5 {
        let output = run(&folder, &["check", "--isolated", "--output-format", "json", "."]);
        let document: Document = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((document.findings.len(), output.status.code()), (1, Some(1)));
        assert!(document.errors.iter().all(|it| it.message.contains("cannot be read")), "{:?}", document.errors);
    }
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    writer.join().unwrap();
}

/// Mounts a file system of this size, when that is allowed.
#[cfg(target_os = "linux")]
fn mounted(folder: &Path, options: &str) -> bool {
    fs::create_dir_all(folder).unwrap();
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", options, "none"]).arg(folder);
    let works = mount.output().is_ok_and(|it| it.status.success());
    if !works {
        #[expect(clippy::print_stderr, reason = "who reads the test's output should know what it did not do")]
        {
            eprintln!("no file system can be mounted here: full and read-only disks are not tried");
        }
    }
    works
}

#[cfg(target_os = "linux")]
fn unmount(folder: &Path) {
    assert!(Command::new("umount").arg(folder).status().unwrap().success());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_one_that_cannot_be_written_change_no_result() {
    let folder = project("hostile_disk", &[("pyproject.toml", ""), ("app.py", SLEEPER)]);
    let disk = folder.join("disk");
    for options in ["size=8k", "size=1m,ro"] {
        if !mounted(&disk, options) {
            return;
        }
        let output = run(&folder, &["check", "-v", "--cache-dir", "disk/cache", "app.py"]);
        let (text, said) = (stdout(&output), stderr(&output));
        let report = run(&folder, &["check", "--no-cache", "--output", "sarif=disk/out.sarif", "app.py"]);
        let shard = run(&folder, &["summarize", "--no-cache", "app.py", "-o", "disk/out"]);
        let drafts = fs::read_dir(&disk).unwrap().filter(|it| it.as_ref().unwrap().path().is_file()).count();
        unmount(&disk);
        assert_eq!(output.status.code(), Some(1), "{options}: {said}");
        assert!(text.contains("time.sleep"), "{options}: {text}");
        assert!(said.contains("cache"), "{options}: that nothing is kept is said: {said}");
        for output in [&report, &shard] {
            assert_eq!(output.status.code(), Some(2), "{options}: {}", stderr(output));
            assert!(stderr(output).contains("cannot write disk/out"), "{options}: {}", stderr(output));
        }
        assert_eq!(drafts, 0, "{options}: half a file is left");
    }
}

/// Killed at any moment, a run leaves a cache that the next one can use.
#[cfg(unix)]
#[test]
fn a_killed_run_leaves_nothing_broken() {
    let texts: Vec<(String, String)> = (0..60)
        .map(|at| (format!("f{at}.py"), format!("{}{SLEEPER}", "def f(x): return g(x)\n".repeat(200))))
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let folder = project("hostile_killed", &files);
    let args = ["check", "--isolated", "--output-format", "json", "."];
    let expected = stdout(&run(&folder, &[&args[..], &["--no-cache"]].concat()));
    for wait in [5, 30, 80, 150, 250, 400] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blocklint"));
        let quiet = || std::process::Stdio::null();
        let mut child = command.args(args).current_dir(&folder).stdout(quiet()).stderr(quiet()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().unwrap();
        assert_eq!(stdout(&run(&folder, &args)), expected, "killed after {wait} ms");
        let _ = fs::remove_dir_all(folder.join(".blocklint_cache"));
    }
}
