//! Everything known about libraries, asked by path. Knows neither programs nor rules.
//!
//! What is known of a language is put together when somebody asks about it first: a program of one language, or a run whose result
//! was kept, does not pay for the rest. Users' own tables are read and checked at once, so that their mistakes are said.

use crate::check::{Surroundings, check};
use crate::entry::{Entry, EntryId, Knowledge, Origin};
use crate::error::{Error, Place};
use crate::fact::OwnRule;
use crate::facts::Facts;
use crate::part::{ALIAS_STEPS, Part};
use crate::rules::Rules;
use crate::table::Table;
use blocklint_ir::Language;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// What is known about the libraries of both languages.
#[derive(Debug, Default)]
pub struct Catalog {
    /// The names and texts of tables that came with the tool.
    shipped: &'static [(&'static str, &'static str)],
    /// The names and texts of all others; their numbers follow.
    others: Vec<(Box<str>, Box<str>)>,
    /// What those say.
    said: Vec<Entry>,
    python: OnceLock<Part>,
    rust: OnceLock<Part>,
}

impl Catalog {
    /// What came with the tool.
    pub fn builtin() -> Self {
        Self { shipped: blocklint_rules::TABLES, ..Self::default() }
    }

    /// The tables that came with the tool.
    pub fn builtin_tables<'t>() -> impl Iterator<Item = Table<'t>> {
        blocklint_rules::TABLES.iter().map(|(name, text)| Table::shipped(name, text))
    }

    /// What came with the tool and what the user's own tables say. A user's entry wins over every shipped one of its kind.
    pub fn with_user_tables<'t>(tables: impl IntoIterator<Item = Table<'t>>) -> Result<Self, Error> {
        Self::builtin().with_tables(tables)
    }

    /// What these tables say.
    pub fn load<'t>(tables: impl IntoIterator<Item = Table<'t>>) -> Result<Self, Error> {
        Self::default().with_tables(tables)
    }

    fn with_tables<'t>(mut self, tables: impl IntoIterator<Item = Table<'t>>) -> Result<Self, Error> {
        for table in tables {
            self.said.extend(table.entries(self.shipped.len() + self.others.len())?);
            self.others.push((table.name.into(), table.text.into()));
        }
        self.check_aliases()?;
        check(&self.said, &self)?;
        Ok(self)
    }

    /// The same with the rules looked up that users' entries name; a rule that does not exist is an error.
    pub fn with_rules(mut self, rules: &Rules) -> Result<Self, Error> {
        let mut names_any = false;
        for at in 0..self.said.len() {
            let Knowledge::Blocking(blocking) = &self.said[at].knowledge else { continue };
            let Some(named) = &blocking.rule else { continue };
            let Some(rule) = rules.rule(&named.code) else {
                return Err(Error::UnknownWord {
                    place: Box::new(self.place(&self.said[at], &named.bytes)),
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
            if let Knowledge::Blocking(blocking) = &mut self.said[at].knowledge {
                blocking.rule = Some(found);
                names_any = true;
            }
        }
        if names_any {
            // What was put together for the check does not have the rules.
            (self.python, self.rust) = (OnceLock::new(), OnceLock::new());
        }
        Ok(self)
    }

    /// Puts together what is known of a language, before somebody has to wait for it.
    pub fn prepare(&self, language: Language) {
        self.part(language);
    }

    /// The codes of the rules that users' entries name.
    pub fn named_rules(&self) -> impl Iterator<Item = &str> {
        self.said.iter().filter_map(|it| match &it.knowledge {
            Knowledge::Blocking(blocking) => blocking.rule.as_ref().map(|it| it.code.as_str()),
            _ => None,
        })
    }

    fn check_aliases(&self) -> Result<(), Error> {
        for entry in &self.said {
            let Knowledge::Alias(target) = &entry.knowledge else { continue };
            let part = self.part(entry.language);
            let mut path = target.clone();
            for _ in 0..ALIAS_STEPS {
                let Some(next) = part.renamed(&path) else { break };
                path = next;
            }
            let circular = part.renamed(&path).is_some();
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

    /// Every entry about a language, by [`EntryId::index`].
    pub fn entries(&self, language: Language) -> &[Entry] {
        self.part(language).entries()
    }

    /// The entry with this id.
    pub fn entry(&self, id: EntryId) -> &Entry {
        self.part(id.language).entry(id)
    }

    /// What users say themselves, in the order of their tables.
    pub fn users(&self) -> impl Iterator<Item = &Entry> {
        self.said.iter().filter(|it| it.origin != Origin::Shipped)
    }

    /// Where an entry, or the path at these bytes, stands in its table.
    pub fn place(&self, entry: &Entry, bytes: &Range<usize>) -> Place {
        let (name, text) = self.table(entry.table);
        Place::new(name, text, bytes.clone())
    }

    /// A table's name and text.
    pub(crate) fn table(&self, table: usize) -> (&str, &str) {
        if let Some((name, text)) = self.shipped.get(table) {
            return (name, text);
        }
        let (name, text) = &self.others[table - self.shipped.len()];
        (name, text)
    }

    /// The path with every alias applied, to it or to what it stands below.
    pub fn canonical<'p>(&self, language: Language, path: &'p str) -> Cow<'p, str> {
        self.part(language).canonical(path)
    }

    /// Whether something is said of what is inside a path: of a method of this class, a function of this module. What is said of
    /// paths of any library does not count.
    pub fn describes_below(&self, language: Language, path: &str) -> bool {
        self.part(language).describes_below(path)
    }

    /// Everything known about a path, the most precise of each kind. Aliases are not applied: see [`Self::canonical`].
    pub fn facts(&self, language: Language, path: &str) -> Facts<'_> {
        self.part(language).facts(path)
    }

    /// Whether users said any of this themselves.
    pub fn is_said_by_users(&self, facts: &Facts<'_>) -> bool {
        facts.entries.iter().any(|it| self.entry(*it).origin != Origin::Shipped)
    }

    pub(crate) fn part(&self, language: Language) -> &Part {
        let part = match language {
            Language::Python => &self.python,
            Language::Rust => &self.rust,
        };
        if let Some(part) = part.get() {
            return part;
        }
        // Outside of the cell: whoever waits for a core may be given work that asks for the same.
        let read = Part::of(language, self.shipped, &self.said);
        part.get_or_init(|| read)
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
