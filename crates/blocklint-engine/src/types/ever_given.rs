//! Every value that an attribute or a variable of a module is ever given.

use super::{Shape, Types};
use crate::link::{Entity, Func, Program, Sym, Ty};
use blocklint_ir::{BindingKind, ValueId, ValueKind};

/// What a field is ever given by its own class and those above, and where that is computed.
pub fn values_of(program: &Program<'_>, ty: Ty, field: Sym) -> impl Iterator<Item = (Func, ValueId)> {
    program.hierarchy.all_fields(ty, field).flat_map(|it| program.field_values(it))
}

impl Types<'_> {
    /// Where each of them is computed. Nothing of a value that is neither.
    pub fn ever_given(&mut self, func: Func, value: ValueId) -> Vec<(Func, ValueId)> {
        self.given_in(func, value, |program, ty, sym| program.hierarchy.all_fields(ty, sym).collect())
    }

    /// Likewise, of an attribute only what the nearest class that has it says.
    pub fn given_nearest(&mut self, func: Func, value: ValueId) -> Vec<(Func, ValueId)> {
        self.given_in(func, value, |program, ty, sym| program.hierarchy.fields(ty, sym).to_vec())
    }

    fn given_in(
        &mut self,
        func: Func,
        value: ValueId,
        fields: impl Fn(&Program<'_>, Ty, Sym) -> Vec<(Ty, u32)>,
    ) -> Vec<(Func, ValueId)> {
        let program = self.program;
        let here = program.file_of(func);
        let mut given = Vec::new();
        match &program.value(func, program.function(func).bare(value)).kind {
            ValueKind::Attribute { base, name } => {
                let sym = program.sym(here, *name);
                let bases = self.of(func, *base);
                for &shape in self.shapes(bases) {
                    let Shape::Instance { ty, .. } = *self.shape(shape) else { continue };
                    given.extend(fields(program, ty, sym).into_iter().flat_map(|it| program.field_values(it)));
                }
            }
            ValueKind::Path(path) => {
                for entity in &*program.named_path(here, *path) {
                    let Entity::Variable(file, scope, index) = *entity else { continue };
                    let binding = &program.file(file).summary.module.scope(scope).bindings[index as usize];
                    if let BindingKind::Value { values, .. } = &binding.kind {
                        given.extend(values.iter().map(|it| (program.func(file, it.function), it.value)));
                    }
                }
            }
            _ => {}
        }
        given
    }
}
