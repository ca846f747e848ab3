//! Members, bases, overrides and fields of the program's types, implementation blocks merged into what they implement.

use super::extensions::Extensions;
use super::{Entity, FileId, Func, Program, Sym, Ty};
use blocklint_ir::{BindingKind, MemberKind, ScopeId, TypeExpr, TypeExprId, TypeKind, ValueId, ValueKind};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// What types have and inherit.
#[derive(Debug, Default)]
pub struct Hierarchy {
    members: FxHashMap<(Ty, Sym), Vec<MemberRef>>,
    triggers: FxHashMap<(Ty, MemberKind), Vec<MemberRef>>,
    fields: FxHashMap<(Ty, Sym), Vec<(Ty, u32)>>,
    associated: FxHashMap<(Ty, Sym), Vec<(FileId, TypeExprId)>>,
    /// By type: the names of its associated types.
    associated_names: FxHashMap<Ty, Vec<Sym>>,
    lines: Vec<Line>,
    subtypes: FxHashMap<Ty, Vec<Ty>>,
    /// By implementation block: what it implements members for.
    targets: FxHashMap<Ty, Ty>,
    /// By type: the implementation blocks whose members it has.
    blocks: FxHashMap<Ty, Vec<Ty>>,
    pub(super) extensions: Extensions,
}

/// A member as found on a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberRef {
    /// The function.
    pub func: Func,
    /// How it is reached.
    pub kind: MemberKind,
}

/// The order in which a type's members are looked for.
#[derive(Debug, Default)]
struct Line {
    bases: Vec<Ty>,
    external: Vec<Box<str>>,
    /// The type itself first.
    order: Box<[Ty]>,
}

/// Finds what every type has and inherits.
pub(super) fn build(program: &mut Program<'_>) -> Hierarchy {
    let count = program.types.len();
    let mut hierarchy = Hierarchy { lines: (0..count).map(|_| Line::default()).collect(), ..Hierarchy::default() };
    let types: Vec<Ty> = program.all_types().collect();
    for &ty in &types {
        if program.type_def(ty).kind == TypeKind::Implementation {
            hierarchy.add_implementation(program, ty);
        } else {
            hierarchy.add_members(program, ty, ty);
            hierarchy.add_bases(program, ty);
        }
    }
    for &ty in &types {
        for &base in &hierarchy.lines[ty.0 as usize].bases {
            hierarchy.subtypes.entry(base).or_default().push(ty);
        }
    }
    for &ty in &types {
        let order = linearize(&hierarchy.lines, ty);
        hierarchy.lines[ty.0 as usize].order = order;
    }
    hierarchy.add_structural(program, &types);
    hierarchy.sort_extensions(program);
    hierarchy
}

/// Bases by which a type says that whatever has its members is one of it.
const STRUCTURAL: [&str; 2] = ["typing.Protocol", "typing_extensions.Protocol"];

/// A structural type with fewer members than this fits by chance.
const MIN_STRUCTURE: usize = 2;

/// More types than this that fit say nothing about which one is meant.
const MAX_STRUCTURE: usize = 8;

/// More definitions than this say nothing about which one is meant.
const MAX_PROVIDERS: usize = 6;

/// More methods that begin alike say nothing about which one is meant.
const MAX_BEGINNING: usize = 10;

/// A class with more subtypes than this is a base of everything.
const MAX_MIXED: usize = 64;

impl Hierarchy {
    fn add_members(&mut self, program: &Program<'_>, from: Ty, to: Ty) {
        let (file, _) = program.place_of_type(from);
        let def = program.type_def(from);
        for member in &def.members {
            let reference = MemberRef { func: program.func(file, member.function), kind: member.kind };
            self.members.entry((to, program.sym(file, member.name))).or_default().push(reference);
            if !matches!(member.kind, MemberKind::Method | MemberKind::ClassMethod | MemberKind::Static) {
                self.triggers.entry((to, member.kind)).or_default().push(reference);
            }
        }
        for (index, field) in def.fields.iter().enumerate() {
            self.fields.entry((to, program.sym(file, field.name))).or_default().push((from, index as u32));
        }
        for &(name, expr) in &def.associated {
            let sym = program.sym(file, name);
            let set_by = self.associated.entry((to, sym)).or_default();
            if set_by.is_empty() {
                self.associated_names.entry(to).or_default().push(sym);
            }
            set_by.push((file, expr));
        }
    }

    fn add_bases(&mut self, program: &Program<'_>, ty: Ty) {
        let (file, _) = program.place_of_type(ty);
        for &base in &program.type_def(ty).bases {
            for entity in program.head_entities(file, base).iter().flat_map(|it| program.behind(it)) {
                match entity {
                    Entity::Type(base) if base != ty => self.lines[ty.0 as usize].bases.push(base),
                    Entity::External(path) => self.add_library_base(program, ty, path),
                    _ => {}
                }
            }
        }
    }

    /// A library's type by its path, for what the catalogue says of it, and by its source where that is read.
    fn add_library_base(&mut self, program: &Program<'_>, ty: Ty, path: Box<str>) {
        let (file, _) = program.place_of_type(ty);
        let bases = program.library_types(program.language(file), &path);
        let line = &mut self.lines[ty.0 as usize];
        line.bases.extend(bases.into_iter().filter(|&it| it != ty));
        line.external.push(path);
    }

    fn add_implementation(&mut self, program: &Program<'_>, block: Ty) {
        let (file, _) = program.place_of_type(block);
        let def = program.type_def(block);
        let Some(&target) = def.bases.first() else { return };
        let traits = def.implements.map_or_else(Vec::new, |it| program.head_entities(file, it));
        let for_any = program.is_for_any(file, block, target);
        for entity in program.implemented_for(file, block, target) {
            if for_any && matches!(entity, Entity::External(_)) {
                // What the trait has for all is given too.
                for of in own_types(&traits).chain([block]) {
                    let (file, _) = program.place_of_type(of);
                    let names = program.type_def(of).members.iter().map(|it| program.sym(file, it.name));
                    self.extensions.add_for_any(names, block);
                }
            }
            let target = match entity {
                Entity::Type(target) => target,
                Entity::External(path) => {
                    self.extend(program, block, path, &traits);
                    continue;
                }
                _ => continue,
            };
            if let Entry::Vacant(new) = self.targets.entry(block) {
                new.insert(target);
                self.blocks.entry(target).or_default().push(block);
            }
            self.add_members(program, block, target);
            for implemented in &traits {
                match implemented {
                    Entity::Type(implemented) if *implemented != target => {
                        self.lines[target.0 as usize].bases.push(*implemented);
                    }
                    Entity::External(path) => self.add_library_base(program, target, path.clone()),
                    _ => {}
                }
            }
        }
    }

    /// What a library's type is given stays with the block that gives it: its members, and what the trait has for all.
    fn extend(&mut self, program: &Program<'_>, block: Ty, path: Box<str>, traits: &[Entity]) {
        let bases = &mut self.lines[block.0 as usize].bases;
        if bases.is_empty() {
            bases.extend(own_types(traits));
            self.add_members(program, block, block);
        }
        self.extensions.add(path, block);
    }

    /// Types that have all members of a structural type are subtypes of it, though they do not say so.
    fn add_structural(&mut self, program: &Program<'_>, types: &[Ty]) {
        let structural = |it: &&Ty| {
            let line = &self.lines[it.0 as usize];
            line.external.iter().any(|it| STRUCTURAL.contains(&&**it))
        };
        let protocols: Vec<Ty> = types.iter().filter(structural).copied().collect();
        for protocol in protocols {
            let (file, _) = program.place_of_type(protocol);
            let module = &program.file(file).summary.module;
            let color = |it: Func| program.function(it).color.on_loop();
            let wanted: Vec<(Sym, bool)> = program
                .type_def(protocol)
                .members
                .iter()
                .filter(|it| !module.text(it.name).starts_with("__"))
                .map(|it| (program.sym(file, it.name), color(program.func(file, it.function))))
                .collect();
            if wanted.len() < MIN_STRUCTURE {
                continue;
            }
            // A synchronous twin of an asynchronous protocol has the same names.
            let has = |ty: Ty, name: Sym, on_loop: bool| {
                let members = self.members.get(&(ty, name));
                members.is_some_and(|it| !on_loop || it.iter().any(|it| color(it.func)))
            };
            let fits = |it: &Ty| {
                *it != protocol
                    && program.type_def(*it).kind == TypeKind::Class
                    && !self.order(*it).contains(&protocol)
                    && wanted.iter().all(|&(name, on_loop)| has(*it, name, on_loop))
            };
            let fitting: Vec<Ty> = types.iter().copied().filter(fits).take(MAX_STRUCTURE + 1).collect();
            if fitting.len() <= MAX_STRUCTURE {
                self.subtypes.entry(protocol).or_default().extend(fitting);
            }
        }
    }

    /// What an implementation block adds members to; any other type is its own target.
    pub fn target(&self, program: &Program<'_>, ty: Ty) -> Option<Ty> {
        match program.type_def(ty).kind {
            TypeKind::Implementation => self.targets.get(&ty).copied(),
            _ => Some(ty),
        }
    }

    /// The implementation blocks whose members a type has.
    pub fn blocks(&self, ty: Ty) -> &[Ty] {
        self.blocks.get(&ty).map_or(&[], Vec::as_slice)
    }

    /// The type and everything it inherits from, in the order of lookup.
    pub fn order(&self, ty: Ty) -> &[Ty] {
        &self.lines[ty.0 as usize].order
    }

    /// Library types that the type or one of its bases inherits from, as dotted paths.
    pub fn external_bases(&self, ty: Ty) -> impl Iterator<Item = &str> {
        self.order(ty).iter().flat_map(|it| self.lines[it.0 as usize].external.iter()).map(AsRef::as_ref)
    }

    /// The members of that name on the nearest type that has any, starting behind `after` if given.
    pub fn members(&self, ty: Ty, name: Sym, after: Option<Ty>) -> &[MemberRef] {
        self.first(ty, after, |it| self.members.get(&(it, name)))
    }

    /// The members that the trigger runs, on the nearest type that has any.
    pub fn triggered(&self, ty: Ty, kind: MemberKind) -> &[MemberRef] {
        self.first(ty, None, |it| self.triggers.get(&(it, kind)))
    }

    /// The field's definitions on the nearest type that has any: the defining type and the field's index there.
    pub fn fields(&self, ty: Ty, name: Sym) -> &[(Ty, u32)] {
        self.order(ty).iter().find_map(|&it| self.fields.get(&(it, name))).map_or(&[], Vec::as_slice)
    }

    /// The field's definitions on every type of the line: a base may declare what a subclass assigns.
    pub fn all_fields(&self, ty: Ty, name: Sym) -> impl Iterator<Item = (Ty, u32)> {
        self.order(ty).iter().filter_map(move |&it| self.fields.get(&(it, name))).flatten().copied()
    }

    /// The methods whose names begin so, those of subtypes too where one may be meant; none where there are too many.
    pub fn beginning_with(&self, program: &Program<'_>, ty: Ty, below: bool, prefix: &str) -> Vec<MemberRef> {
        let mut types = self.order(ty).to_vec();
        let mut next = 0;
        while let Some(&at) = types.get(next).filter(|_| below && types.len() <= MAX_MIXED) {
            next += 1;
            if self.order(at).contains(&ty) {
                types.extend(self.subtypes(at).iter().copied().filter(|it| !types.contains(it)).collect::<Vec<_>>());
            }
        }
        let mut found = Vec::new();
        for at in types {
            let (file, _) = program.place_of_type(at);
            let module = &program.file(file).summary.module;
            for member in program.type_def(at).members.iter().filter(|it| module.text(it.name).starts_with(prefix)) {
                if matches!(member.kind, MemberKind::Method | MemberKind::ClassMethod | MemberKind::Static) {
                    found.push(MemberRef { func: program.func(file, member.function), kind: member.kind });
                }
            }
        }
        if found.len() > MAX_BEGINNING { Vec::new() } else { found }
    }

    /// What an associated type of the type is set to.
    pub fn associated(&self, ty: Ty, name: Sym) -> &[(FileId, TypeExprId)] {
        self.order(ty).iter().find_map(|&it| self.associated.get(&(it, name))).map_or(&[], Vec::as_slice)
    }

    /// What the type's own associated types are set to.
    pub fn associated_of(&self, ty: Ty) -> impl Iterator<Item = (FileId, TypeExprId)> {
        let names = self.associated_names.get(&ty).into_iter().flatten();
        names.filter_map(move |&it| self.associated.get(&(ty, it))).flatten().copied()
    }

    /// The types whose instances the type itself and its bases are.
    pub fn metaclasses(&self, program: &Program<'_>, ty: Ty) -> Vec<Ty> {
        let mut found = Vec::new();
        for &at in self.order(ty) {
            let Some(expr) = program.type_def(at).metaclass else { continue };
            let (file, _) = program.place_of_type(at);
            found.extend(program.head_entities(file, expr).into_iter().filter_map(|it| match it {
                Entity::Type(meta) => Some(meta),
                _ => None,
            }));
        }
        found
    }

    /// Types that inherit from or implement the type directly.
    pub fn subtypes(&self, ty: Ty) -> &[Ty] {
        self.subtypes.get(&ty).map_or(&[], Vec::as_slice)
    }

    /// Members of that name that subtypes define themselves, at most `limit`; `None` when there are more.
    pub fn overrides(&self, ty: Ty, name: Sym, limit: usize) -> Option<Vec<MemberRef>> {
        let (mut found, mut todo, mut seen) = (Vec::new(), vec![ty], vec![ty]);
        while let Some(at) = todo.pop() {
            for &sub in self.subtypes(at) {
                if seen.contains(&sub) {
                    continue;
                }
                seen.push(sub);
                todo.push(sub);
                found.extend(self.members.get(&(sub, name)).into_iter().flatten().copied());
                if found.len() > limit || seen.len() > 8 * limit + 64 {
                    return None;
                }
            }
        }
        Some(found)
    }

    /// Subtypes that have a member or field of that name of their own, where the class itself has none or says nothing of it: who
    /// mixes a class in gives it what it reads of itself. One for each definition; none when there are very many.
    pub fn providers(&self, program: &Program<'_>, ty: Ty, name: Sym) -> Vec<Ty> {
        let next = self.subtypes(ty);
        if program.type_def(ty).kind != TypeKind::Class || next.is_empty() || next.len() > MAX_MIXED {
            return Vec::new();
        }
        let (mut found, mut todo, mut seen) = (Vec::new(), vec![ty], vec![ty]);
        let definition_of = |at: Ty| (self.members(at, name, None).first(), self.fields(at, name).first());
        let (own, mut definitions) = (definition_of(ty), Vec::new());
        while let Some(at) = todo.pop() {
            for &sub in self.subtypes(at) {
                if seen.contains(&sub) {
                    continue;
                }
                seen.push(sub);
                let definition = definition_of(sub);
                if definition == own {
                    todo.push(sub);
                } else if !definitions.contains(&definition) {
                    definitions.push(definition);
                    found.push(sub);
                }
                if seen.len() > MAX_MIXED {
                    return Vec::new();
                }
            }
        }
        found
    }

    /// The members of that name that a type finds beside its own line where it asks what stands above it: those of the bases that
    /// subtypes put behind it. None where there are many.
    pub fn beside(&self, program: &Program<'_>, ty: Ty, name: Sym) -> Vec<MemberRef> {
        let own = self.members(ty, name, Some(ty));
        let (mut found, mut todo, mut seen) = (Vec::new(), vec![ty], vec![ty]);
        while let Some(at) = todo.pop() {
            for &sub in self.subtypes(at).iter().filter(|&&it| self.order(it).contains(&ty)) {
                if seen.contains(&sub) {
                    continue;
                }
                seen.push(sub);
                todo.push(sub);
                if !self.reaches(program, sub, ty, name) {
                    continue;
                }
                let above = self.members(sub, name, Some(ty));
                found.extend(above.iter().filter(|it| !own.contains(it)).copied().collect::<Vec<_>>());
            }
            if found.len() > MAX_PROVIDERS || seen.len() > MAX_MIXED {
                return Vec::new();
            }
        }
        found.sort_unstable_by_key(|it| it.func);
        found.dedup();
        found
    }

    /// Whether a call of the member on a subtype comes to what `ty` has: all that stands before it asks further above.
    fn reaches(&self, program: &Program<'_>, sub: Ty, ty: Ty, name: Sym) -> bool {
        let asks_above = |it: &MemberRef| program.function(it.func).values.iter().any(|it| it.kind == ValueKind::Super);
        let before = self.order(sub).iter().take_while(|&&it| it != ty);
        before.filter_map(|&it| self.members.get(&(it, name))).flatten().all(asks_above)
    }

    fn first<'h>(
        &'h self,
        ty: Ty,
        after: Option<Ty>,
        get: impl Fn(Ty) -> Option<&'h Vec<MemberRef>>,
    ) -> &'h [MemberRef] {
        let order = self.order(ty);
        let start = after.and_then(|it| order.iter().position(|&at| at == it)).map_or(0, |it| it + 1);
        order[start..].iter().find_map(|&it| get(it)).map_or(&[], Vec::as_slice)
    }
}

/// Depth first, each type after all that inherit from it: what C3 gives for every hierarchy that Python accepts
/// without reordering.
fn linearize(lines: &[Line], ty: Ty) -> Box<[Ty]> {
    let mut order: Vec<Ty> = Vec::new();
    let mut todo = vec![(ty, 0)];
    while let Some((at, depth)) = todo.pop() {
        if depth > 64 || order.len() > 512 {
            break;
        }
        order.push(at);
        todo.extend(lines[at.0 as usize].bases.iter().rev().filter(|&&it| it != at).map(|&it| (it, depth + 1)));
    }
    let mut seen = rustc_hash::FxHashSet::default();
    let mut last: Vec<Ty> = order.into_iter().rev().filter(|it| seen.insert(*it)).collect();
    last.reverse();
    last.into()
}

/// The program's own types among these.
fn own_types(entities: &[Entity]) -> impl Iterator<Item = Ty> {
    entities.iter().filter_map(|it| if let Entity::Type(it) = it { Some(*it) } else { None })
}

impl Program<'_> {
    /// What the head of a type expression names, its arguments left aside.
    pub fn head_entities(&self, file: FileId, expr: TypeExprId) -> Vec<Entity> {
        let module = &self.file(file).summary.module;
        match module.type_expr(expr) {
            TypeExpr::Path { scope, path } => self.resolve(file, *scope, path),
            TypeExpr::Apply { base, .. } => self.head_entities(file, *base),
            TypeExpr::Future(_) => {
                let names = module.prelude.future.iter();
                names
                    .map(|it| it.iter().map(|&it| module.text(it)).collect::<Vec<_>>().join(".").into())
                    .map(Entity::External)
                    .collect()
            }
            TypeExpr::Bounded(bounds) => bounds.iter().flat_map(|&it| self.head_entities(file, it)).collect(),
            _ => Vec::new(),
        }
    }

    /// What a variable of a module is another name for: `Base = other.Base`.
    fn behind(&self, entity: &Entity) -> Vec<Entity> {
        let Entity::Variable(file, scope, index) = *entity else { return vec![entity.clone()] };
        let binding = &self.file(file).summary.module.scope(scope).bindings[index as usize];
        let BindingKind::Value { values, .. } = &binding.kind else { return Vec::new() };
        values.iter().flat_map(|it| self.named_by(self.func(file, it.function), it.value)).collect()
    }

    fn named_by(&self, func: Func, value: ValueId) -> Vec<Entity> {
        let file = self.file_of(func);
        match &self.value(func, value).kind {
            ValueKind::Path(path) => {
                let read = self.file(file).summary.module.paths.get(*path);
                self.resolve(file, read.scope, &read.path)
            }
            ValueKind::Import { path, binds } => self.resolve(file, ScopeId::FILE, binds.as_ref().unwrap_or(path)),
            ValueKind::Type(id) => vec![Entity::Type(self.ty(file, *id))],
            ValueKind::Attribute { base, name } => {
                let name = self.file(file).summary.module.text(*name);
                self.named_by(func, *base).iter().flat_map(|it| self.member(it, name, 0)).collect()
            }
            _ => Vec::new(),
        }
    }
}
