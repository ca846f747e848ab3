//! What the handlers around a call say that its author expects of it.

use crate::link::Func;
use crate::types::{Shape, ShapeId, Types};
use blocklint_catalog::fact::Guard;
use blocklint_ir::{RegionId, RegionKind, ValueId};

/// The handlers around the call that name an exception that says so: `except BlockingIOError:`.
pub(super) fn handlers(types: &mut Types<'_>, func: Func, site: ValueId, says: Guard) -> Vec<RegionId> {
    let function = types.program.function(func);
    let around: Vec<RegionId> = function.regions_around(function.value(site).region).map(|it| it.0).collect();
    let mut found = Vec::new();
    for (at, region) in function.regions.iter().enumerate() {
        let RegionKind::Handler { attempt, catches } = &region.kind else { continue };
        let names_it = |types: &mut Types<'_>, it: ValueId| {
            let set = types.of(func, it);
            types.shapes(set).to_vec().into_iter().any(|it| is_exception(types, it, says))
        };
        if around.contains(attempt) && catches.iter().any(|&it| names_it(types, it)) {
            found.push(RegionId::new(at));
        }
    }
    found
}

fn is_exception(types: &Types<'_>, shape: ShapeId, says: Guard) -> bool {
    match types.shape(shape) {
        Shape::External(path) => types.paths.facts(*path).guard == Some(says),
        Shape::Tuple(parts) => parts.iter().any(|&it| types.shapes(it).iter().any(|&it| is_exception(types, it, says))),
        _ => false,
    }
}
