//! Simple statements, and which file a compound one is lowered in.

use crate::lower::Lowerer;
use crate::parse::span;
use blocklint_ir::{Literal, TypeDef, TypeExprId, TypeKind, ValueId, ValueKind};
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Stmt, StmtAssert, StmtAssign, StmtExpr};

impl Lowerer {
    pub(crate) fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Expr(it) => self.discard(it),
            Stmt::Assign(it) => self.assignment(it),
            Stmt::AnnAssign(it) => {
                if let Some(value) = &it.value {
                    self.set_exports(&it.target, value);
                }
                if !self.alias_statement(it) {
                    self.annotated(it);
                }
            }
            Stmt::AugAssign(it) => {
                self.extend_exports(&it.target, &it.value);
                self.augmented(it);
            }
            Stmt::Delete(it) => it.targets.iter().for_each(|it| self.delete(it)),
            Stmt::Return(it) => {
                let value = match &it.value {
                    Some(value) => self.expr(value),
                    None => self.literal(Literal::None, span(it.range)),
                };
                self.frame.builder.function.returns.push(value);
                self.frame.builder.leave();
            }
            Stmt::Raise(it) => {
                [&it.exc, &it.cause].into_iter().flatten().for_each(|it| {
                    self.expr(it);
                });
                self.frame.builder.leave();
            }
            Stmt::Break(_) => self.frame.builder.break_loop(0),
            Stmt::Continue(_) => self.frame.builder.continue_loop(0),
            Stmt::Assert(it) => self.assertion(it),
            Stmt::Import(it) => self.import(it),
            Stmt::ImportFrom(it) => self.import_from(it),
            Stmt::TypeAlias(it) => {
                if let Expr::Name(name) = &*it.name {
                    let target = self.annotation(&it.value);
                    self.alias(name, target);
                }
            }
            Stmt::FunctionDef(it) => self.function(it),
            Stmt::ClassDef(it) => self.class(it),
            Stmt::If(it) => self.branch(it),
            Stmt::For(it) => self.for_loop(it),
            Stmt::While(it) => self.while_loop(it),
            Stmt::Try(it) => self.attempt(it),
            Stmt::With(it) => self.with(it),
            Stmt::Match(it) => self.match_cases(it),
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => {}
        }
    }

    fn discard(&mut self, stmt: &StmtExpr) {
        if matches!(&*stmt.value, Expr::StringLiteral(_) | Expr::EllipsisLiteral(_)) {
            return;
        }
        self.call_exports(&stmt.value);
        let value = self.expr(&stmt.value);
        self.frame.builder.function.discarded.push(value);
    }

    fn assignment(&mut self, stmt: &StmtAssign) {
        if let [target] = &*stmt.targets {
            if let Expr::Name(name) = target
                && self.named_alias(name, &stmt.value)
            {
                return;
            }
            self.set_exports(target, &stmt.value);
        }
        let value = self.expr(&stmt.value);
        stmt.targets.iter().for_each(|it| self.assign(it, value));
        for target in &stmt.targets {
            if let Expr::Name(name) = target {
                self.member_alias(name.id.as_str(), value);
            }
        }
    }

    fn assertion(&mut self, stmt: &StmtAssert) {
        let test = self.test(&stmt.test);
        if let Some(message) = &stmt.msg {
            let region = self.frame.builder.region();
            self.frame.builder.enter(blocklint_ir::RegionKind::When { test, holds: false });
            self.expr(message);
            self.frame.builder.set_region(region);
        }
        self.learn(&stmt.test, true);
        self.frame.builder.enter(blocklint_ir::RegionKind::When { test, holds: true });
    }

    /// A statement that is never reached: nothing in it runs, but it may decide what kind of function this is.
    pub(crate) fn unreachable(&mut self, stmt: &Stmt) {
        let mut search = YieldSearch { found: false };
        search.visit_stmt(stmt);
        if search.found {
            self.generates();
        }
    }

    /// The value of the instance that a handler or pattern binds.
    pub(crate) fn instance_of(&mut self, to: TypeExprId, at: blocklint_ir::Span) -> ValueId {
        let of = self.push(ValueKind::Unknown, at);
        self.push(ValueKind::Narrow { of, to, holds: true }, at)
    }
}

/// A type definition without members.
pub(crate) fn type_def(
    name: blocklint_ir::Name,
    qualname: String,
    kind: TypeKind,
    scope: blocklint_ir::ScopeId,
    span: blocklint_ir::Span,
) -> TypeDef {
    TypeDef {
        name,
        qualname,
        kind,
        scope,
        bases: Vec::new(),
        implements: None,
        generics: Vec::new(),
        associated: Vec::new(),
        members: Vec::new(),
        fields: Vec::new(),
        metaclass: None,
        decorators: Vec::new(),
        span,
        test: false,
    }
}

struct YieldSearch {
    found: bool,
}

impl<'a> Visitor<'a> for YieldSearch {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        if !matches!(stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            visitor::walk_stmt(self, stmt);
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Yield(_) | Expr::YieldFrom(_) => self.found = true,
            Expr::Lambda(_) => {}
            other => visitor::walk_expr(self, other),
        }
    }
}
