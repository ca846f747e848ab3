//! Gives back what was reserved while a module grew. A program is kept whole in memory, so that what its files reserved in vain would
//! make a third of it.

use crate::{Function, Module, Scope, TypeDef, ValueKind};
use thin_vec::ThinVec;

impl Module {
    /// Lets nothing be reserved for more.
    pub fn shrink_to_fit(&mut self) {
        self.names.shrink_to_fit();
        self.paths.shrink_to_fit();
        exact(&mut self.scopes);
        exact(&mut self.types);
        exact(&mut self.functions);
        exact(&mut self.type_exprs);
        self.scopes.iter_mut().for_each(shrink_scope);
        self.types.iter_mut().for_each(shrink_type);
        self.functions.iter_mut().for_each(shrink_function);
    }
}

fn shrink_scope(scope: &mut Scope) {
    exact(&mut scope.bindings);
    exact(&mut scope.globs);
}

fn shrink_type(def: &mut TypeDef) {
    exact(&mut def.bases);
    exact(&mut def.members);
    exact(&mut def.fields);
    for field in &mut def.fields {
        exact(&mut field.values);
        exact_thin(&mut field.named);
    }
}

fn shrink_function(function: &mut Function) {
    exact(&mut function.parameters);
    exact(&mut function.values);
    exact(&mut function.regions);
    exact(&mut function.variables);
    exact_thin(&mut function.foreign);
    exact_thin(&mut function.returns);
    exact_thin(&mut function.discarded);
    for variable in &mut function.variables {
        exact(&mut variable.values);
    }
    for value in &mut function.values {
        if let ValueKind::Call(call) = &mut value.kind {
            exact(&mut call.arguments);
        }
    }
}

/// Moves the items to a place of their size: an allocator that is asked to shrink may leave them where they are.
fn exact<T>(items: &mut Vec<T>) {
    if items.capacity() > items.len() {
        let mut moved = Vec::with_capacity(items.len());
        moved.append(items);
        *items = moved;
    }
}

/// The same for a list of one word.
fn exact_thin<T>(items: &mut ThinVec<T>) {
    if items.capacity() > items.len() {
        *items = std::mem::take(items).into_iter().collect();
    }
}
