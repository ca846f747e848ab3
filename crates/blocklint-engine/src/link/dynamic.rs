//! Names that Python finds only when it runs: beside the script that was started, and in modules that load them on demand.

use super::resolve::Entity;
use super::{FileId, NodeId, Program};
use blocklint_ir::{Language, Name};

/// A lazily loaded name is looked for in no more submodules than this.
const MAX_LAZY: usize = 400;

impl Program<'_> {
    /// A module beside a script, or beside the package that it belongs to: where a program is started, its modules are found, and
    /// that is not always where it is checked. Inside a package a plain name never means a sibling, unless all of a longer path is
    /// there, and a package that shares its name with a library does not have what is imported from that.
    pub(super) fn beside(&self, file: FileId, name: Name, rest: &[Name]) -> Option<NodeId> {
        let module = &self.file(file).summary.module;
        let next = rest.first().copied();
        let own = self.node(self.file(file).node).parent;
        let directories: Vec<NodeId> = std::iter::successors(own, |&it| self.node(it).parent).collect();
        // The outermost package, and what is inside it, are imported from outside.
        let packages = directories.iter().rposition(|&it| self.node(it).scope.is_some()).map_or(0, |it| it + 1);
        let outside = directories[packages..].iter().take_while(|&&it| self.node(it).language == Language::Python);
        let outside = outside.copied().find_map(|directory| {
            let child = self.child_named(directory, module.text(name))?;
            let has = match next {
                None => Some(directory) == own,
                Some(next) => self.has(child, module.text(next)),
            };
            has.then_some(child)
        });
        outside.or_else(|| self.all_inside(file, &directories[..packages], (name, rest)))
    }

    /// Where a program is started inside a package, its imports name what is there: `from core.inference import backend`. A package
    /// named after a library means the library in its own files, and what only passes through a module is the library's.
    fn all_inside(&self, file: FileId, packages: &[NodeId], (name, rest): (Name, &[Name])) -> Option<NodeId> {
        let module = &self.file(file).summary.module;
        let (&last, around) = rest.split_last()?;
        let mut own = std::iter::successors(Some(self.file(file).node), |&it| self.node(it).parent);
        if own.any(|it| self.node(it).path.last().is_some_and(|it| **it == *module.text(name))) {
            return None;
        }
        packages.iter().find_map(|&directory| {
            let child = self.child_named(directory, module.text(name))?;
            let holder = around.iter().try_fold(child, |at, &it| self.child_named(at, module.text(it)))?;
            let submodule = !around.is_empty() && self.child_named(holder, module.text(last)).is_some();
            (submodule || self.defines(holder, module.text(last), around.is_empty())).then_some(child)
        })
    }

    /// Whether a module has a function or type of this name itself, or anything of the program. A variable of its own may stand in
    /// for what a library has.
    fn defines(&self, node: NodeId, name: &str, itself: bool) -> bool {
        let Some((file, scope)) = self.node(node).scope else { return false };
        self.named_in(file, scope, name, 1).into_iter().any(|it| match it {
            Entity::Function(func) => !itself || self.file_of(func) == file,
            Entity::Type(ty) => !itself || self.place_of_type(ty).0 == file,
            Entity::Variable(..) => !itself,
            _ => false,
        })
    }

    /// Whether a module has a submodule of this name, or binds it.
    fn has(&self, node: NodeId, name: &str) -> bool {
        let bound = |(file, scope)| !self.named_in(file, scope, name, 1).is_empty();
        self.child_named(node, name).is_some() || self.node(node).scope.is_some_and(bound)
    }

    /// What a dotted path names, counted from the top: `app.handlers.Handler`, `app.handlers:Handler`.
    pub fn at_path(&self, file: FileId, path: &str) -> Vec<Entity> {
        let mut segments = path.split(['.', ':']);
        let first = segments.next().unwrap_or_default();
        let start = match self.root(self.language(file), first) {
            Some(node) => Entity::Module(node),
            None => Entity::External(first.into()),
        };
        segments.fold(vec![start], |at, name| at.iter().flat_map(|it| self.member(it, name, 0)).collect())
    }

    /// A module that answers for names it does not bind (`__getattr__`) loads them from its submodules: where only one of those
    /// defines the name, that is meant.
    pub(super) fn loaded_lazily(&self, node: NodeId, name: &str, hops: usize) -> Vec<Entity> {
        let answers = self.node(node).scope.is_some_and(|(file, scope)| {
            self.file(file).summary.module.scope(scope).fallback.is_some() && !name.starts_with("__")
        });
        if !answers {
            return Vec::new();
        }
        let (mut todo, mut seen, mut found) = (self.children(node), 0, Vec::new());
        while let Some(child) = todo.pop() {
            seen += 1;
            todo.extend(self.children(child));
            if seen > MAX_LAZY {
                return Vec::new();
            }
            let Some((file, scope)) = self.node(child).scope else { continue };
            for entity in self.named_in(file, scope, name, hops + 1) {
                let defined = match entity {
                    Entity::Function(func) => self.file_of(func) == file,
                    Entity::Type(ty) => self.place_of_type(ty).0 == file,
                    _ => false,
                };
                if defined {
                    found.push(entity);
                }
            }
        }
        if found.len() == 1 { found } else { Vec::new() }
    }
}
