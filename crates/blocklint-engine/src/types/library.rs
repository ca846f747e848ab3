//! What library objects have. What the catalogue describes stays a path; what it does not know is looked up in the source, where that
//! is read.

use super::question::{Holder, Place};
use super::{Path, Set, Shape, ShapeId, Types};
use crate::link::{Entity, FileId, Func, Ty};
use blocklint_catalog::Facts;
use blocklint_catalog::fact::Contains;
use blocklint_ir::{Name, ValueId};

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
            if let Shape::Class { ty, .. } = *self.shape(shape) {
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

    pub(super) fn library_attribute(
        &mut self,
        file: FileId,
        shape: ShapeId,
        (path, args): (Path, &[Set]),
        name: Name,
    ) -> Set {
        let text = self.program.file(file).summary.module.text(name);
        let member = self.paths.member(path, text);
        if self.paths.is_known(member) {
            return self.external(member);
        }
        let contains = self.paths.facts(path).contains;
        if matches!(contains, Some(Contains::Itself | Contains::Guarded)) && !args.is_empty() {
            return self.attribute_behind(file, args[0], name);
        }
        let extended = self.extension(file, shape, path, name);
        if !extended.is_empty() {
            return extended;
        }
        let members = self.program.extension_of_any(file, self.program.sym(file, name)).to_vec();
        if !members.is_empty() {
            return self.members_as_values(&members, shape);
        }
        if let Some(target) = self.used_as(shape, path) {
            let target = self.one(Shape::ExternalInstance(target, Box::default()));
            return self.attribute_behind(file, target, name);
        }
        let read = self.source_attribute(file, path, name);
        let given = if read.is_empty() { self.given_attribute(file, path, name) } else { read };
        if given.is_empty() { self.external(member) } else { given }
    }

    pub(super) fn given_attribute(&mut self, file: FileId, path: Path, name: Name) -> Set {
        self.given([Holder::Library(path)], Place::Attribute(self.program.sym(file, name)))
    }

    /// The methods of an object whose names begin so.
    pub(super) fn beginning_with(&mut self, func: Func, base: ValueId, prefix: Name) -> Set {
        let program = self.program;
        let prefix = program.file(program.file_of(func)).summary.module.text(prefix);
        let set = self.eval(func, base);
        let mut found = Vec::new();
        for shape in self.shapes(set).to_vec() {
            if let Shape::Instance { ty, exact, .. } = *self.shape(shape) {
                let members = program.hierarchy.beginning_with(program, ty, !exact, prefix);
                found.push(self.members_as_values(&members, shape));
            }
        }
        self.union(found)
    }

    /// The member of the object that a decorator makes of a function.
    pub(super) fn decorated_member(&mut self, func: Func, name: &str) -> Option<Path> {
        for decorator in self.decorator_paths(func) {
            let facts = self.paths.facts(decorator).decorates;
            let Some(object) = facts.and_then(|it| it.object.as_deref()) else { continue };
            let object = self.paths.intern(self.paths.language(decorator), object);
            let member = self.paths.member(object, name);
            if self.paths.is_known(member) {
                return Some(member);
            }
        }
        None
    }
}
