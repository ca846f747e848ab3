//! The oracle's own test: what it says of a Python program is what Python does. Nothing but generated programs runs here, with what
//! blocks replaced; `driver.py` runs them.

use super::generate::programs;
use super::interpret::{Reached, Reading, reached};
use super::notation::Names;
use super::program::{Parameter, Program};
use super::project::for_python;
use super::reported::{entry, files, show};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the driver saw of one program.
#[derive(Debug, Deserialize)]
struct Seen {
    /// Places, and the coroutines on the stack, or else the callback.
    events: Vec<(usize, Vec<String>)>,
    /// Every way through the program was taken.
    complete: bool,
    error: Option<String>,
}

#[test]
fn the_oracle_says_what_python_does() {
    if Command::new("python3")
        .args(["-c", "import sys; sys.exit(sys.version_info < (3, 11))"])
        .status()
        .is_ok_and(|it| it.success())
    {
        let mut runner = TestRunner::new(super::config());
        let programs: Vec<Program> = (0..super::config().cases / 2)
            .map(|_| for_python(&programs().new_tree(&mut runner).unwrap().current()))
            .collect();
        let seen = run(&programs);
        assert_eq!(seen.len(), programs.len());
        let complete = programs.iter().zip(&seen).filter(|it| compare(it.0, it.1)).count();
        assert!(complete * 2 > programs.len(), "only {complete} programs were run whole");
    } else {
        eprintln!("no python3 from 3.11 on: the oracle is not compared with it");
    }
}

/// Whether every way through the program was taken, when all agrees.
fn compare(program: &Program, seen: &Seen) -> bool {
    let names = Names::default();
    let text = || show(program, &names);
    assert_eq!(seen.error, None, "{}", text());
    let (must, may) = (reached(program, Reading::Exact), reached(program, Reading::Merged));
    let known = |it: &String| {
        let (file, function) = it.split_once(':').unwrap();
        entry(program, &names, file, function).unwrap_or_else(|| panic!("{it}\n{}", text()))
    };
    let mut ran = Reached::new();
    for (site, entries) in &seen.events {
        let entries: Vec<usize> = entries.iter().map(known).collect();
        let told = may.get(site).is_some_and(|it| entries.iter().any(|entry| it.contains(entry)));
        assert!(told, "Python comes to site {site} from {entries:?}, and the oracle does not\n{}", text());
        ran.entry(*site).or_default().extend(entries);
    }
    for (site, entries) in must.iter().filter(|_| seen.complete) {
        let missed = entries.iter().find(|it| !ran.get(site).is_some_and(|ran| ran.contains(it)));
        assert_eq!(missed, None, "the oracle comes to site {site}, and Python does not\n{}", text());
    }
    seen.complete
}

fn run(programs: &[Program]) -> Vec<Seen> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("oracle-python");
    let _ = fs::remove_dir_all(&folder);
    let mut plan = String::new();
    for (at, program) in programs.iter().enumerate() {
        let home = folder.join(at.to_string());
        for file in files(program, &Names::default()) {
            let path = home.join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file.text).unwrap();
        }
        plan.push_str(&json!({ "folder": home, "entries": entries(program) }).to_string());
        plan.push('\n');
    }
    let list: PathBuf = folder.join("plan.jsonl");
    fs::write(&list, plan).unwrap();
    let output = Command::new("python3").args(["-B", "-c", include_str!("driver.py")]).arg(list).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

/// The asynchronous functions, each with what an unseen caller may pass.
fn entries(program: &Program) -> Vec<Value> {
    let names = Names::default();
    let class = |it: usize| {
        let module = names.module(program.classes[it].module);
        json!([format!("app.{module}"), names.maker(it)])
    };
    let mut entries = Vec::new();
    for (at, function) in program.functions.iter().enumerate().filter(|it| it.1.is_async) {
        let arguments = match function.parameter {
            None => vec![Value::Null],
            Some(Parameter::Callable) => vec![json!("callable")],
            Some(Parameter::Flag { .. }) => vec![json!(true), json!(false)],
            Some(Parameter::Object { class: it, .. }) => vec![class(it)],
        };
        for argument in arguments {
            entries.push(json!({
                "module": format!("app.{}", names.module(program.module_of(at))),
                "owner": function.owner.map(|it| class(it.0)),
                "name": names.function(program, at),
                "argument": argument,
            }));
        }
    }
    entries
}
