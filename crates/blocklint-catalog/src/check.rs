//! Refuses entries that say a thing twice or can never apply. Knows entries as data, not how they are looked up.

use crate::entry::{Entry, Knowledge};
use crate::error::{Error, Place};
use crate::fact::HandOff;
use crate::pattern::Pattern;
use rustc_hash::FxHashMap;

/// Checks every entry against those before it and against the aliases.
/// `canonical` gives the path that is asked for instead of the given one.
pub(crate) fn check(entries: &[Entry], canonical: impl Fn(&Entry, &str) -> Option<String>) -> Result<(), Error> {
    let mut seen: FxHashMap<String, &Place> = FxHashMap::default();
    for entry in entries {
        for (pattern, place) in &entry.paths {
            if let Some(first) = seen.insert(key(entry, entry.knowledge.kind(), pattern), place) {
                return Err(duplicate(entry, pattern, place, first));
            }
            reached(entry, pattern, place, &canonical)?;
        }
        exceptions(entry)?;
    }
    contradictions(entries, &seen)
}

/// Users' entries may repeat shipped ones: they replace them. Hand-offs of different callables combine.
fn key(entry: &Entry, kind: &str, pattern: &Pattern) -> String {
    let callable = match &entry.knowledge {
        Knowledge::HandOff(HandOff { callable: Some(it), .. }) => format!("{:?}{:?}", it.position, it.name),
        _ => String::new(),
    };
    format!("{:?} {} {kind} {pattern} {callable}", entry.origin, entry.language.name())
}

fn duplicate(entry: &Entry, pattern: &Pattern, place: &Place, first: &Place) -> Error {
    Error::Duplicate {
        place: Box::new(place.clone()),
        kind: entry.knowledge.kind().to_owned(),
        path: pattern.text().to_owned(),
        first: format!("{}:{}", first.file, first.line),
    }
}

fn unreachable(entry: &Entry, pattern: &Pattern, place: &Place, reason: String) -> Error {
    Error::Unreachable {
        place: Box::new(place.clone()),
        kind: entry.knowledge.kind().to_owned(),
        path: pattern.text().to_owned(),
        reason,
    }
}

/// An alias is applied before facts are asked for, so nothing else may be said about a path below one.
fn reached(
    entry: &Entry,
    pattern: &Pattern,
    place: &Place,
    canonical: &impl Fn(&Entry, &str) -> Option<String>,
) -> Result<(), Error> {
    if matches!(entry.knowledge, Knowledge::Alias(_)) {
        if !pattern.exact() {
            let reason = "an alias renames everything below it: write it without wildcards".to_owned();
            return Err(Error::Path { place: Box::new(place.clone()), path: pattern.text().to_owned(), reason });
        }
        return Ok(());
    }
    let prefix = pattern.literal_prefix(entry.language);
    match canonical(entry, &prefix) {
        None => Ok(()),
        Some(other) => {
            Err(unreachable(entry, pattern, place, format!("`{prefix}` is an alias, write it with `{other}`")))
        }
    }
}

fn exceptions(entry: &Entry) -> Result<(), Error> {
    for (pattern, place) in &entry.paths {
        if pattern.exact() && entry.excepts(pattern.text()) {
            return Err(unreachable(entry, pattern, place, "`except` leaves it out".to_owned()));
        }
    }
    for (exception, place) in entry.except.iter().filter(|(it, _)| it.exact()) {
        let covers = |(path, _): &(Pattern, Place)| match entry.knowledge {
            Knowledge::Harmless => path.below().matches(exception.text(), entry.language),
            _ => path.matches(exception.text(), entry.language),
        };
        if !entry.paths.iter().any(covers) {
            return Err(unreachable(
                entry,
                exception,
                place,
                "no `path` of the entry matches this exception".to_owned(),
            ));
        }
    }
    Ok(())
}

/// The same path cannot block and be harmless.
fn contradictions(entries: &[Entry], seen: &FxHashMap<String, &Place>) -> Result<(), Error> {
    for entry in entries.iter().filter(|it| matches!(it.knowledge, Knowledge::Harmless)) {
        for (pattern, place) in &entry.paths {
            if let Some(other) = seen.get(&key(entry, "blocking", pattern)) {
                let reason = format!("it blocks according to {}:{}", other.file, other.line);
                return Err(unreachable(entry, pattern, place, reason));
            }
        }
    }
    Ok(())
}
