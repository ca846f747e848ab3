//! How git is started. A repository's own configuration can name programs, and a checked repository is somebody else's: no program but
//! git itself runs, and git asks no other machine.

use crate::front::ENDINGS;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a repository may have git run unasked: a monitor of the file system, and hooks.
const HARMLESS: [&str; 6] =
    ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.attributesFile=/dev/null"];

/// What an answer depends on besides the two states: programs that prepare files for people, and orders and borders of changes.
const PLAIN: [&str; 13] = [
    "--text",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=all",
    "--diff-algorithm=default",
    "--inter-hunk-context=0",
    "-O/dev/null",
    "--relative",
    "--find-renames",
    "-U0",
    "--src-prefix=a/",
    "--dst-prefix=b/",
];

/// The bytes that a command says.
pub(super) fn bytes(folder: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    let output = git(folder, args).output().map_err(|err| format!("cannot start git: {err}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(format!("git {} fails: {}", args.first().unwrap_or(&""), String::from_utf8_lossy(&output.stderr).trim()))
}

/// The text that a command says.
pub(super) fn text(folder: &Path, args: &[&str]) -> Result<String, String> {
    bytes(folder, args).map(|it| String::from_utf8_lossy(&it).into_owned())
}

/// The difference between a commit and the working tree, or the index.
pub(super) fn diff(folder: &Path, commit: &str, index: bool) -> Result<Vec<u8>, String> {
    // The index is compared as it is; what is on disk would go through filters first.
    let off = if index { Vec::new() } else { filters_off(folder)? };
    let off: Vec<&str> = off.iter().flat_map(|it| ["-c", it.as_str()]).collect();
    let which: &[&str] = if index { &["--cached"] } else { &[] };
    let quoted = ["-c", "core.quotePath=off", "diff"];
    let files: Vec<String> = ENDINGS.iter().map(|it| format!("*.{it}")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    bytes(folder, &[&off[..], &quoted, &PLAIN, which, &[commit, "--"], &files].concat())
}

/// Settings under which no filter of contents runs. An empty command is none.
fn filters_off(folder: &Path) -> Result<Vec<String>, String> {
    let named =
        bytes(folder, &["config", "--name-only", "-z", "--get-regexp", r"^filter\..*\.(clean|process|required)$"]);
    // There being none is a failure to git.
    let named = named.unwrap_or_default();
    let each = |key: &str| match key.split_once('=') {
        Some(_) => Err(format!("git's filter `{key}` cannot be switched off: its name has a `=`")),
        None if key.ends_with(".required") => Ok(format!("{key}=false")),
        None => Ok(format!("{key}=")),
    };
    String::from_utf8_lossy(&named).split_terminator('\0').map(each).collect()
}

/// A command whose answer is read.
pub(super) fn git(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(HARMLESS).args(args).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // What it says is looked at.
    command.env("LC_ALL", "C");
    // An object that a partial clone lacks is missing, and not fetched by whatever the repository says fetches it.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none").env("GIT_TERMINAL_PROMPT", "0");
    // A repository that is only looked at is not written to either, as refreshing its index would.
    command.env("GIT_OPTIONAL_LOCKS", "0");
    // Git names a hook's index relative to where the hook runs, which need not be the folder that is asked about.
    if let Some(Ok(index)) = std::env::var_os("GIT_INDEX_FILE").map(std::path::absolute) {
        command.env("GIT_INDEX_FILE", index);
    }
    command
}
