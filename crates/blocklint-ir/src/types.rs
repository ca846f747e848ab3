//! Type expressions: annotations, base classes, `impl` targets.

use crate::{Import, Name, ScopeId};
use serde::{Deserialize, Serialize};

/// Index into [`crate::Module::type_exprs`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TypeExprId(u32);

impl TypeExprId {
    /// The id of the expression at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a file has fewer than 2^32 type expressions"))
    }

    /// The position in [`crate::Module::type_exprs`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A type as it is written. References, parentheses and lifetimes are already peeled; what wraps (`Optional`, `Arc`)
/// is not, as only the catalogue knows wrappers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TypeExpr {
    /// Nothing that helps.
    Unknown,
    /// A name or dotted path looked up in a scope.
    Path {
        /// Where the lookup begins.
        scope: ScopeId,
        /// What is looked up.
        path: Import,
    },
    /// `base[args]`, `base<args>`.
    Apply {
        /// The generic type.
        base: TypeExprId,
        /// Its arguments, in order.
        args: Vec<TypeExprId>,
    },
    /// Any of these: `A | B`, `Union[A, B]`.
    Union(Vec<TypeExprId>),
    /// All of these at once: `dyn A + B`, `impl A`, a type parameter's bounds. A value of it is some implementor.
    Bounded(Vec<TypeExprId>),
    /// A tuple with these elements.
    Tuple(Vec<TypeExprId>),
    /// A list, slice or array of this.
    Sequence(TypeExprId),
    /// A callable that returns this.
    Callable(TypeExprId),
    /// A future of this: `impl Future<Output = T>`, `Pin<Box<dyn Future<Output = T>>>`.
    Future(TypeExprId),
    /// The type around the place: `Self`.
    SelfType,
    /// `<base as Trait>::name` or `Self::name`: an associated type.
    Associated {
        /// The type that has it.
        base: TypeExprId,
        /// Its name.
        name: Name,
    },
    /// `None`, `()`.
    Unit,
    /// One of these texts: `Literal["get", "post"]`.
    Texts(Box<[Name]>),
    /// `type[X]`: the class itself.
    TypeOf(TypeExprId),
}
