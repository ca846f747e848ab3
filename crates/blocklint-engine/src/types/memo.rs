//! Answers, remembered, and what to do when a question leads back to itself.
//!
//! A value that depends on itself contributes nothing to itself, so the question in progress is answered with nothing. What was
//! computed from such an answer on the way is not whole, and is not remembered: asked again from outside of the circle, it is
//! computed again. A question that keeps being cut short is remembered as it is after some tries, so that the work stays linear.
//!
//! What call sites pass and objects are given is learned in rounds. An answer that rests on it bears a mark, and who asked for it is
//! written down, so that the next round asks again what rests on something that became known since, and nothing else.

use super::question::Question;
use super::{MAX_DEPTH, Set, Types};
use crate::link::Func;
use blocklint_ir::ValueId;
use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use thin_vec::ThinVec;

/// Where an answer is kept.
#[derive(Debug, Clone, Copy)]
enum Slot {
    Value(Func, ValueId),
    /// By its position among the questions that are not about values.
    Other(usize),
}

/// Who asks, and whom: a function with all of its values, or, numbered from behind the last function, another question.
type Asker = u32;

/// All answers of one round.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// By function: the answers for its values, made when the function is first asked about.
    values: Vec<Option<Box<[u32]>>>,
    others: IndexMap<Question, u32, FxBuildHasher>,
    /// By what was asked and rests on what is learned: who asked.
    askers: Vec<ThinVec<Asker>>,
    /// Whose answer is being computed.
    asking: Asker,
    /// What became known since the round began.
    news: Vec<Asker>,
    /// By function: whether what it was walked with is forgotten since.
    outdated: Vec<bool>,
    /// How much was forgotten within this round.
    forgotten: usize,
    /// How often a question was cut short.
    cut: FxHashMap<Question, u8>,
    /// The shallowest question in progress that something was answered with nothing for.
    lowest: usize,
    /// What is being computed rests on what is learned.
    learned: bool,
}

/// Not yet asked.
const UNASKED: u32 = u32::MAX;

/// Numbers from here up are questions in progress, by their depth.
const IN_PROGRESS: u32 = UNASKED - 1 - 4 * MAX_DEPTH as u32;

/// Marks an answer that rests on what is learned: the next round may answer otherwise.
const LEARNED: u32 = 1 << 31;

/// A question cut short more often than this is remembered as it is.
const MAX_CUT: u8 = 3;

/// Nothing was cut short.
const WHOLE: usize = usize::MAX;

impl Memo {
    /// Nothing asked yet, with room for so many questions that are not about values.
    pub(super) fn new(functions: usize, others: usize) -> Self {
        let others = IndexMap::with_capacity_and_hasher(others, FxBuildHasher);
        let outdated = vec![false; functions];
        Self { values: vec![None; functions], others, outdated, lowest: WHOLE, ..Self::default() }
    }

    /// Where the answer to a question is kept, made when it is first asked. `count` says how many values a function has.
    fn slot(&mut self, question: Question, count: impl FnOnce(Func) -> usize) -> Slot {
        match question {
            Question::Value(func, value) => {
                self.values[func.0 as usize].get_or_insert_with(|| vec![UNASKED; count(func)].into());
                Slot::Value(func, value)
            }
            other => Slot::Other(self.index(other)),
        }
    }

    fn index(&mut self, question: Question) -> usize {
        let entry = self.others.entry(question);
        let index = entry.index();
        entry.or_insert(UNASKED);
        index
    }

    fn get(&self, slot: Slot) -> u32 {
        match slot {
            Slot::Value(func, value) => self.values[func.0 as usize].as_ref().map_or(UNASKED, |it| it[value.index()]),
            Slot::Other(index) => self.others[index],
        }
    }

    fn set(&mut self, slot: Slot, answer: u32) {
        match slot {
            Slot::Value(func, value) => {
                if let Some(slots) = &mut self.values[func.0 as usize] {
                    slots[value.index()] = answer;
                }
            }
            Slot::Other(index) => self.others[index] = answer,
        }
    }

    fn number(&self, slot: Slot) -> Asker {
        match slot {
            Slot::Value(func, _) => func.0,
            Slot::Other(index) => (self.values.len() + index) as Asker,
        }
    }

    /// Whether what is being computed met a question in progress, so that its answer hangs on which was asked first.
    pub(super) fn is_cut(&self) -> bool {
        self.lowest != WHOLE
    }

    /// What is being computed rests on this, which is learned.
    pub(super) fn rests_on(&mut self, question: Question) {
        let slot = Slot::Other(self.index(question));
        self.rests_on_slot(slot);
    }

    fn rests_on_slot(&mut self, slot: Slot) {
        self.learned = true;
        let asked = self.number(slot) as usize;
        if self.askers.len() <= asked {
            self.askers.resize(asked + 1, ThinVec::new());
        }
        let askers = &mut self.askers[asked];
        if self.asking as usize != asked && askers.last() != Some(&self.asking) {
            askers.push(self.asking);
        }
    }

    /// Something new became known. Where nothing more can change the answer, what was computed from an earlier one is forgotten now, so
    /// that it is right for whoever asks from here on; not more within a round than there are functions, so that the work stays linear.
    pub(super) fn learn(&mut self, question: Question, for_good: bool) {
        let slot = Slot::Other(self.index(question));
        let number = self.number(slot);
        if for_good && self.forgotten <= self.values.len() {
            self.forgotten += self.forget(vec![number]);
        } else {
            self.news.push(number);
        }
    }

    /// Forgets what rests on these, and says how much that is. The functions among it are to be walked again. Nothing may be in progress.
    fn forget(&mut self, mut todo: Vec<Asker>) -> usize {
        let functions = self.values.len();
        let mut seen: FxHashSet<Asker> = FxHashSet::default();
        // A question that was not asked bears the mark too.
        let forget = |slot: &mut u32| {
            if *slot & LEARNED != 0 {
                *slot = UNASKED;
            }
        };
        while let Some(number) = todo.pop() {
            if !seen.insert(number) {
                continue;
            }
            let number = number as usize;
            todo.extend(self.askers.get_mut(number).map(std::mem::take).unwrap_or_default());
            match self.values.get_mut(number) {
                Some(slots) => {
                    slots.iter_mut().flat_map(|it| it.iter_mut()).for_each(forget);
                    self.outdated[number] = true;
                }
                None => forget(&mut self.others[number - functions]),
            }
        }
        seen.len()
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
        let slot = self.memo.slot(question, |it| program.function(it).values.len());
        let known = self.memo.get(slot);
        if known < IN_PROGRESS {
            if known & LEARNED != 0 {
                self.memo.rests_on_slot(slot);
            }
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
        self.memo.set(slot, IN_PROGRESS + depth as u32);
        let number = self.memo.number(slot);
        let asking = std::mem::replace(&mut self.memo.asking, number);
        let before = std::mem::replace(&mut self.memo.lowest, WHOLE);
        let learned = std::mem::take(&mut self.memo.learned);
        // What type parameters stand for where it happens to be asked first is no part of the question.
        let arguments = std::mem::take(&mut self.alias_arguments);
        self.depth += 1;
        let set = compute(self);
        self.depth -= 1;
        self.alias_arguments = arguments;
        let whole = self.memo.lowest >= depth;
        let remember = whole || self.memo.keep(question);
        if remember && !whole {
            self.memo.rests_on(Question::CutShort);
        }
        self.memo.asking = asking;
        let mark = if self.memo.learned { LEARNED } else { 0 };
        self.memo.set(slot, if remember { set.0 | mark } else { UNASKED });
        if self.memo.learned {
            self.memo.rests_on_slot(slot);
        }
        self.memo.learned |= learned;
        self.memo.lowest = if whole { before } else { self.memo.lowest.min(before) };
        set
    }

    /// A function is walked: what it asks for itself is asked in its name.
    pub fn walks(&mut self, func: Func) {
        self.memo.asking = func.0;
    }

    /// Starts a new round: what rests on something that became known in the round before is forgotten, to be inferred again. All
    /// other answers would be the same. Says of each function whether it is to be walked again; nothing, if none is.
    pub fn forget_outdated(&mut self) -> Option<Vec<bool>> {
        let memo = &mut self.memo;
        if memo.news.is_empty() && !memo.outdated.contains(&true) {
            return None;
        }
        memo.learn(Question::CutShort, false);
        memo.cut.clear();
        let news = std::mem::take(&mut memo.news);
        memo.forget(news);
        memo.forgotten = 0;
        let none = vec![false; memo.outdated.len()];
        Some(std::mem::replace(&mut memo.outdated, none))
    }
}
