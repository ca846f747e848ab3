//! Operators and comparisons.

use crate::lower::Lowerer;
use crate::parse::{span, span_of};
use blocklint_ir::{Operator, Span, ValueId, ValueKind};
use ruff_python_ast::{self as ast, CmpOp, Expr, UnaryOp};

impl Lowerer {
    pub(crate) fn operator(&mut self, operator: Operator, operands: &[ValueId], span: Span) -> ValueId {
        self.push(ValueKind::Operator { operator, operands: operands.into() }, span)
    }

    /// `a + b + c` leans left as deep as it is long, so it is walked and not recursed into.
    pub(crate) fn binary(&mut self, expr: &ast::ExprBinOp) -> ValueId {
        let mut chain = vec![expr];
        let mut left = expr.left.as_ref();
        while let Expr::BinOp(inner) = left {
            chain.push(inner);
            left = &inner.left;
        }
        let mut value = self.expr(left);
        for part in chain.into_iter().rev() {
            let right = self.expr(&part.right);
            if part.op == ast::Operator::Mod && part.left.is_string_literal_expr() {
                self.inserted(&part.right, right);
            }
            value = self.operator(binary_operator(part.op), &[value, right], span(part.range));
        }
        value
    }

    /// `"text %s" % value` makes texts of what it inserts.
    fn inserted(&mut self, expr: &Expr, value: ValueId) {
        let items = match (expr, &self.frame.builder.value(value).kind) {
            (Expr::Tuple(_), ValueKind::Tuple(items)) => items.to_vec(),
            _ => vec![value],
        };
        for item in items {
            let at = self.frame.builder.value(item).span;
            self.push(ValueKind::Format(item), at);
        }
    }

    pub(crate) fn unary(&mut self, expr: &ast::ExprUnaryOp) -> ValueId {
        let operand = self.expr(&expr.operand);
        let operator = match expr.op {
            UnaryOp::Invert => Operator::Invert,
            UnaryOp::Not => Operator::Not,
            UnaryOp::UAdd => Operator::Pos,
            UnaryOp::USub => Operator::Neg,
        };
        self.operator(operator, &[operand], span(expr.range))
    }

    /// `a < b < c` is `a < b and b < c` with `b` evaluated once.
    pub(crate) fn compare(&mut self, expr: &ast::ExprCompare) -> ValueId {
        let mut left = self.expr(&expr.left);
        let mut left_none = expr.left.is_none_literal_expr();
        let mut result = None;
        for (&op, right_expr) in expr.ops.iter().zip(&expr.comparators) {
            let right_none = right_expr.is_none_literal_expr();
            let right = self.expr(right_expr);
            let at = span_of(&*expr.left).to(span_of(right_expr));
            let one = self.comparison(op, (left, left_none), (right, right_none), at);
            result = Some(match result {
                None => one,
                Some(before) => self.operator(Operator::And, &[before, one], at),
            });
            (left, left_none) = (right, right_none);
        }
        result.unwrap_or(left)
    }

    /// Each side with whether it is written `None`.
    fn comparison(&mut self, op: CmpOp, left: (ValueId, bool), right: (ValueId, bool), at: Span) -> ValueId {
        let tested = if right.1 { left.0 } else { right.0 };
        let one_none = left.1 != right.1;
        let both = [left.0, right.0];
        let negate = |it: &mut Self, value| it.operator(Operator::Not, &[value], at);
        match op {
            CmpOp::Eq => self.operator(Operator::Equal, &both, at),
            CmpOp::NotEq => {
                let equal = self.operator(Operator::Equal, &both, at);
                negate(self, equal)
            }
            CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE => self.operator(Operator::Order, &both, at),
            CmpOp::In => self.operator(Operator::Contains, &both, at),
            CmpOp::NotIn => {
                let contains = self.operator(Operator::Contains, &both, at);
                negate(self, contains)
            }
            CmpOp::Is if one_none => self.operator(Operator::IsNone, &[tested], at),
            CmpOp::IsNot if one_none => self.operator(Operator::IsPresent, &[tested], at),
            CmpOp::Is => self.operator(Operator::Identity, &both, at),
            CmpOp::IsNot => {
                let same = self.operator(Operator::Identity, &both, at);
                negate(self, same)
            }
        }
    }
}

/// What a binary operator means.
pub(crate) fn binary_operator(op: ast::Operator) -> Operator {
    match op {
        ast::Operator::Add => Operator::Add,
        ast::Operator::Sub => Operator::Sub,
        ast::Operator::Mult => Operator::Mul,
        ast::Operator::MatMult => Operator::MatMul,
        ast::Operator::Div => Operator::Div,
        ast::Operator::Mod => Operator::Rem,
        ast::Operator::Pow => Operator::Pow,
        ast::Operator::LShift => Operator::Shl,
        ast::Operator::RShift => Operator::Shr,
        ast::Operator::BitOr => Operator::BitOr,
        ast::Operator::BitXor => Operator::BitXor,
        ast::Operator::BitAnd => Operator::BitAnd,
        ast::Operator::FloorDiv => Operator::FloorDiv,
    }
}
