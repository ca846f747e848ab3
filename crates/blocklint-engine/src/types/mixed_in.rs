//! What a class leaves to others to say: those that mix it in, and its subclasses.

use super::question::Question;
use super::{Set, Shape, ShapeId, Types};
use crate::link::{FileId, Func, Sym, Ty};
use blocklint_ir::{Name, ValueId, ValueKind};

/// Of more subclasses than this, only what they have in common is told.
const MAX_TOLD_APART: usize = 8;

impl Types<'_> {
    /// What an attribute of an instance is where subclasses say it.
    pub(super) fn mixed_in(&mut self, file: FileId, (ty, shape): (Ty, ShapeId), name: Name) -> Option<Set> {
        if !matches!(self.shape(shape), Shape::Instance { exact: false, .. }) {
            return None;
        }
        let sym = self.program.sym(file, name);
        self.provided(Question::MixedIn(file, ty, name), ty, sym, |types, provider| {
            let shape = types.intern(Shape::Instance { ty: provider, exact: false, args: Box::default() });
            types.instance_attribute(file, (provider, shape, &[]), name)
        })
    }

    /// What an attribute of a class is where subclasses say it.
    pub(super) fn left_open(&mut self, ty: Ty, sym: Sym, name: &str) -> Option<Set> {
        self.provided(Question::Provided(ty, sym), ty, sym, |types, provider| types.inside((provider, false), name))
    }

    /// What a class that is mixed into others finds in those. Twins that share it, one synchronous and one asynchronous, say nothing:
    /// which of them is meant hangs on who awaits.
    fn provided(
        &mut self,
        question: Question,
        ty: Ty,
        sym: Sym,
        read: impl FnMut(&mut Self, Ty) -> Set,
    ) -> Option<Set> {
        let providers = self.program.hierarchy.providers(self.program, ty, sym);
        if providers.is_empty() || !providers.iter().all(|&it| self.states(it, sym)) {
            return None;
        }
        // Subclasses may leave it open too, each to the same ones below it.
        let set = self.answer(question, |types| types.told_by(providers, read).unwrap_or_default());
        (!set.is_empty()).then_some(set)
    }

    fn told_by(&mut self, providers: Vec<Ty>, mut read: impl FnMut(&mut Self, Ty) -> Set) -> Option<Set> {
        let found: Vec<Set> = providers.into_iter().map(|it| read(self, it)).collect();
        let asynchronous = found.iter().filter(|&&it| self.asynchronous(it)).count();
        if ![0, found.len()].contains(&asynchronous) {
            return None;
        }
        if found.len() > MAX_TOLD_APART { self.in_common(&found) } else { Some(self.union(found)) }
    }

    /// The nearest class that all of these are or inherit from.
    fn in_common(&mut self, sets: &[Set]) -> Option<Set> {
        let classes: Option<Vec<Ty>> = sets
            .iter()
            .map(|&it| match *self.shapes(it) {
                [only] => match *self.shape(only) {
                    Shape::Class { ty, .. } => Some(ty),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        let classes = classes?;
        let hierarchy = &self.program.hierarchy;
        let above = |it: &Ty| classes.iter().all(|&class| hierarchy.order(class).contains(it));
        let common = hierarchy.order(*classes.first()?).iter().copied().find(above)?;
        Some(self.one(Shape::Class { ty: common, exact: false }))
    }

    /// Whether a type says itself what it has: of what it was merely passed, each of those who share the code was passed another.
    fn states(&self, ty: Ty, name: Sym) -> bool {
        let hierarchy = &self.program.hierarchy;
        !hierarchy.members(ty, name, None).is_empty()
            || hierarchy.fields(ty, name).iter().any(|&(at, index)| {
                let (file, _) = self.program.place_of_type(at);
                let field = &self.program.type_def(at).fields[index as usize];
                field.annotation.is_some()
                    || field.values.iter().any(|it| !self.merely_passed(self.program.func(file, it.function), it.value))
            })
    }

    /// Whether a value is a parameter of which nothing is said, or is read from one.
    fn merely_passed(&self, func: Func, value: ValueId) -> bool {
        match self.program.value(func, value).kind {
            ValueKind::Attribute { base, .. } => self.merely_passed(func, base),
            ValueKind::Parameter(index) if index > 0 || self.program.owner(func).is_none() => {
                let parameter = self.program.function(func).parameters.get(index as usize);
                parameter.is_none_or(|it| it.annotation.is_none())
            }
            _ => false,
        }
    }

    /// Whether a set holds coroutine functions, or an asynchronous library's objects or classes.
    fn asynchronous(&mut self, set: Set) -> bool {
        self.shapes(set).to_vec().into_iter().any(|it| match *self.shape(it) {
            Shape::Function(func) | Shape::Method(func, _) => self.program.function(func).color.on_loop(),
            Shape::ExternalInstance(path, _) => self.paths.facts(path).harmless,
            Shape::External(path) => self.paths.is_harmless_below(path),
            _ => false,
        })
    }
}
