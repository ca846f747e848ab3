//! What the program gives to library types: implementations of its traits for types whose definition it does not have.

use super::{Entity, FileId, MemberRef, Program, Sym, Ty};
use blocklint_ir::{TypeExpr, TypeExprId, TypeKind};
use rustc_hash::FxHashMap;

/// Implementation blocks by the dotted path of the library type or trait that they are for.
#[derive(Debug, Default)]
pub(super) struct Extensions(FxHashMap<Box<str>, Vec<Ty>>);

impl Extensions {
    pub(super) fn add(&mut self, path: Box<str>, block: Ty) {
        self.0.entry(path).or_default().push(block);
    }
}

impl super::Hierarchy {
    /// The members of that name that implementation blocks of the program give to a library's type.
    pub fn extensions(&self, path: &str, name: Sym) -> &[MemberRef] {
        let blocks = self.extensions.0.get(path).map_or(&[][..], Vec::as_slice);
        blocks.iter().map(|&it| self.members(it, name, None)).find(|it| !it.is_empty()).unwrap_or(&[])
    }
}

impl Program<'_> {
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
