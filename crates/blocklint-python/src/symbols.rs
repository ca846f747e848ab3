//! Which names a function's body binds, found before it is lowered: Python decides a name's scope by the whole body.
//! It does not enter functions and classes inside, which decide for themselves.

use blocklint_ir::{Name, Names};
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Pattern, Stmt};
use rustc_hash::FxHashMap;

/// Where a name that a body binds or declares lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symbol {
    /// In the function itself.
    Local,
    /// In the file: `global x`.
    Global,
    /// In a function around it: `nonlocal x`.
    Nonlocal,
}

/// The names of one function.
pub(crate) type Symbols = FxHashMap<Name, Symbol>;

/// Adds what `body` binds to `symbols`. `walrus`: the file has `:=` somewhere, so that expressions must be searched too.
pub(crate) fn collect(body: &[Stmt], walrus: bool, names: &mut Names, symbols: &mut Symbols) {
    let mut collector = Collector { names, symbols, walrus };
    collector.block(body);
}

/// Adds what the `:=` in an expression bind.
pub(crate) fn collect_expr(expr: &Expr, names: &mut Names, symbols: &mut Symbols) {
    Collector { names, symbols, walrus: true }.visit_expr(expr);
}

struct Collector<'a> {
    names: &'a mut Names,
    symbols: &'a mut Symbols,
    walrus: bool,
}

impl Collector<'_> {
    fn block(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    fn local(&mut self, name: &str) {
        let name = self.names.intern(name);
        self.symbols.entry(name).or_insert(Symbol::Local);
    }

    fn declare(&mut self, name: &str, symbol: Symbol) {
        let name = self.names.intern(name);
        self.symbols.insert(name, symbol);
    }

    fn expr(&mut self, expr: &Expr) {
        if self.walrus {
            self.visit_expr(expr);
        }
    }

    fn target(&mut self, target: &Expr) {
        match target {
            Expr::Name(it) => self.local(it.id.as_str()),
            Expr::Tuple(it) => it.elts.iter().for_each(|it| self.target(it)),
            Expr::List(it) => it.elts.iter().for_each(|it| self.target(it)),
            Expr::Starred(it) => self.target(&it.value),
            other => self.expr(other),
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::FunctionDef(it) => self.local(it.name.as_str()),
            Stmt::ClassDef(it) => self.local(it.name.as_str()),
            Stmt::TypeAlias(it) => self.target(&it.name),
            Stmt::Delete(it) => it.targets.iter().for_each(|it| self.target(it)),
            Stmt::Assign(it) => {
                it.targets.iter().for_each(|it| self.target(it));
                self.expr(&it.value);
            }
            Stmt::AugAssign(it) => {
                self.target(&it.target);
                self.expr(&it.value);
            }
            Stmt::AnnAssign(it) => {
                self.target(&it.target);
                it.value.iter().for_each(|it| self.expr(it));
            }
            Stmt::Import(it) => {
                for alias in &it.names {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    self.local(bound.split('.').next().unwrap_or(bound));
                }
            }
            Stmt::ImportFrom(it) => {
                it.names.iter().for_each(|it| self.local(it.asname.as_ref().unwrap_or(&it.name).as_str()));
            }
            Stmt::Global(it) => it.names.iter().for_each(|it| self.declare(it.as_str(), Symbol::Global)),
            Stmt::Nonlocal(it) => it.names.iter().for_each(|it| self.declare(it.as_str(), Symbol::Nonlocal)),
            Stmt::Return(it) => it.value.iter().for_each(|it| self.expr(it)),
            Stmt::Expr(it) => self.expr(&it.value),
            Stmt::Assert(it) => self.expr(&it.test),
            Stmt::Raise(it) => it.exc.iter().for_each(|it| self.expr(it)),
            other => self.compound(other),
        }
    }

    fn compound(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::For(it) => {
                self.target(&it.target);
                self.expr(&it.iter);
                self.block(&it.body);
                self.block(&it.orelse);
            }
            Stmt::While(it) => {
                self.expr(&it.test);
                self.block(&it.body);
                self.block(&it.orelse);
            }
            Stmt::If(it) => {
                self.expr(&it.test);
                self.block(&it.body);
                for clause in &it.elif_else_clauses {
                    clause.test.iter().for_each(|it| self.expr(it));
                    self.block(&clause.body);
                }
            }
            Stmt::With(it) => {
                for item in &it.items {
                    self.expr(&item.context_expr);
                    item.optional_vars.iter().for_each(|it| self.target(it));
                }
                self.block(&it.body);
            }
            Stmt::Match(it) => {
                self.expr(&it.subject);
                for case in &it.cases {
                    self.visit_pattern(&case.pattern);
                    case.guard.iter().for_each(|it| self.expr(it));
                    self.block(&case.body);
                }
            }
            Stmt::Try(it) => {
                self.block(&it.body);
                for ruff_python_ast::ExceptHandler::ExceptHandler(handler) in &it.handlers {
                    handler.name.iter().for_each(|it| self.local(it.as_str()));
                    self.block(&handler.body);
                }
                self.block(&it.orelse);
                self.block(&it.finalbody);
            }
            _ => {}
        }
    }
}

impl<'a> Visitor<'a> for Collector<'_> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Lambda(_) => {}
            Expr::Named(it) => {
                self.target(&it.target);
                self.visit_expr(&it.value);
            }
            other => visitor::walk_expr(self, other),
        }
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        match pattern {
            Pattern::MatchStar(it) => it.name.iter().for_each(|it| self.local(it.as_str())),
            Pattern::MatchMapping(it) => it.rest.iter().for_each(|it| self.local(it.as_str())),
            Pattern::MatchAs(it) => it.name.iter().for_each(|it| self.local(it.as_str())),
            _ => {}
        }
        visitor::walk_pattern(self, pattern);
    }
}
