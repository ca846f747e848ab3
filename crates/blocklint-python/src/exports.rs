//! `__all__`: the names that a star import of this file brings, as far as they are written out. Where a part of them is
//! computed, nothing is said rather than something incomplete.

use crate::lower::Lowerer;
use blocklint_ir::Name;
use ruff_python_ast::Expr;

impl Lowerer {
    /// `__all__ = value`
    pub(crate) fn set_exports(&mut self, target: &Expr, value: &Expr) {
        if self.is_exports(target) {
            self.module.scopes[0].exports = self.listed(value);
        }
    }

    /// `__all__ += value`
    pub(crate) fn extend_exports(&mut self, target: &Expr, value: &Expr) {
        if self.is_exports(target) {
            let more = self.listed(value);
            self.add_exports(more);
        }
    }

    fn add_exports(&mut self, more: Option<Vec<Name>>) {
        let exports = &mut self.module.scopes[0].exports;
        *exports = match (exports.take(), more) {
            (Some(mut names), Some(more)) => {
                names.extend(more);
                Some(names)
            }
            _ => None,
        };
    }

    /// `__all__.extend(value)`, `__all__.append(value)`
    pub(crate) fn call_exports(&mut self, statement: &Expr) {
        let Expr::Call(call) = statement else { return };
        let (Expr::Attribute(method), [value]) = (&*call.func, &*call.arguments.args) else { return };
        if !self.is_exports(&method.value) {
            return;
        }
        let more = match (method.attr.as_str(), value) {
            ("append", Expr::StringLiteral(it)) => Some(vec![self.name(it.value.to_str())]),
            ("extend", _) => self.listed(value),
            _ => None,
        };
        self.add_exports(more);
    }

    fn is_exports(&self, target: &Expr) -> bool {
        self.outer.is_empty() && matches!(target, Expr::Name(it) if it.id.as_str() == "__all__")
    }

    fn listed(&mut self, value: &Expr) -> Option<Vec<Name>> {
        let items = match value {
            Expr::List(it) => it.elts.as_slice(),
            Expr::Tuple(it) => it.elts.as_slice(),
            _ => return None,
        };
        items.iter().map(|it| Some(self.module.names.intern(it.as_string_literal_expr()?.value.to_str()))).collect()
    }
}
