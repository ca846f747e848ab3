//! Edits that change no fact: a comment, a docstring, a formatter's work. What is left of them is where things stand.

use crate::{Module, Span, Value, ValueKind};
use rustc_hash::FxHashMap;

/// Where the places of a file went.
///
/// Whoever compares places comes to the same with the new ones: what began or ended before something else still does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moves {
    starts: FxHashMap<u32, u32>,
    ends: FxHashMap<u32, u32>,
}

/// The place of what is written nowhere.
const NOWHERE: Span = Span { start: 0, end: 0 };

impl Moves {
    /// Where things of `old` are in `new`; `None` when the modules differ in more than that.
    pub fn between(old: &Module, new: &Module) -> Option<Self> {
        let mut old = old.clone();
        let mut there = new.clone();
        let mut moves = Self { starts: FxHashMap::default(), ends: FxHashMap::default() };
        let (mut before, mut after) = (old.spans_mut(), there.spans_mut());
        loop {
            match (before.next(), after.next()) {
                (Some(from), Some(to)) if *from == NOWHERE && *to == NOWHERE => {}
                (Some(from), Some(to)) => {
                    let starts_here = *moves.starts.entry(from.start).or_insert(to.start) == to.start;
                    let ends_here = *moves.ends.entry(from.end).or_insert(to.end) == to.end;
                    if !starts_here || !ends_here {
                        return None;
                    }
                    *to = *from;
                }
                (None, None) => break,
                _ => return None,
            }
        }
        drop((before, after));
        (there == old && moves.keep_order()).then_some(moves)
    }

    /// Where a span is now; `None` when it is not made of places that moved.
    pub fn of(&self, span: Span) -> Option<Span> {
        if span == NOWHERE {
            return Some(span);
        }
        Some(Span { start: *self.starts.get(&span.start)?, end: *self.ends.get(&span.end)? })
    }

    fn keep_order(&self) -> bool {
        // What ends where something else begins ends before it.
        let ends = self.ends.iter().map(|(from, to)| ((*from, 0), (*to, 0)));
        let starts = self.starts.iter().map(|(from, to)| ((*from, 1), (*to, 1)));
        let mut moved: Vec<((u32, u8), (u32, u8))> = ends.chain(starts).collect();
        moved.sort_unstable();
        moved.is_sorted_by(|before, after| before.1 < after.1)
    }
}

impl Module {
    /// Every place in it, in an order that its facts alone decide.
    fn spans_mut(&mut self) -> impl Iterator<Item = &mut Span> {
        let scopes = self.scopes.iter_mut().flat_map(|it| {
            let bindings = it.bindings.iter_mut().map(|it| &mut it.span);
            bindings.chain(it.globs.iter_mut().map(|it| &mut it.span))
        });
        let types = self.types.iter_mut().flat_map(|it| {
            let fields = it.fields.iter_mut().map(|it| &mut it.span);
            std::iter::once(&mut it.span).chain(fields)
        });
        let functions = self.functions.iter_mut().flat_map(|it| {
            let values = it.values.iter_mut().flat_map(spans_of_value);
            [&mut it.span, &mut it.name_span].into_iter().chain(values)
        });
        let directives = self.directives.iter_mut().flat_map(|it| [&mut it.span, &mut it.target]);
        let errors = self.errors.iter_mut().map(|it| &mut it.span);
        scopes.chain(types).chain(functions).chain(directives).chain(errors)
    }
}

fn spans_of_value(value: &mut Value) -> impl Iterator<Item = &mut Span> {
    let named = match &mut value.kind {
        ValueKind::Call(call) => Some(&mut call.name_span),
        _ => None,
    };
    std::iter::once(&mut value.span).chain(named)
}
