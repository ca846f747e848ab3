//! What a function puts into an attribute once it has read it: `sent = client.send; client.send = lambda: sent()`.
//!
//! An attribute holds whatever anybody ever puts there, but what stands in for its first value cannot be that value.

use super::{Set, Shape, ShapeId, Types};
use crate::link::Func;
use blocklint_ir::{Function, FunctionId, Module, Name, RegionId, RegionKind, ValueId, ValueKind};

impl Types<'_> {
    /// What reading an attribute gives, without the function's own closures that it puts there afterwards.
    pub(super) fn attribute_at(&mut self, func: Func, read: ValueId, base: ValueId, name: Name) -> Set {
        let set = self.attribute(func, base, name);
        let program = self.program;
        let (file, id) = program.place_of(func);
        let function = program.function(func);
        let is_later = |&it: &ShapeId| match *self.shape(it) {
            Shape::Function(closure) => {
                let (at, closure) = program.place_of(closure);
                let own = at == file && program.function(program.func(at, closure)).parent == Some(id);
                own && keeps_aside(&program.file(file).summary.module, (id, function), read)
                    && is_put_later(function, read, name, closure)
            }
            _ => false,
        };
        let shapes = self.shapes(set);
        let before: Vec<ShapeId> = shapes.iter().copied().filter(|it| !is_later(it)).collect();
        if before.len() == shapes.len() { set } else { self.arena.set(before) }
    }
}

/// Whether a closure of the function uses the value that this has read: it is kept for what stands in for it.
fn keeps_aside(module: &Module, (id, function): (FunctionId, &Function), read: ValueId) -> bool {
    let holds_it = |name: Name| {
        let variable = function.variable(name);
        variable.is_some_and(|it| it.values.iter().any(|&it| it == read || function.bare(it) == read))
    };
    let mut closures = module.functions.iter().filter(|it| it.parent == Some(id));
    closures.any(|it| {
        it.values
            .iter()
            .any(|it| matches!(it.kind, ValueKind::Captured { function, name } if function == id && holds_it(name)))
    })
}

/// Whether a function puts a closure into an attribute after it has read that, and not before.
fn is_put_later(function: &Function, read: ValueId, name: Name, closure: FunctionId) -> bool {
    let stores = function.values.iter().enumerate().filter_map(|(at, it)| match it.kind {
        ValueKind::Store { name: stored, value: Some(value), .. } if stored == name => Some((ValueId::new(at), value)),
        _ => None,
    });
    let mut puts = stores.filter(|&(_, it)| function.value(function.bare(it)).kind == ValueKind::Function(closure));
    let later = |at: ValueId| at > read && !share_loop(function, read, at);
    puts.next().is_some_and(|(at, _)| later(at)) && puts.all(|(at, _)| later(at))
}

/// Whether two places are in one loop, so that either comes after the other.
fn share_loop(function: &Function, one: ValueId, other: ValueId) -> bool {
    let loops = |at: ValueId| {
        let around = function.regions_around(function.value(at).region);
        around.filter(|(_, it)| it.kind == RegionKind::Loop).map(|it| it.0)
    };
    loops(one).any(|it: RegionId| loops(other).any(|at| at == it))
}
