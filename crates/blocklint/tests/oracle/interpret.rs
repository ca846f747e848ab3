//! The oracle: runs an abstract program, on every thread on which it can be run, and tells which blocking places a loop's thread came to
//! and below which entry. It shares nothing with the engine.
//!
//! The world is open, as a linter's is: any function may be called from outside on any thread, and what it gives to a loop runs there.

use super::program::{Argument, Callable, Language, Member, Parameter, Program, Receiver, Statement, Test};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Places and the entries that reach them.
pub(crate) type Reached = BTreeMap<usize, BTreeSet<usize>>;

/// How exactly values are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// As a run does: what is reached here must be reported.
    Exact,
    /// As the analysis is content to: what is not reached even here must not be reported.
    Merged,
}

/// What a loop's thread runs.
pub(crate) fn reached(program: &Program, reading: Reading) -> Reached {
    let mut run = Run { program, reading, seen: HashSet::new(), reached: Reached::new() };
    for (at, function) in program.functions.iter().enumerate() {
        let thread = if function.is_async { Thread::Loop { entry: at } } else { Thread::Unknown };
        for this in run.receivers(at) {
            for argument in run.unseen_arguments(at) {
                run.function(&Frame { function: at, this, argument, thread });
            }
        }
    }
    run.reached
}

struct Run<'p> {
    program: &'p Program,
    reading: Reading,
    seen: HashSet<Frame>,
    reached: Reached,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Frame {
    function: usize,
    this: Option<usize>,
    argument: Value,
    thread: Thread,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Thread {
    /// One that runs a loop, which runs this entry.
    Loop {
        entry: usize,
    },
    Worker,
    /// Whichever an unseen caller has.
    Unknown,
}

impl Thread {
    fn entry(self) -> Option<usize> {
        match self {
            Self::Loop { entry } => Some(entry),
            _ => None,
        }
    }
}

/// Objects are told apart by their class: nothing changes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Value {
    None,
    Flag(bool),
    Object(usize),
    Callable {
        function: usize,
        this: Option<usize>,
        /// The entry that hands it out: what it does is that one's doing, whoever runs it on a loop in the end.
        by: Option<usize>,
    },
    /// What an unseen caller passes.
    Unknown,
}

/// How long an object lives.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Life {
    /// Until its variable ends.
    Variable,
    /// Until its statement ends, or whoever took it is done: the analysis does not look for that end.
    Temporary,
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Flow {
    Next,
    /// The function goes on, on a thread that it has asked about.
    On(Thread),
    Returned,
}

/// What is known where two branches meet.
fn meet(one: Flow, other: Flow) -> Flow {
    match (one, other) {
        (Flow::Returned, it) | (it, Flow::Returned) => it,
        (one, other) if one == other => one,
        _ => Flow::Next,
    }
}

impl Run<'_> {
    /// Whose member an unseen caller may run.
    fn receivers(&self, function: usize) -> Vec<Option<usize>> {
        match self.program.functions[function].owner {
            None => vec![None],
            Some((class, _)) if self.reading == Reading::Exact => vec![Some(class)],
            // An instance of a class below may be the receiver, as long as it has no member of its own.
            Some((class, _)) => self.program.family(class).into_iter().map(Some).collect(),
        }
    }

    /// What an unseen caller may pass.
    fn unseen_arguments(&self, function: usize) -> Vec<Value> {
        match self.program.functions[function].parameter {
            None => vec![Value::None],
            Some(Parameter::Flag { default: Some(default) }) if self.reading == Reading::Exact => {
                vec![Value::Flag(default)]
            }
            // The parameter's type says what is passed, and nothing else does.
            Some(Parameter::Object { class, annotated: true }) if self.reading == Reading::Exact => {
                vec![Value::Object(class)]
            }
            Some(Parameter::Object { .. }) if self.reading == Reading::Merged => self.merged_objects(function),
            Some(_) => vec![Value::Unknown],
        }
    }

    /// Every object that may be passed to a function: callers are not told apart by the types of data.
    fn merged_objects(&self, function: usize) -> Vec<Value> {
        let Some(Parameter::Object { class, .. }) = self.program.functions[function].parameter else {
            return Vec::new();
        };
        // An annotation stands for the class and those below it; without one any of them may be passed somewhere.
        self.program.family(class).into_iter().map(Value::Object).collect()
    }

    fn function(&mut self, frame: &Frame) {
        if self.seen.insert(*frame) {
            let program = self.program;
            self.block(&program.functions[frame.function].body, frame);
        }
    }

    fn block(&mut self, body: &[Statement], frame: &Frame) -> Flow {
        let mut frame = *frame;
        let mut flow = Flow::Next;
        for statement in body {
            match self.statement(statement, &frame) {
                Flow::Returned => return Flow::Returned,
                Flow::On(thread) => {
                    frame.thread = thread;
                    flow = Flow::On(thread);
                }
                Flow::Next => {}
            }
        }
        flow
    }

    fn statement(&mut self, statement: &Statement, frame: &Frame) -> Flow {
        match statement {
            Statement::Nothing => {}
            Statement::Return => return Flow::Returned,
            Statement::Block { site, .. } => {
                if let Thread::Loop { entry } = frame.thread {
                    self.reached.entry(*site).or_default().insert(entry);
                }
            }
            Statement::Call { function, argument, .. } => self.call(*function, argument.as_ref(), frame),
            Statement::Use { receiver, member, .. } => self.use_member(*receiver, *member, frame),
            Statement::CallParameter => self.run(frame.argument, frame.thread),
            Statement::HandOff { callable, .. } => {
                let value = self.callable(*callable, frame);
                self.run(value, Thread::Worker);
            }
            Statement::CallSoon { callable } => self.call_soon(*callable, frame),
            Statement::Task { function, .. } => self.call(*function, None, frame),
            Statement::If { test, then, otherwise } => return self.branches(*test, then, otherwise, frame),
            Statement::Guard { on_loop, elsewhere, .. } => return self.guard(on_loop, elsewhere, frame),
        }
        Flow::Next
    }

    fn branches(&mut self, test: Test, then: &[Statement], otherwise: &[Statement], frame: &Frame) -> Flow {
        let known = match (test, frame.argument) {
            (Test::Literal(truth), _) => Some(truth),
            (Test::Flag { holds }, Value::Flag(flag)) => Some(flag == holds),
            // A run that depends on what nobody passes does not count; the analysis takes both ways.
            (Test::Flag { .. }, _) if self.reading == Reading::Exact => return Flow::Returned,
            _ => None,
        };
        match known {
            Some(true) => self.block(then, frame),
            Some(false) => self.block(otherwise, frame),
            None => {
                let then = self.block(then, frame);
                let otherwise = self.block(otherwise, frame);
                meet(then, otherwise)
            }
        }
    }

    fn guard(&mut self, on_loop: &[Statement], elsewhere: &[Statement], frame: &Frame) -> Flow {
        match frame.thread {
            Thread::Loop { .. } => {
                // Nothing runs the other branch here. But what it gives to a loop may be given to another thread's.
                if self.reading == Reading::Merged {
                    self.block(elsewhere, &Frame { thread: Thread::Worker, ..*frame });
                }
                self.block(on_loop, frame)
            }
            Thread::Worker => self.block(elsewhere, frame),
            // The branch itself says that a loop runs here: its function needs no caller to be an entry. But it is named as one only
            // where nobody is seen to call it.
            Thread::Unknown if self.reading == Reading::Exact => {
                let there = Frame { thread: Thread::Worker, ..*frame };
                match self.block(elsewhere, &there) {
                    Flow::Returned => Flow::Returned,
                    _ => Flow::On(Thread::Worker),
                }
            }
            Thread::Unknown => {
                let here = Frame { thread: Thread::Loop { entry: frame.function }, ..*frame };
                let there = Frame { thread: Thread::Worker, ..*frame };
                match (self.block(on_loop, &here), self.block(elsewhere, &there)) {
                    (Flow::Returned, Flow::Returned) => Flow::Returned,
                    (Flow::Returned, _) => Flow::On(there.thread),
                    (_, Flow::Returned) => Flow::On(here.thread),
                    _ => Flow::Next,
                }
            }
        }
    }

    fn call(&mut self, function: usize, argument: Option<&Argument>, frame: &Frame) {
        let argument = match argument {
            None => Value::None,
            Some(Argument::Flag(flag)) => Value::Flag(*flag),
            Some(Argument::Callable(it)) => self.callable(*it, frame),
            Some(Argument::Own) => frame.argument,
            Some(Argument::Object { class, .. }) => {
                self.construct(*class, Life::Temporary, frame.thread);
                Value::Object(*class)
            }
            Some(Argument::Default) => match self.program.functions[function].parameter {
                Some(Parameter::Flag { default: Some(default) }) => Value::Flag(default),
                _ => Value::None,
            },
        };
        // Whatever awaits it, an asynchronous function is an entry of its own.
        let is_async = self.program.functions[function].is_async;
        let thread = if is_async { Thread::Loop { entry: function } } else { frame.thread };
        let arguments = match argument {
            Value::Object(_) if self.reading == Reading::Merged => self.merged_objects(function),
            it => vec![it],
        };
        for argument in arguments {
            self.function(&Frame { function, this: None, argument, thread });
        }
    }

    fn use_member(&mut self, receiver: Receiver, member: Member, frame: &Frame) {
        let class = match receiver {
            Receiver::Itself => frame.this,
            Receiver::Part => frame.this.and_then(|it| self.program.part(it)).map(|it| it.0),
            Receiver::Parameter => match frame.argument {
                Value::Object(class) => Some(class),
                _ => None,
            },
            Receiver::Global { class, .. } => Some(class),
            Receiver::Local { class, .. } if member != Member::Next => {
                self.construct(class, Life::Variable, frame.thread);
                Some(class)
            }
            Receiver::New { class, .. } | Receiver::Local { class, .. } | Receiver::Made { class, .. } => {
                self.construct(class, Life::Temporary, frame.thread);
                Some(class)
            }
        };
        let Some(class) = class else { return };
        // Entering a context is leaving it, too.
        let members = match member {
            Member::Enter | Member::Exit if self.program.language == Language::Python => {
                vec![Member::Enter, Member::Exit]
            }
            other => vec![other],
        };
        for member in members {
            if let Some(function) = self.program.member(class, member) {
                let is_async = self.program.functions[function].is_async;
                let thread = if is_async { Thread::Loop { entry: function } } else { frame.thread };
                self.function(&Frame { function, this: Some(class), argument: Value::None, thread });
            }
        }
    }

    /// Makes an object and, in Rust, has it dropped by the same function.
    fn construct(&mut self, class: usize, life: Life, thread: Thread) {
        let program = self.program;
        if let Some((part, _)) = program.part(class) {
            self.construct(part, life, thread);
        }
        let mut makers: Vec<usize> = match program.language {
            Language::Python => program.ancestry(class).collect(),
            Language::Rust => vec![class],
        };
        makers.reverse();
        let makers = makers.into_iter().filter_map(|it| program.own_member(it, Member::Init));
        let dropped = (life == Life::Variable || self.reading == Reading::Merged).then_some(Member::Drop);
        let dropped = dropped.and_then(|it| program.member(class, it));
        for function in makers.chain(dropped) {
            self.function(&Frame { function, this: Some(class), argument: Value::None, thread });
        }
    }

    fn callable(&mut self, callable: Callable, frame: &Frame) -> Value {
        match callable {
            Callable::Named { function, .. }
            | Callable::Closure { function, .. }
            | Callable::Partial { function, .. } => Value::Callable { function, this: None, by: frame.thread.entry() },
            Callable::Bound { class, member, .. } => {
                // In Rust it is a closure that makes the object.
                if self.program.language == Language::Python {
                    self.construct(class, Life::Temporary, frame.thread);
                }
                let function = self.program.member(class, member);
                let by = frame.thread.entry();
                function.map_or(Value::None, |function| Value::Callable { function, this: Some(class), by })
            }
            Callable::Own => frame.argument,
        }
    }

    fn run(&mut self, callable: Value, thread: Thread) {
        let Value::Callable { function, this, by } = callable else { return };
        let thread = match (thread, by) {
            (Thread::Loop { .. }, Some(entry)) => Thread::Loop { entry },
            _ => thread,
        };
        if let Some(class) = this.filter(|_| self.program.language == Language::Rust) {
            self.construct(class, Life::Temporary, thread);
        }
        self.function(&Frame { function, this, argument: Value::None, thread });
    }

    fn call_soon(&mut self, callable: Callable, frame: &Frame) {
        if let Value::Callable { function, this, .. } = self.callable(callable, frame) {
            // A closure is an entry by itself, and the only one of its function here.
            let entry = if matches!(callable, Callable::Closure { .. }) { frame.function } else { function };
            self.function(&Frame { function, this, argument: Value::None, thread: Thread::Loop { entry } });
        }
    }
}
