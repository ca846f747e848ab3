//! Finds the entries whose patterns match a path: a trie over segments. Knows patterns and entry ids, no facts.

use crate::entry::EntryId;
use crate::pattern::{Pattern, Precision, Segment, Segments, glob};
use rustc_hash::FxHashMap;

/// A pattern of an entry that matched.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) entry: EntryId,
    pub(crate) precision: Precision,
}

#[derive(Debug, Default)]
struct Node {
    globs: Vec<(Box<str>, usize)>,
    any: Option<usize>,
    deep: Option<usize>,
    /// A literal segment leads on from here.
    parent: bool,
    /// Patterns that end here.
    here: Vec<Target>,
}

/// The patterns of one language.
#[derive(Debug)]
pub(crate) struct Index {
    nodes: Vec<Node>,
    /// Every literal segment of the patterns, numbered.
    words: FxHashMap<Box<str>, u32>,
    /// The child below a node for a literal segment. One map for all nodes: a map in each would cost more than the rest of loading.
    literals: FxHashMap<(usize, u32), usize>,
    separator: &'static str,
}

impl Index {
    pub(crate) fn new(separator: &'static str) -> Self {
        Self { nodes: vec![Node::default()], words: FxHashMap::default(), literals: FxHashMap::default(), separator }
    }

    pub(crate) fn insert(&mut self, pattern: &Pattern, entry: EntryId) {
        let (mut at, mut precision) = (0, Precision::EMPTY);
        for segment in pattern.segments() {
            (at, precision) = (self.child(at, segment), precision.with(segment));
        }
        self.nodes[at].here.push(Target { entry, precision });
    }

    fn child(&mut self, at: usize, segment: Segment<'_>) -> usize {
        let new = self.nodes.len();
        let node = &mut self.nodes[at];
        let child = match segment {
            Segment::Literal(text) => {
                let known = self.words.get(text).copied();
                let word = known.unwrap_or_else(|| {
                    let next = self.words.len() as u32;
                    self.words.insert(text.into(), next);
                    next
                });
                node.parent = true;
                *self.literals.entry((at, word)).or_insert(new)
            }
            Segment::Any => *node.any.get_or_insert(new),
            Segment::Deep => *node.deep.get_or_insert(new),
            Segment::Glob(shape) => {
                let known = node.globs.iter().find(|(it, _)| **it == *shape).map(|(_, child)| *child);
                if known.is_none() {
                    node.globs.push((shape.into(), new));
                }
                known.unwrap_or(new)
            }
        };
        if child == new {
            self.nodes.push(Node::default());
        }
        child
    }

    /// Calls `found` with every pattern that matches the path.
    pub(crate) fn matches<'t>(&'t self, path: &str, found: &mut impl FnMut(&'t Target)) {
        self.visit(0, Some(path), found);
    }

    /// Whether a pattern that begins with a literal segment names something below the path.
    pub(crate) fn reaches_below(&self, path: &str) -> bool {
        let (first, below) = self.split(path);
        let child = self.words.get(first).and_then(|word| self.literals.get(&(0, *word)));
        child.is_some_and(|&it| self.leads_below(it, below))
    }

    fn leads_below(&self, at: usize, rest: Option<&str>) -> bool {
        let node = &self.nodes[at];
        if node.deep.is_some() {
            return true;
        }
        let Some(path) = rest else { return node.any.is_some() || !node.globs.is_empty() || node.parent };
        let (segment, below) = self.split(path);
        let into = |child: usize| self.leads_below(child, below);
        // Of what calling the path gives, something may be said too.
        let literal = |segment: &str| self.words.get(segment).and_then(|word| self.literals.get(&(at, *word))).copied();
        let called = below.is_none() && literal(&format!("{segment}()")).is_some();
        called
            || literal(segment).is_some_and(into)
            || node.globs.iter().any(|(shape, child)| glob(shape, segment) && into(*child))
            || node.any.is_some_and(into)
    }

    fn split<'p>(&self, path: &'p str) -> (&'p str, Option<&'p str>) {
        let mut segments = Segments::of(path, self.separator);
        (segments.next().unwrap_or_default(), segments.rest())
    }

    fn visit<'t>(&'t self, at: usize, rest: Option<&str>, found: &mut impl FnMut(&'t Target)) {
        let node = &self.nodes[at];
        if let Some(deep) = node.deep {
            let mut rest = rest;
            loop {
                self.visit(deep, rest, found);
                let Some(path) = rest else { break };
                rest = self.split(path).1;
            }
        }
        let Some(path) = rest else {
            node.here.iter().for_each(found);
            return;
        };
        let (segment, below) = self.split(path);
        if let Some(child) = self.words.get(segment).and_then(|word| self.literals.get(&(at, *word))) {
            self.visit(*child, below, found);
        }
        for (shape, child) in &node.globs {
            if glob(shape, segment) {
                self.visit(*child, below, found);
            }
        }
        if let Some(child) = node.any {
            self.visit(child, below, found);
        }
    }
}
