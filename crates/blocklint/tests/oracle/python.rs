//! An abstract program as Python: a package `app`, a module of it for each module, and a package beside each that shows its names again.

mod body;
mod shape;

use super::notation::{Lines, Names};
use super::program::{Member, Parameter, Program, Spelling};
use blocklint_testkit::SourceText;
use body::{ending, truth};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The program's files; a blocking place is marked with its number.
pub(crate) fn python(program: &Program, names: &Names) -> Vec<SourceText> {
    let mut files = vec![file("app/__init__.py", String::new())];
    for module in 0..program.modules {
        let name = names.module(module);
        files.push(file(&format!("app/{name}.py"), Writer::new(program, names, module).module()));
        let shown = names
            .defined_in(program, module)
            .into_iter()
            .fold(String::new(), |text, it| text + &format!("from ..{name} import {it}\n"));
        files.push(file(&format!("app/{}/__init__.py", names.facade(module)), shown));
    }
    files
}

fn file(path: &str, text: String) -> SourceText {
    SourceText { path: path.to_owned(), text }
}

/// Writes one module.
struct Writer<'p> {
    program: &'p Program,
    names: &'p Names,
    module: usize,
    imports: BTreeSet<String>,
    /// Imports for annotations, of modules that import this one.
    hints: BTreeSet<String>,
    lines: Lines,
}

impl<'p> Writer<'p> {
    fn new(program: &'p Program, names: &'p Names, module: usize) -> Self {
        Self { program, names, module, imports: BTreeSet::new(), hints: BTreeSet::new(), lines: Lines::default() }
    }

    fn module(mut self) -> String {
        for class in Names::class_order(self.program, self.module) {
            self.class(class);
        }
        for function in self.names.function_order(self.program, self.module) {
            self.function(function);
        }
        for line in HELPERS.lines() {
            self.lines.add(line);
        }
        let mut text = "from __future__ import annotations\n\n".to_owned();
        for it in self.imports.iter().map(String::as_str).chain(PRELUDE.lines()) {
            let _ = writeln!(text, "{it}");
        }
        if !self.hints.is_empty() {
            text += "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n";
            text.extend(self.hints.iter().map(|it| format!("    {it}\n")));
        }
        text + "\n" + &self.lines.text
    }

    fn class(&mut self, class: usize) {
        let name = self.names.class(class);
        let base = self.program.classes[class].base.map(|it| {
            let base = self.names.class(it);
            format!("({})", self.reference(&base, self.program.classes[it].module, Spelling(0)))
        });
        self.lines.add(&format!("class {name}{}:", base.unwrap_or_default()));
        self.lines.deeper();
        self.lines.add("marker = 0");
        let members: Vec<usize> = self.names.member_order(self.program, class);
        let has = |it: Member| self.program.member(class, it).is_some();
        if self.program.own_member(class, Member::Init).is_none() && self.program.classes[class].part.is_some() {
            self.constructor(class, None);
        }
        for (missing, other, line) in [
            (Member::Exit, Member::Enter, "def __exit__(self, *exception): pass"),
            (Member::Enter, Member::Exit, "def __enter__(self): pass"),
        ] {
            if has(other) && !has(missing) {
                self.lines.add(line);
            }
        }
        for member in members {
            match self.program.functions[member].owner {
                Some((_, Member::Init)) => self.constructor(class, Some(member)),
                _ => self.function(member),
            }
        }
        self.lines.shallower();
        // The one object, and functions that make others.
        if self.program.is_plain(class) {
            let made = self.new_object(class, Spelling(0));
            self.lines.add(&format!("{} = {made}", self.names.global(class)));
        }
        for (maker, arrow) in
            [(self.names.maker(class), String::new()), (self.names.typed_maker(class), format!(" -> {name}"))]
        {
            self.lines.add(&format!("def {maker}(){arrow}:"));
            self.lines.deeper();
            let made = self.new_object(class, Spelling(0));
            self.lines.add(&format!("return {made}"));
            self.lines.shallower();
        }
    }

    fn constructor(&mut self, class: usize, member: Option<usize>) {
        let part = self.program.part(class);
        let passed = part.is_some_and(|it| it.1);
        match part {
            Some((part, true)) => {
                let hint = self.hint(part);
                self.lines.add(&format!("def __init__(self, part: {hint}):"));
            }
            _ => self.lines.add("def __init__(self):"),
        }
        self.lines.deeper();
        self.lines.add("pass");
        if self.program.classes[class].base.is_some() {
            self.lines.add(if passed { "super().__init__(part)" } else { "super().__init__()" });
        } else if passed {
            self.lines.add("self.part = part");
        } else if let Some((part, _)) = part {
            let part = self.new_object(part, Spelling(0));
            self.lines.add(&format!("self.part = {part}"));
        }
        if let Some(member) = member {
            self.body(&self.program.functions[member].body, member);
        }
        self.lines.shallower();
    }

    fn function(&mut self, at: usize) {
        let function = &self.program.functions[at];
        let word = if function.is_async { "async def" } else { "def" };
        let parameter = function.parameter.map(|it| self.parameter(it));
        if function.owner.is_some_and(|it| it.1 == Member::Property) {
            self.lines.add("@property");
        }
        if function.owner.is_some_and(|it| it.1 == Member::Next) {
            self.lines.add("def __iter__(self): return self");
        }
        let parameters = match function.owner {
            Some((_, member)) => format!("self{}", extra_parameters(member)),
            None => parameter.unwrap_or_default(),
        };
        self.lines.add(&format!("{word} {}({parameters}):", self.names.function(self.program, at)));
        self.lines.deeper();
        self.lines.add("pass");
        self.body(&function.body, at);
        self.lines.add(ending(function.owner.map(|it| it.1)));
        self.lines.shallower();
    }

    fn parameter(&mut self, parameter: Parameter) -> String {
        match parameter {
            Parameter::Callable => "call".to_owned(),
            Parameter::Flag { default: None } => "flag".to_owned(),
            Parameter::Flag { default: Some(default) } => format!("flag={}", truth(default)),
            Parameter::Object { annotated: false, .. } => "it".to_owned(),
            Parameter::Object { class, annotated: true } => format!("it: {}", self.hint(class)),
        }
    }

    fn hint(&mut self, class: usize) -> String {
        let name = self.names.class(class);
        let module = self.program.classes[class].module;
        if module > self.module {
            self.hints.insert(format!("from .{} import {name}", self.names.module(module)));
            return name;
        }
        self.reference(&name, module, Spelling(0))
    }

    /// How a name of a module is written here; imports what it needs, at the top or right here.
    fn reference(&mut self, name: &str, module: usize, spelling: Spelling) -> String {
        if module == self.module {
            return name.to_owned();
        }
        let from = self.names.module(module);
        let facade = self.names.facade(module);
        // Modules that import each other import late. A name that some function imports is that function's own throughout, so that
        // a late import never has the name of an early one.
        let early = module < self.module && spelling.0 % 3 != 2;
        let way = match spelling.0 / 3 % 9 {
            _ if module < self.module && !early => 2,
            4 if !early => 5,
            way => way,
        };
        let (import, written) = match way {
            2 if !early => (format!("from .{from} import {name} as {name}_late"), format!("{name}_late")),
            5 if !early => (format!("import app.{from} as {from}_late"), format!("{from}_late.{name}")),
            0 => (format!("from .{from} import {name}"), name.to_owned()),
            1 => (format!("from app.{from} import {name}"), name.to_owned()),
            2 => (format!("from .{from} import {name} as {name}_here"), format!("{name}_here")),
            3 => (format!("from . import {from}"), format!("{from}.{name}")),
            4 => (format!("import app.{from}"), format!("app.{from}.{name}")),
            5 => (format!("import app.{from} as {from}_here"), format!("{from}_here.{name}")),
            6 if early => (format!("from .{from} import *"), name.to_owned()),
            7 => (format!("from .{facade} import {name}"), name.to_owned()),
            _ => (format!("from app import {facade}"), format!("{facade}.{name}")),
        };
        if early {
            self.imports.insert(import);
        } else {
            self.lines.add(&import);
        }
        written
    }

    fn function_reference(&mut self, function: usize, spelling: Spelling) -> String {
        let name = self.names.function(self.program, function);
        self.reference(&name, self.program.functions[function].module, spelling)
    }

    fn new_object(&mut self, class: usize, spelling: Spelling) -> String {
        let name = self.names.class(class);
        let class_name = self.reference(&name, self.program.classes[class].module, spelling);
        match self.program.part(class) {
            Some((part, true)) => format!("{class_name}({})", self.new_object(part, spelling)),
            _ => format!("{class_name}()"),
        }
    }
}

/// What shapes need.
const HELPERS: &str = "def same(it):\n    return it\ndef traced(function):\n    @functools.wraps(function)\n    \
    def call(*args):\n        return function(*args)\n    return call\n";

const PRELUDE: &str = "import asyncio\nimport contextlib\nimport functools\nimport os\nimport random\nimport subprocess\nimport threading\nimport time\n\
    from concurrent.futures import ThreadPoolExecutor\nfrom time import sleep\n\nimport requests\n";

fn extra_parameters(member: Member) -> &'static str {
    match member {
        Member::Add | Member::Equal => ", other",
        Member::Missing => ", name",
        Member::Item | Member::Contains => ", key",
        Member::Exit => ", *exception",
        _ => "",
    }
}
