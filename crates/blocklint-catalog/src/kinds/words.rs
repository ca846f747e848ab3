//! The words of the tables and the facts they stand for.

use crate::fact::{Contains, Decorates, Guard, Inherits, Lock, OnLoop, Runs, RunsOn, Scale};

pub(super) const SCALES: &[(&str, Scale)] = &[("large", Scale::Large), ("small", Scale::Small)];

/// Milliseconds for each unit.
pub(super) const UNITS: &[(&str, f64)] =
    &[("s", 1000.0), ("ms", 1.0), ("us", 0.001), ("ns", 0.000_001), ("min", 60_000.0)];

pub(super) const ON_LOOP: &[(&str, OnLoop)] =
    &[("stalls", OnLoop::Stalls), ("fails", OnLoop::Fails), ("fails-or-deadlocks", OnLoop::FailsOrDeadlocks)];

pub(super) const RUNS: &[(&str, RunsOn)] = &[
    ("worker", RunsOn::Worker),
    ("loop", RunsOn::Loop),
    ("here", RunsOn::Here),
    ("process", RunsOn::Process),
    ("in-place", RunsOn::InPlace),
    ("each-step", RunsOn::EachStep),
    ("when-called", RunsOn::WhenCalled),
    ("first-use", RunsOn::FirstUse),
];

pub(super) const GUARDS: &[(&str, Guard)] = &[
    ("fails-off-loop", Guard::FailsOffLoop),
    ("none-off-loop", Guard::NoneOffLoop),
    ("true-on-loop", Guard::TrueOnLoop),
    ("true-when-done", Guard::TrueWhenDone),
    ("true-when-waiting", Guard::TrueWhenWaiting),
    ("none-when-waiting", Guard::NoneWhenWaiting),
    ("raised-instead-of-waiting", Guard::RaisedInsteadOfWaiting),
    ("raised-on-loop", Guard::RaisedOnLoop),
    ("ends-waiting", Guard::EndsWaiting),
    ("ends-waiting-when-true", Guard::EndsWaitingWhenTrue),
    ("ends-waiting-of-library", Guard::EndsWaitingOfLibrary),
    ("fulfils", Guard::Fulfils),
    ("nests-loops", Guard::NestsLoops),
    ("true-of-asynchronous", Guard::TrueOfAsynchronous),
    ("thread-identity", Guard::ThreadIdentity),
    ("flavor", Guard::Flavor),
];

pub(super) const DECORATES: &[(&str, Decorates)] = &[
    ("getter", Decorates::Getter),
    ("cached-getter", Decorates::CachedGetter),
    ("cached", Decorates::Cached),
    ("context-manager", Decorates::ContextManager),
    ("offloads", Decorates::Offloads),
    ("worker-entry", Decorates::WorkerEntry),
    ("loop-entry", Decorates::LoopEntry),
    ("loop-entries", Decorates::LoopEntries),
    ("left-out", Decorates::LeftOut),
    ("foreign", Decorates::Foreign),
    ("runtime-entry", Decorates::RuntimeEntry),
    ("single-thread-entry", Decorates::SingleThreadEntry),
    ("first-read-of-named", Decorates::FirstRead),
    ("set-of-named", Decorates::WhenSet),
    ("constructor", Decorates::Constructor),
    ("dispatches", Decorates::Dispatches),
    ("registers", Decorates::Registers),
    ("same", Decorates::Same),
];

pub(super) const CONTAINS: &[(&str, Contains)] = &[
    ("itself", Contains::Itself),
    ("elements", Contains::Elements),
    ("drawn", Contains::Drawn),
    ("values", Contains::Values),
    ("pairs", Contains::Pairs),
    ("parts", Contains::Parts),
    ("result", Contains::Result),
    ("awaited", Contains::Awaited),
    ("promised", Contains::Promised),
    ("guarded", Contains::Guarded),
    ("anything", Contains::Anything),
];

pub(super) const TRIGGERS: &[(&str, Runs)] = &[
    ("length", Runs::Length),
    ("truth", Runs::Truth),
    ("format", Runs::Format),
    ("hash", Runs::Hash),
    ("iterate", Runs::Iterate),
    ("equal", Runs::Equal),
    ("enter", Runs::Enter),
    ("drop", Runs::Drop),
    ("convert", Runs::Convert),
    ("call", Runs::Call),
    ("call-member", Runs::CallMember),
    ("member", Runs::Member),
    ("member-of-elements", Runs::ElementMember),
    ("member-throughout", Runs::InnerMember),
    ("fields", Runs::Fields),
    ("named", Runs::Named),
    ("named-inside", Runs::NamedInside),
    ("named-besides", Runs::NamedBesides),
    ("own-named", Runs::OwnNamed),
];

pub(super) const INHERITS: &[(&str, Inherits)] = &[
    ("nothing", Inherits::Nothing),
    ("members", Inherits::Members),
    ("values", Inherits::Values),
    ("items", Inherits::Items),
];

pub(super) const LOCKS: &[(&str, Lock)] = &[("thread", Lock::Thread), ("guard", Lock::Guard)];
