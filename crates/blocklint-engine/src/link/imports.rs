//! What imports name, each followed once.
//!
//! Modules that import from one another form circles, and a crate whose root re-exports everything is one big circle. An import in
//! progress names nothing to itself; what was computed from such an answer is forgotten when the outermost import is done.

use super::Entity;
use super::{FileId, ScopeId};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// A binding that is an import: its file, its scope, and its index there.
pub(super) type Key = (FileId, ScopeId, u32);

/// What is known of imports.
#[derive(Debug, Default)]
pub(super) struct Imports(RefCell<State>);

#[derive(Debug, Clone)]
enum Answer {
    InProgress,
    /// It may lack something, and counts until the outermost import is done.
    Provisional(Rc<[Entity]>),
    Whole(Rc<[Entity]>),
}

#[derive(Debug, Default)]
struct State {
    known: FxHashMap<Key, Answer>,
    provisional: Vec<Key>,
    /// How many imports are in progress.
    open: usize,
    /// The import at hand met an answer that may lack something.
    cut: bool,
}

impl Imports {
    /// The remembered answer, or the one that `compute` gives.
    pub(super) fn answer(&self, key: Key, compute: impl FnOnce() -> Vec<Entity>) -> Rc<[Entity]> {
        if let Some(known) = self.known(key) {
            return known;
        }
        let before = self.begin(key);
        let found: Rc<[Entity]> = compute().into();
        self.end(key, &found, before);
        found
    }

    /// Something else that answers depend on is in progress.
    pub(super) fn cut(&self) {
        self.0.borrow_mut().cut = true;
    }

    fn known(&self, key: Key) -> Option<Rc<[Entity]>> {
        let state = &mut *self.0.borrow_mut();
        let (found, cut) = match state.known.get(&key)? {
            Answer::InProgress => (Rc::default(), true),
            Answer::Provisional(found) => (found.clone(), true),
            Answer::Whole(found) => (found.clone(), false),
        };
        state.cut |= cut;
        Some(found)
    }

    fn begin(&self, key: Key) -> bool {
        let state = &mut *self.0.borrow_mut();
        state.known.insert(key, Answer::InProgress);
        state.open += 1;
        std::mem::take(&mut state.cut)
    }

    fn end(&self, key: Key, found: &Rc<[Entity]>, before: bool) {
        let state = &mut *self.0.borrow_mut();
        state.open -= 1;
        if state.open == 0 {
            for key in state.provisional.drain(..) {
                state.known.remove(&key);
            }
            state.cut = false;
        }
        let answer = if state.cut { Answer::Provisional } else { Answer::Whole };
        state.known.insert(key, answer(found.clone()));
        if state.cut {
            state.provisional.push(key);
        }
        state.cut |= before;
    }
}
