//! What the answers consist of: inert data with places as files and byte spans.

use crate::finding::{Accessor, Confidence, Domain, Finding, Place, Severity, Step, Via};
use blocklint_catalog::fact::Effect;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// All there is to say of one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Why {
    /// The functions that the line belongs to or defines, the outermost first.
    pub functions: Vec<FunctionAnswer>,
    /// The findings whose chain passes the line.
    pub told: Vec<Told>,
}

/// A function with something on the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionAnswer {
    /// Its name inside the module.
    pub name: Arc<str>,
    /// Its name where it is defined.
    pub place: Place,
    /// Its body is asynchronous.
    pub asynchronous: bool,
    /// Which threads it was found to run on, each with a witness.
    pub runs: Vec<Runs>,
    /// What it calls on the line.
    pub sites: Vec<Site>,
}

/// A thread that a function was found to run on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runs {
    /// Which.
    pub domain: Domain,
    /// Why the first function of the route runs there.
    pub because: Because,
    /// The shortest way from there to the function. Empty when it is its own reason.
    pub route: Vec<Step>,
    /// How many such ways begin in different functions.
    pub entries: usize,
}

/// Why a function runs on a thread, if not because another one calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// Its body is asynchronous, or an executor polls it.
    Asynchronous,
    /// It is handed over here, to run on that thread.
    HandedOver(Place),
    /// A framework calls it there, by its decorator or the method that it overrides.
    Framework,
    /// A comment promises that a loop may run it.
    Promise,
    /// Nothing here calls it, but only asynchronous code can use it.
    Implied,
    /// An asynchronous caller could not see that it runs.
    Accessor,
    /// It is the top-level code of a file, or the program's entry.
    Program,
    /// Nothing in the sources calls it.
    NoCaller,
    /// Only functions call it that nothing runs.
    DeadCallers,
}

/// A call, or something that may run a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The expression.
    pub place: Place,
    /// How it runs something.
    pub via: Via,
    /// Its result is awaited.
    pub awaited: bool,
    /// The code around says that no event loop runs here.
    pub guard: Option<Guarded>,
    /// What it leads to.
    pub leads: Vec<Lead>,
    /// Where resolution stopped, from the call to the last thing that could be followed. Empty when it leads somewhere.
    pub stopped: Vec<Stop>,
}

/// What a call leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// A function of the sources runs.
    Function {
        /// Its name inside the module.
        name: Arc<str>,
        /// Its name where it is defined.
        place: Place,
        /// How.
        via: Via,
        /// The kind of call that the caller does not see.
        accessor: Option<Accessor>,
        /// How sure.
        confidence: Confidence,
        /// What blocks below it.
        below: Vec<Blocks>,
    },
    /// A coroutine of the sources: it runs as an entry of its own.
    Coroutine {
        /// Its name inside the module.
        name: Arc<str>,
        /// Its name where it is defined.
        place: Place,
        /// What is found below it, by code.
        findings: Vec<Cow<'static, str>>,
    },
    /// A callable is handed over, to run on that thread.
    HandedOver {
        /// Its name inside the module.
        name: Arc<str>,
        /// Its name where it is defined.
        place: Place,
        /// Where it will run.
        runs: Domain,
    },
    /// The function or type of a library.
    Library(Library),
    /// A type of the sources without code of its own to run.
    Type(Arc<str>),
    /// A parameter: what each caller passes is called here.
    Parameter {
        /// Its name.
        name: Arc<str>,
        /// Only an asynchronous function is called here, as a test says: it runs as an entry of its own.
        asynchronous: bool,
    },
    /// A function of the sources that is not run here: a generator, or one whose decorator runs it elsewhere.
    NotHere {
        /// Its name inside the module.
        name: Arc<str>,
        /// Its name where it is defined.
        place: Place,
        /// Why.
        why: &'static str,
    },
}

/// A path of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// As its language writes it.
    pub path: String,
    /// Something in the sources brings the name, or it is known.
    pub bound: bool,
    /// The catalogue has an entry for it.
    pub known: bool,
    /// Where the fact that it blocks is documented.
    pub source: Option<String>,
    /// It blocks.
    pub blocks: Option<Blocks>,
}

/// A call that blocks its thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocks {
    /// The library's function.
    pub api: String,
    /// What it does.
    pub effect: Effect,
    /// Where.
    pub place: Place,
    /// From the line down to it.
    pub chain: Vec<Step>,
    /// What a check makes of it.
    pub verdict: Verdict,
}

/// Code that says that no event loop runs on its thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guarded {
    /// The test that says it, where there is one.
    pub test: Option<Place>,
}

/// What a check makes of a blocking call, or why nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// A finding, with its code, and what became of it.
    Finding(Cow<'static, str>, Fate),
    /// It is awaited or scheduled: it does not block.
    Awaited,
    /// With these arguments it does not block.
    Arguments,
    /// The code around says that no event loop runs there.
    Guarded(Guarded),
    /// What it waits for is known to be finished.
    Finished,
    /// No event loop was found to run the function that it stands in.
    NotOnLoop,
    /// Every way to it is ruled out by what callers pass.
    Infeasible,
}

/// A finding and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The finding, with all its chains.
    pub finding: Finding,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A check reports it.
    Reported,
    /// Comments silence every chain of it.
    Suppressed(Vec<Place>),
    /// It is small work in test code, which is not asked for.
    SmallInTest,
    /// It is less severe than asked for.
    BelowSeverity(Severity),
    /// It is less sure than asked for.
    BelowConfidence(Confidence),
    /// Its rule is not selected.
    NotSelected,
}

/// A step on which resolution stopped, or the last ones before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// What has no known type.
    pub place: Place,
    /// Why not.
    pub gap: Gap,
}

/// Why the type of something is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// A parameter without annotation, and what so many call sites pass is not known.
    Parameter {
        /// The parameter.
        name: String,
        /// The function.
        function: Arc<str>,
        /// How many call sites there are.
        callers: usize,
    },
    /// A parameter whose annotation names nothing that is known.
    ParameterAnnotation {
        /// The parameter.
        name: String,
        /// The function.
        function: Arc<str>,
    },
    /// What a variable is given.
    Variable(String),
    /// What a field is given.
    Field {
        /// The type.
        owner: String,
        /// The field.
        name: String,
        /// It is given something somewhere.
        given: bool,
    },
    /// The type is known and has no such member in the sources.
    NoMember {
        /// The type.
        owner: String,
        /// The member.
        name: String,
    },
    /// What a function of the sources returns.
    Result(Arc<str>),
    /// What something contains or gives when it is awaited.
    Contents,
    /// A name that nothing binds.
    Unbound(String),
    /// An expression whose type is not inferred.
    Expression,
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Asynchronous => "its body is asynchronous",
            Self::HandedOver(_) => "it is handed over to run there",
            Self::Framework => "a framework calls it there",
            Self::Promise => "a comment promises that an event loop may run it",
            Self::Implied => "nothing here calls it, but only asynchronous code can use it",
            Self::Accessor => "an asynchronous caller could not see that it runs",
            Self::Program => "it runs when the program starts or the module is imported",
            Self::NoCaller => "nothing in the checked sources calls it",
            Self::DeadCallers => "only functions call it that nothing in the checked sources runs",
        })
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter { name, function, callers: 0 } => {
                write!(
                    f,
                    "parameter `{name}` of `{function}` has no annotation, and no call site is known that passes it"
                )
            }
            Self::Parameter { name, function, callers } => {
                let sites = if *callers == 1 { "the one call site passes" } else { "the call sites pass" };
                write!(
                    f,
                    "parameter `{name}` of `{function}` has no annotation, and {sites} nothing whose type is known"
                )
            }
            Self::ParameterAnnotation { name, function } => {
                write!(f, "the annotation of parameter `{name}` of `{function}` names no type that is known")
            }
            Self::Variable(name) => write!(f, "variable `{name}` is given nothing whose type is known"),
            Self::Field { owner, name, given: true } => {
                write!(f, "attribute `{name}` of `{owner}` is given nothing whose type is known")
            }
            Self::Field { owner, name, given: false } => {
                write!(f, "attribute `{name}` of `{owner}` is never given anything in the checked sources")
            }
            Self::NoMember { owner, name } => write!(f, "`{owner}` has no `{name}` in the checked sources"),
            Self::Result(function) => {
                write!(f, "`{function}` has no annotated result, and what it returns is not known")
            }
            Self::Contents => f.write_str("what it holds or gives is not known"),
            Self::Unbound(name) => write!(f, "nothing in the checked sources binds `{name}`"),
            Self::Expression => f.write_str("the type of such an expression is not inferred"),
        }
    }
}
