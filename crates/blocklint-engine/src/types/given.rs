//! What an object is given from outside: `app.state.db = Database()`, `request.app["db"]`, `Job(run=f)`.
//!
//! What a method of a class gives its own receiver is a field of the type, and known from the start. This is learned in rounds,
//! like what call sites pass.

use super::question::{Holder, Place, Question};
use super::{MAX_PASSED, Set, Shape, ShapeId, Types, remember};
use crate::link::{Func, Program, Sym, Ty};
use blocklint_ir::{Field, Literal, MemberKind, Receiver, TypeKind, ValueId, ValueKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// What was given so far.
#[derive(Debug, Default)]
pub(super) struct Given {
    held: FxHashMap<(Holder, Place), Vec<ShapeId>>,
    /// Every place that something may be stored at from outside, whoever has it: no other rests on what is learned.
    stored: FxHashSet<Place>,
    /// The fields that a method gives its own receiver anything after it was made, or anew.
    changed: FxHashSet<Sym>,
}

impl Given {
    pub(super) fn new(program: &Program<'_>) -> Self {
        let (mut stored, mut changed) = (FxHashSet::default(), FxHashSet::default());
        for func in program.all_functions().filter(|&it| !program.in_test(it)) {
            let function = program.function(func);
            let file = program.file_of(func);
            for value in &function.values {
                match value.kind {
                    ValueKind::Store { base, name, value: Some(_) } if !own_field(program, func, base) => {
                        stored.insert(Place::Attribute(program.sym(file, name)));
                    }
                    ValueKind::Store { name, value: Some(given), .. } => {
                        let again = matches!(function.value(given).kind, ValueKind::Operator { .. });
                        if again || program.member_kind(func) != Some(MemberKind::Construct) {
                            changed.insert(program.sym(file, name));
                        }
                    }
                    // What is read under a literal key may be given by that name.
                    ValueKind::StoreIndex { index, value: Some(_), .. } | ValueKind::Index { index, .. } => {
                        if let ValueKind::Literal(Literal::Text(key)) = function.value(index).kind {
                            stored.insert(Place::Entry(program.sym(file, key)));
                        }
                    }
                    _ => {}
                }
            }
        }
        // Constructors that nobody wrote take the fields that are declared, and a library's those that the class describes by a value.
        let made_of_fields =
            |ty: &Ty| matches!(program.type_def(*ty).kind, TypeKind::Class | TypeKind::Struct | TypeKind::Enum);
        for ty in program.all_types().filter(made_of_fields) {
            if program.hierarchy.triggered(ty, MemberKind::Construct).is_empty() {
                let (file, _) = program.place_of_type(ty);
                let described = program.hierarchy.external_bases(ty).next().is_some();
                let takes = |it: &&Field| it.annotation.is_some() || described && it.on_class;
                let declared = program.type_def(ty).fields.iter().filter(takes);
                stored.extend(declared.map(|it| Place::Attribute(program.sym(file, it.name))));
            }
        }
        Self { held: FxHashMap::default(), stored, changed }
    }
}

/// Whether a method of a class gives its own receiver something.
pub fn own_field(program: &Program<'_>, func: Func, object: ValueId) -> bool {
    let function = program.function(func);
    function.receiver != Receiver::None
        && function.value(object).kind == ValueKind::Parameter(0)
        && program.owner(func).is_none_or(|it| program.type_def(it).kind == TypeKind::Class)
}

impl Types<'_> {
    /// An object is given something. Forgets nothing, so that later rounds only learn.
    pub fn give(&mut self, to: ShapeId, place: Place, set: Set) {
        debug_assert_eq!(self.depth, 0, "learned by a walk, not by a question");
        let Some(holder) = self.holder(to).filter(|&it| !self.replaces(it, place)) else { return };
        let shapes: Vec<ShapeId> =
            self.shapes(set).iter().copied().filter(|&it| *self.shape(it) != Shape::None).collect();
        if shapes.is_empty() {
            return;
        }
        let known = self.given.held.entry((holder, place)).or_default();
        if remember(known, shapes) {
            self.memo.learn(Question::Given(holder, place), known.len() > MAX_PASSED);
        }
    }

    /// An object is given each of these.
    pub fn give_all(&mut self, to: ShapeId, place: Place, shapes: Vec<ShapeId>) {
        let set = self.arena.set(shapes);
        self.give(to, place, set);
    }

    /// What makes a field on its first use.
    pub fn initialisers_of(&mut self, ty: Ty, field: Sym) -> Set {
        self.given_to(ty, Place::Initialiser(field))
    }

    /// What objects of a type, or of those that it is one of, were given.
    pub fn given_to(&mut self, ty: Ty, place: Place) -> Set {
        let holders: Vec<Holder> = self.program.hierarchy.order(ty).iter().map(|&it| Holder::Type(it)).collect();
        self.given(holders, place)
    }

    /// Whether anything may be stored at this place of any object from outside.
    pub fn is_stored(&self, place: Place) -> bool {
        self.given.stored.contains(&place)
    }

    /// Whether a field of some object may be given something after it was made.
    pub fn is_changed(&self, field: Sym) -> bool {
        self.given.changed.contains(&field) || self.is_stored(Place::Attribute(field))
    }

    /// Whether a method is replaced: what is put in its place is meant for some objects, or for a while.
    fn replaces(&self, holder: Holder, place: Place) -> bool {
        match (holder, place) {
            (Holder::Type(ty), Place::Attribute(name)) => !self.program.hierarchy.members(ty, name, None).is_empty(),
            _ => false,
        }
    }

    fn holder(&self, shape: ShapeId) -> Option<Holder> {
        match *self.shape(shape) {
            Shape::Instance { ty, .. } | Shape::Class { ty, .. } => Some(Holder::Type(ty)),
            Shape::ExternalInstance(path, _) | Shape::External(path) => Some(Holder::Library(path)),
            Shape::Open(..) => Some(Holder::Made(shape)),
            _ => None,
        }
    }

    /// What objects of these holders were given, unless they were given too many different things.
    pub(super) fn given(&mut self, holders: impl IntoIterator<Item = Holder>, place: Place) -> Set {
        if !matches!(place, Place::Kept(_) | Place::Inside | Place::Initialiser(_))
            && !self.given.stored.contains(&place)
        {
            return Set::EMPTY;
        }
        let holders: Vec<Holder> = holders.into_iter().collect();
        let mut all: Vec<ShapeId> = Vec::new();
        for &holder in &holders {
            for &shape in self.given.held.get(&(holder, place)).into_iter().flatten() {
                if !all.contains(&shape) {
                    all.push(shape);
                }
            }
        }
        // They always will have been given too many.
        if all.len() > MAX_PASSED {
            return Set::EMPTY;
        }
        for holder in holders {
            self.memo.rests_on(Question::Given(holder, place));
        }
        self.arena.set(all)
    }
}
