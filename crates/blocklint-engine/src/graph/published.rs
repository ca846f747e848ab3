//! What was subscribed to something, and runs where that is published: the sinks of a log run on the thread that writes to it.

use super::How;
use super::build::Builder;
use crate::finding::{Confidence, Via};
use crate::link::{Func, Processes, Ty};
use crate::marks::Mark;
use crate::types::{Path, Set, Shape};
use blocklint_catalog::fact::{Contains, Subscription};
use blocklint_ir::{Call, ValueId};
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// Subscriptions and publications, as they were come upon.
#[derive(Debug, Default)]
pub(super) struct Published {
    /// What may be subscribed to; others name it by its position.
    topics: IndexSet<Box<str>, FxBuildHasher>,
    subscribers: IndexSet<(usize, Func), FxBuildHasher>,
    places: IndexSet<(usize, Func, ValueId), FxBuildHasher>,
}

impl Builder<'_, '_> {
    /// Notes what a library's call subscribes or publishes. What tests put in place is theirs.
    pub(super) fn note_published(&mut self, func: Func, site: ValueId, call: &Call, path: Path) {
        let facts = self.types.paths.facts(path);
        let (subscription, publishes) = (facts.subscribes, facts.publishes);
        if self.types.program.in_test(func) {
            return;
        }
        if let Some(topic) = publishes {
            let topic = self.published.topics.insert_full(topic.into()).0;
            self.published.places.insert((topic, func, site));
        }
        if let Some(subscription) = subscription
            && let Some(argument) = call.arguments.get(subscription.argument)
        {
            let set = self.types.of(func, argument.value);
            self.subscribe(set, subscription, 0);
        }
    }

    /// What runs of these values: their members, or they themselves, and the same of what those give.
    fn subscribe(&mut self, set: Set, subscription: &Subscription, given: usize) {
        let program = self.types.program;
        let topic = self.published.topics.insert_full(subscription.to.as_str().into()).0;
        for shape in self.types.with_contents(set) {
            let run: Vec<Func> = match self.types.shape(shape).clone() {
                Shape::Function(callable) => vec![callable],
                Shape::Instance { ty, .. } if self.implements(ty, subscription) => {
                    let names = subscription.members.iter().filter_map(|it| program.symbol(it));
                    names.flat_map(|it| program.hierarchy.members(ty, it, None)).map(|it| it.func).collect()
                }
                // `Mutex<File>` is written to as what it guards.
                Shape::ExternalInstance(path, args)
                    if self.types.paths.facts(path).contains == Some(Contains::Guarded) =>
                {
                    self.subscribe(args.first().copied().unwrap_or_default(), subscription, given);
                    continue;
                }
                _ => continue,
            };
            for func in run {
                if self.published.subscribers.insert((topic, func)) && given == 0 {
                    let result = self.types.body_result(func);
                    self.subscribe(result, subscription, given + 1);
                }
            }
        }
    }

    fn implements(&mut self, ty: Ty, subscription: &Subscription) -> bool {
        let Some(wanted) = &subscription.implements else { return true };
        let program = self.types.program;
        let language = program.language(program.place_of_type(ty).0);
        let wanted = self.types.paths.intern(language, &wanted.replace("::", "."));
        self.types.library_bases(ty).contains(&wanted)
    }

    /// Every place that publishes something runs what was subscribed to it in a process that both may run in.
    pub(super) fn publish(&mut self) {
        let published = std::mem::take(&mut self.published);
        if published.subscribers.is_empty() {
            return;
        }
        let mut processes = Processes::new(self.types.program);
        for &(topic, func, site) in &published.places {
            if self.types.marks.of_function(func) == Some(Mark::Harmless) {
                continue;
            }
            for &(_, subscriber) in published.subscribers.iter().filter(|it| it.0 == topic) {
                if !processes.share(self.types.program, subscriber, func) {
                    continue;
                }
                let how = How { via: Via::Callback, ..How::call(Confidence::Likely) };
                self.call_function(func, site, subscriber, how);
            }
        }
    }
}
