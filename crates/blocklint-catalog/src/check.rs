//! Refuses entries that say a thing twice or can never apply. Knows entries as data, not how they are looked up.

use crate::entry::{Entry, Knowledge};
use crate::error::{Error, Place};
use crate::fact::HandOff;
use crate::pattern::Pattern;
use blocklint_ir::Language;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What a check needs to know besides the entries.
pub(crate) trait Surroundings {
    /// The place of these bytes in the entry's table.
    fn place(&self, entry: &Entry, bytes: &Range<usize>) -> Place;
    /// The path that is asked for instead of the given one, where an alias renames it.
    fn renamed(&self, language: Language, path: &str) -> Option<String>;
}

/// Checks the entries against each other.
pub(crate) fn check(entries: &[Entry], around: &impl Surroundings) -> Result<(), Error> {
    let mut seen: FxHashMap<String, (&Entry, &Range<usize>)> = FxHashMap::default();
    for entry in entries {
        for (pattern, bytes) in &entry.paths {
            let one = One { entry, pattern, bytes, around };
            one.well_formed()?;
            if let Some((first, place)) = seen.insert(one.key(entry.knowledge.kind()), (entry, bytes)) {
                return Err(one.duplicate(&around.place(first, place)));
            }
            one.reached()?;
        }
        exceptions(entry, around)?;
    }
    for entry in entries.iter().filter(|it| matches!(it.knowledge, Knowledge::Harmless)) {
        for (pattern, bytes) in &entry.paths {
            let one = One { entry, pattern, bytes, around };
            if let Some((other, place)) = seen.get(&one.key("blocking")) {
                let Place { file, line, .. } = around.place(other, place);
                return Err(one.unreachable(format!("it blocks according to {file}:{line}")));
            }
        }
    }
    Ok(())
}

/// One path of an entry.
struct One<'e, A> {
    entry: &'e Entry,
    pattern: &'e Pattern,
    bytes: &'e Range<usize>,
    around: &'e A,
}

impl<A: Surroundings> One<'_, A> {
    /// Users' entries may repeat shipped ones: they replace them. Hand-offs of different callables combine.
    fn key(&self, kind: &str) -> String {
        let callable = match &self.entry.knowledge {
            Knowledge::HandOff(HandOff { callable: Some(it), .. }) => format!("{:?}{:?}", it.position, it.name),
            _ => String::new(),
        };
        format!("{:?} {} {kind} {} {callable}", self.entry.origin, self.entry.language.name(), self.pattern)
    }

    #[expect(clippy::unnecessary_box_returns, reason = "errors hold their place boxed, to stay small")]
    fn place(&self) -> Box<Place> {
        Box::new(self.around.place(self.entry, self.bytes))
    }

    fn well_formed(&self) -> Result<(), Error> {
        self.pattern.check().map_err(|reason| self.wrong_path(reason))
    }

    fn wrong_path(&self, reason: String) -> Error {
        Error::Path { place: self.place(), path: self.pattern.text().to_owned(), reason }
    }

    fn duplicate(&self, first: &Place) -> Error {
        Error::Duplicate {
            place: self.place(),
            kind: self.entry.knowledge.kind().to_owned(),
            path: self.pattern.text().to_owned(),
            first: format!("{}:{}", first.file, first.line),
        }
    }

    fn unreachable(&self, reason: String) -> Error {
        Error::Unreachable {
            place: self.place(),
            kind: self.entry.knowledge.kind().to_owned(),
            path: self.pattern.text().to_owned(),
            reason,
        }
    }

    /// An alias is applied before facts are asked for, so nothing else may be said about a path below one.
    fn reached(&self) -> Result<(), Error> {
        if matches!(self.entry.knowledge, Knowledge::Alias(_)) {
            let reason = "an alias renames everything below it: write it without wildcards";
            return if self.pattern.exact() { Ok(()) } else { Err(self.wrong_path(reason.to_owned())) };
        }
        let prefix = self.pattern.literal_prefix();
        match self.around.renamed(self.entry.language, prefix) {
            None => Ok(()),
            Some(other) => Err(self.unreachable(format!("`{prefix}` is an alias, write it with `{other}`"))),
        }
    }
}

fn exceptions(entry: &Entry, around: &impl Surroundings) -> Result<(), Error> {
    for (pattern, bytes) in &entry.except {
        One { entry, pattern, bytes, around }.well_formed()?;
    }
    let excepted = entry.paths.iter().find(|(it, _)| it.exact() && entry.excepts(it.text()));
    if let Some((pattern, bytes)) = excepted {
        return Err(One { entry, pattern, bytes, around }.unreachable("`except` leaves it out".to_owned()));
    }
    for (exception, bytes) in entry.except.iter().filter(|(it, _)| it.exact()) {
        let covers = |(path, _): &(Pattern, Range<usize>)| match entry.knowledge {
            Knowledge::Harmless => path.below().matches(exception.text()),
            _ => path.matches(exception.text()),
        };
        if !entry.paths.iter().any(covers) {
            let one = One { entry, pattern: exception, bytes, around };
            return Err(one.unreachable("no `path` of the entry matches this exception".to_owned()));
        }
    }
    Ok(())
}
