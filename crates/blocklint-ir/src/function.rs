//! Functions: parameters, regions and values.

use crate::{Name, ScopeId, Span, TypeExprId, TypeId, Value, ValueId, ValueKind, ValueRef};
use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;

/// Index into [`crate::Module::functions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FunctionId(u32);

/// Index into [`Function::regions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RegionId(u32);

impl FunctionId {
    /// The file's top-level code.
    pub const TOP: Self = Self(0);

    /// The id of the function at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a file has fewer than 2^32 functions"))
    }

    /// The position in [`crate::Module::functions`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl RegionId {
    /// The whole body.
    pub const BODY: Self = Self(0);

    /// The id of the region at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a function has fewer than 2^32 regions"))
    }

    /// The position in [`Function::regions`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What calling a function gives: its result, or something that runs later.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Color {
    /// Calling it runs it.
    #[default]
    Sync,
    /// Calling it gives a coroutine or future; its body runs on the event loop that polls it.
    Async,
    /// Calling it gives an iterator; its body runs where that is iterated.
    Generator,
    /// Calling it gives an asynchronous iterator; its body runs on the event loop.
    AsyncGenerator,
}

impl Color {
    /// Whether its body runs on an event loop whoever calls it.
    pub fn on_loop(self) -> bool {
        matches!(self, Self::Async | Self::AsyncGenerator)
    }

    /// Whether it gives values one after the other.
    pub fn yields(self) -> bool {
        matches!(self, Self::Generator | Self::AsyncGenerator)
    }
}

/// How a function is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Form {
    /// It has a name of its own.
    #[default]
    Named,
    /// A Python lambda.
    Lambda,
    /// A closure: a reader names the function around it.
    Closure,
    /// An asynchronous block or closure body: a reader names the function around it.
    Block,
}

/// What a method's first parameter is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Receiver {
    /// No receiver.
    #[default]
    None,
    /// An instance of the owner: `self`.
    Instance,
    /// The owner itself: `cls`.
    Type,
}

/// A function, method, lambda, closure, asynchronous block, or the top-level code of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Function {
    /// Its own name.
    pub name: Name,
    /// Its name inside the module: `Class.method`, `outer.<locals>.inner`, `Type::method`, `<Type as Trait>::method`, `<module>`.
    pub qualname: String,
    /// How it is written.
    pub form: Form,
    /// What calling it gives.
    pub color: Color,
    /// The type it is a member of.
    pub owner: Option<TypeId>,
    /// What its first parameter is.
    pub receiver: Receiver,
    /// The receiver moves into it: its life does not go on with the caller.
    pub consumes: bool,
    /// The function it is written in, if not at the top.
    pub parent: Option<FunctionId>,
    /// The scope its body's names are looked up in.
    pub scope: ScopeId,
    /// Parameters, the receiver included.
    pub parameters: Vec<Parameter>,
    /// Type parameters and their bounds.
    pub generics: ThinVec<(Name, Option<TypeExprId>)>,
    /// The annotated result; of an asynchronous function, what awaiting it gives.
    pub result: Option<TypeExprId>,
    /// Decorators and attributes from the outermost to the innermost, as values of `parent` (the top-level function when `None`).
    /// A Rust attribute `#[tokio::main(flavor = "current_thread")]` is a call of the path with named arguments.
    pub decorators: ThinVec<ValueId>,
    /// Everything it computes, in order.
    pub values: Vec<Value>,
    /// The tests and handlers it computes under: `regions[0]` is the body.
    pub regions: Vec<Region>,
    /// Variables and every value that each is given, for closures that capture them.
    pub variables: Vec<Variable>,
    /// Values that functions inside this one give its variables (`nonlocal`, a closure that assigns what it captured).
    pub foreign: ThinVec<(Name, ValueRef)>,
    /// What it returns, at each `return` and at its end.
    pub returns: ThinVec<ValueId>,
    /// What it yields.
    pub yields: ThinVec<ValueId>,
    /// Values computed for their effect and thrown away: expression statements.
    pub discarded: ThinVec<ValueId>,
    /// The body is only `...`, `pass`, a docstring or `raise NotImplementedError`; or there is none (a trait's method).
    pub stub: bool,
    /// What its build is asked for by name, and whether it must hold: of two functions that disagree, one exists.
    pub conditions: ThinVec<(Name, bool)>,
    /// It exists for tests only.
    pub test: bool,
    /// From its first decorator to its end.
    pub span: Span,
    /// Its name (of a lambda, closure or block, its first token).
    pub name_span: Span,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its annotation.
    pub annotation: Option<TypeExprId>,
    /// Its default, as a value of [`Function::parent`] (the top-level function when `None`).
    pub default: Option<ValueId>,
    /// What its annotation carries besides the type (`Annotated[T, Depends(f)]`), as values of the same function as the default.
    pub metadata: ThinVec<ValueId>,
    /// How arguments reach it.
    pub kind: ParameterKind,
    /// Calls in the function may change it in its place, without an assignment: `mut mode`, `mode: &mut Mode`.
    pub changes: bool,
}

impl Parameter {
    /// One that is passed by position and has no default.
    pub fn positional(name: Name, annotation: Option<TypeExprId>) -> Self {
        let kind = ParameterKind::Positional;
        Self { name, annotation, default: None, metadata: ThinVec::new(), kind, changes: false }
    }
}

/// How arguments reach a parameter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ParameterKind {
    /// By position or by name.
    #[default]
    Either,
    /// By position only.
    Positional,
    /// By name only.
    Named,
    /// The rest of the positional ones: `*args`.
    RestPositional,
    /// The rest of the named ones: `**kwargs`.
    RestNamed,
}

/// A variable of a function and every value it is ever given there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// Its name.
    pub name: Name,
    /// Its values.
    pub values: Vec<ValueId>,
}

/// A stretch of a function's body that runs under one condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// The region around it.
    pub parent: Option<RegionId>,
    /// Its condition.
    pub kind: RegionKind,
}

/// The condition of a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegionKind {
    /// The function's body.
    Body,
    /// Runs when `test` is true (or false). Also the rest of a block after a branch that left it: after
    /// `if not running: return`, what follows is a region in which `running` holds.
    When {
        /// The tested value.
        test: ValueId,
        /// The outcome.
        holds: bool,
    },
    /// Runs when `subject` matches a pattern (or does not). `variant` is the pattern's path when it is a single one.
    Match {
        /// The matched value.
        subject: ValueId,
        /// Whether the pattern matched; `false` for the `else` of an `if let` and the rest after a diverging `let … else`.
        holds: bool,
        /// `Ok`, `Err`, `Some`, a class, a constant, …
        variant: Option<crate::Import>,
    },
    /// Runs any number of times. A `while` loop's body is also inside [`RegionKind::When`] its test.
    Loop,
    /// The body of a `try`.
    Try,
    /// A handler: runs after something in `attempt` raised. `catches` are the exception types, empty for all.
    Handler {
        /// The `try` body's region.
        attempt: RegionId,
        /// Exception types as values.
        catches: Vec<ValueId>,
    },
    /// Runs after `attempt` went through: the `else` of a `try`, and what follows a `try` all of whose handlers leave.
    Completed {
        /// The `try` body's region.
        attempt: RegionId,
    },
    /// Always runs at the end of a `try`.
    Finally,
    /// Runs only where the function is left before its end: by an early `return`, or with what `?` hands on.
    Leaving,
    /// Runs only when the file is the program itself, not when it is imported: `if __name__ == "__main__":`.
    Script,
    /// Runs while `context` is entered (the operand of [`crate::ValueKind::Enter`]) or, in Rust, while the guard `context` lives.
    Held {
        /// The context manager or guard.
        context: ValueId,
    },
}

impl Function {
    /// An empty function.
    pub fn new(name: Name, qualname: &str) -> Self {
        Self {
            name,
            qualname: qualname.to_owned(),
            form: Form::Named,
            color: Color::Sync,
            owner: None,
            receiver: Receiver::None,
            consumes: false,
            parent: None,
            scope: ScopeId::FILE,
            parameters: Vec::new(),
            generics: ThinVec::new(),
            result: None,
            decorators: ThinVec::new(),
            values: Vec::new(),
            regions: vec![Region { parent: None, kind: RegionKind::Body }],
            variables: Vec::new(),
            foreign: ThinVec::new(),
            returns: ThinVec::new(),
            yields: ThinVec::new(),
            discarded: ThinVec::new(),
            stub: false,
            conditions: ThinVec::new(),
            test: false,
            span: Span::default(),
            name_span: Span::default(),
        }
    }

    /// The value with this id.
    pub fn value(&self, id: ValueId) -> &Value {
        &self.values[id.index()]
    }

    /// The value without what is merely known about it: that it is there, or of what type.
    pub fn bare(&self, value: ValueId) -> ValueId {
        match self.value(value).kind {
            ValueKind::Present(of) | ValueKind::Narrow { of, .. } => self.bare(of),
            _ => value,
        }
    }

    /// Whether a value is the parameter at this position, whatever is known about it here.
    pub fn is_parameter(&self, value: ValueId, index: u16) -> bool {
        self.value(self.bare(value)).kind == ValueKind::Parameter(index)
    }

    /// Whether `value` is the value `of`, or may be: one of several that reach the place, narrowed or seen to be there.
    pub fn may_be(&self, value: ValueId, of: ValueId) -> bool {
        value == of || self.origins(value, usize::MAX).contains(&of)
    }

    /// What `value` is made of: itself, the several values that reach the place, what it is when narrowed or seen to be there.
    /// No more than `most` of them.
    pub fn origins(&self, value: ValueId, most: usize) -> Vec<ValueId> {
        let mut seen = vec![value];
        let mut at = 0;
        while let Some(&value) = seen.get(at) {
            let next = match &self.value(value).kind {
                ValueKind::Choice(options) => options,
                ValueKind::Present(inner) | ValueKind::Narrow { of: inner, .. } => std::slice::from_ref(inner),
                _ => &[],
            };
            for &it in next.iter().take(most - seen.len().min(most)) {
                if !seen.contains(&it) {
                    seen.push(it);
                }
            }
            at += 1;
        }
        seen
    }

    /// The region with this id.
    pub fn region(&self, id: RegionId) -> &Region {
        &self.regions[id.index()]
    }

    /// The variable with this name.
    pub fn variable(&self, name: Name) -> Option<&Variable> {
        self.variables.iter().find(|it| it.name == name)
    }

    /// What the variable with this name is given here; nothing, if there is none.
    pub fn given_to(&self, name: Name) -> &[ValueId] {
        self.variable(name).map_or(&[], |it| &it.values)
    }

    /// What functions inside this one give its variable.
    pub fn foreign(&self, name: Name) -> impl Iterator<Item = ValueRef> {
        self.foreign.iter().filter(move |it| it.0 == name).map(|it| it.1)
    }

    /// The region and those around it, innermost first.
    pub fn regions_around(&self, id: RegionId) -> impl Iterator<Item = (RegionId, &Region)> {
        std::iter::successors(Some(id), |&at| self.region(at).parent).map(|at| (at, self.region(at)))
    }
}
