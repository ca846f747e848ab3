//! One way to run the command, shared by the modules that do.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the built binary, unaware of the terminal and the build that run the tests.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_blocklint"));
    command.args(args).current_dir(folder);
    for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "GITHUB_STEP_SUMMARY", "NO_GRAPHICS", "COLUMNS"] {
        command.env_remove(name);
    }
    command.output().unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder of this test's own with these files.
pub(crate) fn project(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs git as somebody.
pub(crate) fn git(folder: &Path, args: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(identity).args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
}

/// Blocks.
pub(crate) const SLEEPER: &str = "import time\n\n\nasync def handler():\n    time.sleep(1)\n";
/// Does not.
pub(crate) const CLEAN: &str = "import asyncio\n\n\nasync def handler():\n    await asyncio.sleep(1)\n";
