//! What type parameters stand for in what an instance has: the arguments of its own type, and those that its bases are written with.

use super::{Set, Shape, ShapeId, Types};
use crate::link::{Entity, FileId, Func, Sym, Ty};
use blocklint_ir::{Name, TypeDef, TypeExpr, TypeExprId, ValueKind};

/// Bases of bases are looked through no further than this.
const MAX_BASES: usize = 6;

impl Types<'_> {
    /// What the type parameters of `owner`, which a type is or inherits from, were given: `class Users(Store[User])`.
    fn arguments_of(&mut self, ty: Ty, args: &[Set], owner: Ty, hops: usize) -> Option<Box<[Set]>> {
        if ty == owner {
            return (!args.is_empty()).then(|| args.into());
        }
        let program = self.program;
        let (file, _) = program.place_of_type(ty);
        let module = &program.file(file).summary.module;
        for &base in &program.type_def(ty).bases {
            let inherits = |it: &Entity| match *it {
                Entity::Type(it) if program.hierarchy.order(it).contains(&owner) => Some(it),
                _ => None,
            };
            let Some(above) = program.head_entities(file, base).iter().find_map(inherits) else { continue };
            let written = match module.type_expr(base) {
                TypeExpr::Apply { args, .. } => args.as_slice(),
                _ => &[],
            };
            let given: Vec<Set> = written.iter().map(|&it| self.argument_in(ty, args, it)).collect();
            return if hops < MAX_BASES { self.arguments_of(above, &given, owner, hops + 1) } else { None };
        }
        None
    }

    /// A type that is written in the head of a class, where the class's own type parameters stand for `args`.
    fn argument_in(&mut self, ty: Ty, args: &[Set], written: TypeExprId) -> Set {
        let (file, _) = self.program.place_of_type(ty);
        let context = self.context_of(file, ty);
        self.with_arguments(ty, args, |it| it.annotation(context, written))
    }

    fn with_arguments<T>(&mut self, ty: Ty, args: &[Set], ask: impl FnOnce(&mut Self) -> T) -> T {
        let (file, _) = self.program.place_of_type(ty);
        let told = self.program.type_def(ty).generics.iter().zip(args).map(|(it, &set)| (file, it.0, set));
        self.with_standing(|types| {
            types.alias_arguments.extend(told);
            ask(types)
        })
    }

    /// The argument that the instance's type was given for the type parameter that is the field's type.
    pub(super) fn type_argument_of_field(&mut self, ty: Ty, sym: Sym, args: &[Set]) -> Option<Set> {
        let position = self.parameter_of_field(ty, sym)?;
        let &(at, _) = self.program.hierarchy.fields(ty, sym).first()?;
        let args = self.arguments_of(ty, args, at, 0)?;
        args.get(position).copied().filter(|it| !it.is_empty())
    }

    /// The position of the type parameter that is the type of what a field holds.
    pub fn parameter_of_field(&self, ty: Ty, sym: Sym) -> Option<usize> {
        let &(at, index) = self.program.hierarchy.fields(ty, sym).first()?;
        let (file, _) = self.program.place_of_type(at);
        let def = self.program.type_def(at);
        if def.generics.is_empty() {
            return None;
        }
        let field = &def.fields[index as usize];
        let declared = field.annotation.and_then(|it| self.type_parameter_in(file, def, it));
        let name = declared.or_else(|| {
            field.values.iter().find_map(|it| {
                let func = self.program.func(file, it.function);
                let ValueKind::Parameter(index) = self.program.value(func, it.value).kind else { return None };
                let annotation = self.program.function(func).parameters.get(index as usize)?.annotation?;
                self.type_parameter_in(file, def, annotation)
            })
        })?;
        def.generics.iter().position(|it| it.0 == name)
    }

    /// What a method's result is where type parameters of its type stand in it, and the receiver's type was given arguments for them.
    pub(super) fn type_argument_of_result(&mut self, func: Func, receiver: ShapeId) -> Option<Set> {
        let Shape::Instance { ty, ref args, .. } = *self.shape(receiver) else { return None };
        let (result, owner) = (self.program.function(func).result?, self.program.owner(func)?);
        let (file, def) = (self.program.file_of(func), self.program.type_def(owner));
        if def.generics.is_empty() || !self.program.file(file).summary.module.names_one_of(&def.generics, result) {
            return None;
        }
        let args = args.clone();
        let args = self.arguments_of(ty, &args, owner, 0)?;
        let found = self.with_arguments(owner, &args, |it| it.annotation(func, result));
        let found = self.without_none(found);
        (!found.is_empty()).then_some(found)
    }

    /// The type parameter that an annotation is, or is unless it is `None`.
    pub(super) fn type_parameter_in(&self, file: FileId, def: &TypeDef, annotation: TypeExprId) -> Option<Name> {
        match self.program.file(file).summary.module.type_expr(annotation) {
            TypeExpr::Path { path, .. } => match *path.segments {
                [name] => def.generics.iter().any(|it| it.0 == name).then_some(name),
                _ => None,
            },
            TypeExpr::Union(options) => options.iter().find_map(|&it| self.type_parameter_in(file, def, it)),
            _ => None,
        }
    }
}
