//! What runs a finding's entry, in the words of its users: where they hand blocking work to.

use crate::link::{Func, Program};
use blocklint_catalog::fact::Blocking;
use blocklint_ir::Language;
use std::borrow::Cow;

/// A library that runs asynchronous code.
#[derive(Debug)]
pub(super) struct Runtime {
    language: Language,
    /// What code and manifests name it.
    name: &'static str,
    /// What runs a function on a thread that may block.
    thread: &'static str,
    /// The same, with what belongs around it, as code to show.
    pub offload: &'static str,
    /// What serves the usual runtime of the language serves this one too.
    like_usual: bool,
}

/// By language, the usual one first.
const RUNTIMES: [Runtime; 6] = [
    Runtime {
        language: Language::Python,
        name: "asyncio",
        thread: "asyncio.to_thread",
        offload: "`await asyncio.to_thread(…)`",
        like_usual: true,
    },
    Runtime {
        language: Language::Python,
        name: "anyio",
        thread: "anyio.to_thread.run_sync",
        offload: "`await anyio.to_thread.run_sync(…)`",
        like_usual: true,
    },
    Runtime {
        language: Language::Python,
        name: "trio",
        thread: "trio.to_thread.run_sync",
        offload: "`await trio.to_thread.run_sync(…)`",
        like_usual: false,
    },
    Runtime {
        language: Language::Rust,
        name: "tokio",
        thread: "tokio::task::spawn_blocking",
        offload: "`tokio::task::spawn_blocking`",
        like_usual: true,
    },
    Runtime {
        language: Language::Rust,
        name: "async_std",
        thread: "async_std::task::spawn_blocking",
        offload: "`async_std::task::spawn_blocking`",
        like_usual: false,
    },
    Runtime {
        language: Language::Rust,
        name: "smol",
        thread: "smol::unblock",
        offload: "`smol::unblock`",
        like_usual: false,
    },
];

/// Those of a language.
fn runtimes(language: Language) -> impl Iterator<Item = &'static Runtime> {
    RUNTIMES.iter().filter(move |it| it.language == language)
}

/// The usual one of a language.
fn usual(language: Language) -> &'static Runtime {
    runtimes(language).next().unwrap_or(&RUNTIMES[0])
}

/// The one that a function's file speaks of, else the only one that its package depends on, else the usual one.
pub(super) fn of(program: &Program<'_>, func: Func) -> &'static Runtime {
    let id = program.file_of(func);
    let (file, language) = (program.file(id), program.language(id));
    let mentioned = |it: &&Runtime| program.symbol(it.name).is_some_and(|it| program.mentions(id, it));
    if let Some(spoken_of) = runtimes(language).find(mentioned) {
        return spoken_of;
    }
    let dependencies = file.placement.package.map_or(&[][..], |it| &program.packages[it].dependencies);
    let mut depended_on = runtimes(language).filter(|it| dependencies.iter().any(|on| on.package == it.name));
    match (depended_on.next(), depended_on.next()) {
        (Some(only), None) => only,
        _ => usual(language),
    }
}

impl Runtime {
    /// What to use in the place of a call, where something is known that serves this runtime.
    pub(super) fn instead<'b>(&self, blocking: &'b Blocking) -> Option<Cow<'b, str>> {
        let own = blocking.instead_on.iter().find(|it| it.0.replace('-', "_") == self.name);
        if let Some((_, phrase)) = own {
            return Some(Cow::Borrowed(phrase));
        }
        let phrase = blocking.instead.as_deref()?;
        let usual = usual(self.language);
        if self.name == usual.name {
            return Some(Cow::Borrowed(phrase));
        }
        let phrase = phrase.replace(usual.thread, self.thread);
        let for_others = !blocking.instead_on.is_empty() || phrase.contains(usual.name);
        (self.like_usual || !for_others).then_some(Cow::Owned(phrase))
    }

    /// Whether a phrase says to hand work to a thread already.
    pub(super) fn is_handed_off_by(&self, phrase: &str) -> bool {
        phrase.contains(self.thread) || phrase.contains("to_thread")
    }
}
