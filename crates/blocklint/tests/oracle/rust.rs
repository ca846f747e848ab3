//! An abstract program as Rust: a crate with a module for each module, and one beside each that shows its names again.
//!
//! A class that others build on is a trait with a body for each method, and every class of that family implements it.

mod body;
mod shape;

use super::notation::{Lines, Names};
use super::program::{Member, Parameter, Program, Spelling};
use blocklint_testkit::SourceText;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The program's files; a blocking place is marked with its number.
pub(crate) fn rust(program: &Program, names: &Names) -> Vec<SourceText> {
    let mut files = vec![file("Cargo.toml", MANIFEST.to_owned())];
    let mut top = String::new();
    for module in 0..program.modules {
        let (name, facade) = (names.module(module), names.facade(module));
        let _ = write!(top, "pub mod {name};\npub mod {facade};\n");
        files.push(file(&format!("src/{name}.rs"), Writer::new(program, names, module).module()));
        let shown = names.defined_in(program, module).into_iter().chain(traits(program, names, module));
        let shown = shown.fold(String::new(), |text, it| text + &format!("pub use crate::{name}::{it};\n"));
        files.push(file(&format!("src/{facade}.rs"), shown));
    }
    files.push(file("src/lib.rs", top));
    files
}

const MANIFEST: &str = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
    tokio = { version = \"1\", features = [\"full\"] }\n";

fn file(path: &str, text: String) -> SourceText {
    SourceText { path: path.to_owned(), text }
}

fn traits(program: &Program, names: &Names, module: usize) -> Vec<String> {
    let roots = Names::class_order(program, module).into_iter().filter(|&it| is_root(program, it));
    roots.map(|it| trait_name(names, it)).collect()
}

/// Whether others build on the class.
fn is_root(program: &Program, class: usize) -> bool {
    program.classes[class].base.is_none() && program.family(class).len() > 1
}

fn trait_name(names: &Names, class: usize) -> String {
    format!("Like{}", names.class(class))
}

/// Writes one module.
struct Writer<'p> {
    program: &'p Program,
    names: &'p Names,
    module: usize,
    imports: BTreeSet<String>,
    lines: Lines,
    /// How the receiver is called.
    this: &'static str,
}

impl<'p> Writer<'p> {
    fn new(program: &'p Program, names: &'p Names, module: usize) -> Self {
        Self { program, names, module, imports: BTreeSet::new(), lines: Lines::default(), this: "self" }
    }

    fn module(mut self) -> String {
        for class in Names::class_order(self.program, self.module) {
            self.class(class);
        }
        for function in self.names.function_order(self.program, self.module) {
            self.function(function, "pub ");
        }
        self.lines.add("fn same<T>(it: T) -> T {");
        self.lines.add("    it");
        self.lines.add("}");
        let imports: Vec<String> = self.imports.into_iter().collect();
        let imports = imports.join("\n");
        format!("{PRELUDE}{imports}\n\n{}", self.lines.text)
    }

    fn open(&mut self, head: &str) {
        self.lines.add(&format!("{head} {{"));
        self.lines.deeper();
    }

    fn close(&mut self) {
        self.lines.shallower();
        self.lines.add("}");
    }

    fn class(&mut self, class: usize) {
        let name = self.names.class(class);
        let part = self.program.part(class);
        self.open(&format!("pub struct {name}"));
        self.lines.add("pub text: String,");
        if let Some((part, _)) = part {
            let part = self.class_reference(part, Spelling(0));
            self.lines.add(&format!("pub part: {part},"));
        }
        self.close();
        self.constructor(class);
        let (special, methods): (Vec<usize>, Vec<usize>) = self
            .names
            .member_order(self.program, class)
            .into_iter()
            .partition(|&it| self.member(it).is_special_in_rust());
        let root = self.program.ancestry(class).last().unwrap_or(class);
        let (shared, own): (Vec<usize>, Vec<usize>) = methods
            .into_iter()
            .partition(|&it| is_root(self.program, root) && self.program.own_member(root, self.member(it)).is_some());
        if is_root(self.program, class) {
            self.open(&format!("pub trait {}", trait_name(self.names, class)));
            self.functions(&shared, "");
            self.close();
        }
        if is_root(self.program, root) {
            let like = trait_name(self.names, root);
            let like = self.reference(&like, self.program.classes[root].module, Spelling(0));
            self.open(&format!("impl {like} for {name}"));
            if class != root {
                self.functions(&shared, "");
            }
            self.close();
        }
        if !own.is_empty() {
            self.open(&format!("impl {name}"));
            self.functions(&own, "pub ");
            self.close();
        }
        for member in special {
            self.special(&name, member);
        }
        if self.program.is_plain(class) {
            let global = self.names.global(class);
            self.lines.add(&format!("pub static {global}: LazyLock<{name}> = LazyLock::new({name}::new);"));
        }
        for maker in [self.names.maker(class), self.names.typed_maker(class)] {
            self.open(&format!("pub fn {maker}() -> {name}"));
            self.lines.add(&format!("{name}::new()"));
            self.close();
        }
    }

    fn member(&self, function: usize) -> Member {
        self.program.functions[function].owner.expect("it has an owner").1
    }

    fn functions(&mut self, all: &[usize], visibility: &str) {
        for &it in all {
            self.function(it, visibility);
        }
    }

    fn constructor(&mut self, class: usize) {
        let name = self.names.class(class);
        let part = self.program.part(class).map(|(part, _)| self.class_reference(part, Spelling(0)));
        let part = part.map(|it| format!(", part: {it}::new()")).unwrap_or_default();
        self.open(&format!("impl {name}"));
        self.open("pub fn new() -> Self");
        self.lines.add(&format!("let made = Self {{ text: String::new(){part} }};"));
        if let Some(member) = self.program.own_member(class, Member::Init) {
            self.this = "made";
            self.body(&self.program.functions[member].body, member);
            self.this = "self";
        }
        self.lines.add("made");
        self.close();
        self.close();
    }

    /// A member that is a trait's of the standard library.
    fn special(&mut self, name: &str, function: usize) {
        let (head, method, result) = match self.member(function) {
            Member::Missing => (format!("impl std::ops::Deref for {name}"), "fn deref(&self) -> &String", "&self.text"),
            Member::Add => (format!("impl std::ops::Add<u32> for &{name}"), "fn add(self, _other: u32) -> u32", "0"),
            Member::Equal => (format!("impl PartialEq<u32> for {name}"), "fn eq(&self, _other: &u32) -> bool", "true"),
            Member::Item => (
                format!("impl std::ops::Index<usize> for {name}"),
                "fn index(&self, _key: usize) -> &String",
                "&self.text",
            ),
            Member::Text => (
                format!("impl std::fmt::Display for {name}"),
                "fn fmt(&self, _f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result",
                "Ok(())",
            ),
            Member::Next => (format!("impl Iterator for {name}"), "fn next(&mut self) -> Option<u32>", "None"),
            Member::Drop => (format!("impl Drop for {name}"), "fn drop(&mut self)", "()"),
            _ => return,
        };
        self.open(&head);
        match self.member(function) {
            Member::Missing => self.lines.add("type Target = String;"),
            Member::Add => self.lines.add("type Output = u32;"),
            Member::Item => self.lines.add("type Output = String;"),
            Member::Next => self.lines.add("type Item = u32;"),
            _ => {}
        }
        self.open(method);
        self.body(&self.program.functions[function].body, function);
        self.lines.add(result);
        self.close();
        self.close();
    }

    fn function(&mut self, at: usize, visibility: &str) {
        let function = &self.program.functions[at];
        let word = if function.is_async { "async fn" } else { "fn" };
        let parameter = match function.owner {
            Some(_) => "&self".to_owned(),
            None => function.parameter.map(|it| self.parameter(it)).unwrap_or_default(),
        };
        let name = method_name(self.names, self.program, at);
        self.open(&format!("{visibility}{word} {name}({parameter})"));
        self.body(&function.body, at);
        self.close();
    }

    fn parameter(&mut self, parameter: Parameter) -> String {
        match parameter {
            Parameter::Callable => "call: impl Fn() + Copy + Send + 'static".to_owned(),
            Parameter::Flag { .. } => "flag: bool".to_owned(),
            Parameter::Object { class, .. } if self.program.family(class).len() == 1 => {
                format!("it: &{}", self.class_reference(class, Spelling(0)))
            }
            Parameter::Object { class, .. } => {
                let like = trait_name(self.names, class);
                format!("it: &impl {}", self.reference(&like, self.program.classes[class].module, Spelling(0)))
            }
        }
    }

    /// How a name of a module is written here; imports what it needs.
    fn reference(&mut self, name: &str, module: usize, spelling: Spelling) -> String {
        if module == self.module {
            return name.to_owned();
        }
        let from = self.names.module(module);
        let facade = self.names.facade(module);
        let lower = name.to_lowercase();
        let (import, written) = match spelling.0 % 9 {
            0 => (format!("use crate::{from}::{name};"), name.to_owned()),
            1 => (format!("use super::{from}::{name} as {name}Here;"), format!("{name}Here")),
            2 => (format!("use crate::{from};"), format!("{from}::{name}")),
            3 => (format!("use crate::{from} as {from}_here;"), format!("{from}_here::{name}")),
            4 => (format!("use crate::{from}::*;"), name.to_owned()),
            5 => (format!("use crate::{facade}::{name} as {name}Shown;"), format!("{name}Shown")),
            6 => (String::new(), format!("crate::{facade}::{name}")),
            7 => (format!("use crate::{{{from}::{{self as {from}_{lower}}}}};"), format!("{from}_{lower}::{name}")),
            _ => (String::new(), format!("super::{from}::{name}")),
        };
        if !import.is_empty() {
            self.imports.insert(import);
        }
        written
    }

    fn class_reference(&mut self, class: usize, spelling: Spelling) -> String {
        // What a trait gives is found where the trait is in scope.
        let root = self.program.ancestry(class).last().unwrap_or(class);
        if is_root(self.program, root) && self.program.classes[root].module != self.module {
            let like = trait_name(self.names, root);
            self.reference(&like, self.program.classes[root].module, Spelling(0));
        }
        self.reference(&self.names.class(class), self.program.classes[class].module, spelling)
    }

    fn function_reference(&mut self, function: usize, spelling: Spelling) -> String {
        let name = self.names.function(self.program, function);
        self.reference(&name, self.program.functions[function].module, spelling)
    }

    fn new_object(&mut self, class: usize, spelling: Spelling) -> String {
        format!("{}::new()", self.class_reference(class, spelling))
    }
}

/// What a function is called; the specials have the names that their traits give them.
pub(crate) fn method_name(names: &Names, program: &Program, at: usize) -> String {
    let fixed = program.functions[at].owner.and_then(|it| fixed_name(it.1));
    fixed.map_or_else(|| names.function(program, at), str::to_owned)
}

fn fixed_name(member: Member) -> Option<&'static str> {
    Some(match member {
        Member::Method(_) => return None,
        Member::Init => "new",
        Member::Property => "value",
        Member::Missing => "deref",
        Member::Add => "add",
        Member::Equal => "eq",
        Member::Item => "index",
        Member::Text => "fmt",
        Member::Next => "next",
        Member::Length => "length",
        Member::Truth => "truth",
        Member::Contains => "contains",
        Member::Call => "call",
        Member::Enter => "enter",
        Member::Exit => "exit",
        Member::Drop => "drop",
    })
}

const PRELUDE: &str = "#![allow(warnings)]\nuse std::sync::LazyLock;\nuse std::time::Duration;\n";
