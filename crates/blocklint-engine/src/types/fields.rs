//! What the fields of a type hold.

use super::{Set, Shape, ShapeId, Types};
use crate::link::Ty;
use blocklint_ir::TypeKind;

/// What a field of a type holds.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// Which field.
    pub at: usize,
    /// One of the things it may be.
    pub shape: ShapeId,
    /// Others may hold it too.
    pub shared: bool,
    /// It is there in every value of the type.
    pub always: bool,
}

impl Types<'_> {
    /// What the fields of a type hold, and what is inside of containers that they hold.
    pub fn fields_of(&mut self, ty: Ty) -> Vec<Held> {
        let (file, _) = self.program.place_of_type(ty);
        let context = self.context_of(file, ty);
        let module = &self.program.file(file).summary.module;
        let mut found = Vec::new();
        for (at, field) in self.program.type_def(ty).fields.iter().enumerate().filter(|it| !it.1.on_class) {
            let Some(annotation) = field.annotation else { continue };
            let (shared, always) = (module.lent(annotation), !module.may_be_absent(annotation));
            let set = self.annotation(context, annotation);
            let inside = self.inside_of(set);
            for &shape in self.shapes(inside) {
                let always = always && self.shapes(set).contains(&shape);
                found.push(Held { at, shape, shared, always });
            }
        }
        found
    }

    /// These, and what is inside of those that are containers.
    pub fn inside_of(&mut self, set: Set) -> Set {
        let mut all = vec![set];
        for shape in self.shapes(set).to_vec() {
            let contains = match *self.shape(shape) {
                Shape::ExternalInstance(path, _) => self.paths.facts(path).contains.is_some(),
                _ => self.is_written_out(shape),
            };
            if contains {
                all.push(self.contents(shape));
            }
        }
        self.union(all)
    }

    /// The shapes of the fields that a type declares and that every value of it owns, and whether others may hold one too: no
    /// references or weak pointers, nothing that may be absent, and no payloads of variants, as a value may be of another variant.
    pub fn owned_fields(&mut self, ty: Ty) -> Vec<(ShapeId, bool)> {
        if self.program.type_def(ty).kind == TypeKind::Enum {
            return Vec::new();
        }
        let (file, _) = self.program.place_of_type(ty);
        let context = self.context_of(file, ty);
        let module = &self.program.file(file).summary.module;
        let mut found = Vec::new();
        for field in &self.program.type_def(ty).fields {
            let owned = field.annotation.filter(|&it| !module.keeps_nothing(it) && !module.may_be_absent(it));
            let Some(annotation) = owned else { continue };
            let set = self.annotation(context, annotation);
            found.extend(self.shapes(set).iter().map(|&it| (it, module.lent(annotation))));
        }
        found
    }
}
