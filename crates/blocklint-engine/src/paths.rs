//! Library paths, each stored once with what the catalogue knows of it.

use blocklint_catalog::fact::Blocking;
use blocklint_catalog::{Catalog, EntryId, Facts, Origin};
use blocklint_ir::Language;
use indexmap::{Equivalent, IndexMap};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// A path that leaves the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(u32);

/// All library paths that the program mentions.
#[derive(Debug)]
pub struct Paths<'a> {
    catalog: &'a Catalog,
    entries: IndexMap<Written, Entry<'a>, FxBuildHasher>,
    /// What stands for another path, or goes through one that does.
    renamed: IndexMap<Written, Path, FxBuildHasher>,
    /// Members that were asked for, by name.
    members: FxHashMap<Path, FxHashMap<Box<str>, Path>>,
    /// What is known of most paths.
    nothing: Facts<'a>,
}

/// A path's text. Segments are joined by dots, so that both languages split alike.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Written {
    language: Language,
    dotted: Box<str>,
}

/// The same, of a text that is somebody else's.
#[derive(Hash)]
struct Asked<'s> {
    language: Language,
    dotted: &'s str,
}

impl Equivalent<Written> for Asked<'_> {
    fn equivalent(&self, key: &Written) -> bool {
        self.language == key.language && *self.dotted == *key.dotted
    }
}

#[derive(Debug)]
struct Entry<'a> {
    /// As the language writes it, where that differs.
    shown: Option<Box<str>>,
    /// What is known of it, if anything.
    facts: Option<Box<Facts<'a>>>,
    /// What calling it gives, once asked.
    called: Option<Path>,
    /// No part of it was found to stand for another.
    plain: bool,
}

/// Aliases may form circles; no real chain is longer.
const MAX_ALIASES: usize = 8;

impl<'a> Paths<'a> {
    /// No paths yet, with room for so many.
    pub fn with_capacity(catalog: &'a Catalog, count: usize) -> Self {
        Self {
            catalog,
            entries: IndexMap::with_capacity_and_hasher(count, FxBuildHasher),
            renamed: IndexMap::default(),
            members: FxHashMap::default(),
            nothing: Facts::default(),
        }
    }

    /// The path with these dotted segments, aliases of it and of what it begins with followed.
    pub fn intern(&mut self, language: Language, dotted: &str) -> Path {
        let asked = Asked { language, dotted };
        if let Some((index, _, _)) = self.entries.get_full(&asked).filter(|it| it.2.plain) {
            return Path(index as u32);
        }
        if let Some(&path) = self.renamed.get(&asked) {
            return path;
        }
        let mut path = match dotted.rsplit_once('.') {
            Some((owner, last)) => {
                let owner = self.intern(language, owner);
                let whole = format!("{}.{last}", self.dotted(owner));
                self.intern_as_is(language, &whole)
            }
            None => self.intern_as_is(language, dotted),
        };
        for _ in 0..MAX_ALIASES {
            let Some(alias) = self.facts(path).alias else { break };
            path = self.intern_as_is(language, &alias.replace("::", "."));
        }
        if self.dotted(path) == dotted {
            self.entries[path.0 as usize].plain = true;
        } else {
            self.renamed.insert(Written { language, dotted: dotted.into() }, path);
        }
        path
    }

    fn intern_as_is(&mut self, language: Language, dotted: &str) -> Path {
        if let Some(index) = self.entries.get_index_of(&Asked { language, dotted }) {
            return Path(index as u32);
        }
        let shown: Option<Box<str>> = match language.separator() {
            "." => None,
            separator => Some(dotted.replace('.', separator).into()),
        };
        let facts = self.catalog.facts(language, shown.as_deref().unwrap_or(dotted));
        let facts = (facts != self.nothing).then(|| Box::new(facts));
        let entry = Entry { shown, facts, called: None, plain: false };
        let (index, _) = self.entries.insert_full(Written { language, dotted: dotted.into() }, entry);
        Path(index as u32)
    }

    /// `path.name`, followed to an alias, or to the library type that has it: the first of the path's bases for which something
    /// is known.
    pub fn member(&mut self, path: Path, name: &str) -> Path {
        if let Some(&known) = self.members.get(&path).and_then(|it| it.get(name)) {
            return known;
        }
        let member = self.find_member(path, name);
        self.members.entry(path).or_default().insert(name.into(), member);
        member
    }

    fn find_member(&mut self, path: Path, name: &str) -> Path {
        let language = self.language(path);
        let own = self.intern(language, &format!("{}.{name}", self.dotted(path)));
        // What users say of the type that they write goes before what the tool knows of one that stands for it.
        let known = self.is_known(own);
        if known && !self.catalog.has_users_facts() {
            return own;
        }
        let mut at = path;
        for _ in 0..MAX_ALIASES {
            let Some(base) = self.facts(at).base else { break };
            at = self.intern(language, &base.replace("::", "."));
            let inherited = self.intern(language, &format!("{}.{name}", self.dotted(at)));
            let counts = if known { self.is_said_by_users(inherited) } else { self.is_known(inherited) };
            if counts {
                return inherited;
            }
        }
        own
    }

    fn is_said_by_users(&self, path: Path) -> bool {
        self.catalog.is_said_by_users(self.facts(path))
    }

    /// The path of what calling `path` gives, when nothing better is known.
    pub fn called(&mut self, path: Path) -> Path {
        if let Some(known) = self.entry(path).called {
            return known;
        }
        let dotted = format!("{}()", self.dotted(path));
        let called = self.intern(self.language(path), &dotted);
        self.entries[path.0 as usize].called = Some(called);
        called
    }

    /// The path without its last segment.
    pub fn owner(&mut self, path: Path) -> Option<Path> {
        let owner = self.dotted(path).rsplit_once('.')?.0.to_owned();
        Some(self.intern(self.language(path), &owner))
    }

    /// Whether the catalogue says anything of the path itself. What it says of everybody's calls with certain arguments is about
    /// those: it does not tell whose member this is.
    pub fn is_known(&self, path: Path) -> bool {
        self.entry(path).facts.as_deref().is_some_and(|it| !self.hangs_on_arguments(it))
    }

    /// Whether no member of the path blocks, whatever its name: of an asynchronous class that is known.
    pub fn is_harmless_below(&mut self, path: Path) -> bool {
        let member = self.member(path, "_");
        self.facts(member).harmless
    }

    /// Whether the catalogue says anything of calls of the path.
    pub fn is_mentioned(&self, path: Path) -> bool {
        self.entry(path).facts.is_some()
    }

    fn hangs_on_arguments(&self, facts: &Facts<'_>) -> bool {
        facts.blocking.is_some_and(|it| !it.only.is_empty()) && self.holds_of_anyone(facts)
    }

    /// Whether all that is known of a path is known of every path that ends like it.
    pub fn holds_of_anyone(&self, facts: &Facts<'_>) -> bool {
        let anyone = |it: &EntryId| self.catalog.entry(*it).paths.iter().all(|(it, _)| it.text().starts_with("**"));
        facts.entries.iter().all(anyone)
    }

    /// Whether the catalogue says anything of what is inside the path, or what it inherits.
    pub fn is_described(&self, path: Path) -> bool {
        self.facts(path).base.is_some() || self.catalog.describes_below(self.language(path), self.shown(path))
    }

    fn written(&self, path: Path) -> &Written {
        self.entries.get_index(path.0 as usize).expect("paths come from this table").0
    }

    fn entry(&self, path: Path) -> &Entry<'a> {
        &self.entries[path.0 as usize]
    }

    /// The path of a function of the program that is marked as one that blocks, in this way where nothing else is said.
    pub fn blocking(&mut self, language: Language, dotted: &str, blocking: &'a Blocking) -> Path {
        let path = self.intern(language, dotted);
        let blocks = &mut self.entries[path.0 as usize].facts.get_or_insert_default().blocking;
        if blocks.is_none() {
            *blocks = Some(blocking);
            // Whether a member is known decides where it is found.
            self.members.clear();
        }
        path
    }

    /// What is known of libraries.
    pub fn catalog(&self) -> &'a Catalog {
        self.catalog
    }

    /// Every path that was asked for.
    pub fn all(&self) -> impl Iterator<Item = (Language, &str)> {
        self.entries.iter().map(|(it, entry)| (it.language, entry.shown.as_deref().unwrap_or(&it.dotted)))
    }

    /// Whether this holds of what is known of any of them.
    pub fn any(&self, test: impl Fn(&Facts<'_>) -> bool) -> bool {
        self.entries.values().filter_map(|it| it.facts.as_deref()).any(test)
    }

    /// Whether something known of it was said by the user.
    pub fn is_users(&self, path: Path) -> bool {
        self.facts(path).entries.iter().any(|&it| self.catalog.entry(it).origin != Origin::Shipped)
    }

    /// What is known of it.
    pub fn facts(&self, path: Path) -> &Facts<'a> {
        self.entry(path).facts.as_deref().unwrap_or(&self.nothing)
    }

    /// Its segments joined by dots.
    pub fn dotted(&self, path: Path) -> &str {
        &self.written(path).dotted
    }

    /// As its language writes it.
    pub fn shown(&self, path: Path) -> &str {
        self.entry(path).shown.as_deref().unwrap_or(self.dotted(path))
    }

    /// As its language writes it; where nobody knows whose member it is, the member alone.
    pub fn shown_known(&self, path: Path) -> &str {
        if self.rootless(path) { self.last(path) } else { self.shown(path) }
    }

    /// Whether the path begins with something that is no library: a type parameter, or what nothing is known of.
    pub fn rootless(&self, path: Path) -> bool {
        let root = self.dotted(path).split('.').next().unwrap_or_default();
        let generic = self.language(path).separator() == "::" && root.starts_with(char::is_uppercase);
        root == "_" || generic
    }

    /// Its last segment.
    pub fn last(&self, path: Path) -> &str {
        let dotted = self.dotted(path);
        dotted.rsplit_once('.').map_or(dotted, |it| it.1)
    }

    /// Its language.
    pub fn language(&self, path: Path) -> Language {
        self.written(path).language
    }
}
