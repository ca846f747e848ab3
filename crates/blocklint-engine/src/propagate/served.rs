//! Methods that a framework calls on its loop because of what stands above their block, or above the trait that they are of.

use crate::link::{FileId, Func, Ty};
use crate::types::Types;
use blocklint_catalog::fact::Decorates;
use blocklint_ir::{MemberKind, TypeExpr, TypeExprId, TypeKind};
use rustc_hash::FxHashMap;

/// Whether a member of a block whose methods a framework calls is one of those.
pub(super) fn is_served(types: &mut Types<'_>, kind: MemberKind, func: Func) -> bool {
    kind == MemberKind::Method && types.decoration(func) != Some(Decorates::LeftOut)
}

/// The methods of blocks for traits that an attribute writes beside the one under it: of `#[rpc(server)] trait Api`, what
/// `impl ApiServer for Service` has for what `Api` declares.
pub(super) fn of_written_traits(types: &mut Types<'_>) -> Vec<Func> {
    let program = types.program;
    let mut written: FxHashMap<String, Ty> = FxHashMap::default();
    for ty in program.all_types().filter(|&it| program.type_def(it).kind == TypeKind::Trait) {
        if let Some(name) = types.written_beside(ty) {
            written.insert(name, ty);
        }
    }
    let mut found = Vec::new();
    if written.is_empty() {
        return found;
    }
    for block in program.all_types().filter(|&it| program.type_def(it).kind == TypeKind::Implementation) {
        let (file, _) = program.place_of_type(block);
        let def = program.type_def(block);
        let implemented = def.implements.and_then(|it| last_segment(types, file, it));
        let Some(&of) = implemented.and_then(|it| written.get(it)) else { continue };
        for member in &def.members {
            let declared = program.hierarchy.members(of, program.sym(file, member.name), None);
            if declared.first().is_some_and(|it| is_served(types, member.kind, it.func)) {
                found.push(program.func(file, member.function));
            }
        }
    }
    found
}

fn last_segment<'p>(types: &Types<'p>, file: FileId, expr: TypeExprId) -> Option<&'p str> {
    let module = &types.program.file(file).summary.module;
    match module.type_expr(expr) {
        TypeExpr::Path { path, .. } => path.segments.last().map(|&it| module.text(it)),
        TypeExpr::Apply { base, .. } => last_segment(types, file, *base),
        _ => None,
    }
}
