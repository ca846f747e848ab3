//! Names for types: `X: TypeAlias = …`, `X = Union[…]`, `X = A | B`, `NewType`, and the type variables that functions are written with.

use crate::annotation::typing_name;
use crate::bind::Bound;
use crate::lower::Lowerer;
use crate::parse::span;
use crate::stmt::type_def;
use blocklint_ir::{Name, Parameter, TypeDef, TypeExprId, TypeId, TypeKind, ValueKind};
use ruff_python_ast::{Expr, ExprCall, ExprName, Operator, StmtAnnAssign};

/// Generic types that are no values: nothing but a type is written with them.
const TYPING_ONLY: &[&str] = &[
    "Annotated",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "Callable",
    "Coroutine",
    "Dict",
    "Generator",
    "Iterable",
    "Iterator",
    "List",
    "Literal",
    "Mapping",
    "Optional",
    "Sequence",
    "Set",
    "Tuple",
    "Type",
    "Union",
];

/// Types that have lower case names.
const LOWER_CASE: &[&str] =
    &["bool", "bytes", "complex", "dict", "float", "int", "list", "object", "set", "str", "tuple", "type"];

impl Lowerer {
    /// `X: TypeAlias = …`
    pub(crate) fn alias_statement(&mut self, stmt: &StmtAnnAssign) -> bool {
        let (Expr::Name(name), Some(value)) = (&*stmt.target, &stmt.value) else { return false };
        if typing_name(&stmt.annotation) != Some("TypeAlias") {
            return false;
        }
        self.alias_of(name, value);
        true
    }

    /// `X = Union[A, B]`, `X = NewType("X", base)`: whether the name is one of a type.
    pub(crate) fn named_alias(&mut self, name: &ExprName, value: &Expr) -> bool {
        if let Expr::Call(call) = value {
            let Some(base) = self.new_type(name, call) else { return false };
            self.alias(name, base);
            return true;
        }
        let at_top = self.outer.is_empty() && self.frame.classes.is_empty();
        if !at_top || !matches!(value, Expr::Subscript(_) | Expr::BinOp(_)) || !self.nothing_but_a_type(value) {
            return false;
        }
        self.alias_of(name, value);
        true
    }

    fn nothing_but_a_type(&mut self, value: &Expr) -> bool {
        match value {
            Expr::Subscript(it) => match typing_name(&it.value) {
                Some(generic) => TYPING_ONLY.contains(&generic) && self.may_be_typings(generic),
                None => false,
            },
            Expr::BinOp(it) => {
                it.op == Operator::BitOr && self.option_of_types(&it.left) && self.option_of_types(&it.right)
            }
            _ => false,
        }
    }

    /// One of `A | B`, told from flags by how it is written.
    fn option_of_types(&mut self, value: &Expr) -> bool {
        match value {
            Expr::NoneLiteral(_) => true,
            Expr::Name(it) => {
                let name = self.name(it.id.as_str());
                type_like(it.id.as_str()) && !self.top.is_value(name)
            }
            Expr::Attribute(it) => {
                let module = match &*it.value {
                    Expr::Name(module) => module.id.as_str(),
                    Expr::Attribute(module) => module.attr.as_str(),
                    _ => return false,
                };
                module.starts_with(char::is_lowercase) && type_like(it.attr.as_str())
            }
            Expr::Subscript(it) => self.option_of_types(&it.value),
            _ => self.nothing_but_a_type(value),
        }
    }

    /// The base of `NewType("X", base)`, the bound of `TypeVar("X", bound=…)`.
    fn new_type(&mut self, name: &ExprName, call: &ExprCall) -> Option<TypeExprId> {
        if typing_name(&call.func)? == "TypeVar" {
            let bound = call.arguments.find_keyword("bound").map(|it| self.annotation(&it.value));
            let name = self.name(name.id.as_str());
            self.type_variables.push((name, bound));
            return bound;
        }
        let [_, base] = &*call.arguments.args else { return None };
        (typing_name(&call.func)? == "NewType").then(|| self.annotation(base))
    }

    fn alias_of(&mut self, name: &ExprName, value: &Expr) {
        self.computed(value);
        let target = self.annotation(value);
        self.alias(name, target);
    }

    pub(crate) fn alias(&mut self, written: &ExprName, target: TypeExprId) {
        let text = written.id.as_str();
        let at = span(written.range);
        let qualname = self.qualify(text);
        let name = self.name(text);
        let id = TypeId::new(self.module.types.len());
        let scope = self.annotation_scope();
        let bases = vec![target];
        self.module.types.push(TypeDef { bases, ..type_def(name, qualname, TypeKind::Alias, scope, at) });
        let value = self.push(ValueKind::Type(id), at);
        self.bind(name, Bound::Type(id), Some(value), at);
    }

    /// Type parameters of a function as they were written before they had a syntax: `def first(of: list[T]) -> T`.
    pub(crate) fn type_variables_in(&self, parameters: &[Parameter], generics: &mut Vec<(Name, Option<TypeExprId>)>) {
        if self.type_variables.is_empty() {
            return;
        }
        let of_class = self.frame.classes.last().map(|it| &self.module.type_def(it.id).generics);
        for annotation in parameters.iter().filter_map(|it| it.annotation) {
            for &(name, bound) in &self.type_variables {
                let known = |it: &(Name, Option<TypeExprId>)| it.0 == name;
                let of_class = of_class.is_some_and(|it| it.iter().any(known));
                if !of_class && !generics.iter().any(known) && self.module.names_one_of(&[(name, bound)], annotation) {
                    generics.push((name, bound));
                }
            }
        }
    }
}

/// Written as types are and constants are not.
fn type_like(name: &str) -> bool {
    LOWER_CASE.contains(&name) || name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
}
