//! What is known about a library's API, in the words of the engine. The tables in `rules/apis/` are read into these.

mod contains;
mod inherits;
mod trigger;

pub use contains::Contains;
pub use inherits::Inherits;
pub use trigger::{Runs, Subject, Subscription, Triggered};

use crate::rule::Severity;
use blocklint_ir::Language;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// What a call does to the thread that runs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Effect {
    /// Waits for time to pass.
    Sleep,
    /// Waits for another machine.
    Net,
    /// Resolves a host name.
    Dns,
    /// Loads certificates and keys or performs a handshake.
    Tls,
    /// Waits for a database.
    Db,
    /// Starts or waits for a process.
    Process,
    /// Waits for another thread or task: lock, queue, condition, event, join, future, channel.
    Wait,
    /// Reads or writes the file system.
    File,
    /// Waits for a person.
    Stdin,
    /// Computes for long.
    Cpu,
    /// Loads code.
    Import,
    /// Drives another event loop to the end of something.
    Runtime,
}

impl Effect {
    /// Every effect.
    pub const ALL: [Self; 12] = [
        Self::Sleep,
        Self::Net,
        Self::Dns,
        Self::Tls,
        Self::Db,
        Self::Process,
        Self::Wait,
        Self::File,
        Self::Stdin,
        Self::Cpu,
        Self::Import,
        Self::Runtime,
    ];

    /// The word used in tables, JSON and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sleep => "sleep",
            Self::Net => "net",
            Self::Dns => "dns",
            Self::Tls => "tls",
            Self::Db => "db",
            Self::Process => "process",
            Self::Wait => "wait",
            Self::File => "file",
            Self::Stdin => "stdin",
            Self::Cpu => "cpu",
            Self::Import => "import",
            Self::Runtime => "runtime",
        }
    }

    /// The effect with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much of it there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// Bounded local work: a stat, a small file, a hash, a first use. A note.
    Small,
    /// Unbounded, or on the scale of the network. A warning.
    #[default]
    Large,
}

/// Which argument of a call: by position (the receiver not counted), by name, or either. `self` is what a method is called on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgumentRef {
    /// Its position among the positional arguments.
    pub position: Option<usize>,
    /// Its keyword.
    pub name: Option<String>,
}

/// A value that an argument is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// `None`, or the argument is not given.
    None,
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// An argument under which a call behaves differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Which argument.
    pub argument: ArgumentRef,
    /// What it is.
    pub is: Expected,
}

/// What a [`Condition`] asks of an argument.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// It is always this. A missing argument matches [`Constant::None`] only.
    Value(Constant),
    /// It is an instance of one of these types.
    Instance(Vec<String>),
    /// It is the address of a host, which nobody needs to look up: `"127.0.0.1:80"`, `("::1", 80)`.
    Address,
}

/// The argument that bounds a wait, and its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// Which argument.
    pub argument: ArgumentRef,
    /// Milliseconds for each unit of the argument.
    pub unit_ms: f64,
    /// The bound in milliseconds when the argument is not given; `None`: unbounded.
    pub default_ms: Option<u64>,
}

/// What happens when the call is made on a thread that already runs an event loop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum OnLoop {
    /// The loop stands still for as long as the call takes.
    #[default]
    Stalls,
    /// The call raises or panics at once.
    Fails,
    /// The call panics on one flavour of runtime and deadlocks on another.
    FailsOrDeadlocks,
}

/// A call that blocks its thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocking {
    /// What it does.
    pub effect: Effect,
    /// Nobody said what it does: the effect is only where it is counted.
    pub unsaid: bool,
    /// How much.
    pub scale: Scale,
    /// What bounds it.
    pub bound: Option<Bound>,
    /// It does not block when any of these holds.
    pub unless: Vec<Condition>,
    /// It blocks only when one of these holds; empty: always.
    pub only: Vec<Condition>,
    /// It makes or renews a credential.
    pub credential: bool,
    /// Only the first call does the work.
    pub first_use: bool,
    /// What happens on a loop's thread.
    pub on_loop: OnLoop,
    /// What the runtime says when it fails there.
    pub failure: Option<String>,
    /// What to use instead, as a phrase with code in backticks.
    pub instead: Option<String>,
    /// The phrase for each runtime, where they differ: `("tokio", …)`. [`Self::instead`] is one of them.
    pub instead_on: Vec<(String, String)>,
    /// Where the fact is documented.
    pub source: String,
    /// The user's own rule that reports it.
    pub rule: Option<OwnRule>,
}

impl Blocking {
    /// A call of which nothing is known but that it blocks, and what it is counted as.
    pub const fn plain(effect: Effect) -> Self {
        Self {
            effect,
            unsaid: true,
            scale: Scale::Large,
            bound: None,
            unless: Vec::new(),
            only: Vec::new(),
            credential: false,
            first_use: false,
            on_loop: OnLoop::Stalls,
            failure: None,
            instead: None,
            instead_on: Vec::new(),
            source: String::new(),
            rule: None,
        }
    }
}

/// A user's own rule as an entry names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRule {
    /// Its code, or whatever the entry says until [`crate::Catalog::with_rules`] has looked it up.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The severity of its findings.
    pub severity: Severity,
    /// Where the entry names it.
    pub(crate) bytes: Range<usize>,
}

impl OwnRule {
    pub(crate) fn named(code_or_name: &str, bytes: Range<usize>) -> Self {
        let name = code_or_name.to_owned();
        Self { code: name.clone(), name, severity: Severity::Warning, bytes }
    }
}

/// Where a callable that is handed over will run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunsOn {
    /// On a thread that no event loop runs on.
    Worker,
    /// On the event loop's thread.
    Loop,
    /// Here and now, inside the call (`map`, `sorted(key=)`, `Option::unwrap_or_else`).
    Here,
    /// In another process.
    Process,
    /// Here, where the runtime moves other tasks away first (`block_in_place`): right on a runtime with several threads.
    InPlace,
    /// At each step of the iterator that the call gives (`map`), which draws from it ([`Contains::Drawn`]).
    EachStep,
    /// When the value that the call gives is called (`functools.partial`).
    WhenCalled,
    /// Where the value that the call gives is used first (`LazyLock::new`).
    FirstUse,
}

/// What a callable that is handed over is called with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receives {
    /// What iterating the receiver gives, or the receiver where that is no container.
    Element,
    /// What iterating the argument at this position gives.
    ElementOf(usize),
    /// What the receiver fails with.
    Failure,
    /// An instance of this type.
    Type(String),
}

/// A call that takes a callable and has it run.
#[derive(Debug, Clone, PartialEq)]
pub struct HandOff {
    /// Which argument is the callable; `None`: every callable argument.
    pub callable: Option<ArgumentRef>,
    /// Where it runs.
    pub runs: RunsOn,
    /// What one of its parameters is given, where that is known.
    pub receives: Option<Receives>,
    /// Which: the first, unless what is gathered comes before it.
    pub parameter: usize,
    /// Where one of these holds, it runs elsewhere.
    pub unless: Vec<Condition>,
    /// Where it runs then; `None`: nothing is known.
    pub otherwise: Option<RunsOn>,
}

impl HandOff {
    /// Every callable that is passed runs there.
    pub fn of_every_callable(runs: RunsOn) -> Self {
        Self { callable: None, runs, receives: None, parameter: 0, unless: Vec::new(), otherwise: None }
    }
}

/// What a guard tells of the thread it runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guard {
    /// Raises unless the thread runs an event loop: `asyncio.get_running_loop`.
    FailsOffLoop,
    /// Gives `None` or `Err` unless the thread runs an event loop: `asyncio._get_running_loop`, `Handle::try_current`.
    NoneOffLoop,
    /// True when the event loop that it is asked about runs: `loop.is_running()`.
    TrueOnLoop,
    /// True when what it is asked about is finished: `future.done()`.
    TrueWhenDone,
    /// True when a wait for what it is asked about would begin: `queue.empty()`, `thread.is_alive()`.
    TrueWhenWaiting,
    /// Gives `None` when a wait for what it is asked about would begin: `process.poll()`.
    NoneWhenWaiting,
    /// An exception of objects that do not wait, raised instead: whoever catches it has such an object.
    RaisedInsteadOfWaiting,
    /// An exception that calls raise that a running loop refuses: whoever catches it has an answer for that.
    RaisedOnLoop,
    /// Called with false or zero, it makes what it is called on raise instead of wait: `socket.setblocking`.
    EndsWaiting,
    /// Likewise, called with true: `TcpListener::set_nonblocking`.
    EndsWaitingWhenTrue,
    /// Called with false, it makes what it is called on raise, and what comes of that: `ssh2::Session::set_blocking`.
    EndsWaitingOfLibrary,
    /// After it a wait for what it is called on is over: `queue.put`, `event.set`, `future.set_result`.
    Fulfils,
    /// Makes the event loops of the process run inside one another from then on: `nest_asyncio.apply`.
    NestsLoops,
    /// True when the function that it is asked about is asynchronous: `inspect.iscoroutinefunction`.
    TrueOfAsynchronous,
    /// Gives the identity of the current thread: comparing it with a loop's tells whether this is its thread.
    ThreadIdentity,
    /// Says whether the runtime of this thread has other threads: `Handle::runtime_flavor`.
    Flavor,
}

/// What a decorator or attribute makes of the function under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decorates {
    /// Reading the attribute runs it.
    Getter,
    /// The first read runs it.
    CachedGetter,
    /// The first call with given arguments runs it (`lru_cache`).
    Cached,
    /// Calling it gives a context manager whose body is the generator's.
    ContextManager,
    /// Calling it runs the function on another thread.
    Offloads,
    /// A framework calls it; synchronous functions run on a worker thread, asynchronous ones on the loop.
    WorkerEntry,
    /// A framework calls it on the event loop's thread even when it is synchronous.
    LoopEntry,
    /// A framework calls every method of the block under it on the event loop's thread.
    LoopEntries,
    /// What stands above the block around it says nothing of this function.
    LeftOut,
    /// Code in another language uses it, and values of the type, on threads of its own.
    Foreign,
    /// Making an object of its class runs it: a validator.
    Constructor,
    /// The function is the program's entry on a runtime with several threads.
    RuntimeEntry,
    /// The function is the program's entry on a runtime with one thread.
    SingleThreadEntry,
    /// The first read of an attribute that the decorator names runs it, unless the attribute was set before.
    FirstRead,
    /// Setting an attribute that the decorator names runs it.
    WhenSet,
    /// Calling it runs it, or what was registered with it ([`Decorates::Registers`]).
    Dispatches,
    /// It is the same function, and registered with the function whose attribute the decorator is.
    Registers,
    /// It is the same function (registers, documents, marks).
    Same,
}

/// A decorator or attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct Decorator {
    /// What it makes of the function.
    pub makes: Decorates,
    /// It makes something else of it when any of these holds of its own arguments.
    pub unless: Vec<Condition>,
    /// What that is.
    pub otherwise: Option<Decorates>,
    /// The type whose members the function has then: a task that can be sent to a queue. Of a trait, the one that is written beside
    /// it, `{}` being its name.
    pub object: Option<String>,
}

/// A lock or guard and how it behaves across a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lock {
    /// Entering or acquiring it blocks the thread while another thread holds it: `threading.Lock`, `std::sync::Mutex`.
    Thread,
    /// A guard of such a lock: alive until it is dropped (`std::sync::MutexGuard`).
    Guard,
}

/// What calling or reading a path gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Gives {
    /// An instance of the type at this path. Generic arguments are written in brackets, tuples in parentheses, `|` between several; `_` stands for
    /// what the receiver contains, `_key` for its keys, `_0` for the first argument of the call, `_0()` for what calling that gives, and `_put` for what
    /// is put into what the call makes, wherever that is done.
    Type(String),
    /// The first type, and the other one when any of the conditions holds of the call.
    TypeUnless(String, Vec<Condition>, String),
    /// The object that the method is called on.
    Receiver,
    /// An instance of the class that the method is called on.
    Instance,
    /// The argument at this position, unchanged.
    Argument(usize),
    /// The result of calling the callable at this position.
    ResultOf(usize),
    /// Several of them: what calling the callable at this position with each element gives.
    EachResultOf(usize),
    /// What the receiver contains (see [`Contains`]), or what is passed at this position for where there is none.
    ElementOfReceiver(Option<usize>),
    /// What the receiver fails with.
    FailureOfReceiver,
    /// An instance of the type that the path names before its last segment: `T::new` gives `T`.
    Owner,
    /// A future of the callable's or coroutine's result at this position, and its type where that is known.
    FutureOf(usize, Option<String>),
    /// An asynchronous function that gives the result of the callable at this position.
    AsynchronousOf(usize),
    /// A future of the results of all coroutines that are passed, of this type: a tuple, or a list where they are spread.
    FutureOfAll(String),
    /// What a framework passes in the place of a dependency on the callable at this position: its result, awaited, or what it yields.
    ProvidedBy(usize),
    /// What the argument at this position contains.
    ElementOf(usize),
    /// A mapping of the pairs that iterating the argument at this position gives; a mapping as it is.
    MappingOf(usize),
    /// What entering the argument at this position as a context gives.
    Entered(usize),
    /// The attribute of the argument at this position that the text after it names.
    AttributeOf(usize),
    /// A callable that gives the attribute that the text at this position names, of whatever it is called with; then, whether it calls that.
    Reader(usize, bool),
    /// The object at the path that the text at this position is: `import_string("app.handlers.Handler")`.
    At(usize),
    /// The module of another language that the text at this position names.
    Module(Language, usize),
    /// The member that the text at this position names, of what the receiver contains.
    Member(usize),
    /// Objects by which whatever the program's packages register under the group that this argument names is loaded, of this type.
    /// Without that argument, an object of the other type.
    Registered(usize, String, Option<String>),
    /// The name of the member that the attribute is read from.
    MemberName,
    /// What that member was given.
    MemberText,
}

impl Gives {
    /// Whether what is put into it later says what it contains: `_put`.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Type(text) if text.contains("_put"))
    }

    /// Whether what the call is passed has a part in it.
    pub fn rests_on_arguments(&self) -> bool {
        matches!(
            self,
            Self::Type(_)
                | Self::Argument(_)
                | Self::ResultOf(_)
                | Self::EachResultOf(_)
                | Self::FutureOf(..)
                | Self::ProvidedBy(_)
                | Self::ElementOf(_)
                | Self::MappingOf(_)
                | Self::AsynchronousOf(_)
                | Self::Entered(_)
                | Self::ElementOfReceiver(Some(_))
        )
    }
}
