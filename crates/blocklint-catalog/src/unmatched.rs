//! Which of the users' facts a program never met. Knows paths, not how they were found.

use crate::catalog::Catalog;
use crate::entry::{EntryId, Knowledge};
use crate::error::Place;
use crate::pattern::Pattern;
use blocklint_ir::Language;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A path of a user's fact that nothing in the program has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmatched {
    /// Where it is written.
    pub place: Place,
    /// As it is written there.
    pub path: String,
}

impl Catalog {
    /// Whether users said anything themselves.
    pub fn has_users_facts(&self) -> bool {
        self.users().next().is_some()
    }

    /// The paths of users' facts that are none of these, in the order written. `paths` are all that a program mentions.
    pub fn unmatched<'p>(&self, paths: impl Iterator<Item = (Language, &'p str)>) -> Vec<Unmatched> {
        let mut open: BTreeMap<EntryId, Vec<(Pattern, usize)>> = BTreeMap::new();
        let mut written: Vec<(usize, &Range<usize>, bool)> = Vec::new();
        let languages: BTreeSet<Language> = self.users().map(|it| it.language).collect();
        for (id, entry) in languages.iter().flat_map(|it| self.part(*it).users()) {
            for (pattern, bytes) in &entry.paths {
                // A fact may be several entries, and a text with alternatives several patterns: it is matched when one of them is.
                let known = written.iter().rposition(|it| (it.0, it.1) == (entry.table, bytes));
                let at = known.unwrap_or(written.len());
                if known.is_none() {
                    written.push((entry.table, bytes, false));
                }
                let reach = if entry.knowledge == Knowledge::Harmless { pattern.below() } else { pattern.clone() };
                open.entry(id).or_default().push((reach, at));
            }
        }
        if open.is_empty() {
            return Vec::new();
        }
        for (language, path) in paths.filter(|it| languages.contains(&it.0)) {
            self.part(language).matching(path, &mut |id| {
                for (pattern, at) in open.get(&id).into_iter().flatten() {
                    written[*at].2 |= pattern.matches(path);
                }
            });
        }
        let mut unmatched: Vec<(usize, &Range<usize>)> =
            written.into_iter().filter(|it| !it.2).map(|it| (it.0, it.1)).collect();
        unmatched.sort_by_key(|it| (it.0, it.1.start));
        unmatched.into_iter().map(|(table, bytes)| self.said(table, bytes)).collect()
    }

    fn said(&self, table: usize, bytes: &Range<usize>) -> Unmatched {
        let (name, text) = self.table(table);
        let path = text[bytes.clone()].trim_matches(['"', '\'']).to_owned();
        Unmatched { place: Place::new(name, text, bytes.clone()), path }
    }
}
