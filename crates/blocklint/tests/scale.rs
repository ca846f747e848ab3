//! Call graphs that are made to be bad: what is found in them is the same as in small ones, and no stack is deep enough to matter.
//! How long they take is measured by `cargo xtask bench --scale`.

use blocklint::{Options, Profile, check_sources};
use std::fmt::Write as _;

/// `functions` findings, of which the first has so many `entries` and so long a chain.
#[track_caller]
fn check(file: &str, text: &str, expected: (usize, usize, usize)) {
    let analysis = check_sources(&[(file, text)], &Options::new(Profile::Default));
    let first = &analysis.findings[0];
    assert_eq!((analysis.findings.len(), first.entries, first.chain.len()), expected);
}

fn text(head: &str, count: usize, each: impl Fn(usize) -> String) -> String {
    let mut out = format!("{head}\n");
    for index in 0..count {
        let _ = writeln!(out, "{}", each(index));
    }
    out
}

const PYTHON: &str = "import time\n\nasync def entry(x=None):\n    f0()\n\n";
const RUST: &str = "async fn entry() { f0(); }\n";
const SLEEP: &str = "std::thread::sleep(std::time::Duration::from_secs(1));";

#[test]
fn a_long_chain_is_followed_to_its_end_and_told_in_part() {
    let python = text(PYTHON, 3000, |at| format!("def f{at}():\n    f{}()\n", at + 1));
    check("a.py", &format!("{python}def f3000():\n    time.sleep(1)\n"), (1, 1, 200));
    let rust = text(RUST, 3000, |at| format!("fn f{at}() {{ f{}(); }}", at + 1));
    check("a.rs", &format!("{rust}fn f3000() {{ {SLEEP} }}\n"), (1, 1, 200));
}

#[test]
fn a_chain_of_results_is_inferred_as_deep_as_inference_goes() {
    let python = text(PYTHON, 3000, |at| format!("def f{at}():\n    return f{}()\n", at + 1));
    check("a.py", &format!("{python}def f3000():\n    time.sleep(1)\n    return f0()\n"), (1, 1, 200));
}

#[test]
fn a_cycle_in_which_every_function_blocks_gives_one_finding_each() {
    let python =
        text(PYTHON, 300, |at| format!("def f{at}():\n    time.sleep({})\n    f{}()\n", at + 1, (at + 1) % 300));
    check("a.py", &python, (300, 1, 2));
    let rust = text(RUST, 300, |at| format!("fn f{at}() {{ {SLEEP} f{}(); }}", (at + 1) % 300));
    check("a.rs", &rust, (300, 1, 2));
}

#[test]
fn guards_that_are_held_to_the_end_are_each_looked_at_once() {
    let head = "use std::sync::Mutex;\nasync fn entry(m: Mutex<i32>) {";
    let rust = text(head, 1000, |_| "let guard = m.lock().unwrap(); other().await;".to_owned());
    let analysis = check_sources(&[("a.rs", &format!("{rust}}}\n"))], &Options::new(Profile::Default));
    let held = analysis.findings.iter().filter(|it| it.code == "BL003").count();
    assert_eq!(held, 1000);
}

#[test]
fn a_hub_is_one_finding_with_all_of_its_callers() {
    let python =
        text("import time\n\ndef hub():\n    time.sleep(1)\n", 3000, |at| format!("async def f{at}():\n    hub()\n"));
    check("a.py", &python, (1, 3000, 2));
    let rust = text(&format!("fn hub() {{ {SLEEP} }}"), 3000, |at| format!("async fn f{at}() {{ hub(); }}"));
    check("a.rs", &rust, (1, 3000, 2));
}

#[test]
fn so_many_overrides_say_nothing_but_each_is_found_by_its_own_name() {
    let head = "import time\n\nclass Base:\n    def run(self):\n        pass\n\nasync def entry(x: Base, y: \"C7\"):\n    x.run()\n    y.run()\n\n";
    let each = |at: usize| format!("class C{at}(Base):\n    def run(self):\n        time.sleep(1)\n");
    check("a.py", &text(head, 3000, each), (1, 1, 2));
    let head = "trait Base { fn run(&self); }\nasync fn entry(x: &dyn Base, y: &C7) { x.run(); y.run(); }";
    let each = |at: usize| format!("struct C{at}; impl Base for C{at} {{ fn run(&self) {{ {SLEEP} }} }}");
    check("a.rs", &text(head, 3000, each), (1, 1, 2));
}

#[test]
fn pointers_that_lead_to_the_same_by_many_ways_are_followed_once() {
    // What `x` may point to doubles with each of them. Before, this took as many steps as there are ways.
    let head = format!(
        "async fn entry(x: &A0) {{ x.run(); }}\nstruct A60;\nstruct B60;\nimpl A60 {{ fn run(&self) {{ {SLEEP} }} }}"
    );
    let each = |at: usize| {
        let to = at + 1;
        let deref = |from: &str, to_: &str| {
            format!("impl Deref for {from}{at} {{ fn deref(&self) -> &{to_}{to} {{ todo() }} }}\n")
        };
        let both = ["A", "B"].map(|from| ["A", "B"].map(|to| deref(from, to)).concat()).concat();
        format!("struct A{at};\nstruct B{at};\n{both}")
    };
    check("a.rs", &text(&format!("use std::ops::Deref;\n{head}"), 60, each), (1, 1, 2));
}
