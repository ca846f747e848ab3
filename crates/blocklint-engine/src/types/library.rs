//! Libraries whose sources are read: what the catalogue describes stays a path, and what it does not know is looked up in the source.

use super::{Path, Set, Shape, Types};
use crate::link::{Entity, FileId, Ty};
use blocklint_catalog::Facts;
use blocklint_ir::Name;

impl Types<'_> {
    /// What a library's path is in its source; nothing when the catalogue describes it or the source is not read.
    pub(super) fn in_source(&mut self, path: Path) -> Set {
        let language = self.paths.language(path);
        if self.depth > super::MAX_DEPTH || !self.program.reads_libraries() || self.paths.is_known(path) {
            return Set::EMPTY;
        }
        let mut entities = self.program.in_library_source(language, self.paths.dotted(path));
        // Of a class, the catalogue may describe the methods and not the class itself.
        if self.paths.is_described(path) {
            entities.retain(|it| !matches!(it, Entity::Type(_)));
        }
        self.depth += 1;
        let sets: Vec<Set> = entities.iter().map(|it| self.entity(language, it)).collect();
        self.depth -= 1;
        self.union(sets)
    }

    /// An instance of a library's type as its source defines it; nothing when the catalogue describes the type.
    pub(super) fn source_instance(&mut self, path: Path, args: &[Set]) -> Set {
        let classes = self.in_source(path);
        let mut found = Vec::new();
        for shape in self.shapes(classes).to_vec() {
            if let Shape::Class(ty) = *self.shape(shape) {
                found.push(self.instance_of(ty, args));
            }
        }
        self.union(found)
    }

    /// An attribute of a library's instance that the catalogue does not know, though it describes the type.
    pub(super) fn source_attribute(&mut self, file: FileId, path: Path, name: Name) -> Set {
        if !self.program.reads_libraries() {
            return Set::EMPTY;
        }
        let types = self.program.library_types(self.paths.language(path), self.paths.dotted(path));
        let mut found = Vec::new();
        for ty in types {
            let receiver = self.intern(Shape::Instance { ty, exact: false, args: Box::default() });
            found.push(self.attribute_of(file, receiver, name));
        }
        self.union(found)
    }

    /// What the catalogue says of a member that a type of `file`'s has from a library's source: it comes before the source.
    pub(super) fn described_member(&mut self, file: FileId, ty: Ty, name: Name) -> Option<Set> {
        let program = self.program;
        let text = program.file(file).summary.module.text(name);
        let (own, id) = program.place_of_type(ty);
        let language = program.language(own);
        let mut bases: Vec<String> = program.hierarchy.external_bases(ty).map(str::to_owned).collect();
        if program.file(own).library.is_some() {
            let qualname = &program.file(own).summary.module.type_def(id).qualname;
            bases.insert(0, format!("{}.{qualname}", program.file(own).placement.path.join(".")));
        }
        for base in bases {
            let base = self.paths.intern(language, &base);
            let member = self.paths.member(base, text);
            if *self.paths.facts(member) != Facts::default() {
                return Some(self.external(member));
            }
        }
        None
    }
}
