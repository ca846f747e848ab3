//! The module tree: which module path stands for which file or inline module.

use super::{FileId, Sym};
use blocklint_ir::{Language, Module, ScopeId};
use rustc_hash::FxHashMap;

/// A module of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A module: a file, an inline module, or a directory that only holds modules.
#[derive(Debug)]
pub struct Node {
    /// The scope that holds its names; `None` for a bare directory.
    pub scope: Option<(FileId, ScopeId)>,
    /// The scopes of its twins: modules of the same path in other builds.
    pub twins: Vec<(FileId, ScopeId)>,
    /// The module around it.
    pub parent: Option<NodeId>,
    /// Its language.
    pub language: Language,
    /// Its path.
    pub path: Box<[Box<str>]>,
    /// The library whose file it stands for; `None` in the checked sources, and for what libraries share.
    pub library: Option<usize>,
    children: FxHashMap<Box<str>, NodeId>,
}

#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    roots: FxHashMap<(Language, Box<str>), NodeId>,
    /// The top-level modules of libraries: the checked sources never find one there by mistake.
    libraries: FxHashMap<(Language, Box<str>), NodeId>,
}

impl Tree {
    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(super) fn root(&self, language: Language, name: &str) -> Option<NodeId> {
        self.roots.get(&(language, name.into())).copied()
    }

    pub(super) fn library(&self, language: Language, name: &str) -> Option<NodeId> {
        self.libraries.get(&(language, name.into())).copied()
    }

    pub(super) fn child(&self, node: NodeId, name: &str) -> Option<NodeId> {
        self.node(node).children.get(name).copied()
    }

    /// The node of a file. Of two files with one path (a stub beside its source, a `cfg` twin), the later keeps a node of its
    /// own that no path leads to: its definitions stay apart. `library` is the package of a file that is no checked source.
    pub(super) fn place_file(
        &mut self,
        file: FileId,
        language: Language,
        path: &[String],
        library: Option<usize>,
    ) -> NodeId {
        let mut at = None;
        for segment in path {
            at = Some(match at {
                None if library.is_some() => self.library_or_new(language, segment),
                _ => self.child_or_new(at, language, segment),
            });
        }
        let mut at = at.unwrap_or_else(|| self.add(None, language, ""));
        if self.node(at).scope.is_some() {
            let parent = self.node(at).parent;
            at = self.add(parent, language, path.last().map_or("", String::as_str));
        }
        let node = &mut self.nodes[at.0 as usize];
        (node.scope, node.library) = (Some((file, ScopeId::FILE)), library);
        at
    }

    fn library_or_new(&mut self, language: Language, name: &str) -> NodeId {
        self.library(language, name).unwrap_or_else(|| {
            let id = self.add(None, language, name);
            self.libraries.insert((language, name.into()), id);
            id
        })
    }

    /// Lets one more path lead to a module, unless it leads elsewhere already.
    pub(super) fn lead(&mut self, language: Language, path: &[String], to: NodeId) {
        let Some((last, around)) = path.split_last() else { return };
        let mut at = None;
        for segment in around {
            at = Some(self.child_or_new(at, language, segment));
        }
        if let Some(parent) = at {
            self.nodes[parent.0 as usize].children.entry(last.as_str().into()).or_insert(to);
        }
    }

    /// The nodes of a file's scopes that are modules.
    pub(super) fn place_scopes(&mut self, file: FileId, module: &Module, node: NodeId) -> Vec<Option<NodeId>> {
        let mut placed: Vec<Option<NodeId>> = vec![None; module.scopes.len()];
        placed[0] = Some(node);
        for (index, scope) in module.scopes.iter().enumerate().skip(1) {
            let around = scope.parent.and_then(|it| placed[it.index()]);
            placed[index] = match (scope.name, around) {
                (Some(name), Some(around)) => {
                    let child = self.child_or_new(Some(around), module.language, module.text(name));
                    let known = &mut self.nodes[child.0 as usize];
                    let own = (file, ScopeId::new(index));
                    if *known.scope.get_or_insert(own) != own {
                        known.twins.push(own);
                    }
                    Some(child)
                }
                (None, around) => around,
                (Some(_), None) => None,
            };
        }
        placed
    }

    pub(super) fn child_or_new(&mut self, parent: Option<NodeId>, language: Language, name: &str) -> NodeId {
        let known = match parent {
            Some(parent) => self.child(parent, name),
            None => self.root(language, name),
        };
        known.unwrap_or_else(|| {
            let id = self.add(parent, language, name);
            match parent {
                Some(parent) => self.nodes[parent.0 as usize].children.insert(name.into(), id),
                None => self.roots.insert((language, name.into()), id),
            };
            id
        })
    }

    fn add(&mut self, parent: Option<NodeId>, language: Language, name: &str) -> NodeId {
        let mut path: Vec<Box<str>> = parent.map_or_else(Vec::new, |it| self.node(it).path.to_vec());
        if !name.is_empty() {
            path.push(name.into());
        }
        let (path, children) = (path.into(), FxHashMap::default());
        self.nodes.push(Node { scope: None, twins: Vec::new(), parent, language, path, library: None, children });
        NodeId(self.nodes.len() as u32 - 1)
    }
}

impl super::Program<'_> {
    /// The module with this id.
    pub fn node(&self, id: NodeId) -> &Node {
        self.nodes.node(id)
    }

    /// The child module with this name.
    pub fn child(&self, node: NodeId, name: Sym) -> Option<NodeId> {
        self.nodes.child(node, self.text(name))
    }

    /// The child module with this name.
    pub fn child_named(&self, node: NodeId, name: &str) -> Option<NodeId> {
        self.nodes.child(node, name)
    }

    /// The child modules, by name.
    pub(super) fn children(&self, node: NodeId) -> Vec<NodeId> {
        let mut children: Vec<(&str, NodeId)> =
            self.nodes.node(node).children.iter().map(|(name, &it)| (&**name, it)).collect();
        children.sort_unstable();
        children.into_iter().map(|it| it.1).collect()
    }

    /// The module at a dotted path.
    pub fn module_at(&self, language: Language, dotted: &str) -> Option<NodeId> {
        let mut segments = dotted.split('.');
        let root = self.root(language, segments.next()?)?;
        segments.try_fold(root, |at, it| self.child_named(at, it))
    }

    /// The top-level module or crate with this name.
    pub fn root(&self, language: Language, name: &str) -> Option<NodeId> {
        self.nodes.root(language, name)
    }

    /// The top-level module or crate of this name among the libraries whose sources are read.
    pub fn library_root(&self, language: Language, name: &str) -> Option<NodeId> {
        self.nodes.library(language, name)
    }
}
