//! Annotations as type expressions. Only what the language and `typing` themselves mean is told apart; what a library's generic
//! type holds is not known here.

use crate::lower::Lowerer;
use crate::parse;
use blocklint_ir::item::Anchor;
use blocklint_ir::{Import, Name, ScopeId, TypeExpr, TypeExprId, ValueId};
use ruff_python_ast::{Expr, ExprSubscript, Operator};

/// Types nested deeper than this help nobody.
const MAX_DEPTH: u32 = 40;

impl Lowerer {
    /// The type that an annotation, a base class or `isinstance` names.
    pub(crate) fn annotation(&mut self, expr: &Expr) -> TypeExprId {
        let scope = self.annotation_scope();
        self.type_in(scope, expr, 0)
    }

    fn type_in(&mut self, scope: ScopeId, expr: &Expr, depth: u32) -> TypeExprId {
        let built = if depth < MAX_DEPTH { self.build_type(scope, expr, depth + 1) } else { TypeExpr::Unknown };
        self.module.add_type_expr(built)
    }

    fn build_type(&mut self, scope: ScopeId, expr: &Expr, depth: u32) -> TypeExpr {
        match expr {
            Expr::Name(_) | Expr::Attribute(_) => self.named_type(scope, expr),
            Expr::NoneLiteral(_) => TypeExpr::Unit,
            Expr::StringLiteral(text) => match parse::expression(text.value.to_str()) {
                Some(quoted) => self.build_type(scope, &quoted, depth + MAX_DEPTH / 4),
                None => TypeExpr::Unknown,
            },
            Expr::BinOp(it) if it.op == Operator::BitOr => {
                let mut options = Vec::new();
                let mut left = expr;
                while let Expr::BinOp(inner) = left
                    && inner.op == Operator::BitOr
                {
                    options.push(self.type_in(scope, &inner.right, depth));
                    left = &inner.left;
                }
                options.push(self.type_in(scope, left, depth));
                options.reverse();
                TypeExpr::Union(options)
            }
            Expr::Subscript(it) => self.applied_type(scope, it, depth),
            Expr::Starred(it) => self.build_type(scope, &it.value, depth),
            _ => TypeExpr::Unknown,
        }
    }

    fn named_type(&mut self, scope: ScopeId, expr: &Expr) -> TypeExpr {
        if typing_name(expr) == Some("Self") {
            return TypeExpr::SelfType;
        }
        match self.dotted(expr) {
            Some(segments) => TypeExpr::Path { scope, path: Import::new(Anchor::Lexical, segments) },
            None => TypeExpr::Unknown,
        }
    }

    fn applied_type(&mut self, scope: ScopeId, expr: &ExprSubscript, depth: u32) -> TypeExpr {
        let arguments = match &*expr.slice {
            Expr::Tuple(it) => it.elts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let name = typing_name(&expr.value).unwrap_or_default();
        match (name, arguments) {
            ("Optional", [inner]) => {
                let inner = self.type_in(scope, inner, depth);
                let unit = self.module.add_type_expr(TypeExpr::Unit);
                TypeExpr::Union(vec![inner, unit])
            }
            ("Union", _) => TypeExpr::Union(self.types_in(scope, arguments, depth)),
            ("Callable", [_, result]) => TypeExpr::Callable(self.type_in(scope, result, depth)),
            ("tuple" | "Tuple", [item, Expr::EllipsisLiteral(_)]) => {
                TypeExpr::Sequence(self.type_in(scope, item, depth))
            }
            ("tuple" | "Tuple", _) => TypeExpr::Tuple(self.types_in(scope, arguments, depth)),
            ("type" | "Type", [of]) => TypeExpr::TypeOf(self.type_in(scope, of, depth)),
            ("Literal", _) => match self.texts(arguments) {
                Some(texts) => TypeExpr::Texts(texts),
                None => self.build_type(scope, &expr.value, depth),
            },
            // What follows the type is no type: see `Lowerer::metadata`.
            ("Annotated", [of, ..]) => {
                let base = self.type_in(scope, &expr.value, depth);
                TypeExpr::Apply { base, args: vec![self.type_in(scope, of, depth)] }
            }
            _ => {
                let base = self.type_in(scope, &expr.value, depth);
                TypeExpr::Apply { base, args: self.types_in(scope, arguments, depth) }
            }
        }
    }

    /// What is written as texts alone.
    fn texts(&mut self, written: &[Expr]) -> Option<Box<[Name]>> {
        let text = |it: &Expr| it.as_string_literal_expr().map(|it| self.name(it.value.to_str()));
        written.iter().map(text).collect()
    }

    fn types_in(&mut self, scope: ScopeId, types: &[Expr], depth: u32) -> Vec<TypeExprId> {
        types.iter().map(|it| self.type_in(scope, it, depth)).collect()
    }

    /// The values that an `Annotated[T, …]` carries beside its type.
    pub(crate) fn metadata(&mut self, annotation: &Expr) -> Vec<ValueId> {
        let Expr::Subscript(it) = annotation else { return Vec::new() };
        let Expr::Tuple(arguments) = &*it.slice else { return Vec::new() };
        if typing_name(&it.value) != Some("Annotated") {
            return Vec::new();
        }
        arguments.elts.iter().skip(1).map(|it| self.expr(it)).collect()
    }

    /// The segments of `a.b.c`.
    pub(crate) fn dotted(&mut self, expr: &Expr) -> Option<Vec<Name>> {
        let mut segments = Vec::new();
        let mut at = expr;
        while let Expr::Attribute(it) = at {
            segments.push(self.name(it.attr.as_str()));
            at = &it.value;
        }
        let Expr::Name(first) = at else { return None };
        segments.push(self.name(first.id.as_str()));
        segments.reverse();
        Some(segments)
    }
}

/// The last segment of a name that is written as one of `typing`'s or the builtins': `Optional`, `typing.Optional`, `t.Optional`.
pub(crate) fn typing_name(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Name(it) => Some(it.id.as_str()),
        Expr::Attribute(it) => {
            let module = match &*it.value {
                Expr::Name(module) => module.id.as_str(),
                Expr::Attribute(module) => module.attr.as_str(),
                _ => return None,
            };
            matches!(module, "typing" | "typing_extensions" | "t" | "te" | "tp" | "abc" | "collections" | "builtins")
                .then(|| it.attr.as_str())
        }
        _ => None,
    }
}
