//! Follows names: through scopes, imports, re-exports, globs and preludes, to what they stand for.

use super::words::names_a_type;
use super::{FileId, Func, NodeId, Program, Ty};
use blocklint_ir::item::Anchor;
use blocklint_ir::{BindingKind, Import, Language, Name, PathId, ScopeId};
use std::rc::Rc;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entity {
    /// A module of the program.
    Module(NodeId),
    /// A function.
    Function(Func),
    /// A type.
    Type(Ty),
    /// A module's variable: the file, its scope, and the binding's index there.
    Variable(FileId, ScopeId, u32),
    /// Something inside a type: an associated function, a variant, a class attribute.
    Inside(Ty, Box<str>),
    /// A path that leaves the program, segments joined by dots in every language.
    External(Box<str>),
}

/// Not asked yet.
const UNNAMED: u32 = u32::MAX;

/// Re-exports may form circles; no real chain is longer.
const MAX_HOPS: usize = 24;

/// A library that names another's type names it through no more libraries than this.
const MAX_REEXPORTS: usize = 4;

impl Program<'_> {
    /// Everything that a path written in `scope` of `file` may stand for. Several where a name is bound several times.
    pub fn resolve(&self, file: FileId, scope: ScopeId, import: &Import) -> Vec<Entity> {
        let mut found = Vec::new();
        self.resolve_into(file, scope, import, 0, &mut found);
        found
    }

    /// The same, remembered: most names are written more than once.
    pub fn named(&self, file: FileId, scope: ScopeId, import: &Import) -> Rc<[Entity]> {
        let known = self.named.borrow();
        if let Some(&known_as) = known.by_scope.get(&(file, scope)).and_then(|it| it.get(import)) {
            return known.entities[known_as as usize].clone();
        }
        drop(known);
        let found = self.resolve(file, scope, import).into();
        let mut known = self.named.borrow_mut();
        let (number, _) = known.entities.insert_full(found);
        known.by_scope.entry((file, scope)).or_default().insert(import.clone(), number as u32);
        known.entities[number].clone()
    }

    /// What a path that values read stands for, remembered likewise.
    pub fn named_path(&self, file: FileId, path: PathId) -> Rc<[Entity]> {
        let known = self.named.borrow();
        if let Some(&known_as) = known.by_path[file.0 as usize].get(path.index())
            && known_as != UNNAMED
        {
            return known.entities[known_as as usize].clone();
        }
        drop(known);
        let paths = &self.file(file).summary.module.paths;
        let read = paths.get(path);
        let found = self.resolve(file, read.scope, &read.path).into();
        let mut known = self.named.borrow_mut();
        let (number, _) = known.entities.insert_full(found);
        let slots = &mut known.by_path[file.0 as usize];
        if slots.is_empty() {
            *slots = vec![UNNAMED; paths.len()].into();
        }
        slots[path.index()] = number as u32;
        known.entities[number].clone()
    }

    fn resolve_into(&self, file: FileId, scope: ScopeId, import: &Import, hops: usize, out: &mut Vec<Entity>) {
        if hops > MAX_HOPS {
            return;
        }
        let Some((start, rest)) = self.anchor(file, scope, import, hops) else { return };
        for entity in start {
            self.descend(file, entity, rest, hops, out);
        }
    }

    /// Where a path begins, and the segments that are left.
    fn anchor<'i>(
        &self,
        file: FileId,
        scope: ScopeId,
        import: &'i Import,
        hops: usize,
    ) -> Option<(Vec<Entity>, &'i [Name])> {
        let own = self.file(file);
        let segments = &import.segments;
        match import.anchor {
            Anchor::Lexical => {
                let (&first, rest) = segments.split_first()?;
                Some((self.lexical(file, scope, first, hops, !rest.is_empty()), rest))
            }
            Anchor::Absolute => {
                let (&first, rest) = segments.split_first()?;
                let found = self.top_level(file, first);
                let beside = match found {
                    Entity::External(_) if own.library.is_none() => self.beside(file, first, rest),
                    _ => None,
                };
                Some((vec![beside.map_or(found, Entity::Module)], rest))
            }
            Anchor::Package => Some((vec![Entity::Module(self.package_root(file))], segments)),
            Anchor::Ancestor(up) => {
                let node = self.scope_node(file, scope)?;
                Some((vec![Entity::Module(self.ancestor(node, up)?)], segments))
            }
            Anchor::Dots(dots) => {
                let up = if own.placement.directory { dots - 1 } else { dots };
                match self.ancestor(own.node, up) {
                    Some(node) => Some((vec![Entity::Module(node)], segments)),
                    None => self.top_relative(file, segments),
                }
            }
        }
    }

    fn package_root(&self, file: FileId) -> NodeId {
        let mut node = self.file(file).node;
        while let Some(parent) = self.node(node).parent {
            node = parent;
        }
        node
    }

    /// A relative import in a file that stands at the very top names its siblings.
    fn top_relative<'i>(&self, file: FileId, segments: &'i [Name]) -> Option<(Vec<Entity>, &'i [Name])> {
        let (&first, rest) = segments.split_first()?;
        Some((vec![self.top_level(file, first)], rest))
    }

    /// The modules whose top-level code an import runs: every module on its path.
    pub fn modules_on(&self, file: FileId, import: &Import) -> Vec<NodeId> {
        let Some((start, rest)) = self.anchor(file, ScopeId::FILE, import, 0) else { return Vec::new() };
        let Some(&Entity::Module(node)) = start.first() else { return Vec::new() };
        let mut found = vec![node];
        for &name in rest {
            match self.child(found[found.len() - 1], self.sym(file, name)) {
                Some(child) if self.within(self.file(file).library, child) => found.push(child),
                _ => break,
            }
        }
        found
    }

    fn ancestor(&self, node: NodeId, up: u32) -> Option<NodeId> {
        (0..up).try_fold(node, |at, _| self.node(at).parent)
    }

    /// The module that a scope belongs to.
    pub fn scope_node(&self, file: FileId, scope: ScopeId) -> Option<NodeId> {
        self.file(file).scope_nodes[scope.index()]
    }

    /// A package of the program by the name that the file's own package gives it, or a path that leaves the program.
    fn top_level(&self, file: FileId, name: Name) -> Entity {
        let own = self.file(file);
        let text = own.summary.module.text(name);
        let language = own.summary.module.language;
        let package = own.placement.package.map(|it| &self.packages[it]);
        let renamed = package.and_then(|it| it.dependencies.iter().find(|it| it.name == text));
        let name = renamed.map_or(text, |it| it.package.as_str());
        let root = match own.library {
            None => self.root(language, name),
            Some(_) => self.library_root(language, name).filter(|&it| self.within(own.library, it)),
        };
        root.map_or_else(|| Entity::External(name.into()), Entity::Module)
    }

    /// Whether a module is at home where `library` is. Between libraries, and between them and the checked sources, a name is a
    /// library's path: what the catalogue says of it comes before its source.
    fn within(&self, library: Option<usize>, node: NodeId) -> bool {
        self.node(node).library.is_none_or(|it| library == Some(it))
    }

    /// What a library's path stands for in its source, where that is read; nothing when it is a module.
    pub fn in_library_source(&self, language: Language, dotted: &str) -> Vec<Entity> {
        let mut segments = dotted.split('.');
        let root = segments.next().and_then(|it| self.library_root(language, it));
        let mut at: Vec<Entity> = root.map(Entity::Module).into_iter().collect();
        for segment in segments {
            at = at.iter().flat_map(|it| self.member(it, segment, 1)).collect();
        }
        at.retain(|it| !matches!(it, Entity::Module(_)) && *it != Entity::External(dotted.into()));
        at
    }

    /// The types that a library's path stands for in its source, re-exports of other libraries' types followed.
    pub fn library_types(&self, language: Language, dotted: &str) -> Vec<Ty> {
        let (mut found, mut todo) = (Vec::new(), vec![(Box::<str>::from(dotted), 0)]);
        while let Some((dotted, hops)) = todo.pop() {
            for entity in self.in_library_source(language, &dotted) {
                match entity {
                    Entity::Type(ty) => found.push(ty),
                    Entity::External(next) if hops < MAX_REEXPORTS => todo.push((next, hops + 1)),
                    _ => {}
                }
            }
        }
        found
    }

    /// A single name looked up outwards from a scope.
    fn lexical(&self, file: FileId, scope: ScopeId, name: Name, hops: usize, goes_on: bool) -> Vec<Entity> {
        let module = &self.file(file).summary.module;
        let mut at = Some(scope);
        let mut globs = Vec::new();
        while let Some(scope) = at {
            let mut found = Vec::new();
            if !goes_on || !self.is_own_root(file, scope, name) {
                found = self.in_scope(file, scope, module.text(name), hops);
            }
            // A function has nothing inside: a path through its name means the module or library of that name.
            found.retain(|it| !goes_on || !matches!(it, Entity::Function(_)));
            if !found.is_empty() {
                return found;
            }
            globs.extend(self.glob_targets(file, scope).iter().filter_map(|it| match it {
                Entity::External(path) => Some(path.clone()),
                _ => None,
            }));
            let this = module.scope(scope);
            at = if this.transparent { this.parent } else { None };
        }
        let prelude = &module.prelude;
        let texts = |path: &[Name]| path.iter().map(|&it| module.text(it)).collect::<Vec<_>>();
        if let Some((_, path)) = prelude.names.iter().find(|it| it.0 == name) {
            return vec![Entity::External(texts(path).join(".").into())];
        }
        // Whichever library's glob brings it: nothing is known of it under the paths that are wrong.
        if prelude.fallback.is_none() && names_a_type(module.text(name)) && !globs.is_empty() {
            let brought = |it: Box<str>| Entity::External(format!("{it}.{}", module.text(name)).into());
            return globs.into_iter().map(brought).collect();
        }
        match (self.top_level(file, name), &prelude.fallback) {
            // A module of the program is not in scope without an import where there is a fallback for unbound names.
            (_, Some(path)) => {
                let mut path = texts(path);
                path.push(module.text(name));
                vec![Entity::External(path.join(".").into())]
            }
            // What an import names alone is a library, and what a glob may bring is that.
            (Entity::External(_), None) if !goes_on && hops == 0 && globs.is_empty() => self.by_macros(file, name),
            (entity, None) => vec![entity],
        }
    }

    /// What a name that is bound nowhere may be of the libraries whose macros the package has in scope: `#[get("/")]`.
    fn by_macros(&self, file: FileId, name: Name) -> Vec<Entity> {
        let text = self.file(file).summary.module.text(name);
        let root = self.node(self.package_root(file)).scope.map(|it| &self.file(it.0).summary.module);
        let libraries = root.into_iter().flat_map(|it| it.prelude.macros.iter().map(|&name| it.text(name)));
        let mut found: Vec<Entity> = libraries.map(|it| Entity::External(format!("{it}.{text}").into())).collect();
        if found.is_empty() {
            found.push(self.top_level(file, name));
        }
        found
    }

    /// Whether a name is bound only by an import through the library of that name: after `use bcrypt::bcrypt`, `bcrypt::hash` is
    /// another function of the library.
    fn is_own_root(&self, file: FileId, scope: ScopeId, name: Name) -> bool {
        let own = self.file(file);
        let module = &own.summary.module;
        let through_itself = |index: u32| match &module.scope(scope).bindings[index as usize].kind {
            BindingKind::Import(Import { anchor: Anchor::Lexical, segments }) => {
                segments.len() > 1 && segments[0] == name
            }
            _ => false,
        };
        let mut bindings =
            self.symbol(module.text(name)).into_iter().flat_map(|it| own.bindings_of(scope, it)).peekable();
        bindings.peek().is_some() && bindings.all(through_itself)
    }

    /// What a scope binds a name to: what it names itself, else what its globs bring. Modules that bring each other's names
    /// are searched as one graph, each once.
    fn in_scope(&self, file: FileId, scope: ScopeId, name: &str, hops: usize) -> Vec<Entity> {
        let own = self.named_in(file, scope, name, hops);
        if !own.is_empty() || hops > MAX_HOPS || self.file(file).summary.module.scope(scope).globs.is_empty() {
            return own;
        }
        let mut todo: Vec<Entity> = self.glob_targets(file, scope).to_vec();
        let direct = todo.len();
        let mut found: Vec<Entity> = Vec::new();
        let mut at = 0;
        while at < todo.len() {
            // Two globs of one scope that bring the same name are alternatives: which one holds is decided elsewhere.
            if at >= direct && !found.is_empty() {
                return found;
            }
            for brought in self.brought(&todo[at], name, hops + 1) {
                if !found.contains(&brought) {
                    found.push(brought);
                }
            }
            if let Entity::Module(node) = todo[at]
                && let Some((file, scope)) = self.node(node).scope
            {
                let more = self.glob_targets(file, scope);
                let new: Vec<Entity> = more.iter().filter(|it| !todo.contains(it)).cloned().collect();
                todo.extend(new);
            }
            at += 1;
        }
        found
    }

    /// What a scope's globs name.
    fn glob_targets(&self, file: FileId, scope: ScopeId) -> Rc<[Entity]> {
        if let Some(known) = self.globs.borrow().get(&(file, scope)) {
            if known.is_none() {
                self.imports.cut();
            }
            return known.clone().unwrap_or_default();
        }
        // A glob's own path is looked up while its scope brings nothing yet, so that globs cannot go round in circles.
        self.globs.borrow_mut().insert((file, scope), None);
        let mut targets = Vec::new();
        for glob in &self.file(file).summary.module.scope(scope).globs {
            self.resolve_into(file, scope, &glob.path, 0, &mut targets);
        }
        let targets: Rc<[Entity]> = targets.into();
        self.globs.borrow_mut().insert((file, scope), Some(targets.clone()));
        targets
    }

    /// What a scope names itself: its bindings, else its child modules.
    pub(super) fn named_in(&self, file: FileId, scope: ScopeId, name: &str, hops: usize) -> Vec<Entity> {
        let mut found = Vec::new();
        if hops > MAX_HOPS {
            return found;
        }
        let own = self.file(file);
        let module = &own.summary.module;
        let key = self.symbol(name);
        for index in key.into_iter().flat_map(|it| own.bindings_of(scope, it)) {
            self.bound(file, scope, index, hops, &mut found);
        }
        if found.is_empty() && !module.scope(scope).transparent {
            let child = self.scope_node(file, scope).and_then(|it| self.child_named(it, name));
            found.extend(child.map(Entity::Module));
        }
        found
    }

    /// What the target of a glob brings under a name, by itself.
    fn brought(&self, target: &Entity, name: &str, hops: usize) -> Vec<Entity> {
        match target {
            Entity::Module(node) => {
                let Some((file, scope)) = self.node(*node).scope else {
                    return self.exports.member(*node, name).collect();
                };
                let module = &self.file(file).summary.module;
                let exported = match &module.scope(scope).exports {
                    Some(names) => names.iter().any(|&it| module.text(it) == name),
                    None => module.prelude.fallback.is_none() || !name.starts_with('_'),
                };
                if exported { self.named_in(file, scope, name, hops) } else { Vec::new() }
            }
            // The variants of an enum.
            Entity::Type(ty) if self.type_has(*ty, name) => vec![Entity::Inside(*ty, name.into())],
            _ => Vec::new(),
        }
    }

    fn type_has(&self, ty: Ty, name: &str) -> bool {
        let (file, _) = self.place_of_type(ty);
        let module = &self.file(file).summary.module;
        let def = self.type_def(ty);
        let is_variant = |field: &str| field == name || field.split_once('.').is_some_and(|it| it.0 == name);
        def.fields.iter().any(|it| is_variant(module.text(it.name)))
            || def.members.iter().any(|it| module.text(it.name) == name)
    }

    fn bound(&self, file: FileId, scope: ScopeId, index: u32, hops: usize, out: &mut Vec<Entity>) {
        let module = &self.file(file).summary.module;
        let binding = &module.scope(scope).bindings[index as usize];
        match &binding.kind {
            BindingKind::Import(import) => {
                let follow = || self.resolve_import(file, scope, import, binding.name, hops);
                out.extend_from_slice(&self.imports.answer((file, scope, index), follow));
            }
            BindingKind::Function(id) => out.push(Entity::Function(self.func(file, *id))),
            BindingKind::Type(id) => out.push(Entity::Type(self.ty(file, *id))),
            BindingKind::Value { .. } => out.push(Entity::Variable(file, scope, index)),
            BindingKind::Scope(child) => out.extend(self.scope_node(file, *child).map(Entity::Module)),
            BindingKind::Submodule(index) => {
                let name = module.text(module.submodules[*index].name);
                let node = self.scope_node(file, scope).and_then(|it| self.child_named(it, name));
                out.extend(node.map(Entity::Module));
            }
        }
    }

    /// An import whose first segment is the very name it binds (`use foo::foo`, `import a`) must not find itself.
    fn resolve_import(&self, file: FileId, scope: ScopeId, import: &Import, bound: Name, hops: usize) -> Vec<Entity> {
        let mut found = Vec::new();
        if import.anchor == Anchor::Lexical && import.segments.first() == Some(&bound) {
            let start = self.top_level(file, bound);
            self.descend(file, start, &import.segments[1..], hops + 1, &mut found);
        } else {
            self.resolve_into(file, scope, import, hops + 1, &mut found);
        }
        found
    }

    /// Follows the rest of a path from an entity.
    fn descend(&self, file: FileId, entity: Entity, rest: &[Name], hops: usize, out: &mut Vec<Entity>) {
        let Some((&name, rest)) = rest.split_first() else {
            if !out.contains(&entity) {
                out.push(entity);
            }
            return;
        };
        let text = self.file(file).summary.module.text(name);
        // On the way through a path, a module comes before a variable of the same name in its package.
        if !rest.is_empty()
            && let Entity::Module(node) = entity
            && let Some(child) = self.child_named(node, text)
            && self.within(self.file(file).library, child)
        {
            return self.descend(file, Entity::Module(child), rest, hops, out);
        }
        for next in self.member(&entity, text, hops + 1) {
            self.descend(file, self.seen_from(file, next), rest, hops, out);
        }
    }

    fn seen_from(&self, file: FileId, entity: Entity) -> Entity {
        match entity {
            Entity::Module(node) if !self.within(self.file(file).library, node) => {
                Entity::External(self.node(node).path.join(".").into())
            }
            entity => entity,
        }
    }

    /// What `entity.name` stands for, as far as names alone decide it.
    pub fn member(&self, entity: &Entity, name: &str, hops: usize) -> Vec<Entity> {
        match entity {
            Entity::Module(node) => self.module_member(*node, name, hops),
            Entity::Type(ty) => vec![Entity::Inside(*ty, name.into())],
            Entity::External(path) => vec![Entity::External(format!("{path}.{name}").into())],
            Entity::Function(_) | Entity::Variable(..) | Entity::Inside(..) => Vec::new(),
        }
    }

    fn module_member(&self, node: NodeId, name: &str, hops: usize) -> Vec<Entity> {
        if hops > MAX_HOPS {
            return Vec::new();
        }
        let found = match self.node(node).scope {
            Some((file, scope)) => self.in_scope(file, scope, name, hops),
            None => Vec::new(),
        };
        let mut found = found;
        for &(file, scope) in &self.node(node).twins {
            for more in self.in_scope(file, scope, name, hops) {
                if !found.contains(&more) {
                    found.push(more);
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
        let exported: Vec<Entity> = self.exports.member(node, name).collect();
        if !exported.is_empty() {
            return exported;
        }
        if let Some(child) = self.child_named(node, name) {
            return vec![Entity::Module(child)];
        }
        let lazy = self.loaded_lazily(node, name, hops);
        if !lazy.is_empty() {
            return lazy;
        }
        // A directory without a file of its own is shared between distributions: the rest of it may be installed.
        match self.node(node) {
            it if it.scope.is_none() => vec![Entity::External(format!("{}.{name}", it.path.join(".")).into())],
            _ => Vec::new(),
        }
    }
}
