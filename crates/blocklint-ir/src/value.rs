//! Values: everything a function computes, in the order in which it computes it.
//!
//! A value refers only to earlier values of the same function, except that a [`ValueKind::Choice`] in a loop also refers to later
//! ones. A local variable does not appear: reading it gives the value (or the choice of values) that reaches the place.

use crate::{FunctionId, Import, Name, PathId, RegionId, ScopeId, Span, TypeExprId, TypeId};
use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;

/// Index into [`crate::Function::values`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ValueId(u32);

impl ValueId {
    /// The id of the value at `index`.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a function has fewer than 2^32 values"))
    }

    /// The position in [`crate::Function::values`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A value of a given function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ValueRef {
    /// The function that computes it.
    pub function: FunctionId,
    /// Which of its values.
    pub value: ValueId,
}

/// One computed value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// How it comes about.
    pub kind: ValueKind,
    /// The expression (or, for what is implicit, the text that causes it).
    pub span: Span,
    /// Under which tests and handlers it is computed.
    pub region: RegionId,
}

/// How a value comes about. Variants that can run code of a user's type say so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ValueKind {
    /// Nothing is known about it.
    Unknown,
    /// Written out.
    Literal(Literal),
    /// The parameter at this position of [`crate::Function::parameters`].
    Parameter(u16),
    /// A name or path looked up in a scope: globals, builtins, `std::thread::sleep`, `Self::new`.
    Path(PathId),
    /// `<of>::name`, a member of a type that is not a plain path: `<T as Trait>::method`, `Vec::<u8>::new`.
    Associated {
        /// The type.
        of: TypeExprId,
        /// The trait that is asked, when written.
        through: Option<TypeExprId>,
        /// The member.
        name: Name,
    },
    /// The receiver seen as its base types: `super()`.
    Super,
    /// A variable of an enclosing function, whatever it is ever given there ([`crate::Function::variables`]). Of the function itself
    /// where only that is known: functions inside give it values too, or an earlier round of a loop did.
    Captured {
        /// The enclosing function.
        function: FunctionId,
        /// The variable's name.
        name: Name,
    },
    /// A function, lambda, closure or asynchronous block as a value; evaluating it runs nothing.
    Function(FunctionId),
    /// A type defined here.
    Type(TypeId),
    /// The type of a value, as a value: `type(of)`, `of.__class__`.
    TypeOf(ValueId),
    /// Runs an import here: the top-level code of the module runs if it is the first one. The value is what the statement binds:
    /// for `import a.b` the package `a`, for `import a.b as c` and `from a import b` the thing itself.
    Import {
        /// The module or item that is imported.
        path: Box<Import>,
        /// What the statement binds, when that is not `path` itself.
        binds: Option<Box<Import>>,
    },
    /// `base.name`. May run a getter, `__getattr__`, `Deref`.
    Attribute {
        /// The object.
        base: ValueId,
        /// The attribute.
        name: Name,
    },
    /// One of the attributes of `base` whose names begin so: `getattr(base, f"on_{event}")`.
    AnyAttribute {
        /// The object.
        base: ValueId,
        /// What the names begin with.
        prefix: Name,
    },
    /// `base[index]`. May run code.
    Index {
        /// The container.
        base: ValueId,
        /// The subscript.
        index: ValueId,
    },
    /// A call. A method call is a call of an [`ValueKind::Attribute`].
    Call(Box<Call>),
    /// Waits for a coroutine or future without blocking the thread.
    Await(ValueId),
    /// An operator applied. May run code.
    Operator {
        /// Which.
        operator: Operator,
        /// One or two operands.
        operands: Box<[ValueId]>,
    },
    /// One element of what iterating `of` gives. Runs `__iter__`/`__next__`.
    Each(ValueId),
    /// One element of an asynchronous iteration.
    EachAsync(ValueId),
    /// What entering the context `of` gives. Runs `__enter__` here; see [`ValueKind::Exit`].
    Enter(ValueId),
    /// Likewise for `async with`.
    EnterAsync(ValueId),
    /// Leaves the context `of`. Runs `__exit__`.
    Exit(ValueId),
    /// Likewise for `async with`.
    ExitAsync(ValueId),
    /// The value as text. Runs `__format__`, `__str__`, `Display`, `Debug`.
    Format(ValueId),
    /// The truth of a value, tested. Runs `__bool__`, `__len__`. Emitted only where a test stands.
    Truth(ValueId),
    /// `base.name = value`. May run a setter, `__setattr__`.
    Store {
        /// The object.
        base: ValueId,
        /// The attribute.
        name: Name,
        /// What it is given; `None` for `del`.
        value: Option<ValueId>,
    },
    /// `base[index] = value`. May run code.
    StoreIndex {
        /// The container.
        base: ValueId,
        /// The subscript.
        index: ValueId,
        /// What it is given; `None` for `del`.
        value: Option<ValueId>,
    },
    /// A tuple.
    Tuple(Box<[ValueId]>),
    /// A list, set, array or `vec![]`; also what a comprehension collects.
    Sequence(Box<[ValueId]>),
    /// A mapping: keys and values in pairs, flattened.
    Mapping(Box<[ValueId]>),
    /// The element at `index` of an unpacked tuple or sequence; `None` for a starred rest.
    Element {
        /// What is unpacked.
        base: ValueId,
        /// Which element.
        index: Option<u32>,
    },
    /// The payload of a matched variant or destructured struct: `Some(x)`, `Point { x, .. }`.
    Payload {
        /// What is matched.
        base: ValueId,
        /// The variant's or struct's path.
        variant: Box<Import>,
        /// Where the path is looked up.
        scope: ScopeId,
        /// The field inside: `0`, `1`, … or a name.
        field: Name,
    },
    /// What is inside a wrapper after `?`, `.unwrap()`-like syntax of the language itself. Leaves the function when there is nothing.
    Unwrap(ValueId),
    /// An explicit dereference `*base`. May run `Deref`.
    Deref(ValueId),
    /// The life of `of` ends here. Runs `Drop` of it and of what it owns.
    Drop(ValueId),
    /// Any of these, whichever path was taken: joins, conditional expressions, `a or b`.
    Choice(Box<[ValueId]>),
    /// The same value, known here to be (or not to be) of a type: after `isinstance`, a cast, an annotated assignment.
    Narrow {
        /// The value.
        of: ValueId,
        /// The type tested for.
        to: TypeExprId,
        /// Whether the test held.
        holds: bool,
    },
    /// The same value, known here not to be `None`.
    Present(ValueId),
}

impl ValueKind {
    /// The values that it is made of.
    pub fn operands(&self) -> impl Iterator<Item = ValueId> {
        let (few, many, arguments): ([Option<ValueId>; 3], &[ValueId], &[Argument]) = match self {
            Self::Unknown
            | Self::Literal(_)
            | Self::Parameter(_)
            | Self::Path(_)
            | Self::Associated { .. }
            | Self::Super
            | Self::Captured { .. }
            | Self::Function(_)
            | Self::Type(_)
            | Self::Import { .. } => ([None; 3], &[], &[]),
            Self::Attribute { base: of, .. }
            | Self::AnyAttribute { base: of, .. }
            | Self::Element { base: of, .. }
            | Self::Payload { base: of, .. }
            | Self::Narrow { of, .. }
            | Self::Await(of)
            | Self::Each(of)
            | Self::EachAsync(of)
            | Self::Enter(of)
            | Self::EnterAsync(of)
            | Self::Exit(of)
            | Self::ExitAsync(of)
            | Self::Format(of)
            | Self::Truth(of)
            | Self::Unwrap(of)
            | Self::Deref(of)
            | Self::Drop(of)
            | Self::TypeOf(of)
            | Self::Present(of) => ([Some(*of), None, None], &[], &[]),
            Self::Index { base, index } => ([Some(*base), Some(*index), None], &[], &[]),
            Self::Store { base, value, .. } => ([Some(*base), *value, None], &[], &[]),
            Self::StoreIndex { base, index, value } => ([Some(*base), Some(*index), *value], &[], &[]),
            Self::Call(call) => ([Some(call.callee), None, None], &[], &call.arguments),
            Self::Operator { operands: all, .. }
            | Self::Tuple(all)
            | Self::Sequence(all)
            | Self::Mapping(all)
            | Self::Choice(all) => ([None; 3], all, &[]),
        };
        few.into_iter().flatten().chain(many.iter().copied()).chain(arguments.iter().map(|it| it.value))
    }
}

/// A call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// What is called.
    pub callee: ValueId,
    /// The arguments, in order.
    pub arguments: Vec<Argument>,
    /// The types that are written with the callee, in order: `from_str::<T>(text)`.
    pub types: ThinVec<TypeExprId>,
    /// The callee's text as a reader knows it, shortened: `self.client.get`, `asyncio.run_coroutine_threadsafe(…).result`.
    pub name_span: Span,
}

/// One argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// Its keyword, or the field of a struct literal.
    pub name: Option<Name>,
    /// Its value.
    pub value: ValueId,
    /// Whether it stands for several.
    pub spread: Spread,
}

/// Whether an argument stands for several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spread {
    /// One argument.
    #[default]
    No,
    /// `*args`.
    Positional,
    /// `**kwargs`, `..base`.
    Named,
}

/// A written-out value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Literal {
    /// `None`, `()`.
    None,
    /// `True`, `false`.
    Bool(bool),
    /// An integer that fits.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string without interpolation.
    Text(Name),
    /// Bytes, big integers, characters, ellipsis: something, but no matter what.
    Other,
}

/// An operator, by what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `//`
    FloorDiv,
    /// `%`
    Rem,
    /// `@`
    MatMul,
    /// `**`
    Pow,
    /// `<<`
    Shl,
    /// `>>`
    Shr,
    /// `&`
    BitAnd,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// Unary `-`
    Neg,
    /// Unary `+`
    Pos,
    /// `~`, Rust's `!`
    Invert,
    /// Logical `not`; runs the operand's truth.
    Not,
    /// `==`, `!=`
    Equal,
    /// `<`, `>`, `<=`, `>=`
    Order,
    /// `in`, `not in`; the container is the second operand and runs `__contains__`.
    Contains,
    /// `is None`: tests presence. Runs nothing.
    IsNone,
    /// `is not None`. Runs nothing.
    IsPresent,
    /// `is`, `is not` against something else. Runs nothing.
    Identity,
    /// Logical `and` as a test over both operands. The operands were computed before; runs nothing.
    And,
    /// Logical `or`, likewise.
    Or,
}

impl Operator {
    /// Whether the second operand may have a method of its own for it: arithmetic.
    pub fn is_reflected(self) -> bool {
        matches!(
            self,
            Self::Add
                | Self::Sub
                | Self::Mul
                | Self::Div
                | Self::FloorDiv
                | Self::Rem
                | Self::MatMul
                | Self::Pow
                | Self::Shl
                | Self::Shr
                | Self::BitAnd
                | Self::BitOr
                | Self::BitXor
        )
    }

    /// The method that the operator runs on its first operand, by the name under which catalogues list it.
    pub fn method(self) -> Option<&'static str> {
        Some(match self {
            Self::Add => "__add__",
            Self::Sub => "__sub__",
            Self::Mul => "__mul__",
            Self::Div => "__truediv__",
            Self::FloorDiv => "__floordiv__",
            Self::Rem => "__mod__",
            Self::MatMul => "__matmul__",
            Self::Pow => "__pow__",
            Self::Shl => "__lshift__",
            Self::Shr => "__rshift__",
            Self::BitAnd => "__and__",
            Self::BitOr => "__or__",
            Self::BitXor => "__xor__",
            Self::Neg => "__neg__",
            Self::Pos => "__pos__",
            Self::Invert => "__invert__",
            Self::Equal => "__eq__",
            Self::Order => "__lt__",
            Self::Contains => "__contains__",
            Self::Not | Self::IsNone | Self::IsPresent | Self::Identity | Self::And | Self::Or => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn a_value_is_small() {
        // A large program has millions of them; what is rare and large stands behind a box.
        assert!(size_of::<Value>() <= 40, "{} bytes", size_of::<Value>());
    }
}
