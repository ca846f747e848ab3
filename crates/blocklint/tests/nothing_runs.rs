//! Nothing of the checked project runs and nothing leaves the machine, whatever the project, its repository and its environment name:
//! each command is run among traps, and, where `strace` is at hand, under its eyes.

use crate::command::{SLEEPER, git, project, stderr};
use crate::server::{Client, url};
use serde_json::json;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A project that wants to run something.
struct Trapped {
    folder: PathBuf,
    /// Where each program that ran leaves a file with its name.
    ran: PathBuf,
    /// Programs that anybody might call, and nobody should.
    path: String,
}

/// An executable that tells that it ran.
fn trap(file: &Path, ran: &Path) {
    let name = file.file_name().unwrap().to_string_lossy();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, format!("#!/bin/sh\n: > '{}/{name}'\ncat\n", ran.display())).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

const FILES: [(&str, &str); 11] = [
    ("app.py", SLEEPER),
    ("kept.py", "import lib\n\n\nasync def handler():\n    lib.wait()\n"),
    ("setup.py", "open('ran/setup.py', 'w')\n"),
    ("conftest.py", "open('ran/conftest.py', 'w')\n"),
    ("sitecustomize.py", "open('ran/sitecustomize.py', 'w')\n"),
    ("build.rs", "fn main() { std::fs::write(\"ran/build.rs\", \"\").unwrap(); }\n"),
    ("src/lib.rs", "async fn f() { std::thread::sleep(D); }\n"),
    (
        "Cargo.toml",
        "[package]\nname = \"trap\"\nversion = \"1.0.0\"\nedition = \"2024\"\nbuild = \"build.rs\"\n[dependencies]\nserde = \"1\"\n",
    ),
    ("rust-toolchain.toml", "[toolchain]\npath = \"bin\"\n"),
    (".venv/pyvenv.cfg", "home = bin\n"),
    (".venv/lib/python3.12/site-packages/lib.py", "import time\n\n\ndef wait():\n    time.sleep(1)\n"),
];

/// What a repository's own configuration can have git run.
fn repository(folder: &Path, ran: &Path) {
    git(folder, &["init", "--quiet", "--initial-branch", "main"]);
    git(folder, &["init", "--quiet", "--initial-branch", "main", "sub"]);
    git(&folder.join("sub"), &["commit", "--quiet", "--allow-empty", "-m", "state"]);
    fs::write(folder.join(".gitignore"), ".venv/\nran/\nbin/\n").unwrap();
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "-m", "state"]);
    let program = |name: &str| {
        trap(&folder.join("bin").join(name), ran);
        folder.join("bin").join(name).display().to_string()
    };
    for hook in ["post-index-change", "post-checkout", "pre-commit", "reference-transaction"] {
        trap(&folder.join("hooks").join(hook), ran);
    }
    let mut text = String::new();
    for (section, keys) in [
        ("core", &["fsmonitor", "pager", "sshCommand", "editor", "askPass", "gitProxy", "alternateRefsCommand"][..]),
        ("diff", &["external"]),
        ("diff \"t\"", &["command", "textconv"]),
        ("filter \"t\"", &["clean", "smudge"]),
        ("filter \"u\"", &["process"]),
        ("credential", &["helper"]),
        ("gpg", &["program"]),
        ("alias", &["diff", "ls-files"]),
    ] {
        let _ = writeln!(text, "[{section}]");
        for key in keys {
            let _ = writeln!(text, "\t{key} = \"{}\"", program(&format!("git-{key}")));
        }
    }
    let _ = writeln!(
        text,
        "[filter \"t\"]\n\trequired = true\n[core]\n\thooksPath = hooks\n[protocol \"ext\"]\n\tallow = always"
    );
    let url = format!("ext::sh -c :>{}/transport", ran.display());
    let _ = writeln!(text, "[remote \"origin\"]\n\turl = {url}\n\tpromisor = true\n\tpartialclonefilter = blob:none");
    for repository in [folder.to_owned(), folder.join("sub")] {
        let file = repository.join(".git/config");
        fs::write(&file, fs::read_to_string(&file).unwrap() + &text).unwrap();
        fs::create_dir_all(repository.join(".git/info")).unwrap();
        fs::write(repository.join(".git/info/attributes"), "app.py diff=t filter=t\nkept.py diff=t filter=u\n")
            .unwrap();
    }
}

fn trapped(name: &str) -> Trapped {
    let folder = project(name, &FILES);
    let ran = folder.join("ran");
    fs::create_dir_all(&ran).unwrap();
    repository(&folder, &ran);
    for name in ["python", "python3", "cargo", "rustc", "rustup", "ssh", "curl"] {
        trap(&folder.join("bin").join(name), &ran);
    }
    trap(&folder.join(".venv/bin/python"), &ran);
    let wrapper = format!(
        "[build]\nrustc-wrapper = \"{0}\"\n[target.'cfg(all())']\nrunner = \"{0}\"\n",
        folder.join("bin/rustc").display()
    );
    fs::create_dir_all(folder.join(".cargo")).unwrap();
    fs::write(folder.join(".cargo/config.toml"), wrapper).unwrap();
    // Both files are different from what git knows, one of them in its times only.
    fs::write(folder.join("app.py"), format!("# new\n{SLEEPER}")).unwrap();
    fs::write(folder.join("kept.py"), FILES[1].1).unwrap();
    let path = format!("{}:{}", folder.join("bin").display(), std::env::var_os("PATH").unwrap().to_string_lossy());
    Trapped { folder, ran, path }
}

impl Trapped {
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.folder).env("PATH", &self.path);
        command
    }

    fn what_ran(&self) -> Vec<String> {
        let name = |it: fs::DirEntry| it.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = fs::read_dir(&self.ran).unwrap().map(|it| name(it.unwrap())).collect();
        names.sort();
        names
    }

    /// The tool, under the eyes of `strace` where that can be.
    fn tool(&self, traced: bool) -> Command {
        if !traced {
            return self.command(env!("CARGO_BIN_EXE_blocklint"));
        }
        let mut command = self.command("strace");
        let calls = "trace=execve,execveat,socket,connect";
        command.args(["-f", "-qq", "-e", calls, "-o"]).arg(self.trace()).arg(env!("CARGO_BIN_EXE_blocklint"));
        command
    }

    fn trace(&self) -> PathBuf {
        self.ran.with_file_name("trace")
    }

    /// Nothing ran but the tool and git, and nobody was called.
    #[track_caller]
    fn harmless(&self, traced: bool, what: &str) {
        assert_eq!(self.what_ran(), Vec::<String>::new(), "{what}");
        if !traced {
            return;
        }
        let trace = fs::read_to_string(self.trace()).unwrap();
        assert!(trace.contains("execve("), "{what}: nothing was traced");
        // Each call begins once, under its own name; what else strace writes is about processes that end while it looks.
        let watched = ["execve(", "execveat(", "socket(", "connect("];
        for line in trace.lines() {
            let call = line.trim_start_matches(|it: char| it.is_ascii_digit() || it == ' ');
            let program = call.strip_prefix("execve(\"").and_then(|it| it.split('"').next());
            let name = program.and_then(|it| it.rsplit('/').next());
            let allowed = matches!(name, Some("blocklint" | "git"));
            assert!(allowed || !watched.iter().any(|it| call.starts_with(it)), "{what}: {line}");
        }
    }
}

fn strace_works() -> bool {
    let quiet = |it: &mut Command| it.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|it| it.success());
    let works =
        cfg!(target_os = "linux") && quiet(Command::new("strace").args(["-f", "-qq", "-o", "/dev/null", "true"]));
    if !works {
        #[expect(clippy::print_stderr, reason = "who reads the test's output should know what it did not do")]
        {
            eprintln!("no strace at hand: only the traps are watched");
        }
    }
    works
}

#[test]
fn no_command_runs_anything_but_git_or_opens_a_socket() {
    let traced = strace_works();
    let trapped = trapped("traps");
    for args in [
        &["check", "."][..],
        &["check", "--diff-base", "main", "."],
        &["check", "--staged", "."],
        &["check", "--no-cache", "--with-deps", "--python-env", ".venv", "."],
        &["why", "app.py:6"],
        &["graph", "app.handler", "."],
        &["summarize", ".", "-o", "out"],
    ] {
        let output = trapped.tool(traced).args(args).output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{args:?}: {}", stderr(&output));
        trapped.harmless(traced, &args.join(" "));
    }

    let mut client = Client::of(trapped.tool(traced)).greet(&trapped.folder);
    client.open(&url(&trapped.folder, "app.py"), SLEEPER);
    assert_ne!(client.hear("textDocument/publishDiagnostics")["diagnostics"], json!([]));
    client.ask("shutdown", json!(null)).response_result.unwrap();
    client.tell("exit", json!(null));
    assert_eq!(client.end(), Some(0));
    trapped.harmless(traced, "server");

    // An object that is not there is missing, and not fetched.
    let objects = ["ls-tree", "-r", "--object-only", "main", "app.py"];
    let object = Command::new("git").args(objects).current_dir(&trapped.folder).output().unwrap();
    let object = String::from_utf8(object.stdout).unwrap();
    fs::remove_file(trapped.folder.join(".git/objects").join(&object[..2]).join(object[2..].trim())).unwrap();
    let output = trapped.tool(traced).args(["check", "--diff-base", "main", "."]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("a partial clone may lack it"), "{}", stderr(&output));
    trapped.harmless(traced, "a missing object");
}

/// The traps are none if git does not walk into them by itself.
#[test]
fn plain_git_runs_what_the_repository_names() {
    let trapped = trapped("traps-work");
    trapped.command("git").args(["diff", "main"]).output().unwrap();
    trapped.command("git").args(["diff", "--no-ext-diff", "main"]).output().unwrap();
    let ran = trapped.what_ran();
    for name in ["git-fsmonitor", "git-clean", "git-process", "git-command", "git-textconv"] {
        assert!(ran.contains(&name.to_owned()), "{name} did not run: {ran:?}");
    }
}
