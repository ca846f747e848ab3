//! Members that nobody wrote because a derive writes them: they run those of the fields.

use super::build::Builder;
use crate::finding::Confidence;
use crate::link::{Entity, FileId, Func, MemberRef, Program, Sym, Ty};
use crate::types::Shape;
use blocklint_catalog::fact::Runs;
use blocklint_ir::{Import, MemberKind, Receiver, ScopeId, TypeDef, TypeKind, ValueId, ValueKind};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What is known of derives.
#[derive(Debug)]
pub(super) struct Derives {
    /// Some type of the program has one.
    any: bool,
    /// By type: the members that its derives write.
    names: FxHashMap<Ty, Arc<[Sym]>>,
    /// The members of fields that such a member runs.
    members: FxHashMap<(Ty, Sym), Arc<[MemberRef]>>,
}

impl Derives {
    pub(super) fn of(program: &Program<'_>) -> Self {
        let mut types = program.files().flat_map(|(_, it)| &it.summary.module.types);
        let any = types.any(may_derive);
        Self { any, names: FxHashMap::default(), members: FxHashMap::default() }
    }
}

fn may_derive(def: &TypeDef) -> bool {
    matches!(def.kind, TypeKind::Struct | TypeKind::Enum) && !def.decorators.is_empty()
}

impl Builder<'_, '_> {
    /// A call of a member that the type has by a derive.
    pub(super) fn call_derived(&mut self, func: Func, site: ValueId, callee: ValueId) {
        if !self.derived.any {
            return;
        }
        let program = self.types.program;
        let file = program.file_of(func);
        match program.value(func, callee).kind {
            ValueKind::Attribute { base, name } => {
                let set = self.types.of(func, base);
                if self.types.member_of_pointer(func, base, set, name).is_some() {
                    return;
                }
                let name = program.sym(file, name);
                for shape in self.types.shapes(set).to_vec() {
                    if let Shape::Instance { ty, .. } = *self.types.shape(shape) {
                        self.run_derived(func, site, ty, name);
                    }
                }
            }
            ValueKind::Path(path) => {
                for entity in program.named_path(file, path).iter() {
                    if let Entity::Inside(ty, name) = entity
                        && let Some(name) = program.symbol(name)
                    {
                        self.run_derived(func, site, *ty, name);
                    }
                }
            }
            _ => {}
        }
    }

    fn run_derived(&mut self, func: Func, site: ValueId, ty: Ty, name: Sym) {
        if self.types.program.hierarchy.members(ty, name, None).is_empty() {
            for &member in self.derived(ty, name).iter() {
                self.run_member(func, site, member, Confidence::Likely);
            }
        }
    }

    /// What a type's own member, or else the one that a derive writes, comes to.
    pub(super) fn own_or_derived(&mut self, ty: Ty, name: Sym) -> Vec<MemberRef> {
        let own = self.types.program.hierarchy.members(ty, name, None).to_vec();
        if own.is_empty() { self.derived(ty, name).to_vec() } else { own }
    }

    /// Likewise by what runs the member.
    pub(super) fn derived_by(&mut self, ty: Ty, kind: MemberKind) -> Vec<MemberRef> {
        let mut found = Vec::new();
        for &name in self.derives(ty).iter() {
            found.extend(self.derived(ty, name).iter().copied().filter(|it| it.kind == kind));
        }
        found
    }

    /// The members of fields that a derived member runs.
    fn derived(&mut self, ty: Ty, name: Sym) -> Arc<[MemberRef]> {
        if !self.derives(ty).contains(&name) {
            return Arc::default();
        }
        if let Some(known) = self.derived.members.get(&(ty, name)) {
            return Arc::clone(known);
        }
        // A type that holds itself runs nothing more.
        self.derived.members.insert((ty, name), Arc::default());
        let found = match self.made_by_own(ty, name) {
            found if found.is_empty() => self.derived_of_fields(ty, name),
            found => found,
        };
        let found: Arc<[MemberRef]> = found.into();
        self.derived.members.insert((ty, name), Arc::clone(&found));
        found
    }

    /// What such a member runs, field by field.
    fn derived_of_fields(&mut self, ty: Ty, name: Sym) -> Vec<MemberRef> {
        let (mut found, elsewhere) = self.named_for_fields(ty, name);
        for field in self.types.fields_of(ty) {
            let Shape::Instance { ty: of, .. } = *self.types.shape(field.shape) else { continue };
            if elsewhere.contains(&field.at) {
                continue;
            }
            for member in self.own_or_derived(of, name) {
                let function = self.types.program.function(member.func);
                // What is made of nothing has nothing yet where there may be nothing; a pointer that others hold too is copied alone.
                let made = function.receiver == Receiver::None && function.parameters.is_empty() && !field.always;
                let shared = member.kind == MemberKind::Convert && field.shared;
                if !made && !shared && !found.contains(&member) {
                    found.push(member);
                }
            }
        }
        found
    }

    /// The functions that attributes of fields name for a member, and the fields whose own member they stand for.
    fn named_for_fields(&mut self, ty: Ty, name: Sym) -> (Vec<MemberRef>, Vec<usize>) {
        let program = self.types.program;
        let (def, (file, _)) = (program.type_def(ty), program.place_of_type(ty));
        let module = &program.file(file).summary.module;
        let (mut found, mut elsewhere) = (Vec::new(), Vec::new());
        for (at, field) in def.fields.iter().enumerate() {
            for named in &field.named {
                let argument = module.text(named.argument);
                let Some(what) = self.said_of_argument((file, def.scope, &named.attribute), argument, name) else {
                    continue;
                };
                let mut entities = program.resolve(file, def.scope, &named.path);
                if what == Runs::NamedInside {
                    entities = entities.iter().flat_map(|it| program.member(it, program.text(name), 0)).collect();
                }
                if what != Runs::NamedBesides {
                    elsewhere.push(at);
                }
                for entity in entities {
                    match entity {
                        Entity::Function(func) => found.push(MemberRef { func, kind: MemberKind::Static }),
                        Entity::Inside(ty, name) => {
                            let members = program.symbol(&name).map(|it| program.hierarchy.members(ty, it, None));
                            found.extend_from_slice(members.unwrap_or_default());
                        }
                        _ => {}
                    }
                }
            }
        }
        (found, elsewhere)
    }

    /// What the catalogue says of an argument of an attribute, where that is about this member.
    fn said_of_argument(
        &mut self,
        (file, scope, attribute): (FileId, ScopeId, &Import),
        argument: &str,
        member: Sym,
    ) -> Option<Runs> {
        let program = self.types.program;
        program.resolve(file, scope, attribute).into_iter().find_map(|it| {
            let Entity::External(path) = it else { return None };
            let path = self.types.paths.intern(program.language(file), &path);
            let path = self.types.paths.member(path, argument);
            let runs = self.types.paths.facts(path).runs?;
            runs.by.as_deref().is_none_or(|it| it == program.text(member)).then_some(runs.what)
        })
    }

    /// A type that is made of another one by a member of its own, as an attribute of it says.
    fn made_by_own(&mut self, ty: Ty, name: Sym) -> Vec<MemberRef> {
        let program = self.types.program;
        let (file, _) = program.place_of_type(ty);
        let module = &program.file(file).summary.module;
        let mut found = Vec::new();
        for decorator in &program.type_def(ty).decorators {
            let func = program.func(file, decorator.function);
            let ValueKind::Call(call) = &program.value(func, decorator.value).kind else { continue };
            let callees = self.types.of(func, call.callee);
            for shape in self.types.shapes(callees).to_vec() {
                let Shape::External(attribute) = *self.types.shape(shape) else { continue };
                for argument in call.arguments.iter().filter_map(|it| it.name) {
                    let path = self.types.paths.member(attribute, module.text(argument));
                    let runs = self.types.paths.facts(path).runs.filter(|it| it.what == Runs::OwnNamed);
                    if runs.is_some_and(|it| it.by.as_deref() == Some(program.text(name))) {
                        found.extend_from_slice(program.hierarchy.members(ty, program.sym(file, argument), None));
                    }
                }
            }
        }
        found
    }

    /// The members that a type's derives write.
    fn derives(&mut self, ty: Ty) -> Arc<[Sym]> {
        if !may_derive(self.types.program.type_def(ty)) {
            return Arc::default();
        }
        if let Some(known) = self.derived.names.get(&ty) {
            return Arc::clone(known);
        }
        let program = self.types.program;
        let def = program.type_def(ty);
        let (file, _) = program.place_of_type(ty);
        let mut found = Vec::new();
        for decorator in &def.decorators {
            let set = self.types.of(program.func(file, decorator.function), decorator.value);
            for shape in self.types.shapes(set).to_vec() {
                let Shape::External(path) = *self.types.shape(shape) else { continue };
                let runs = self.types.paths.facts(path).runs.filter(|it| it.what == Runs::Fields);
                found.extend(runs.and_then(|it| program.symbol(it.by.as_deref()?)));
            }
        }
        let found: Arc<[Sym]> = found.into();
        self.derived.names.insert(ty, Arc::clone(&found));
        found
    }
}
