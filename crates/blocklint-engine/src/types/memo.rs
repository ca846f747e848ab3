//! Answers, remembered, and what to do when a question leads back to itself.
//!
//! A value that depends on itself contributes nothing to itself, so the question in progress is answered with nothing. What was
//! computed from such an answer on the way is not whole, and is not remembered: asked again from outside of the circle, it is
//! computed again. A question that keeps being cut short is remembered as it is after some tries, so that the work stays linear.

use super::{MAX_DEPTH, Set, ShapeId, Types};
use crate::link::{FileId, Func, Sym, Ty};
use blocklint_ir::{Name, ValueId};
use rustc_hash::FxHashMap;

/// What may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Question {
    /// A value of a function.
    Value(Func, ValueId),
    /// What a function's body gives.
    Result(Func),
    /// What a field of a type holds.
    Field(Ty, Sym),
    /// What an attribute is, read in a file, of what stands behind a pointer or a wrapper.
    Attribute(FileId, ShapeId, Name),
    /// What a module's variable holds: its file, scope and index.
    Variable(u32, u32, u32),
}

/// All answers of one round.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// By function: the answers for its values, made when the function is first asked about.
    values: Vec<Option<Box<[u32]>>>,
    others: FxHashMap<Question, u32>,
    /// How often a question was cut short.
    cut: FxHashMap<Question, u8>,
    /// The shallowest question in progress that something was answered with nothing for.
    lowest: usize,
    /// Something that was answered since this was last taken rests on what call sites pass.
    learned: bool,
}

/// Not yet asked.
const UNASKED: u32 = u32::MAX;

/// Numbers from here up are questions in progress, by their depth.
const IN_PROGRESS: u32 = UNASKED - 1 - 4 * MAX_DEPTH as u32;

/// Marks an answer that rests on what call sites were seen to pass: the next round may answer otherwise.
const LEARNED: u32 = 1 << 31;

/// A question cut short more often than this is remembered as it is.
const MAX_CUT: u8 = 3;

/// Nothing was cut short.
const WHOLE: usize = usize::MAX;

impl Memo {
    pub(super) fn new(functions: usize) -> Self {
        Self { values: vec![None; functions], lowest: WHOLE, ..Self::default() }
    }

    fn get(&mut self, question: Question, count: impl FnOnce(Func) -> usize) -> u32 {
        match question {
            Question::Value(func, value) => {
                let slots = self.values[func.0 as usize].get_or_insert_with(|| vec![UNASKED; count(func)].into());
                slots[value.index()]
            }
            other => self.others.get(&other).copied().unwrap_or(UNASKED),
        }
    }

    fn set(&mut self, question: Question, answer: u32) {
        match question {
            Question::Value(func, value) => {
                if let Some(slots) = &mut self.values[func.0 as usize] {
                    slots[value.index()] = answer;
                }
            }
            other => {
                self.others.insert(other, answer);
            }
        }
    }

    /// What is being computed rests on what call sites pass.
    pub(super) fn rests_on_calls(&mut self) {
        self.learned = true;
    }

    fn keep(&mut self, question: Question) -> bool {
        let cut = self.cut.entry(question).or_default();
        *cut += 1;
        *cut > MAX_CUT
    }
}

impl Types<'_> {
    /// The remembered answer, or the one that `compute` gives.
    pub(super) fn answer(&mut self, question: Question, compute: impl FnOnce(&mut Self) -> Set) -> Set {
        let program = self.program;
        let known = self.memo.get(question, |it| program.function(it).values.len());
        if known < IN_PROGRESS {
            self.memo.learned |= known & LEARNED != 0;
            return Set(known & !LEARNED);
        }
        if known != UNASKED {
            self.memo.lowest = self.memo.lowest.min((known - IN_PROGRESS) as usize);
            return Set::EMPTY;
        }
        if self.depth > MAX_DEPTH {
            self.memo.lowest = 0;
            return Set::EMPTY;
        }
        let depth = self.depth;
        self.memo.set(question, IN_PROGRESS + depth as u32);
        let before = std::mem::replace(&mut self.memo.lowest, WHOLE);
        let learned = std::mem::take(&mut self.memo.learned);
        self.depth += 1;
        let set = compute(self);
        self.depth -= 1;
        let whole = self.memo.lowest >= depth;
        let remember = whole || self.memo.keep(question);
        // What was cut short may be whole when it is asked for the first time in the next round.
        self.memo.learned |= remember && !whole;
        let mark = if self.memo.learned { LEARNED } else { 0 };
        self.memo.set(question, if remember { set.0 | mark } else { UNASKED });
        self.memo.learned |= learned;
        self.memo.lowest = if whole { before } else { self.memo.lowest.min(before) };
        set
    }
}

impl Types<'_> {
    /// Starts a new round: what rests on what call sites pass is inferred again, now with everything that was passed. All
    /// other answers would be the same.
    pub fn forget_learned(&mut self) {
        // A question that was not asked bears the mark too.
        for slot in self.memo.values.iter_mut().flatten().flat_map(|it| it.iter_mut()) {
            if *slot & LEARNED != 0 {
                *slot = UNASKED;
            }
        }
        self.memo.others.retain(|_, it| *it & LEARNED == 0);
        self.memo.cut.clear();
    }

    /// Whether anything that was asked since this was asked last rests on what call sites pass.
    pub fn take_learned(&mut self) -> bool {
        std::mem::take(&mut self.memo.learned)
    }
}
