//! Items: what a scope binds, and the types a file defines.

use crate::{FunctionId, Language, Name, Span, TypeExprId, ValueId, ValueRef};
use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;

/// Index into [`crate::Module::scopes`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ScopeId(u32);

/// Index into [`crate::Module::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TypeId(u32);

impl ScopeId {
    /// The file's own scope.
    pub const FILE: Self = Self(0);

    /// The id of the scope at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a file has fewer than 2^32 scopes"))
    }

    /// The position in [`crate::Module::scopes`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl TypeId {
    /// The id of the type at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a file has fewer than 2^32 types"))
    }

    /// The position in [`crate::Module::types`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A lexical scope that holds items: a file, an inline module, a block with items of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The scope around it. A lookup that fails here goes on there only when `transparent`.
    pub parent: Option<ScopeId>,
    /// The inline module's name; `None` for the file and for blocks.
    pub name: Option<Name>,
    /// A block: it sees what its parent binds. An inline module does not.
    pub transparent: bool,
    /// Names bound here, in order of appearance. A name may be bound several times (`cfg` twins, `try: import`).
    pub bindings: Vec<Binding>,
    /// Everything another module binds is bound here too: `from m import *`, `use m::*`.
    pub globs: Vec<Glob>,
    /// Names that a glob import of this scope brings, when it says so (`__all__`).
    pub exports: Option<Vec<Name>>,
    /// A function that is asked for names that are not bound (a module's `__getattr__`).
    pub fallback: Option<FunctionId>,
    /// The scope is compiled for tests only.
    pub test: bool,
}

/// A glob import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glob {
    /// The module (or enum) whose names it brings.
    pub path: Import,
    /// Where it is written.
    pub span: Span,
}

/// One name bound in a scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The name.
    pub name: Name,
    /// What it stands for.
    pub kind: BindingKind,
    /// Where it is bound.
    pub span: Span,
}

/// What a bound name stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BindingKind {
    /// Something of another module, or another module.
    Import(Import),
    /// A function of this file.
    Function(FunctionId),
    /// A type of this file.
    Type(TypeId),
    /// A variable: the values it is ever given, and its annotation.
    Value {
        /// Where values are assigned, in any function.
        values: Vec<ValueRef>,
        /// `name: T = …`, `static NAME: T`.
        annotation: Option<TypeExprId>,
    },
    /// An inline child module.
    Scope(ScopeId),
    /// A child module in a file of its own: index into [`crate::Module::submodules`].
    Submodule(usize),
}

/// A path to a module or to something in one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Import {
    /// Where the path begins.
    pub anchor: Anchor,
    /// Its segments. Empty when the anchor itself is meant.
    pub segments: Box<[Name]>,
}

/// Where a path begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// At the top: `import a.b`, `::a::b`. The first segment is a package.
    Absolute,
    /// In the scope where it is written, outwards, then at the top: a Rust path `a::b`, a name in an annotation.
    Lexical,
    /// In the package root: `crate::`.
    Package,
    /// In an ancestor of this module, 0 being the module itself: `self::` is 0, `super::` is 1. In Python,
    /// `from . import x` is 0 in an `__init__.py` and 1 elsewhere; the front end counts dots, the linker knows which file it is:
    /// see [`Anchor::Dots`].
    Ancestor(u32),
    /// `n` leading dots of a relative Python import (at least 1): one dot is the package that the file belongs to.
    Dots(u32),
}

/// A child module in a file of its own (`mod a;`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submodule {
    /// Its name.
    pub name: Name,
    /// The inline modules around the declaration, from the file inwards.
    pub inside: Vec<Name>,
    /// `#[path = "…"]`, as written.
    pub path: Option<String>,
    /// It is compiled for tests only.
    pub test: bool,
    /// What the build must be asked for, and whether that must hold or must not.
    pub conditions: Vec<(Name, bool)>,
}

/// What a type definition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TypeKind {
    /// A class: inherits, is constructed by calling it.
    Class,
    /// A struct or union.
    Struct,
    /// An enum: its variants are [`Member`]-less fields named `Variant.0`, `Variant.field`.
    Enum,
    /// A trait, protocol or abstract interface.
    Trait,
    /// Another name for a type: the first of `bases`.
    Alias,
    /// An implementation block: `bases[0]` is the implementing type, `implements` the trait if any.
    Implementation,
}

/// A type that the file defines, or an implementation block that adds members to one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeDef {
    /// The name; of an implementation, the target's last segment.
    pub name: Name,
    /// Its name inside the module, outer classes and functions included: `Outer.Inner`.
    pub qualname: String,
    /// What it is.
    pub kind: TypeKind,
    /// The scope it stands in, where its expressions are looked up.
    pub scope: ScopeId,
    /// Base classes, supertraits, an alias's target, an implementation's target.
    pub bases: Vec<TypeExprId>,
    /// The trait that an implementation block implements.
    pub implements: Option<TypeExprId>,
    /// Type parameters and their bounds; of an alias, what they are where nothing is said.
    pub generics: Vec<(Name, Option<TypeExprId>)>,
    /// Associated types that an implementation sets: `type Target = T`.
    pub associated: Vec<(Name, TypeExprId)>,
    /// Functions that belong to it.
    pub members: Vec<Member>,
    /// Attributes: annotated or assigned in the class body, assigned through `self` in any method, struct fields, enum payloads.
    pub fields: Vec<Field>,
    /// `metaclass=`.
    pub metaclass: Option<TypeExprId>,
    /// Decorators and attributes, as values of the function around it; derives as paths.
    pub decorators: Vec<ValueRef>,
    /// The definition's name.
    pub span: Span,
    /// It exists for tests only.
    pub test: bool,
}

/// A function that belongs to a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// The function.
    pub function: FunctionId,
    /// How it is reached.
    pub kind: MemberKind,
}

/// How a member is reached and, where that is not a visible call, which trigger runs it.
///
/// The front ends decide this from the member's name, decorators and trait; the engine knows only these words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MemberKind {
    /// Called by name on an instance.
    Method,
    /// Called by name on the class with the class as first argument.
    ClassMethod,
    /// Called by name without a receiver; associated functions.
    Static,
    /// Reading the attribute runs it (`@property`).
    Getter,
    /// The first read of the attribute runs it (`cached_property`).
    CachedGetter,
    /// Assigning the attribute runs it.
    Setter,
    /// Deleting the attribute runs it.
    Deleter,
    /// Reading any attribute that is not found runs it (`__getattr__`).
    MissingAttribute,
    /// Reading any attribute at all runs it (`__getattribute__`).
    EveryAttribute,
    /// Assigning any attribute runs it (`__setattr__`).
    EverySet,
    /// Deleting any attribute runs it (`__delattr__`).
    EveryDelete,
    /// The type is a descriptor and reading the attribute that holds it runs this (`__get__`).
    DescriptorGet,
    /// Likewise assigning (`__set__`).
    DescriptorSet,
    /// Likewise deleting (`__delete__`).
    DescriptorDelete,
    /// Using the value where its target is wanted runs it (`Deref`, `DerefMut`, `Borrow`, `AsRef` when explicit).
    Deref,
    /// Construction runs it (`__new__`, `__init__`, `__post_init__`).
    Construct,
    /// Calling the value runs it (`__call__`).
    Call,
    /// Entering the context runs it (`__enter__`).
    Enter,
    /// Leaving the context runs it (`__exit__`).
    Exit,
    /// Entering the asynchronous context awaits it (`__aenter__`); itself a root.
    EnterAsync,
    /// Leaving the asynchronous context awaits it (`__aexit__`).
    ExitAsync,
    /// Starting an iteration runs it (`__iter__`, `IntoIterator::into_iter`).
    Iterate,
    /// Each step of an iteration runs it (`__next__`, `Iterator::next`).
    Next,
    /// Starting an asynchronous iteration runs it (`__aiter__`).
    IterateAsync,
    /// Each step of an asynchronous iteration awaits it (`__anext__`).
    NextAsync,
    /// The end of the value's life runs it (`__del__`, `Drop::drop`).
    Finalize,
    /// Formatting or converting to text runs it (`__str__`, `__repr__`, `__format__`, `Display::fmt`, `Debug::fmt`).
    Format,
    /// An operator runs it.
    Operator(crate::Operator),
    /// An operator runs it on its second operand, where the first has nothing for it (`__radd__`).
    Reflected(crate::Operator),
    /// Subscripting runs it (`__getitem__`, `Index::index`).
    Index,
    /// Assigning a subscript runs it (`__setitem__`, `IndexMut`).
    IndexSet,
    /// Deleting a subscript runs it.
    IndexDelete,
    /// Asking for its length runs it (`__len__`).
    Length,
    /// Asking for its truth runs it (`__bool__`).
    Truth,
    /// Hashing it runs it (`__hash__`, `Hash::hash`).
    Hash,
    /// Converting it runs it (`From::from`, `Into`, `TryFrom`, `Default`, `Clone`, `FromStr`); called by name too.
    Convert,
    /// The executor runs it (`Future::poll`, `Stream::poll_next`, `AsyncRead::poll_read`, `Service::call`).
    Poll,
    /// Awaiting the value runs it (`__await__`).
    Await,
    /// Subclassing runs it (`__init_subclass__`).
    Subclass,
}

impl MemberKind {
    /// Whether reading the attribute runs it, each time or the first.
    pub fn is_getter(self) -> bool {
        matches!(self, Self::Getter | Self::CachedGetter)
    }
}

/// Something that code in another language can import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The language that sees it.
    pub language: Language,
    /// Its name there.
    pub name: Name,
    /// What it is.
    pub what: Exported,
}

/// What an [`Export`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exported {
    /// A module of that name, which holds what its package exports.
    Module,
    /// A function.
    Function(FunctionId),
    /// A type.
    Type(TypeId),
    /// What constructs the type that this implementation block is for. It has no name of its own.
    Constructor(TypeId, FunctionId),
}

/// An attribute of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name. Enum payloads are `Variant.0` or `Variant.name`; tuple struct fields `0`, `1`, ….
    pub name: Name,
    /// Its annotation.
    pub annotation: Option<TypeExprId>,
    /// Values it is ever given through the receiver in this file, and defaults of the class body.
    pub values: Vec<ValueRef>,
    /// It is given in the class body, so that it exists on the class itself.
    pub on_class: bool,
    /// What its attributes name: `#[serde(with = "module")]`.
    pub named: ThinVec<Named>,
    /// Where it appears first.
    pub span: Span,
}

/// Something that an attribute names in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The attribute.
    pub attribute: Import,
    /// The argument whose text it is.
    pub argument: Name,
    /// What the text names, looked up where the type stands.
    pub path: Import,
}

impl Import {
    /// A path from an anchor.
    pub fn new(anchor: Anchor, segments: impl Into<Box<[Name]>>) -> Self {
        Self { anchor, segments: segments.into() }
    }
}

/// A value of the top-level function.
impl From<ValueId> for ValueRef {
    fn from(value: ValueId) -> Self {
        Self { function: FunctionId::TOP, value }
    }
}
