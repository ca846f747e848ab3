//! The words of findings: what freezes and why, what to do, and the fingerprint.

use super::Rule;
use super::runtime::Runtime;
use crate::finding::{Accessor, Finding};
use blocklint_catalog::fact::{Blocking, Effect, OnLoop};
use blocklint_ir::Language;
use std::sync::Arc;

/// What a finding speaks of.
#[derive(Debug)]
pub(super) struct Subject<'s> {
    pub rule: Rule,
    pub api: &'s str,
    pub blocking: &'s Blocking,
    pub bound_ms: Option<u64>,
    pub accessor: Option<Accessor>,
    pub function: &'s str,
    pub language: Language,
    /// What runs the entry that leads there.
    pub runtime: &'s Runtime,
    /// The loop is of another language than the call.
    pub crossed: bool,
    pub first_use: bool,
    /// The function that promises not to block, where no event loop is seen to run it.
    pub promise: Option<&'s str>,
    /// The library's function that was called and the library, where the blocking call stands inside of it.
    pub inside: Option<(Arc<str>, &'s str)>,
}

/// One sentence: what freezes, and why.
pub(super) fn message(subject: &Subject<'_>) -> String {
    let Subject { api, blocking, .. } = subject;
    let bound = bound(subject.bound_ms);
    let mut text = match subject.rule {
        Rule::SelfWait => format!(
            "deadlock: `{api}` waits for a coroutine that can only run on the event loop that this call blocks{bound}"
        ),
        Rule::NestedLoop | Rule::BlockOn => failing(api, blocking, subject.language),
        _ if blocking.unsaid => format!("`{api}` blocks the event loop's thread{bound}"),
        _ => format!("`{api}` {} on the event loop's thread{bound}", does(blocking.effect)),
    };
    if let Some((function, library)) = &subject.inside {
        text = format!("inside `{function}` of {library}: {text}");
    }
    if let Some(accessor) = subject.accessor {
        text.push_str(&hidden(accessor, subject.function));
    }
    if subject.first_use {
        text.push_str(" (on first use only)");
    }
    if let Some(function) = subject.promise {
        text.extend(["; `", function, "` promises that it may run there"]);
    }
    text
}

fn failing(api: &str, blocking: &Blocking, language: Language) -> String {
    // The first sentence is what a reader searches for; some runtimes go on for a paragraph.
    let said = blocking.failure.as_ref().and_then(|it| it.split(". ").next());
    let said = said.map_or_else(String::new, |it| format!(": \"{}\"", it.trim_end_matches('.')));
    let fails = words(language).fails;
    match blocking.on_loop {
        OnLoop::Fails => format!("`{api}` {fails}{said}"),
        OnLoop::FailsOrDeadlocks => {
            format!("`{api}` {fails}{said}; where the runtime lets it pass, it deadlocks once its only thread waits")
        }
        OnLoop::Stalls => format!(
            "`{api}` drives another event loop to its end: the one on this thread stands still meanwhile, and on a runtime with one thread what it waits for may never run"
        ),
    }
}

/// What a call with this effect does, as in "`time.sleep` sleeps".
pub fn does(effect: Effect) -> &'static str {
    match effect {
        Effect::Sleep => "sleeps",
        Effect::Net => "waits for the network",
        Effect::Dns => "resolves a host name",
        Effect::Tls => "loads certificates and keys",
        Effect::Db => "waits for the database",
        Effect::Process => "starts or waits for a process",
        Effect::Wait => "waits for another thread or task",
        Effect::File => "reads or writes files",
        Effect::Stdin => "waits for a person",
        Effect::Cpu => "computes for long",
        Effect::Import => "loads code",
        Effect::Runtime => "drives another event loop",
    }
}

fn bound(bound_ms: Option<u64>) -> String {
    match bound_ms {
        None => String::new(),
        Some(ms) if ms < 1000 => format!(", up to {ms} ms"),
        Some(ms) if ms.is_multiple_of(1000) => format!(", up to {} s", ms / 1000),
        Some(ms) => format!(", up to {}.{} s", ms / 1000, ms % 1000 / 100),
    }
}

fn hidden(accessor: Accessor, function: &str) -> String {
    let what = match accessor {
        Accessor::Property => "a property access",
        Accessor::Getattr => "an attribute access (`__getattr__`)",
        Accessor::Setattr => "an attribute assignment",
        Accessor::Descriptor => "a descriptor",
        Accessor::Dunder => "a built-in operation",
        Accessor::Operator => "an operator",
        Accessor::Format | Accessor::Display => "formatting",
        Accessor::Finalizer => "a finalizer",
        Accessor::Deref => "`Deref`",
        Accessor::Drop => "`Drop`",
        Accessor::Index => "a subscript",
        Accessor::Convert => "a conversion",
        Accessor::Poll => return format!(", inside `{function}`, which the executor polls"),
    };
    format!(", hidden behind {what}")
}

/// How each language's users see a nested loop fail, and keep a credential fresh.
struct Words {
    language: Language,
    fails: &'static str,
    refresh: &'static str,
}

const WORDS: [Words; 2] = [
    Words {
        language: Language::Python,
        fails: "raises on a thread that already runs an event loop",
        refresh: "refresh in a background task of its own and let the accessor only read: `iam_refresh.TokenCache.current()`",
    },
    Words {
        language: Language::Rust,
        fails: "panics on a runtime's thread, whatever its flavour",
        refresh: "refresh in a background task of its own and let the accessor only read: `iam_refresh::TokenCache::current`",
    },
];

fn words(language: Language) -> &'static Words {
    WORDS.iter().find(|it| it.language == language).unwrap_or(&WORDS[0])
}

/// One sentence: what to do.
pub(super) fn help(subject: &Subject<'_>) -> String {
    let offload = subject.runtime.offload;
    match (subject.rule, subject.runtime.instead(subject.blocking)) {
        (Rule::SelfWait, _) if subject.accessor.is_none() && !subject.blocking.credential => {
            "await the coroutine: make this function asynchronous, or start a task and do not wait for it here"
                .to_owned()
        }
        (Rule::SelfWait | Rule::Credential, _) => words(subject.language).refresh.to_owned(),
        _ if subject.crossed => format!("hand the call off with {offload}, and let other threads run meanwhile"),
        (Rule::NestedLoop | Rule::BlockOn, None) => {
            "await the future where asynchronous code calls it, or keep the blocking call on a thread without a loop"
                .to_owned()
        }
        _ if subject.inside.is_some() => format!("hand the call off with {offload}"),
        (_, Some(instead)) if subject.runtime.is_handed_off_by(&instead) => format!("use {instead}"),
        (_, Some(instead)) => format!("use {instead}, or hand the call off with {offload}"),
        (_, None) => format!("hand the call off with {offload}"),
    }
}

/// A number that survives unrelated edits: no lines, no chain.
pub fn fingerprint(finding: &Finding, module: &str, ordinal: usize) -> String {
    let key = [&*finding.code, module, &finding.function, &finding.api, &ordinal.to_string()].join("\u{1f}");
    format!("{:016x}", fnv1a(key.as_bytes()))
}

/// FNV-1a: short, and the same for ever.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
