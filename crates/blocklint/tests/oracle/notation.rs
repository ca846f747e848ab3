//! What both renderers share: names, the order of definitions, and indented lines.

use super::program::{Member, Program};

/// How things are called, and in which order they are defined. What a program does depends on neither.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// What every name ends in.
    pub suffix: &'static str,
    /// Definitions stand in reverse order, as far as the language allows.
    pub reversed: bool,
}

impl Names {
    pub(crate) fn module(&self, module: usize) -> String {
        format!("m{module}{}", self.suffix)
    }

    /// A module that shows another's names again.
    pub(crate) fn facade(&self, module: usize) -> String {
        format!("shown{module}{}", self.suffix)
    }

    pub(crate) fn class(&self, class: usize) -> String {
        format!("C{class}{}", self.suffix.to_uppercase())
    }

    pub(crate) fn global(&self, class: usize) -> String {
        format!("THE_C{class}{}", self.suffix.to_uppercase())
    }

    pub(crate) fn maker(&self, class: usize) -> String {
        format!("make_c{class}{}", self.suffix)
    }

    /// The maker that says what it makes.
    pub(crate) fn typed_maker(&self, class: usize) -> String {
        format!("make_typed_c{class}{}", self.suffix)
    }

    pub(crate) fn method(&self, number: u8) -> String {
        format!("run{number}{}", self.suffix)
    }

    /// A function's own name.
    pub(crate) fn function(&self, program: &Program, at: usize) -> String {
        match program.functions[at].owner {
            None => format!("f{at}{}", self.suffix),
            Some((_, Member::Method(number))) => self.method(number),
            Some((_, member)) => fixed_name(member).to_owned(),
        }
    }

    /// What a module defines, for whoever shows it again.
    pub(crate) fn defined_in(&self, program: &Program, module: usize) -> Vec<String> {
        let mut names = Vec::new();
        for class in Self::class_order(program, module) {
            names.extend([self.class(class), self.maker(class), self.typed_maker(class)]);
            names.extend(program.is_plain(class).then(|| self.global(class)));
        }
        names.extend(self.function_order(program, module).into_iter().map(|it| self.function(program, it)));
        names
    }

    /// A module's classes; bases come first.
    pub(crate) fn class_order(program: &Program, module: usize) -> Vec<usize> {
        (0..program.classes.len()).filter(|&it| program.classes[it].module == module).collect()
    }

    /// A module's free functions.
    pub(crate) fn function_order(&self, program: &Program, module: usize) -> Vec<usize> {
        let free = |&it: &usize| program.functions[it].owner.is_none() && program.functions[it].module == module;
        self.ordered((0..program.functions.len()).filter(free).collect())
    }

    pub(crate) fn member_order(&self, program: &Program, class: usize) -> Vec<usize> {
        let own = |&it: &usize| program.functions[it].owner.is_some_and(|it| it.0 == class);
        self.ordered((0..program.functions.len()).filter(own).collect())
    }

    fn ordered(&self, mut all: Vec<usize>) -> Vec<usize> {
        if self.reversed {
            all.reverse();
        }
        all
    }
}

/// What Python calls a member that is no method of the program's own.
fn fixed_name(member: Member) -> &'static str {
    match member {
        Member::Method(_) | Member::Property => "value",
        Member::Init => "__init__",
        Member::Missing => "__getattr__",
        Member::Add => "__add__",
        Member::Equal => "__eq__",
        Member::Item => "__getitem__",
        Member::Text => "__str__",
        Member::Next => "__next__",
        Member::Length => "__len__",
        Member::Truth => "__bool__",
        Member::Contains => "__contains__",
        Member::Call => "__call__",
        Member::Enter => "__enter__",
        Member::Exit => "__exit__",
        Member::Drop => "__del__",
    }
}

/// Text in the making.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    pub text: String,
    depth: usize,
}

impl Lines {
    pub(crate) fn add(&mut self, line: &str) {
        self.text.push_str(&"    ".repeat(self.depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(crate) fn deeper(&mut self) {
        self.depth += 1;
    }

    pub(crate) fn shallower(&mut self) {
        self.depth -= 1;
    }
}
