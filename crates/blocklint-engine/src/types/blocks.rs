//! What an implementation block says of the type parameters of the type that it is for: `impl Client<Mutex<Inner>>`,
//! `impl<S: Store> App<S>`.

use super::{Path, Set, Shape, ShapeId, Types};
use crate::link::{FileId, Func, Ty};
use blocklint_ir::{TypeExpr, TypeExprId, TypeKind};

/// The type that an instance is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// One of the program.
    Own(Ty),
    /// A library's.
    Library(Path),
}

impl Types<'_> {
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
