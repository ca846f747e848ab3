//! Whether a text grows and is read again whenever it has grown. Knows one function's values and regions, no names and no types.

use blocklint_ir::{Function, Name, Operator, RegionId, RegionKind, ValueId, ValueKind};
use rustc_hash::FxHashSet;

/// Why the text is read again after it has grown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// A loop does both, or a handler keeps what could not be read for the next call.
    Certainly,
    /// The object keeps it, and the function may be called again.
    IfCalledAgain,
}

/// Where a text grows: the value that makes it longer, the loop (or the body) that does so again, and the values that begin it anew.
struct Growth {
    at: ValueId,
    within: RegionId,
    resets: Vec<ValueId>,
    kept: bool,
}

/// Whether anything grows at all; most functions are done with here.
pub(super) fn grows_anything(function: &Function) -> bool {
    function.values.iter().any(|it| matches!(it.kind, ValueKind::Operator { operator: Operator::Add, .. }))
}

/// Whether `site`, which reads all of `text`, does so again each time that the text has grown.
pub(super) fn again(function: &Function, text: ValueId, site: ValueId) -> Option<Again> {
    let text = whole(function, text);
    let growth = kept_in_object(function, text, site).or_else(|| carried_through_loop(function, text, site))?;
    if !whenever_grown(function, &growth, site) {
        return None;
    }
    let attempts: Vec<RegionId> = attempts(function, &growth, site).collect();
    let began_anew =
        |base: Option<RegionId>| growth.resets.iter().any(|&it| it > site && resets(function, &growth, it, base));
    if attempts.is_empty() {
        let region = Some(function.value(site).region);
        return match (began_anew(region), growth.kept && growth.within == RegionId::BODY) {
            (true, _) => None,
            (false, true) => Some(Again::IfCalledAgain),
            (false, false) => Some(Again::Certainly),
        };
    }
    let handled = |attempt: RegionId| {
        growth.resets.iter().any(|&it| in_handler(function, it, attempt)) || began_anew(function.region(attempt).parent)
    };
    (!attempts.into_iter().any(handled)).then_some(Again::Certainly)
}

/// The text behind what is the same text: `buffer.strip()`, `buffer.decode("utf-8")`.
fn whole(function: &Function, text: ValueId) -> ValueId {
    let mut at = text;
    loop {
        at = match &function.value(at).kind {
            ValueKind::Narrow { of, .. } | ValueKind::Present(of) => *of,
            ValueKind::Call(call) => {
                let literal = |it: ValueId| matches!(function.value(it).kind, ValueKind::Literal(_));
                match function.value(call.callee).kind {
                    ValueKind::Attribute { base, .. } if call.arguments.iter().all(|it| literal(it.value)) => base,
                    _ => return at,
                }
            }
            _ => return at,
        };
    }
}

/// Where an object keeps a text.
#[derive(Clone, Copy)]
enum Place {
    Attribute { base: ValueId, name: Name },
    Index { base: ValueId, index: ValueId },
}

impl Place {
    fn read(function: &Function, value: ValueId) -> Option<Self> {
        match function.value(value).kind {
            ValueKind::Attribute { base, name } => Some(Self::Attribute { base, name }),
            ValueKind::Index { base, index } => Some(Self::Index { base, index }),
            _ => None,
        }
    }

    /// The place that a value gives something to, and what.
    fn given(function: &Function, value: ValueId) -> Option<(Self, Option<ValueId>)> {
        match function.value(value).kind {
            ValueKind::Store { base, name, value } => Some((Self::Attribute { base, name }, value)),
            ValueKind::StoreIndex { base, index, value } => Some((Self::Index { base, index }, value)),
            _ => None,
        }
    }

    fn is(self, function: &Function, other: Self) -> bool {
        match (self, other) {
            (Self::Attribute { base: a, name: x }, Self::Attribute { base: b, name: y }) => {
                x == y && same(function, a, b)
            }
            (Self::Index { base: a, index: x }, Self::Index { base: b, index: y }) => {
                same(function, x, y) && same(function, a, b)
            }
            _ => false,
        }
    }
}

/// `self.buffer += chunk`, and then `self.buffer`.
fn kept_in_object(function: &Function, text: ValueId, site: ValueId) -> Option<Growth> {
    let values = || (0..function.values.len()).map(ValueId::new);
    let given = |value: ValueId| Place::given(function, value);
    let stored = || values().filter_map(given).find(|it| it.1 == Some(text)).map(|it| it.0);
    let place = Place::read(function, text).or_else(stored)?;
    let stores: Vec<(ValueId, Option<ValueId>)> =
        values().filter_map(|at| given(at).filter(|it| it.0.is(function, place)).map(|it| (at, it.1))).collect();
    let reads = |it: &ValueId| Place::read(function, whole(function, *it)).is_some_and(|it| it.is(function, place));
    let extends = |value: ValueId| match &function.value(whole(function, value)).kind {
        ValueKind::Operator { operator: Operator::Add, operands } => operands.iter().any(reads),
        _ => false,
    };
    let (grown, begun): (Vec<_>, Vec<_>) = stores.into_iter().partition(|it| it.1.is_some_and(extends));
    let at = grown.into_iter().map(|it| it.0).rfind(|&it| it < site)?;
    let resets: Vec<ValueId> = begun.into_iter().map(|it| it.0).collect();
    let within = common_loop(function, at, site).unwrap_or(RegionId::BODY);
    let growth = Growth { at, within, resets, kept: true };
    (!emptied_before(function, &growth)).then_some(growth)
}

/// Whether the text begins anew before each time that it grows.
fn emptied_before(function: &Function, growth: &Growth) -> bool {
    let grown = function.value(growth.at).region;
    growth.resets.iter().filter(|&&it| it < growth.at).any(|&reset| {
        let region = function.value(reset).region;
        let mut between = function.regions_around(grown).take_while(|it| it.0 != region);
        around(function, region, growth.within)
            && around(function, grown, region)
            && between.all(|it| it.1.kind != RegionKind::Loop)
    })
}

/// Whether two values are the same object: the same value, literal or parameter, or the same place of the same object.
fn same(function: &Function, left: ValueId, right: ValueId) -> bool {
    let (left, right) = (known(function, left), known(function, right));
    let places = || Place::read(function, left).zip(Place::read(function, right));
    left == right
        || match (&function.value(left).kind, &function.value(right).kind) {
            (ValueKind::Parameter(a), ValueKind::Parameter(b)) => a == b,
            (ValueKind::Literal(a), ValueKind::Literal(b)) => a == b,
            _ => places().is_some_and(|(a, b)| a.is(function, b)),
        }
}

/// The value behind what was learned of it.
fn known(function: &Function, value: ValueId) -> ValueId {
    match function.value(value).kind {
        ValueKind::Narrow { of, .. } | ValueKind::Present(of) => known(function, of),
        _ => value,
    }
}

/// `buffer += chunk` in a loop around the site that does not empty the buffer at each round's beginning.
fn carried_through_loop(function: &Function, text: ValueId, site: ValueId) -> Option<Growth> {
    let (sums, begun) = origins(function, text);
    let loops = function.regions_around(function.value(site).region).filter(|it| it.1.kind == RegionKind::Loop);
    for (within, _) in loops {
        let inside = |it: &&ValueId| around(function, function.value(**it).region, within);
        let Some(&at) = sums.iter().find(inside) else { continue };
        if begun.iter().all(|it| inside(&it)) {
            continue;
        }
        let variable = function.variables.iter().find(|it| it.values.contains(&at));
        let values = variable.map_or(&[][..], |it| it.values.as_slice());
        let resets = values.iter().copied().filter(|it| !sums.contains(it)).collect();
        return Some(Growth { at, within, resets, kept: false });
    }
    None
}

/// The sums that lead back to themselves and the other values that reach a text through choices and such sums.
fn origins(function: &Function, text: ValueId) -> (Vec<ValueId>, Vec<ValueId>) {
    let (mut sums, mut begun) = (Vec::new(), Vec::new());
    let mut seen: FxHashSet<ValueId> = FxHashSet::default();
    let mut todo = vec![text];
    while let Some(value) = todo.pop() {
        if !seen.insert(value) {
            continue;
        }
        match &function.value(value).kind {
            ValueKind::Choice(options) => todo.extend(options),
            ValueKind::Narrow { of, .. } | ValueKind::Present(of) => todo.push(*of),
            ValueKind::Operator { operator: Operator::Add, operands } => {
                let back: Vec<ValueId> = operands.iter().copied().filter(|&it| leads_to(function, it, value)).collect();
                if back.is_empty() {
                    begun.push(value);
                } else {
                    sums.push(value);
                    todo.extend(back);
                }
            }
            _ => begun.push(value),
        }
    }
    sums.sort_unstable();
    (sums, begun)
}

fn leads_to(function: &Function, from: ValueId, to: ValueId) -> bool {
    let mut seen: FxHashSet<ValueId> = FxHashSet::default();
    let mut todo = vec![from];
    while let Some(value) = todo.pop() {
        if value == to {
            return true;
        }
        if seen.insert(value) {
            match &function.value(value).kind {
                ValueKind::Choice(options) => todo.extend(options),
                ValueKind::Narrow { of, .. } | ValueKind::Present(of) => todo.push(*of),
                ValueKind::Operator { operator: Operator::Add, operands } => todo.extend(operands),
                _ => {}
            }
        }
    }
    false
}

/// The innermost loop around both.
fn common_loop(function: &Function, left: ValueId, right: ValueId) -> Option<RegionId> {
    let mut loops =
        function.regions_around(function.value(left).region).filter(|it| it.1.kind == RegionKind::Loop).map(|it| it.0);
    loops.find(|&it| around(function, function.value(right).region, it))
}

fn around(function: &Function, region: RegionId, outer: RegionId) -> bool {
    function.regions_around(region).any(|it| it.0 == outer)
}

/// No test stands between growing and reading: who asks first whether the text is complete reads it once.
fn whenever_grown(function: &Function, growth: &Growth, site: ValueId) -> bool {
    let grown = function.value(growth.at).region;
    function
        .regions_around(function.value(site).region)
        .take_while(|it| !around(function, grown, it.0))
        .all(|it| matches!(it.1.kind, RegionKind::Body | RegionKind::Loop | RegionKind::Try | RegionKind::Held { .. }))
}

/// The `try` bodies around the site whose handlers go on with the text.
fn attempts<'f>(function: &'f Function, growth: &Growth, site: ValueId) -> impl Iterator<Item = RegionId> + 'f {
    let within = growth.within;
    function
        .regions_around(function.value(site).region)
        .take_while(move |it| it.0 != within)
        .filter(|it| it.1.kind == RegionKind::Try)
        .map(|it| it.0)
        .filter(|&attempt| {
            function
                .regions
                .iter()
                .any(|it| matches!(it.kind, RegionKind::Handler { attempt: of, .. } if of == attempt))
        })
}

/// Whether a value that begins the text anew is reached from `base` whatever happens there.
fn resets(function: &Function, growth: &Growth, reset: ValueId, base: Option<RegionId>) -> bool {
    let Some(base) = base else { return false };
    let mut region = function.value(reset).region;
    while let (RegionKind::Finally, Some(parent)) = (&function.region(region).kind, function.region(region).parent) {
        region = parent;
    }
    around(function, base, region) && around(function, region, growth.within)
}

fn in_handler(function: &Function, value: ValueId, attempt: RegionId) -> bool {
    function
        .regions_around(function.value(value).region)
        .any(|it| matches!(it.1.kind, RegionKind::Handler { attempt: of, .. } if of == attempt))
}
