//! Where a module stands in the program: what paths and manifests decide, not the file's own text.

use crate::Language;
use serde::{Deserialize, Serialize};

/// A unit of distribution: a Python project or a Rust crate (one per target of a package).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// The name other packages import it by, dashes as underscores: the first segment of its modules' paths.
    pub name: String,
    /// The version its manifest states.
    pub version: Option<String>,
    /// The language of its sources.
    pub language: Language,
    /// The directory of its manifest, relative to the analysed root, `""` for the root itself.
    pub directory: String,
    /// The file its module tree grows from (`src/lib.rs`), or, in Python, the directories that hold its top-level packages (`src`).
    pub roots: Vec<String>,
    /// What it depends on.
    pub dependencies: Vec<Dependency>,
    /// Python modules that are built from Rust code in this package (`module-name`, `[lib] name` of a `cdylib`).
    pub extension_modules: Vec<String>,
    /// What others may load by the name of a group: the group, and the path of an object.
    pub entry_points: Vec<EntryPoint>,
    /// The target is a test, example or benchmark.
    pub test: bool,
    /// It is not what is checked but what that is built on: its sources are analysed, and nothing is reported in them.
    pub library: bool,
}

/// An object that a package offers to whoever asks for its group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryPoint {
    /// The group.
    pub group: String,
    /// The object's path: `package.module:Class`.
    pub object: String,
}

/// A dependency as the depending package names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    /// The name in paths: `use name::…`.
    pub name: String,
    /// The package's own name, dashes as underscores.
    pub package: String,
}

/// The place of one file in the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// Index into the list of packages, where one claims the file.
    pub package: Option<usize>,
    /// The module's full path: `["litellm", "proxy", "utils"]`, `["my_crate", "db"]`.
    pub path: Vec<String>,
    /// Further paths that lead to it: modules that several targets declare.
    pub also: Vec<Vec<String>>,
    /// The file stands for a directory (`__init__.py`, `mod.rs`, `lib.rs`): relative imports begin in itself.
    pub directory: bool,
    /// Which builds have it, as far as that is not written in the file itself.
    pub builds: Builds,
}

/// What must hold of a build for it to have something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Builds {
    /// It is built for tests only.
    pub test: bool,
    /// What is asked of the build, and whether that must hold or must not.
    pub conditions: Vec<(String, bool)>,
}

impl Builds {
    /// What is inside of both: whoever has it asks for both.
    #[must_use]
    pub fn and(&self, inner: &Self) -> Self {
        let mut conditions = self.conditions.clone();
        conditions.extend(inner.conditions.iter().filter(|it| !self.conditions.contains(it)).cloned());
        Self { test: self.test || inner.test, conditions }
    }

    /// What is in builds of either kind: what both ask for. Says whether that is less than before.
    pub fn or(&mut self, other: &Self) -> bool {
        let before = (self.test, self.conditions.len());
        self.test &= other.test;
        self.conditions.retain(|it| other.conditions.contains(it));
        before != (self.test, self.conditions.len())
    }
}
