//! What must know a token before anybody can ask for it: pools that have a push interface only.

use crate::observe;
use crate::token::Token;
use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Called with each token; `Break` takes it off the list.
pub(super) type Hook = Box<dyn Fn(&Token) -> ControlFlow<()> + Send>;

#[derive(Default)]
pub(super) struct Hooks(Vec<Hook>);

impl Hooks {
    pub(super) fn call(&mut self, token: &Token) {
        self.0.retain(|hook| keep(hook, token));
    }

    pub(super) fn add(&mut self, hook: Hook, current: Option<&Token>) {
        if current.is_none_or(|token| keep(&hook, token)) {
            self.0.push(hook);
        }
    }
}

// A hook that panics is kept: one bad moment of a pool must not cut it off from every later token.
fn keep(hook: &Hook, token: &Token) -> bool {
    catch_unwind(AssertUnwindSafe(|| hook(token))).unwrap_or_else(|_| {
        observe::hook_panicked(token.generation());
        ControlFlow::Continue(())
    }) == ControlFlow::Continue(())
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hooks({})", self.0.len())
    }
}
