//! Members that a value has though its type does not define them: what traits of the program give to library types, what every
//! future has, and what anything may have.

use super::{Path, Set, Shape, ShapeId, Types};
use crate::link::{FileId, Ty};
use blocklint_ir::{Form, Name};

/// Stands for an owner of whom nothing is known: only patterns for members of any owner match.
pub(super) const ANY_OWNER: &str = "_";

/// The method whose result says as what else a library's value can be used.
const TARGET: &str = "deref";

/// A library's type is used as a type that is used as another at most so often.
const MAX_TARGETS: usize = 2;

impl Types<'_> {
    /// A member of who knows what: what the catalogue says of members with that name whoever has them, where the program has no
    /// trait of its own that may be meant.
    pub(super) fn any_member(&mut self, file: FileId, name: &str) -> Set {
        let path = self.paths.intern(self.program.language(file), &format!("{ANY_OWNER}.{name}"));
        if self.paths.is_mentioned(path) && !self.may_be_of_own_trait(file, name) {
            self.external(path)
        } else {
            Set::EMPTY
        }
    }

    /// Whether a trait of the program that a file names has a method of that name.
    fn may_be_of_own_trait(&mut self, file: FileId, name: &str) -> bool {
        let program = self.program;
        let Some(sym) = program.symbol(name) else { return false };
        let traits = self.traits_with.entry(sym).or_insert_with(|| {
            let has = |ty: &Ty| {
                program.hierarchy.members(*ty, sym, None).iter().any(|it| program.owner(it.func) == Some(*ty))
            };
            self.traits.iter().copied().filter(has).collect()
        });
        traits.iter().any(|&it| program.names_type(file, it))
    }

    /// A member that an implementation of one of the program's traits gives to a library's type, or to what it can be used as.
    pub(super) fn extension(&mut self, file: FileId, shape: ShapeId, path: Path, name: Name) -> Set {
        let sym = self.program.sym(file, name);
        let mut at = path;
        for _ in 0..=MAX_TARGETS {
            let members = self.program.extensions(file, self.paths.dotted(at), sym).to_vec();
            if !members.is_empty() {
                return self.members_as_values(&members, shape);
            }
            let Some(target) = self.used_as(shape, at) else { break };
            at = target;
        }
        Set::EMPTY
    }

    /// The library's type as which a value of another can be used.
    pub(super) fn used_as(&mut self, shape: ShapeId, path: Path) -> Option<Path> {
        let target = self.paths.member(path, TARGET);
        let given = self.given_by(target, Some(shape), &[]).unwrap_or(Set::EMPTY);
        let [target] = *self.shapes(given) else { return None };
        match *self.shape(target) {
            Shape::ExternalInstance(target, _) => Some(target),
            _ => None,
        }
    }

    /// Whether `method` is what a library's value of this type has by its name, or what it has as a type as which it can be used.
    pub fn may_have(&mut self, shape: ShapeId, owner: Path, method: Path) -> bool {
        let name = self.paths.last(method).to_owned();
        let mut at = owner;
        for _ in 0..=MAX_TARGETS {
            let member = self.paths.member(at, &name);
            if member == method || !self.paths.is_known(member) {
                return true;
            }
            match self.used_as(shape, at) {
                Some(target) => at = target,
                None => return false,
            }
        }
        false
    }

    /// A member of a function, or of the future that one gives.
    pub(super) fn member_of_future(&mut self, file: FileId, shape: ShapeId, name: Name) -> Set {
        let module = &self.program.file(file).summary.module;
        let future = match *self.shape(shape) {
            Shape::Function(func) => self.program.function(func).form == Form::Block,
            _ => true,
        };
        let path = module.prelude.future.as_deref().filter(|_| future);
        if let Some(path) = self.prelude_path(file, path) {
            let given = self.extension(file, shape, path, name);
            let member = self.paths.member(path, module.text(name));
            if !given.is_empty() {
                return given;
            }
            if self.paths.is_known(member) {
                return self.external(member);
            }
        }
        self.any_member(file, module.text(name))
    }
}
