//! What an implementation block says of the type parameters of the type that it is for: `impl Client<Mutex<Inner>>`,
//! `impl<S: Store> App<S>`.

use super::{Path, Set, Shape, ShapeId, Types};
use crate::link::{FileId, Func, Ty};
use blocklint_ir::{Call, MemberKind, Name, Parameter, Receiver, TypeExpr, TypeExprId, TypeKind, ValueId};

/// The type that an instance is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// One of the program.
    Own(Ty),
    /// A library's.
    Library(Path),
}

/// A type parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeParameter {
    /// The one at this position of the receiver's type.
    OfReceiver(usize),
    /// The one at this position of the function.
    OfFunction(usize),
}

impl Types<'_> {
    /// The type parameter of a function, or of the type that the block around it is for, that a written type names.
    pub fn parameter_named(&self, func: Func, written: TypeExprId) -> Option<TypeParameter> {
        let program = self.program;
        let (file, _) = program.place_of(func);
        let module = &program.file(file).summary.module;
        let TypeExpr::Path { path, .. } = module.type_expr(written) else { return None };
        let [name] = *path.segments else { return None };
        let function = program.function(func);
        if let Some(position) = function.generics.iter().position(|it| it.0 == name) {
            return Some(TypeParameter::OfFunction(position));
        }
        let block = program.ty(file, function.owner?);
        let own = self.own_parameter((file, block), written)?;
        let position = match program.type_def(block).bases.first().map(|&it| module.type_expr(it)) {
            Some(TypeExpr::Apply { args, .. }) if program.type_def(block).kind == TypeKind::Implementation => {
                args.iter().position(|&it| self.own_parameter((file, block), it) == Some(own))?
            }
            _ => own,
        };
        Some(TypeParameter::OfReceiver(position))
    }

    /// What the block around a method says that the type parameters of its receiver are; nothing of those that are its own.
    pub(super) fn receiver_arguments(&mut self, func: Func) -> Box<[Set]> {
        let program = self.program;
        let (file, _) = program.place_of(func);
        let Some(block) = program.function(func).owner.map(|it| program.ty(file, it)) else { return Box::default() };
        let def = program.type_def(block);
        let Some(&target) = def.bases.first().filter(|_| def.kind == TypeKind::Implementation) else {
            return Box::default();
        };
        let module = &program.file(file).summary.module;
        let args: Box<[Set]> = match module.type_expr(target) {
            TypeExpr::Apply { args, .. } => args
                .iter()
                .map(|&it| {
                    if self.own_parameter((file, block), it).is_some() { Set::EMPTY } else { self.annotation(func, it) }
                })
                .collect(),
            // An alias says it elsewhere.
            TypeExpr::Path { .. } if def.generics.is_empty() => {
                let set = self.annotation(func, target);
                match self.shapes(set) {
                    [only] => match self.shape(*only) {
                        Shape::Instance { args, .. } => args.clone(),
                        _ => Box::default(),
                    },
                    _ => Box::default(),
                }
            }
            _ => Box::default(),
        };
        if args.iter().all(|it| it.is_empty()) { Box::default() } else { args }
    }

    /// An instance of a struct that is written with its fields, or of a class whose constructor is given them: those tell what its type
    /// parameters are.
    pub(super) fn constructed_of(&mut self, ty: Ty, func: Func, call: &Call) -> Set {
        let def = self.program.type_def(ty);
        if !matches!(def.kind, TypeKind::Struct | TypeKind::Class) || def.generics.is_empty() {
            return self.constructed(ty);
        }
        let given = self.given_for_parameters(ty, func, call);
        let args: Box<[Set]> =
            given.into_iter().map(|it| it.map_or(Set::EMPTY, |it| self.implementor(func, it))).collect();
        if args.iter().all(|it| it.is_empty()) {
            return self.constructed(ty);
        }
        self.one(Shape::Instance { ty, exact: true, args })
    }

    /// By type parameter: what a call that makes an instance gives for a field or a parameter of that type.
    fn given_for_parameters(&self, ty: Ty, func: Func, call: &Call) -> Vec<Option<ValueId>> {
        let program = self.program;
        let (home, _) = program.place_of_type(ty);
        let (def, names) = (program.type_def(ty), &program.file(home).summary.module);
        let made_by = program.hierarchy.triggered(ty, MemberKind::Construct);
        let taken: Vec<(Name, Option<TypeExprId>)> = match made_by.iter().find(|it| program.owner(it.func) == Some(ty))
        {
            Some(own) if def.kind == TypeKind::Class => {
                program.function(own.func).parameters.iter().skip(1).map(|it| (it.name, it.annotation)).collect()
            }
            // What a base takes comes first, and is not known here.
            _ if def.kind == TypeKind::Class && program.hierarchy.order(ty).len() > 1 => Vec::new(),
            _ => def.fields.iter().map(|it| (it.name, it.annotation)).collect(),
        };
        let module = &program.file(program.file_of(func)).summary.module;
        let given = |parameter: Name| {
            let says = |it: Option<TypeExprId>| it.and_then(|it| self.type_parameter_in(home, def, it));
            let at = taken.iter().position(|it| says(it.1) == Some(parameter))?;
            let name = names.text(taken[at].0);
            let named = call.arguments.iter().find(|it| it.name.is_some_and(|it| module.text(it) == name));
            let argument = named.or_else(|| call.arguments.get(at).filter(|it| it.name.is_none()));
            argument.map(|it| it.value)
        };
        def.generics.iter().map(|it| given(it.0)).collect()
    }

    /// What an associated function gives, which is told by its arguments what the type parameters are: `App::new(store)`.
    pub(super) fn with_type_arguments(&mut self, given: Set, func: Func, target: Func, call: &Call) -> Set {
        let program = self.program;
        let function = program.function(target);
        let (file, _) = program.place_of(target);
        let Some(block) = function.owner.map(|it| program.ty(file, it)) else { return given };
        let (Some(ty), def) = (program.owner(target), program.type_def(block)) else { return given };
        let [only] = *self.shapes(given) else { return given };
        let (Shape::Instance { ty: made, exact, args }, Receiver::None) = (self.shape(only).clone(), function.receiver)
        else {
            return given;
        };
        if made != ty || !args.iter().all(|it| it.is_empty()) || def.kind != TypeKind::Implementation {
            return given;
        }
        let module = &program.file(file).summary.module;
        let Some(TypeExpr::Apply { args: written, .. }) = def.bases.first().map(|&it| module.type_expr(it)) else {
            return given;
        };
        let mut args = Vec::new();
        for &parameter in written {
            let own = self.own_parameter((file, block), parameter);
            let is_it = |it: &Parameter| {
                own.is_some() && it.annotation.and_then(|it| self.own_parameter((file, block), it)) == own
            };
            let argument = function.parameters.iter().position(is_it).and_then(|it| call.arguments.get(it));
            args.push(argument.map_or(Set::EMPTY, |it| self.implementor(func, it.value)));
        }
        if args.iter().all(|it| it.is_empty()) {
            return given;
        }
        self.one(Shape::Instance { ty, exact, args: args.into() })
    }

    /// What a value is that stands for a type parameter: of whatever implements a trait nothing is told.
    fn implementor(&mut self, func: Func, value: ValueId) -> Set {
        let set = self.of(func, value);
        let any = self.shapes(set).iter().any(|&it| self.head(it).is_none());
        if any { Set::EMPTY } else { set }
    }

    /// Whether a method may be one of an instance with these type arguments: its block may be for another.
    pub(super) fn fits(&mut self, method: Func, args: &[Set]) -> bool {
        let asked = if args.is_empty() { Box::default() } else { self.receiver_arguments(method) };
        asked.iter().zip(args).all(|(&asked, &given)| {
            asked.is_empty() || given.is_empty() || {
                let heads = |types: &Self, set| types.shapes(set).iter().map(|&it| types.head(it)).collect::<Vec<_>>();
                let given = heads(self, given);
                heads(self, asked).iter().any(|it| it.is_none() || given.contains(it) || given.contains(&None))
            }
        })
    }

    /// Whether these are instances of types, and those of others.
    pub fn are_apart(&self, these: Set, those: Set) -> bool {
        let heads = |set: Set| self.shapes(set).iter().map(|&it| self.head(it)).collect::<Option<Vec<_>>>();
        let (Some(these), Some(those)) = (heads(these), heads(those)) else { return false };
        !these.is_empty() && !those.is_empty() && !these.iter().any(|it| those.contains(it))
    }

    /// The type that an instance is of, its arguments left aside.
    fn head(&self, shape: ShapeId) -> Option<Head> {
        match *self.shape(shape) {
            // Of a trait it is not known who implements it.
            Shape::Instance { ty, .. } if self.program.type_def(ty).kind != TypeKind::Trait => Some(Head::Own(ty)),
            Shape::ExternalInstance(path, _) => Some(Head::Library(path)),
            _ => None,
        }
    }

    /// The position among a block's own type parameters of the one that a type expression is.
    fn own_parameter(&self, (file, block): (FileId, Ty), expr: TypeExprId) -> Option<usize> {
        let TypeExpr::Path { path, .. } = self.program.file(file).summary.module.type_expr(expr) else { return None };
        let [name] = *path.segments else { return None };
        self.program.type_def(block).generics.iter().position(|it| it.0 == name)
    }

    /// The bound that a block puts on its parameter in the place of a parameter of the type, whatever each of them calls it.
    pub(super) fn bound_in_block(&self, (file, block): (FileId, Ty), ty: Ty, name: &str) -> Option<TypeExprId> {
        let program = self.program;
        let (home, _) = program.place_of_type(ty);
        let names = &program.file(home).summary.module;
        let position = program.type_def(ty).generics.iter().position(|it| names.text(it.0) == name)?;
        let def = program.type_def(block);
        let module = &program.file(file).summary.module;
        let own = match def.bases.first().map(|&it| module.type_expr(it)) {
            Some(TypeExpr::Apply { args, .. }) => self.own_parameter((file, block), *args.get(position)?)?,
            _ => def.generics.iter().position(|it| module.text(it.0) == name)?,
        };
        def.generics[own].1
    }
}
