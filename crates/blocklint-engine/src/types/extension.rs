//! Members that a value has though its type does not define them: what traits of the program give to library types, what every
//! future has, and what anything may have.

use super::{Path, Set, Shape, ShapeId, Types};
use crate::link::FileId;
use blocklint_ir::{Form, Name};

/// Stands for an owner of whom nothing is known: only patterns for members of any owner match.
const ANY_OWNER: &str = "_";

/// The method whose result says as what else a library's value can be used.
const TARGET: &str = "deref";

/// A library's type is used as a type that is used as another at most so often.
const MAX_TARGETS: usize = 2;

impl Types<'_> {
    /// A member of who knows what: what the catalogue says of members with that name whoever has them.
    pub(super) fn any_member(&mut self, file: FileId, name: Name) -> Set {
        let module = &self.program.file(file).summary.module;
        let path = self.paths.intern(module.language, &format!("{ANY_OWNER}.{}", module.text(name)));
        let known = self.paths.is_known(path);
        if known { self.one(Shape::External(path)) } else { Set::EMPTY }
    }

    /// A member that an implementation of one of the program's traits gives to a library's type, or to what it can be used as.
    pub(super) fn extension(&mut self, file: FileId, shape: ShapeId, path: Path, name: Name) -> Set {
        let sym = self.program.sym(file, name);
        let mut at = path;
        for _ in 0..=MAX_TARGETS {
            let members = self.program.hierarchy.extensions(self.paths.dotted(at), sym).to_vec();
            if !members.is_empty() {
                return self.members_as_values(&members, shape);
            }
            let target = self.paths.member(at, TARGET);
            let given = self.given_by(target, Some(shape), &[]).unwrap_or(Set::EMPTY);
            let [target] = *self.shapes(given) else { break };
            let Shape::ExternalInstance(target, _) = *self.shape(target) else { break };
            at = target;
        }
        Set::EMPTY
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
        self.any_member(file, name)
    }
}
