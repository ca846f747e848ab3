//! Interned texts of one module. Names of different modules are not comparable: the linker maps them to its own symbols.

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};
use std::hash::BuildHasher as _;

/// A text of the module that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name(u32);

impl Name {
    /// The position in [`Names`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The texts of one module, each once. A large program has millions of names: they stand in one text, and the table that finds
/// them holds numbers only.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct Names {
    /// One text after the other.
    all: String,
    /// By name: where its text ends.
    ends: Vec<u32>,
    /// Finds names by their texts while a module grows. One that is done has none, and is searched through.
    #[serde(skip)]
    ids: HashTable<Name>,
}

/// Names as they were stored: whatever bytes they were made from, no text of them may end inside a character.
#[derive(Debug, Deserialize)]
struct Stored {
    all: String,
    ends: Vec<u32>,
}

impl Names {
    /// The name for `text`, made when it is new.
    pub fn intern(&mut self, text: &str) -> Name {
        if self.ids.len() < self.ends.len() {
            self.index();
        }
        let Self { all, ends, ids } = self;
        let hash = FxBuildHasher.hash_one(text);
        if let Some(&name) = ids.find(hash, |&it| text_of(all, ends, it) == text) {
            return name;
        }
        let name = Name(u32::try_from(ends.len()).expect("a file has fewer than 2^32 names"));
        all.push_str(text);
        ends.push(u32::try_from(all.len()).expect("the names of a file have less than 4 GiB"));
        ids.insert_unique(hash, name, |&it| FxBuildHasher.hash_one(text_of(all, ends, it)));
        name
    }

    /// The name for `text` if the module uses it.
    pub fn get(&self, text: &str) -> Option<Name> {
        if self.ids.len() < self.ends.len() {
            return (0..self.ends.len() as u32).map(Name).find(|&it| self.text(it) == text);
        }
        let hash = FxBuildHasher.hash_one(text);
        self.ids.find(hash, |&it| self.text(it) == text).copied()
    }

    fn index(&mut self) {
        let Self { all, ends, ids } = self;
        for name in (0..ends.len() as u32).map(Name) {
            let hash = |it: Name| FxBuildHasher.hash_one(text_of(all, ends, it));
            ids.insert_unique(hash(name), name, |&it| hash(it));
        }
    }

    /// Room for this many names of usual length.
    pub fn reserve(&mut self, count: usize) {
        let Self { all, ends, ids } = self;
        all.reserve(count * 16);
        ends.reserve(count);
        ids.reserve(count, |&it| FxBuildHasher.hash_one(text_of(all, ends, it)));
    }

    /// The text of a name.
    pub fn text(&self, name: Name) -> &str {
        text_of(&self.all, &self.ends, name)
    }

    /// All texts, by [`Name::index`].
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len() as u32).map(|it| self.text(Name(it)))
    }

    /// Gives back what only more names would need.
    pub fn shrink_to_fit(&mut self) {
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.ids = HashTable::new();
    }
}

fn text_of<'t>(all: &'t str, ends: &[u32], name: Name) -> &'t str {
    let start = name.index().checked_sub(1).map_or(0, |it| ends[it] as usize);
    &all[start..ends[name.index()] as usize]
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all && self.ends == other.ends
    }
}

impl TryFrom<Stored> for Names {
    type Error = &'static str;

    fn try_from(Stored { all, ends }: Stored) -> Result<Self, Self::Error> {
        let whole = ends.last().map_or(0, |it| *it as usize) == all.len();
        if !whole || !ends.is_sorted() || !ends.iter().all(|&it| all.is_char_boundary(it as usize)) {
            return Err("the ends of names are no ends of texts");
        }
        Ok(Self { all, ends, ids: HashTable::new() })
    }
}
