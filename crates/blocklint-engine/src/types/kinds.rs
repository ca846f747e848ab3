//! What kind of class a type is, by the libraries' classes that it inherits from.

use super::{Path, Types};
use crate::link::Ty;
use blocklint_catalog::fact::Inherits;

impl Types<'_> {
    /// Whether all members are known: no library base has any that somebody asks for.
    pub fn is_known_whole(&mut self, ty: Ty) -> bool {
        self.inherited(ty).iter().all(|it| *it == Some(Inherits::Nothing))
    }

    /// Whether a class is an enumeration of the objects that are its attributes.
    pub fn is_enumeration(&mut self, ty: Ty) -> bool {
        self.inherited(ty).iter().any(|it| matches!(it, Some(Inherits::Members | Inherits::Values)))
    }

    /// Likewise, of objects that equal nothing but themselves.
    pub(super) fn is_plain_enumeration(&mut self, ty: Ty) -> bool {
        self.is_enumeration(ty)
            && self.inherited(ty).iter().all(|it| matches!(it, Some(Inherits::Members | Inherits::Nothing)))
    }

    /// Whether an instance is a tuple of its fields.
    pub(super) fn is_named_tuple(&mut self, ty: Ty) -> bool {
        self.inherited(ty).contains(&Some(Inherits::Items))
    }

    /// What each library base of a class gives it; nothing of one that nobody described so.
    fn inherited(&mut self, ty: Ty) -> Vec<Option<Inherits>> {
        self.library_bases(ty).into_iter().map(|it| self.paths.facts(it).inherits).collect()
    }

    /// The libraries' classes that a type, or one of its bases, inherits from.
    pub fn library_bases(&mut self, ty: Ty) -> Vec<Path> {
        let program = self.program;
        let language = program.language(program.place_of_type(ty).0);
        program.hierarchy.external_bases(ty).map(|it| self.paths.intern(language, it)).collect()
    }
}
