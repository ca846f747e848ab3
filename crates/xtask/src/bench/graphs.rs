//! Programs whose call graphs are made to be bad, of any size. It knows how to write them, not what is found in them.

use std::fmt::Write as _;

/// A kind of bad graph: its name, its largest size, and its text for a size.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) file: &'static str,
    pub(super) largest: usize,
    pub(super) text: fn(usize) -> String,
}

pub(super) const KINDS: [Kind; 9] = [
    Kind { name: "chain, Python", file: "a.py", largest: 10_000, text: python_chain },
    Kind { name: "chain, Rust", file: "a.rs", largest: 10_000, text: rust_chain },
    Kind { name: "cycle, Python", file: "a.py", largest: 10_000, text: python_cycle },
    Kind { name: "cycle, Rust", file: "a.rs", largest: 10_000, text: rust_cycle },
    Kind { name: "hub and its callers, Python", file: "a.py", largest: 100_000, text: python_hub },
    Kind { name: "hub and its callers, Rust", file: "a.rs", largest: 100_000, text: rust_hub },
    Kind { name: "overrides of one method, Python", file: "a.py", largest: 10_000, text: python_overrides },
    Kind { name: "implementations of one trait, Rust", file: "a.rs", largest: 10_000, text: rust_overrides },
    Kind { name: "blocking calls in one function, Python", file: "a.py", largest: 10_000, text: python_body },
];

const SLEEP: &str = "std::thread::sleep(std::time::Duration::from_secs(1));";

fn text(head: &str, count: usize, each: impl Fn(usize) -> String, tail: &str) -> String {
    let mut out = format!("{head}\n");
    for index in 0..count {
        let _ = writeln!(out, "{}", each(index));
    }
    out + tail + "\n"
}

fn python_chain(size: usize) -> String {
    let tail = format!("def f{size}():\n    time.sleep(1)\n\nasync def entry():\n    f0()");
    text("import time\n", size, |at| format!("def f{at}():\n    return f{}()\n", at + 1), &tail)
}

fn rust_chain(size: usize) -> String {
    let tail = format!("fn f{size}() {{ {SLEEP} }}\nasync fn entry() {{ f0(); }}");
    text("", size, |at| format!("fn f{at}() {{ f{}(); }}", at + 1), &tail)
}

fn python_cycle(size: usize) -> String {
    let tail = "def g():\n    time.sleep(1)\n    f0()\n\nasync def entry():\n    g()";
    text("import time\n", size, |at| format!("def f{at}():\n    return f{}()\n", (at + 1) % size), tail)
}

fn rust_cycle(size: usize) -> String {
    let tail = format!("fn g() {{ {SLEEP} f0(); }}\nasync fn entry() {{ g(); }}");
    text("", size, |at| format!("fn f{at}() {{ f{}(); }}", (at + 1) % size), &tail)
}

fn python_hub(size: usize) -> String {
    let head = "import time\n\ndef hub():\n    time.sleep(1)\n";
    text(head, size, |at| format!("async def f{at}():\n    hub()\n"), "")
}

fn rust_hub(size: usize) -> String {
    text(&format!("fn hub() {{ {SLEEP} }}"), size, |at| format!("async fn f{at}() {{ hub(); }}"), "")
}

fn python_overrides(size: usize) -> String {
    let head = "import time\n\nclass Base:\n    def run(self):\n        pass\n";
    let each = |at: usize| {
        format!(
            "class C{at}(Base):\n    def run(self):\n        time.sleep(1)\n\nasync def f{at}(x: Base, y: C{at}):\n    x.run()\n    y.run()\n"
        )
    };
    text(head, size, each, "")
}

fn rust_overrides(size: usize) -> String {
    let each = |at: usize| {
        format!(
            "struct C{at}; impl Base for C{at} {{ fn run(&self) {{ {SLEEP} }} }}\nasync fn f{at}(x: &dyn Base, y: &C{at}) {{ x.run(); y.run(); }}"
        )
    };
    text("trait Base { fn run(&self); }", size, each, "")
}

fn python_body(size: usize) -> String {
    text("import time\n\nasync def entry():", size, |at| format!("    time.sleep({})", at + 1), "")
}
