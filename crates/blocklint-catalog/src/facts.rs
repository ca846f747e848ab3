//! What is known about one path: the answers of all entries that match it, put together.

use crate::entry::{EntryId, Knowledge};
use crate::fact::{
    ArgumentRef, Blocking, Contains, Decorator, Gives, Guard, HandOff, Inherits, Lock, RunsOn, Subscription, Triggered,
};

/// Everything known about one path.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, said by an entry of its own")]
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts<'a> {
    /// Calling it blocks.
    pub blocking: Option<&'a Blocking>,
    /// Calling it has callables run.
    pub hand_offs: Vec<&'a HandOff>,
    /// What calling it gives.
    pub gives: Option<&'a Gives>,
    /// The names of the parameters that [`Self::gives`] counts, in their order. Where one of several is given, `|` stands between.
    pub parameters: &'a [String],
    /// What a call of it fails with. Of a type, which of its arguments that is; of a variant, which of its fields.
    pub fails: Option<&'a Gives>,
    /// What reading it gives, for attributes and constants.
    pub is: Option<&'a str>,
    /// It is another name of this path, which has the facts.
    pub alias: Option<&'a str>,
    /// The class at this path inherits from this one.
    pub base: Option<&'a str>,
    /// It tells about the thread.
    pub guard: Option<Guard>,
    /// What it makes of the function that it decorates.
    pub decorates: Option<&'a Decorator>,
    /// How the type contains others.
    pub contains: Option<Contains>,
    /// It is a lock or a guard.
    pub lock: Option<Lock>,
    /// Calling it, and everything below it, never blocks: asynchronous twins, pure functions.
    pub harmless: bool,
    /// A task or future that dies when nobody holds it: `asyncio.create_task`.
    pub weak_task: bool,
    /// Entering a project's override of this method: where the framework runs it.
    pub overrides: Option<RunsOn>,
    /// Awaiting it means that the futures given to it are finished: `asyncio.wait`, `asyncio.gather`.
    pub completes: bool,
    /// It schedules its coroutine argument on the loop given at this argument from another thread: `run_coroutine_threadsafe`.
    pub schedules_on: Option<&'a ArgumentRef>,
    /// It gives the event loop of this thread: `asyncio.get_running_loop`, `asyncio.get_event_loop`.
    pub current_loop: bool,
    /// It never returns: `sys.exit`, `std::process::exit`.
    pub diverges: bool,
    /// Iterating, joining or collecting its argument at this position runs the iterator: `list`, `"".join`.
    pub consumes: Option<usize>,
    /// It puts its argument at this position into the container that it is called on: `list.append`, `Vec::push`.
    pub keeps: Option<usize>,
    /// It keeps what it is given by name as entries of the object at this path: `Application(db=…)`.
    pub keeps_named: Option<&'a str>,
    /// What it makes the type of its first argument or receiver do.
    pub runs: Option<&'a Triggered>,
    /// It reads all of the text or bytes in this argument: the longer they are, the longer it computes.
    pub parses: Option<&'a ArgumentRef>,
    /// It has something of its argument run whenever something is published.
    pub subscribes: Option<&'a Subscription>,
    /// It publishes something: what was subscribed to this runs.
    pub publishes: Option<&'a str>,
    /// A parameter of this type is made from a request: this member of what it contains runs.
    pub extracts: Option<&'a str>,
    /// What classes have that inherit from it.
    pub inherits: Option<Inherits>,
    /// The entries that say all this, for telling which entries never matched.
    pub entries: Vec<EntryId>,
}

impl<'a> Facts<'a> {
    /// Takes over what one entry says.
    pub(crate) fn add(&mut self, id: EntryId, knowledge: &'a Knowledge) {
        self.entries.push(id);
        match knowledge {
            Knowledge::Blocking(it) => self.blocking = Some(it),
            Knowledge::HandOff(it) => self.hand_offs.push(it),
            Knowledge::Gives(it, parameters) => (self.gives, self.parameters) = (Some(it), parameters),
            Knowledge::Fails(it) => self.fails = Some(it),
            Knowledge::Is(it) => self.is = Some(it),
            Knowledge::Alias(it) => self.alias = Some(it),
            Knowledge::Base(it) => self.base = Some(it),
            Knowledge::Harmless => self.harmless = true,
            Knowledge::Guard(it) => self.guard = Some(*it),
            Knowledge::Decorates(it) => self.decorates = Some(it),
            Knowledge::Contains(it) => self.contains = Some(*it),
            Knowledge::Lock(it) => self.lock = Some(*it),
            Knowledge::WeakTask => self.weak_task = true,
            Knowledge::Overrides(it) => self.overrides = Some(*it),
            Knowledge::Completes => self.completes = true,
            Knowledge::Schedules(it) => self.schedules_on = Some(it),
            Knowledge::CurrentLoop => self.current_loop = true,
            Knowledge::Diverges => self.diverges = true,
            Knowledge::Consumes(it) => self.consumes = Some(*it),
            Knowledge::Keeps(it) => self.keeps = Some(*it),
            Knowledge::KeepsNamed(it) => self.keeps_named = Some(it),
            Knowledge::Runs(it) => self.runs = Some(it),
            Knowledge::Parses(it) => self.parses = Some(it),
            Knowledge::Subscribes(it) => self.subscribes = Some(it),
            Knowledge::Publishes(it) => self.publishes = Some(it),
            Knowledge::Extracts(it) => self.extracts = Some(it),
            Knowledge::Inherits(it) => self.inherits = Some(*it),
        }
    }
}
