//! Paths that one module's code reads, each once: a file that names a thing in a hundred places looks it up once.

use crate::item::Anchor;
use crate::{Import, Name, ScopeId};
use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};
use std::hash::BuildHasher as _;

/// Index into [`Paths`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PathId(u32);

impl PathId {
    /// The id of the path at `index`.
    pub(crate) fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a file has fewer than 2^32 paths"))
    }

    /// The position in [`Paths`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A path, and the scope in which its lookup begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopedPath {
    /// Where the lookup begins.
    pub scope: ScopeId,
    /// What is looked up.
    pub path: Import,
}

/// The paths of one module.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Paths {
    all: Vec<ScopedPath>,
    #[serde(skip)]
    ids: HashTable<PathId>,
}

impl Paths {
    /// The id of this path read in this scope, made when it is new.
    pub fn intern(&mut self, scope: ScopeId, anchor: Anchor, segments: &[Name]) -> PathId {
        let Self { all, ids } = self;
        let hash = FxBuildHasher.hash_one((scope, anchor, segments));
        let same = |it: &ScopedPath| it.scope == scope && it.path.anchor == anchor && *it.path.segments == *segments;
        if let Some(&known) = ids.find(hash, |it| same(&all[it.index()])) {
            return known;
        }
        let id = PathId::new(all.len());
        all.push(ScopedPath { scope, path: Import { anchor, segments: segments.into() } });
        ids.insert_unique(hash, id, |it| {
            let ScopedPath { scope, path } = &all[it.index()];
            FxBuildHasher.hash_one((*scope, path.anchor, &*path.segments))
        });
        id
    }

    /// The path with this id.
    pub fn get(&self, id: PathId) -> &ScopedPath {
        &self.all[id.index()]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Gives back what only new paths would need: a module that is done reads no more of them.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.ids = HashTable::new();
        self.all.shrink_to_fit();
    }
}

impl PartialEq for Paths {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}
