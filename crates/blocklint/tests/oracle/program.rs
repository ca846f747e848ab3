//! A small abstract program: what Python and Rust have in common, without a notation. It can be run ([`super::interpret`]) and written
//! down in both languages; it knows neither.

/// Modules, functions and classes; everything refers to everything else by index.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    /// Whose rules of inheritance hold.
    pub language: Language,
    /// How many modules there are.
    pub modules: usize,
    /// Functions and methods.
    pub functions: Vec<Function>,
    /// Classes; a base and what a class holds come before it.
    pub classes: Vec<Class>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Python,
    Rust,
}

/// A function, or a member of a class.
#[derive(Debug, Clone)]
pub(crate) struct Function {
    /// Where a free function is defined.
    pub module: usize,
    pub is_async: bool,
    /// The class that it belongs to, and as what.
    pub owner: Option<(usize, Member)>,
    /// What it takes besides its receiver; free functions only.
    pub parameter: Option<Parameter>,
    pub body: Vec<Statement>,
}

/// What a function takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parameter {
    /// A function without parameters.
    Callable,
    /// A flag, and its default.
    Flag { default: Option<bool> },
    /// An instance of a class or of one below it.
    Object { class: usize, annotated: bool },
}

#[derive(Debug, Clone)]
pub(crate) struct Class {
    pub module: usize,
    pub base: Option<usize>,
    /// The class of its attribute `part`, and whether whoever constructs it passes the part.
    pub part: Option<(usize, bool)>,
}

/// As what a function belongs to a class, which says when it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Member {
    Method(u8),
    Init,
    Property,
    /// Whatever no other member names.
    Missing,
    Add,
    Equal,
    Item,
    Text,
    Next,
    Length,
    Truth,
    Contains,
    Call,
    Enter,
    Exit,
    /// The end of a life, which only Rust tells.
    Drop,
}

impl Member {
    pub(crate) const ALL: [Self; 18] = [
        Self::Method(0),
        Self::Method(1),
        Self::Method(2),
        Self::Init,
        Self::Property,
        Self::Missing,
        Self::Add,
        Self::Equal,
        Self::Item,
        Self::Text,
        Self::Next,
        Self::Length,
        Self::Truth,
        Self::Contains,
        Self::Call,
        Self::Enter,
        Self::Exit,
        Self::Drop,
    ];

    /// Whether Rust has a trait for it; the others are methods there.
    pub(crate) fn is_special_in_rust(self) -> bool {
        use Member::{Add, Drop, Equal, Init, Item, Missing, Next, Text};
        matches!(self, Init | Missing | Add | Equal | Item | Text | Next | Drop)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Statement {
    Nothing,
    /// Blocks the thread; every place has its own number.
    Block {
        site: usize,
        primitive: Primitive,
        shape: Shape,
    },
    /// Calls a free function, and awaits it if it is asynchronous.
    Call {
        function: usize,
        argument: Option<Argument>,
        spelling: Spelling,
        shape: Shape,
    },
    /// Runs a member of an object, in whatever way such a member is run.
    Use {
        receiver: Receiver,
        member: Member,
        shape: Shape,
    },
    /// Runs its own parameter.
    CallParameter,
    /// Has a thread without a loop run something.
    HandOff {
        way: HandOff,
        callable: Callable,
    },
    /// Has the loop run something later.
    CallSoon {
        callable: Callable,
    },
    /// Starts a task for an asynchronous function.
    Task {
        function: usize,
        spelling: Spelling,
    },
    If {
        test: Test,
        then: Vec<Statement>,
        otherwise: Vec<Statement>,
    },
    /// Asks whether this thread runs a loop.
    Guard {
        way: u8,
        on_loop: Vec<Statement>,
        elsewhere: Vec<Statement>,
    },
    Return,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Primitive {
    Sleep,
    Net,
    Process,
    Wait,
    File,
}

impl Primitive {
    pub(crate) const ALL: [Self; 5] = [Self::Sleep, Self::Net, Self::Process, Self::Wait, Self::File];
}

/// In what a call stands, which runs it once and at once: a loop, a closure, a nested function. What the number means is the renderers'
/// affair; zero is a statement of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape(pub u8);

/// How a name of another module is written; what the number means is the renderers' affair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spelling(pub u8);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Test {
    Literal(bool),
    /// Its own flag, or the opposite.
    Flag {
        holds: bool,
    },
    /// Nobody knows.
    Unknown,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Argument {
    Callable(Callable),
    Flag(bool),
    /// The default, by not being passed.
    Default,
    Object {
        class: usize,
        spelling: Spelling,
    },
    /// Its own parameter, handed on.
    Own,
}

/// A function without parameters, as a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Callable {
    Named {
        function: usize,
        spelling: Spelling,
    },
    Closure {
        function: usize,
        spelling: Spelling,
    },
    Partial {
        function: usize,
        spelling: Spelling,
    },
    /// A method of a new object.
    Bound {
        class: usize,
        member: Member,
        spelling: Spelling,
    },
    /// Its own parameter.
    Own,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HandOff {
    Await,
    Executor,
    Thread,
    Pool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Receiver {
    /// The object whose member this is.
    Itself,
    /// The part of that object.
    Part,
    Parameter,
    /// An object made on the spot.
    New {
        class: usize,
        spelling: Spelling,
    },
    /// The same, by way of a variable.
    Local {
        class: usize,
        spelling: Spelling,
    },
    /// The one object that a module keeps.
    Global {
        class: usize,
        spelling: Spelling,
    },
    /// What a function returns; whether it says so.
    Made {
        class: usize,
        spelling: Spelling,
        annotated: bool,
    },
}

impl Program {
    /// The class and those above it, the nearest first.
    pub(crate) fn ancestry(&self, class: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(class), |&it| self.classes[it].base)
    }

    /// What such a member of an instance of this very class is. Rust's traits hand methods on and nothing else.
    pub(crate) fn member(&self, class: usize, member: Member) -> Option<usize> {
        let inherits = self.language == Language::Python || !member.is_special_in_rust();
        self.ancestry(class).take(if inherits { usize::MAX } else { 1 }).find_map(|it| self.own_member(it, member))
    }

    pub(crate) fn own_member(&self, class: usize, member: Member) -> Option<usize> {
        self.functions.iter().position(|it| it.owner == Some((class, member)))
    }

    /// The class of the part of an instance of this class, and whether it is passed; the root of the ancestry says so.
    pub(crate) fn part(&self, class: usize) -> Option<(usize, bool)> {
        self.ancestry(class).find_map(|it| self.classes[it].part)
    }

    /// The class and all below it.
    pub(crate) fn family(&self, class: usize) -> Vec<usize> {
        (0..self.classes.len()).filter(|&it| self.ancestry(it).any(|it| it == class)).collect()
    }

    /// Whether making an instance runs nothing but assignments.
    pub(crate) fn is_plain(&self, class: usize) -> bool {
        self.member(class, Member::Init).is_none()
            && self.member(class, Member::Drop).is_none()
            && self.part(class).is_none_or(|it| self.is_plain(it.0))
    }

    /// The module in which a function is defined.
    pub(crate) fn module_of(&self, function: usize) -> usize {
        let it = &self.functions[function];
        it.owner.map_or(it.module, |(class, _)| self.classes[class].module)
    }
}

/// The program with every statement changed, the inner ones first; the change is told whose statement it is.
pub(crate) fn rewrite(program: &Program, change: &mut impl FnMut(usize, Statement) -> Statement) -> Program {
    let mut changed = program.clone();
    for (at, function) in changed.functions.iter_mut().enumerate() {
        function.body = rewrite_body(&function.body, at, change);
    }
    changed
}

fn rewrite_body(
    body: &[Statement],
    function: usize,
    change: &mut impl FnMut(usize, Statement) -> Statement,
) -> Vec<Statement> {
    let mut changed = Vec::with_capacity(body.len());
    for statement in body {
        let statement = match statement {
            Statement::If { test, then, otherwise } => Statement::If {
                test: *test,
                then: rewrite_body(then, function, change),
                otherwise: rewrite_body(otherwise, function, change),
            },
            Statement::Guard { way, on_loop, elsewhere } => Statement::Guard {
                way: *way,
                on_loop: rewrite_body(on_loop, function, change),
                elsewhere: rewrite_body(elsewhere, function, change),
            },
            other => other.clone(),
        };
        changed.push(change(function, statement));
    }
    changed
}
