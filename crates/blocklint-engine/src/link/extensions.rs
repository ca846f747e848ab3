//! What the program gives to library types: implementations of its traits for types whose definition it does not have.

use super::{Entity, FileId, MemberRef, Program, Sym, Ty};
use blocklint_ir::{TypeExpr, TypeExprId, TypeKind};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Implementation blocks by the dotted path of the library type or trait that they are for.
#[derive(Debug, Default)]
pub(super) struct Extensions {
    /// All of them, until it is known what they inherit.
    blocks: Vec<(Box<str>, Ty)>,
    /// By a member's name too: lists and texts have thousands of blocks in a large program.
    by_member: FxHashMap<Box<str>, FxHashMap<Sym, Vec<Ty>>>,
    /// By a method's name: blocks for whatever implements a library's trait.
    for_any: FxHashMap<Sym, Vec<Ty>>,
}

impl Extensions {
    pub(super) fn add(&mut self, path: Box<str>, block: Ty) {
        self.blocks.push((path, block));
    }

    pub(super) fn add_for_any(&mut self, names: impl Iterator<Item = Sym>, block: Ty) {
        for name in names {
            let blocks = self.for_any.entry(name).or_default();
            if !blocks.contains(&block) {
                blocks.push(block);
            }
        }
    }
}

impl super::Hierarchy {
    /// Sorts the blocks by what they give, once it is known what they inherit.
    pub(super) fn sort_extensions(&mut self, program: &Program<'_>) {
        let mut by_member: FxHashMap<Box<str>, FxHashMap<Sym, Vec<Ty>>> = FxHashMap::default();
        for (path, block) in std::mem::take(&mut self.extensions.blocks) {
            let by_name = by_member.entry(path).or_default();
            for &at in self.order(block) {
                let (file, _) = program.place_of_type(at);
                for member in &program.type_def(at).members {
                    let having = by_name.entry(program.sym(file, member.name)).or_default();
                    if having.last() != Some(&block) {
                        having.push(block);
                    }
                }
            }
        }
        self.extensions.by_member = by_member;
    }
}

impl Program<'_> {
    /// The members of that name that implementation blocks give to a library's type where `file` uses it. Of several traits that give
    /// one, the file names the one that it means; otherwise bounds decide, which are not known here.
    pub fn extensions(&self, file: FileId, path: &str, name: Sym) -> &[MemberRef] {
        let hierarchy = &self.hierarchy;
        let blocks = hierarchy.extensions.by_member.get(path).and_then(|it| it.get(&name));
        let mut found = Cow::Borrowed(blocks.map_or(&[][..], Vec::as_slice));
        let of_trait = |block: Ty| (hierarchy.order(block).get(1), hierarchy.external_bases(block).next());
        let of_several = |found: &[Ty]| found.iter().any(|&it| of_trait(it) != of_trait(found[0]));
        if of_several(&found) {
            found.to_mut().retain(|&it| self.names_trait_of(file, it));
        }
        if of_several(&found) {
            return &[];
        }
        found.first().map_or(&[], |&it| hierarchy.members(it, name, None))
    }

    /// The member that the only block with one of that name gives to whatever implements a library's trait, where `file` names the
    /// program's trait: which library types implement which traits is not known.
    pub fn extension_of_any(&self, file: FileId, name: Sym) -> &[MemberRef] {
        let blocks = self.hierarchy.extensions.for_any.get(&name).map_or(&[][..], Vec::as_slice);
        let mut named = blocks.iter().filter(|&&it| self.names_trait_of(file, it));
        match (named.next(), named.next()) {
            (Some(&only), None) => self.hierarchy.members(only, name, None),
            _ => &[],
        }
    }

    /// Whether a file names the program's trait that a block implements.
    fn names_trait_of(&self, file: FileId, block: Ty) -> bool {
        let order = self.hierarchy.order(block).iter();
        order.copied().any(|it| self.type_def(it).kind == TypeKind::Trait && self.names_type(file, it))
    }

    /// Whether an implementation block is for whatever its type parameter stands for.
    pub(super) fn is_for_any(&self, file: FileId, block: Ty, target: TypeExprId) -> bool {
        match self.file(file).summary.module.type_expr(target) {
            TypeExpr::Path { path, .. } => match *path.segments {
                [name] => self.type_def(block).generics.iter().any(|it| it.0 == name),
                _ => false,
            },
            _ => false,
        }
    }

    /// What an implementation block is for: a type, or whatever has the bounds of the type parameter that stands in its place.
    pub(super) fn implemented_for(&self, file: FileId, block: Ty, target: TypeExprId) -> Vec<Entity> {
        let module = &self.file(file).summary.module;
        if let TypeExpr::Path { path, .. } = module.type_expr(target)
            && let [name] = *path.segments
            && let Some(&(_, bound)) = self.type_def(block).generics.iter().find(|it| it.0 == name)
        {
            return bound.map_or_else(Vec::new, |it| self.head_entities(file, it));
        }
        self.head_entities(file, target).into_iter().flat_map(|it| self.behind_alias(it)).collect()
    }

    /// What an alias stands for; any other entity itself.
    fn behind_alias(&self, entity: Entity) -> Vec<Entity> {
        let Entity::Type(ty) = entity else { return vec![entity] };
        let def = self.type_def(ty);
        let (file, _) = self.place_of_type(ty);
        match def.bases.first() {
            Some(&of) if def.kind == TypeKind::Alias => self.head_entities(file, of),
            _ => vec![entity],
        }
    }
}
