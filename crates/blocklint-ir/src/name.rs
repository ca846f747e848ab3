//! Interned texts of one module. Names of different modules are not comparable: the linker maps them to its own symbols.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// A text of the module that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Name(u32);

impl Name {
    /// The position in [`Names`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The texts of one module, each once.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Box<str>>", into = "Vec<Box<str>>")]
pub struct Names {
    texts: Vec<Box<str>>,
    ids: FxHashMap<Box<str>, Name>,
}

impl Names {
    /// The name for `text`, made when it is new.
    pub fn intern(&mut self, text: &str) -> Name {
        if let Some(&name) = self.ids.get(text) {
            return name;
        }
        let name = Name(u32::try_from(self.texts.len()).expect("a file has fewer than 2^32 names"));
        self.texts.push(text.into());
        self.ids.insert(text.into(), name);
        name
    }

    /// The name for `text` if the module uses it.
    pub fn get(&self, text: &str) -> Option<Name> {
        self.ids.get(text).copied()
    }

    /// The text of a name.
    pub fn text(&self, name: Name) -> &str {
        &self.texts[name.index()]
    }

    /// All texts, by [`Name::index`].
    pub fn texts(&self) -> &[Box<str>] {
        &self.texts
    }
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.texts == other.texts
    }
}

impl From<Vec<Box<str>>> for Names {
    fn from(texts: Vec<Box<str>>) -> Self {
        let mut names = Self::default();
        for text in &texts {
            names.intern(text);
        }
        names
    }
}

impl From<Names> for Vec<Box<str>> {
    fn from(names: Names) -> Self {
        names.texts
    }
}
