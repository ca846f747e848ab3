//! Objects of another language, held by a handle of a library: modules by their names, members by theirs.

use super::{Path, Set, Shape, Types};
use crate::graph::constant;
use crate::link::{Entity, Func};
use blocklint_catalog::fact::Constant;
use blocklint_ir::{Language, ValueId};

impl Types<'_> {
    /// The module that a text names; of another language, a handle of it.
    pub(super) fn foreign_module(&mut self, func: Func, path: Path, language: Language, name: Option<ValueId>) -> Set {
        let text = self.text(func, name);
        let node = text.as_deref().and_then(|it| self.program.module_at(language, it));
        if language == self.program.language(self.program.file_of(func)) {
            return match (node, text) {
                (Some(node), _) => self.one(Shape::Module(node)),
                (None, Some(text)) => self.library_module(language, &text),
                (None, None) => Set::EMPTY,
            };
        }
        let held = node.map_or(Set::EMPTY, |it| self.one(Shape::Module(it)));
        self.handle(path, held)
    }

    /// The module of a library that a text names in full: the program has none of that name.
    fn library_module(&mut self, language: Language, text: &str) -> Set {
        let root = text.split(language.separator()).next().unwrap_or_default();
        if root.is_empty() || self.program.root(language, root).is_some() {
            return Set::EMPTY;
        }
        let module = self.paths.intern(language, text);
        self.external(module)
    }

    /// A handle of the member that a text names, of what another handle holds.
    pub(super) fn foreign_member(&mut self, func: Func, path: Path, of: ValueId, name: Option<ValueId>) -> Set {
        let held = self.held_member(func, of, name);
        self.handle(path, held)
    }

    fn handle(&mut self, path: Path, held: Set) -> Set {
        let handle = self.paths.called(path);
        self.one(Shape::ExternalInstance(handle, Box::new([held])))
    }

    /// What a handle holds.
    pub fn held(&mut self, func: Func, handle: ValueId) -> Set {
        let set = self.eval(func, handle);
        let held = self.shapes(set).iter().filter_map(|&it| match self.shape(it) {
            Shape::ExternalInstance(_, args) => args.first().copied(),
            _ => None,
        });
        let held: Vec<Set> = held.collect();
        self.union(held)
    }

    /// The member that a text names, of what a handle holds.
    pub fn held_member(&mut self, func: Func, handle: ValueId, name: Option<ValueId>) -> Set {
        let Some(name) = self.text(func, name) else { return Set::EMPTY };
        let held = self.held(func, handle);
        let mut found = Vec::new();
        for shape in self.shapes(held).to_vec() {
            match *self.shape(shape) {
                Shape::Module(node) => {
                    for entity in self.program.member(&Entity::Module(node), &name, 0) {
                        match entity {
                            Entity::Function(func) => found.push(self.one(Shape::Function(func))),
                            Entity::Type(ty) => found.push(self.class_of(ty)),
                            _ => {}
                        }
                    }
                }
                Shape::Class { ty, .. } | Shape::Instance { ty, .. } => found.push(self.inside((ty, true), &name)),
                _ => {}
            }
        }
        self.union(found)
    }

    /// An instance of a type that the catalogue writes.
    pub fn written(&mut self, language: Language, text: &str) -> Set {
        self.type_text(language, text, super::annotation::Known::NOTHING)
    }

    fn text(&mut self, func: Func, value: Option<ValueId>) -> Option<String> {
        match constant(self, func, value?, 0)? {
            Constant::Text(text) => Some(text),
            _ => None,
        }
    }
}
