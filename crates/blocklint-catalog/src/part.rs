//! What is known about the libraries of one language, put together from its tables.

use crate::entry::{Entry, EntryId, Knowledge, Origin};
use crate::facts::Facts;
use crate::index::{Index, Target};
use crate::pattern::Precision;
use crate::table::Table;
use blocklint_ir::Language;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// How often an alias may lead to another before it counts as a circle.
pub(crate) const ALIAS_STEPS: usize = 8;

/// The entries about one language.
#[derive(Debug)]
pub(crate) struct Part {
    language: Language,
    entries: Vec<Entry>,
    index: Index,
    /// The entry that renames a path.
    aliases: FxHashMap<Box<str>, EntryId>,
}

impl Part {
    /// What the tables that came with the tool say of the language, and then what others say.
    pub(crate) fn of(language: Language, shipped: &'static [(&str, &str)], said: &[Entry]) -> Self {
        // A table is read by itself, and there are a hundred.
        let read: Vec<Vec<Entry>> = shipped
            .par_iter()
            .enumerate()
            .map(|(at, (name, text))| (at, Table::shipped(name, text)))
            .filter(|(_, table)| table.folder_language() == Some(language))
            .map(|(at, table)| table.entries(at).expect("a test reads every table that is shipped"))
            .collect();
        let others = said.iter().filter(|it| it.language == language).cloned();
        let mut part = Self {
            language,
            entries: read.into_iter().flatten().chain(others).collect(),
            index: Index::new(language.separator()),
            aliases: FxHashMap::default(),
        };
        part.fill();
        part
    }

    fn fill(&mut self) {
        for (at, entry) in self.entries.iter().enumerate() {
            let id = EntryId::new(self.language, at);
            for (pattern, _) in &entry.paths {
                self.index.insert(pattern, id);
                match entry.knowledge {
                    Knowledge::Harmless => self.index.insert(&pattern.below(), id),
                    Knowledge::Alias(_) => {
                        self.aliases.insert(pattern.text().into(), id);
                    }
                    _ => {}
                }
            }
        }
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(crate) fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// The entries that users wrote, each with its id.
    pub(crate) fn users(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        let all = self.entries.iter().enumerate().filter(|it| it.1.origin != Origin::Shipped);
        all.map(|(at, entry)| (EntryId::new(self.language, at), entry))
    }

    pub(crate) fn canonical<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let Some(mut path) = self.renamed(path) else { return Cow::Borrowed(path) };
        for _ in 1..ALIAS_STEPS {
            let Some(next) = self.renamed(&path) else { break };
            path = next;
        }
        Cow::Owned(path)
    }

    /// The path with the longest alias applied once.
    pub(crate) fn renamed(&self, path: &str) -> Option<String> {
        let mut end = path.len();
        loop {
            if let Some(Knowledge::Alias(target)) = self.aliases.get(&path[..end]).map(|id| &self.entry(*id).knowledge)
            {
                return Some(format!("{target}{}", &path[end..]));
            }
            end = path[..end].rfind(self.language.separator())?;
        }
    }

    pub(crate) fn describes_below(&self, path: &str) -> bool {
        self.index.reaches_below(path)
    }

    pub(crate) fn facts(&self, path: &str) -> Facts<'_> {
        let mut facts = Facts::default();
        let best = self.best(path);
        let rank = |wanted: usize| best.iter().map(|it| self.rank(it)).find(|(kind, ..)| *kind == wanted);
        let blocks = rank(0).map(|(_, origin, precision)| (origin, precision));
        let harmless = rank(6).map(|(_, origin, precision)| (origin, precision));
        // Where callables run is said of all of them by whoever says it last.
        let hands_off = |it: &EntryId| matches!(self.entry(*it).knowledge, Knowledge::HandOff(_));
        let handed_by = best.iter().filter(|it| hands_off(&it.0)).map(|it| self.entry(it.0).origin).max();
        for (id, _) in &best {
            let Entry { knowledge, origin, .. } = self.entry(*id);
            match knowledge {
                Knowledge::HandOff(_) if Some(*origin) < handed_by => continue,
                Knowledge::Blocking(_) if harmless >= blocks => continue,
                Knowledge::Harmless if harmless < blocks => continue,
                _ => {}
            }
            facts.add(*id, knowledge);
        }
        facts
    }

    fn rank<'t>(&self, (id, precision): &(EntryId, &'t Precision)) -> (usize, Origin, &'t Precision) {
        let entry = self.entry(*id);
        (entry.knowledge.ordinal(), entry.origin, precision)
    }

    /// Calls `found` with every entry whose patterns match a path.
    pub(crate) fn matching(&self, path: &str, found: &mut impl FnMut(EntryId)) {
        self.index.matches(path, &mut |target| found(target.entry));
    }

    /// The most precise entry of each kind, and of each callable for hand-offs.
    fn best<'t>(&'t self, path: &str) -> Vec<(EntryId, &'t Precision)> {
        let mut best: Vec<(EntryId, &Precision)> = Vec::new();
        self.index.matches(path, &mut |target: &Target| {
            let entry = self.entry(target.entry);
            if entry.excepts(path) {
                return;
            }
            let rival = best.iter_mut().find(|(id, _)| same_kind(&self.entry(*id).knowledge, &entry.knowledge));
            match rival {
                None => best.push((target.entry, &target.precision)),
                Some(rival) => {
                    let old = (self.entry(rival.0).origin, rival.1);
                    if (entry.origin, &target.precision) > old {
                        *rival = (target.entry, &target.precision);
                    }
                }
            }
        });
        best
    }
}

fn same_kind(left: &Knowledge, right: &Knowledge) -> bool {
    match (left, right) {
        (Knowledge::HandOff(left), Knowledge::HandOff(right)) => left.callable == right.callable,
        _ => left.ordinal() == right.ordinal(),
    }
}
