//! Assignments: the old value's life ends, the new one's begins.

use super::exprs::operator;
use crate::context::{Lower, Variable};
use crate::position::{expr_end, expr_start};
use blocklint_ir::{Span, ValueId, ValueKind};
use syn::{BinOp, Expr, ExprAssign, ExprBinary, UnOp};

impl Lower {
    pub(crate) fn assign(&mut self, expr: &ExprAssign) -> ValueId {
        let value = self.operand(&expr.right);
        let span = self.between(expr_start(&expr.left), expr_end(&expr.right));
        self.store(&expr.left, value, span);
        self.unit(span)
    }

    /// Gives a place a value.
    pub(crate) fn store(&mut self, place: &Expr, value: ValueId, span: Span) {
        match place {
            Expr::Paren(it) => self.store(&it.expr, value, span),
            Expr::Group(it) => self.store(&it.expr, value, span),
            Expr::Infer(_) => {
                self.push(ValueKind::Drop(value), span);
            }
            Expr::Path(_) => self.store_variable(place, value, span),
            Expr::Field(it) => {
                let base = self.place(&it.base);
                let name = self.field_name(&it.member);
                let old = self.push(ValueKind::Attribute { base, name }, span);
                self.push(ValueKind::Drop(old), span);
                self.push(ValueKind::Store { base, name, value: Some(value) }, span);
            }
            Expr::Index(it) => {
                let base = self.place(&it.expr);
                let index = self.expr(&it.index);
                self.push(ValueKind::StoreIndex { base, index, value: Some(value) }, span);
            }
            Expr::Unary(it) if matches!(it.op, UnOp::Deref(_)) => {
                let base = self.place(&it.expr);
                let old = self.push(ValueKind::Deref(base), span);
                self.push(ValueKind::Drop(old), span);
            }
            Expr::Tuple(it) => self.store_elements(it.elems.iter(), value, span),
            Expr::Array(it) => self.store_elements(it.elems.iter(), value, span),
            other => {
                self.expr(other);
            }
        }
    }

    fn store_elements<'a>(&mut self, places: impl Iterator<Item = &'a Expr>, value: ValueId, span: Span) {
        for (index, place) in places.enumerate() {
            let index = u32::try_from(index).ok();
            let element = self.push(ValueKind::Element { base: value, index }, span);
            self.store(place, element, span);
        }
    }

    fn store_variable(&mut self, place: &Expr, value: ValueId, span: Span) {
        let Some(name) = super::exprs::bare(place).map(|it| self.ident(it)) else { return };
        match self.variable(name) {
            Some(Variable::Own(unique)) => {
                let gone = self.frame().moved.contains(&unique);
                let old = self.builder().read(unique);
                if let Some(old) = old.filter(|_| !gone) {
                    self.push(ValueKind::Drop(old), span);
                }
                // The variable owns a value again.
                self.frame().moved.retain(|&it| it != unique);
                self.builder().assign(unique, value);
            }
            Some(Variable::Captured(frame, unique)) => {
                let reference = self.reference(value);
                self.frames[frame].builder.assign_foreign(unique, reference);
            }
            None => {}
        }
    }

    /// `a += b` and its like; `None` for other operators.
    pub(crate) fn compound(&mut self, expr: &ExprBinary) -> Option<ValueId> {
        let compound = matches!(
            expr.op,
            BinOp::AddAssign(_)
                | BinOp::SubAssign(_)
                | BinOp::MulAssign(_)
                | BinOp::DivAssign(_)
                | BinOp::RemAssign(_)
                | BinOp::BitXorAssign(_)
                | BinOp::BitAndAssign(_)
                | BinOp::BitOrAssign(_)
                | BinOp::ShlAssign(_)
                | BinOp::ShrAssign(_)
        );
        let operator = operator(&expr.op).filter(|_| compound)?;
        let right = self.operand(&expr.right);
        let left = self.place(&expr.left);
        let span = self.between(expr_start(&expr.left), expr_end(&expr.right));
        self.push(ValueKind::Operator { operator, operands: [left, right].into() }, span);
        Some(self.unit(span))
    }
}
