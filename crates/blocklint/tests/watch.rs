//! `--watch`, as somebody at a terminal sees it.
#![cfg(unix)]

use crate::command::{SLEEPER, project, run, stdout};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const HELPER: &str = "import time\n\n\ndef wait():\n    time.sleep(1)\n";
const CALLER: &str = "from helper import wait\n\n\nasync def handler():\n    wait()\n";
const FOUND: &str = "helper.py:5:5: warning[BL101 blocking-sleep]";

/// A command that is watching, and what it says.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path) -> Self {
        // Both outputs in one pipe, or their order is lost.
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" check --watch --output-format concise 2>&1", env!("CARGO_BIN_EXE_blocklint")]);
        let mut child = command.current_dir(folder).stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|it| sender.send(it)));
        Self { child, lines }
    }

    /// What is said up to a line that holds this.
    fn until(&mut self, last: &str) -> String {
        let mut said = String::new();
        loop {
            match self.lines.recv_timeout(Duration::from_mins(2)) {
                Ok(line) if line.contains(last) => return said + &line,
                Ok(line) => said = said + &line + "\n",
                Err(err) => {
                    self.child.kill().unwrap();
                    panic!("{err} before `{last}`: {said}");
                }
            }
        }
    }
}

#[test]
fn it_checks_again_what_changes_until_it_is_ended() {
    let folder = project("watch", &[("pyproject.toml", ""), ("helper.py", HELPER), ("caller.py", CALLER)]);
    let write = |path: &str, text: &str| fs::write(folder.join(path), text).unwrap();
    let mut watching = Watching::start(&folder);
    assert!(watching.until("watching 2 files; Ctrl-C ends it").contains(FOUND));

    write("helper.py", "def wait():\n    pass\n");
    assert!(!watching.until("watching 2 files").contains("BL101"));
    // As many editors save: another file takes the place.
    write("helper.py~", HELPER);
    fs::rename(folder.join("helper.py~"), folder.join("helper.py")).unwrap();
    assert!(watching.until("watching 2 files").contains(FOUND));

    fs::create_dir(folder.join("more")).unwrap();
    write("more/other.py", SLEEPER);
    assert!(watching.until("watching 3 files").contains("more/other.py:5:5: warning[BL101"));
    fs::remove_dir_all(folder.join("more")).unwrap();
    assert!(!watching.until("watching 2 files").contains("other.py"));

    write("pyproject.toml", "[tool.blocklint]\nselekt = []\n");
    watching.until("did you mean `select`?");
    write("pyproject.toml", "[tool.blocklint]\nignore = [\"BL101\"]\n");
    assert!(!watching.until("watching 2 files").contains("BL101"));
    write("pyproject.toml", "");
    let last = watching.until("watching 2 files");
    let once = stdout(&run(&folder, &["check", "--output-format", "concise"]));
    assert!(last.starts_with(&once) && once.contains(FOUND), "{last}\n{once}");

    let interrupt = Command::new("kill").args(["-INT", &watching.child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    assert_eq!(watching.child.wait().unwrap().code(), Some(0));
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(!left.iter().any(|it| it.to_string_lossy().ends_with(".tmp")), "{left:?}");
}
