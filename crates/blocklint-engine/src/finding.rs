//! What the analysis found: inert data with places as files and byte spans. Nothing here knows how it is shown.

use blocklint_catalog::Unmatched;
use blocklint_ir::{Language, Span};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Everything one run found.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Analysis {
    /// The findings to report, ordered by file, place and code.
    pub findings: Vec<Finding>,
    /// How much was read and resolved.
    pub summary: Summary,
    /// Files that are not valid in their language, with the place and the parser's words.
    pub errors: Vec<FileError>,
    /// Users' facts that nothing in the program is about.
    pub unmatched: Vec<Unmatched>,
}

/// How much was read, resolved and found, so that silence can be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Files read.
    pub files: usize,
    /// Their size in bytes.
    pub bytes: usize,
    /// Files with syntax errors.
    pub unparsed_files: usize,
    /// Functions, methods, lambdas and closures read.
    pub functions: usize,
    /// Those that run on an event loop by themselves.
    pub async_functions: usize,
    /// Calls read, the implicit ones not counted.
    pub call_sites: usize,
    /// Calls whose target stands in the checked sources.
    pub calls_resolved: usize,
    /// Calls whose target is a known path of a library.
    pub calls_external: usize,
    /// Calls of which nothing is known.
    pub calls_unresolved: usize,
    /// Findings reported.
    pub findings: usize,
    /// Findings silenced by a comment, or by what is ignored in their file.
    pub suppressed: usize,
    /// Findings that the baseline holds.
    pub baselined: usize,
    /// Findings that the base revision has too.
    pub unchanged: usize,
    /// Findings below the chosen severity or confidence, or of rules that are not selected.
    pub hidden: usize,
    /// Of those, what is left out for its severity alone.
    pub hidden_notes: usize,
    /// Of those, what is left out as it is not sure enough, or as only tests do it.
    pub hidden_unsure: usize,
    /// Facts of the configuration that nothing in the program is about.
    pub unmatched_facts: usize,
}

/// A place where a file is not valid in its language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileError {
    /// The file.
    pub file: Arc<str>,
    /// Where.
    pub span: Span,
    /// What the parser expected.
    pub message: String,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Bounded local work.
    Note,
    /// An unbounded or network-scale stall.
    Warning,
    /// A deadlock, or a certain exception or panic at run time.
    Error,
}

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// A link was matched by name alone.
    Possible,
    /// Every call was resolved; a type came from an annotation, an assignment or an override.
    Likely,
    /// The code's own text proves it.
    Proven,
}

/// Which thread runs a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Domain {
    /// Nothing says.
    Unknown,
    /// A thread that runs an event loop.
    Loop,
    /// A thread that runs none.
    Worker,
    /// The program's first thread, outside any loop.
    Main,
    /// Several of these.
    Any,
}

/// How a step leads to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Via {
    /// A call that is written.
    Call,
    /// Reading, assigning or deleting an attribute that no property names (`__getattr__`, `Deref`).
    Attribute,
    /// Reading, assigning or deleting a property or descriptor.
    Property,
    /// An operator, comparison, subscript, truth or length.
    Operator,
    /// Formatting or converting to text.
    Format,
    /// Iterating.
    Iterate,
    /// Entering or leaving a context.
    Context,
    /// Constructing.
    Construct,
    /// The end of a life.
    Finalize,
    /// A decorator's wrapper.
    Decorator,
    /// A callable that was passed on and is called there.
    Callback,
    /// The first import of a module.
    Import,
    /// An executor polling.
    Poll,
    /// A call into the other language.
    Ffi,
}

/// Which call the caller does not see stands on the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Accessor {
    /// A property.
    Property,
    /// `__getattr__`, `__getattribute__`.
    Getattr,
    /// `__setattr__`, `__delattr__`.
    Setattr,
    /// `__get__`, `__set__`.
    Descriptor,
    /// Another dunder: length, truth, hash, call.
    Dunder,
    /// An operator or comparison.
    Operator,
    /// Formatting.
    Format,
    /// `__del__`.
    Finalizer,
    /// Rust's `Deref`.
    Deref,
    /// Rust's `Drop`.
    Drop,
    /// Rust's `Display`, `Debug`.
    Display,
    /// Subscripting.
    Index,
    /// `From`, `Into`, `Default`, `Clone`.
    Convert,
    /// `poll`.
    Poll,
}

macro_rules! names {
    ($($type:ident { $($variant:ident => $name:literal),* $(,)? })*) => {$(
        impl $type {
            /// The word used in JSON and messages.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Every variant, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The variant with this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.name() == name)
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    )*};
}

names! {
    Severity { Note => "note", Warning => "warning", Error => "error" }
    Confidence { Possible => "possible", Likely => "likely", Proven => "proven" }
    Domain { Unknown => "unknown", Loop => "loop", Worker => "worker", Main => "main", Any => "any" }
    Via {
        Call => "call", Attribute => "attribute", Property => "property", Operator => "operator", Format => "format",
        Iterate => "iterate", Context => "context", Construct => "construct", Finalize => "finalize", Decorator => "decorator",
        Callback => "callback", Import => "import", Poll => "poll", Ffi => "ffi",
    }
    Accessor {
        Property => "property", Getattr => "getattr", Setattr => "setattr", Descriptor => "descriptor", Dunder => "dunder",
        Operator => "operator", Format => "format", Finalizer => "finalizer", Deref => "deref", Drop => "drop",
        Display => "display", Index => "index", Convert => "convert", Poll => "poll",
    }
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file's path as it was given to the analysis.
    pub file: Arc<str>,
    /// The bytes.
    pub span: Span,
}

/// One step of a chain: where, in which function, a call or an implicit call happens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Step {
    /// Where the step happens.
    pub place: Place,
    /// The function it happens in, by its name inside the module.
    pub function: Arc<str>,
    /// How it leads on.
    pub via: Via,
    /// Which thread runs it.
    pub domain: Domain,
}

/// One root cause with its witness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's code: `BL001`.
    pub code: Cow<'static, str>,
    /// The rule's name: `self-wait-deadlock`.
    pub rule: Cow<'static, str>,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// The language of the blocking place.
    pub language: Language,
    /// What the call does to its thread; `None` where the rule is not about one.
    pub effect: Option<blocklint_catalog::fact::Effect>,
    /// The blocking API's path.
    pub api: String,
    /// The longest it can take, in milliseconds; `None` when unbounded or unknown.
    pub bound_ms: Option<u64>,
    /// One sentence: what freezes, and why.
    pub message: String,
    /// One sentence: what to do.
    pub help: String,
    /// The blocking call if it stands in the checked sources, else the call that leaves them.
    pub place: Place,
    /// The function it stands in.
    pub function: Arc<str>,
    /// The call one does not see that stands on the chain, if any.
    pub accessor: Option<Accessor>,
    /// From the asynchronous entry down to the blocking call. Never empty.
    pub chain: Vec<Step>,
    /// The shortest chains of other entries.
    pub other_chains: Vec<Vec<Step>>,
    /// How many distinct asynchronous functions reach it.
    pub entries: usize,
    /// It is bounded local work that only tests do: nobody waits for their loop.
    pub small_in_test: bool,
    /// The same across unrelated edits: no lines, no chain.
    pub fingerprint: String,
}
