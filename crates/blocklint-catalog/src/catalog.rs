//! Everything known about libraries, asked by path. Knows neither programs nor rules.

use crate::check::{Surroundings, check};
use crate::entry::{Entry, EntryId, Knowledge, Origin};
use crate::error::{Error, Place};
use crate::fact::OwnRule;
use crate::facts::Facts;
use crate::index::{Index, Target};
use crate::pattern::Precision;
use crate::rules::Rules;
use crate::table::Table;
use blocklint_ir::Language;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// How often an alias may lead to another before it counts as a circle.
const ALIAS_STEPS: usize = 8;

/// What is known about the libraries of both languages.
#[derive(Debug)]
pub struct Catalog {
    /// Names and texts, for the places of entries.
    tables: Vec<(Box<str>, Box<str>)>,
    entries: Vec<Entry>,
    python: Index,
    rust: Index,
    /// The entry that renames a path, by language and path.
    aliases: FxHashMap<(Language, Box<str>), EntryId>,
}

impl Catalog {
    /// What came with the tool.
    pub fn builtin() -> Result<Self, Error> {
        // The tests check the shipped tables; a run need not do it again.
        Self::build(Self::builtin_tables(), |_| false)
    }

    /// What came with the tool about these languages: half the time where a program uses only one.
    pub fn builtin_for(languages: &[Language]) -> Result<Self, Error> {
        let wanted = |it: &Table<'_>| it.folder_language().is_none_or(|it| languages.contains(&it));
        Self::build(Self::builtin_tables().filter(wanted), |_| false)
    }

    /// The tables that came with the tool.
    pub fn builtin_tables<'t>() -> impl Iterator<Item = Table<'t>> {
        blocklint_rules::TABLES.iter().map(|(name, text)| Table::shipped(name, text))
    }

    /// What came with the tool and what the user's own tables say. A user's entry wins over every shipped one of its kind.
    pub fn with_user_tables<'t>(tables: impl IntoIterator<Item = Table<'t>>) -> Result<Self, Error> {
        Self::build(Self::builtin_tables().chain(tables), |it| it.origin != Origin::Shipped)
    }

    /// The same with the rules looked up that entries name; a rule that does not exist is an error.
    pub fn with_rules(mut self, rules: &Rules) -> Result<Self, Error> {
        for at in 0..self.entries.len() {
            let Knowledge::Blocking(blocking) = &self.entries[at].knowledge else { continue };
            let Some(named) = &blocking.rule else { continue };
            let Some(rule) = rules.rule(&named.code) else {
                return Err(Error::UnknownWord {
                    place: Box::new(self.place(&self.entries[at], &named.bytes)),
                    key: "rule".to_owned(),
                    word: named.code.clone(),
                    nearest: rules.nearest(&named.code).map(str::to_owned),
                    known: rules.iter().map(|it| it.code.clone()).collect(),
                });
            };
            let found = OwnRule {
                code: rule.code.clone(),
                name: rule.name.clone(),
                severity: rule.severity,
                bytes: named.bytes.clone(),
            };
            if let Knowledge::Blocking(blocking) = &mut self.entries[at].knowledge {
                blocking.rule = Some(found);
            }
        }
        Ok(self)
    }

    /// The codes of the rules that entries name.
    pub fn named_rules(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter_map(|it| match &it.knowledge {
            Knowledge::Blocking(blocking) => blocking.rule.as_ref().map(|it| it.code.as_str()),
            _ => None,
        })
    }

    /// What these tables say.
    pub fn load<'t>(tables: impl IntoIterator<Item = Table<'t>>) -> Result<Self, Error> {
        Self::build(tables, |_| true)
    }

    fn build<'t>(tables: impl IntoIterator<Item = Table<'t>>, checked: impl Fn(&Entry) -> bool) -> Result<Self, Error> {
        let mut catalog = Self {
            tables: Vec::new(),
            entries: Vec::new(),
            python: Index::new(Language::Python.separator()),
            rust: Index::new(Language::Rust.separator()),
            aliases: FxHashMap::default(),
        };
        for table in tables {
            catalog.entries.extend(table.entries(catalog.tables.len())?);
            catalog.tables.push((table.name.into(), table.text.into()));
        }
        catalog.fill();
        let checked: Vec<&Entry> = catalog.entries.iter().filter(|it| checked(it)).collect();
        catalog.check_aliases(&checked)?;
        check(&checked, &catalog)?;
        Ok(catalog)
    }

    fn fill(&mut self) {
        for (position, entry) in self.entries.iter().enumerate() {
            let id = EntryId(u32::try_from(position).expect("tables have fewer than 2^32 entries"));
            let index = match entry.language {
                Language::Python => &mut self.python,
                Language::Rust => &mut self.rust,
            };
            for (pattern, _) in &entry.paths {
                index.insert(pattern, id);
                match entry.knowledge {
                    Knowledge::Harmless => index.insert(&pattern.below(), id),
                    Knowledge::Alias(_) => {
                        self.aliases.insert((entry.language, pattern.text().into()), id);
                    }
                    _ => {}
                }
            }
        }
    }

    fn check_aliases(&self, entries: &[&Entry]) -> Result<(), Error> {
        for entry in entries {
            let Knowledge::Alias(target) = &entry.knowledge else { continue };
            let mut path = target.clone();
            for _ in 0..ALIAS_STEPS {
                let Some(next) = self.renamed(entry.language, &path) else { break };
                path = next;
            }
            let circular = self.renamed(entry.language, &path).is_some();
            if let (true, Some((pattern, bytes))) = (circular, entry.paths.first()) {
                return Err(Error::Unreachable {
                    place: Box::new(self.place(entry, bytes)),
                    kind: "alias".to_owned(),
                    path: pattern.text().to_owned(),
                    reason: format!("`{target}` leads back to it"),
                });
            }
        }
        Ok(())
    }

    /// Every entry, by [`EntryId::index`].
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with this id.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.index()]
    }

    /// Where an entry, or the path at these bytes, stands in its table.
    pub fn place(&self, entry: &Entry, bytes: &Range<usize>) -> Place {
        let (name, text) = self.table(entry.table);
        Place::new(name, text, bytes.clone())
    }

    /// A table's name and text.
    pub(crate) fn table(&self, table: usize) -> (&str, &str) {
        let (name, text) = &self.tables[table];
        (name, text)
    }

    /// The path with every alias applied, to it or to what it stands below.
    pub fn canonical<'p>(&self, language: Language, path: &'p str) -> Cow<'p, str> {
        let Some(mut path) = self.renamed(language, path) else { return Cow::Borrowed(path) };
        for _ in 1..ALIAS_STEPS {
            let Some(next) = self.renamed(language, &path) else { break };
            path = next;
        }
        Cow::Owned(path)
    }

    /// The path with the longest alias applied once.
    fn renamed(&self, language: Language, path: &str) -> Option<String> {
        let mut end = path.len();
        loop {
            let key = (language, Box::from(&path[..end]));
            if let Some(Knowledge::Alias(target)) = self.aliases.get(&key).map(|id| &self.entry(*id).knowledge) {
                return Some(format!("{target}{}", &path[end..]));
            }
            end = path[..end].rfind(language.separator())?;
        }
    }

    /// Whether something is said of what is inside a path: of a method of this class, a function of this module. What is said of
    /// paths of any library does not count.
    pub fn describes_below(&self, language: Language, path: &str) -> bool {
        self.index(language).reaches_below(path)
    }

    /// Everything known about a path, the most precise of each kind. Aliases are not applied: see [`Self::canonical`].
    pub fn facts(&self, language: Language, path: &str) -> Facts<'_> {
        let mut facts = Facts::default();
        let best = self.best(language, path);
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

    /// Whether users said any of this themselves.
    pub fn is_said_by_users(&self, facts: &Facts<'_>) -> bool {
        facts.entries.iter().any(|it| self.entry(*it).origin != Origin::Shipped)
    }

    fn rank<'t>(&self, (id, precision): &(EntryId, &'t Precision)) -> (usize, Origin, &'t Precision) {
        let entry = self.entry(*id);
        (entry.knowledge.ordinal(), entry.origin, precision)
    }

    /// The entries that users wrote, each with its id.
    pub(crate) fn users(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        let all = self.entries.iter().enumerate().filter(|it| it.1.origin != Origin::Shipped);
        all.map(|(at, entry)| (EntryId(at as u32), entry))
    }

    /// Calls `found` with every entry whose patterns match a path.
    pub(crate) fn matching(&self, language: Language, path: &str, found: &mut impl FnMut(EntryId)) {
        self.index(language).matches(path, &mut |target| found(target.entry));
    }

    fn index(&self, language: Language) -> &Index {
        match language {
            Language::Python => &self.python,
            Language::Rust => &self.rust,
        }
    }

    /// The most precise entry of each kind, and of each callable for hand-offs.
    fn best<'t>(&'t self, language: Language, path: &str) -> Vec<(EntryId, &'t Precision)> {
        let index = self.index(language);
        let mut best: Vec<(EntryId, &Precision)> = Vec::new();
        index.matches(path, &mut |target: &Target| {
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

impl Surroundings for Catalog {
    fn place(&self, entry: &Entry, bytes: &Range<usize>) -> Place {
        self.place(entry, bytes)
    }

    fn renamed(&self, language: Language, path: &str) -> Option<String> {
        match self.canonical(language, path) {
            Cow::Borrowed(_) => None,
            Cow::Owned(other) => Some(other),
        }
    }
}

fn same_kind(left: &Knowledge, right: &Knowledge) -> bool {
    match (left, right) {
        (Knowledge::HandOff(left), Knowledge::HandOff(right)) => left.callable == right.callable,
        _ => left.ordinal() == right.ordinal(),
    }
}
