//! `try` and `with`: code that other code answers for.

use crate::lower::Lowerer;
use crate::parse::{span, span_of};
use blocklint_ir::build::{Attempt, Flow};
use blocklint_ir::{RegionId, RegionKind, TypeExprId, ValueId, ValueKind};
use ruff_python_ast::{ExceptHandler, ExceptHandlerExceptHandler, Expr, Stmt, StmtTry, StmtWith, WithItem};

/// A handler behind its end.
struct Handled {
    catches: Vec<ValueId>,
    end: Flow,
}

/// What is known behind a `try` that has one way out only.
fn follows(attempt: RegionId, completed: &Flow, handlers: &[Handled]) -> Option<RegionKind> {
    let mut live = handlers.iter().filter(|it| it.end.live());
    match (completed.live(), live.next(), live.next()) {
        (true, None, None) if !handlers.is_empty() => Some(RegionKind::Completed { attempt }),
        (false, Some(only), None) => Some(RegionKind::Handler { attempt, catches: only.catches.clone() }),
        _ => None,
    }
}

impl Lowerer {
    pub(crate) fn attempt(&mut self, stmt: &StmtTry) {
        let region = self.frame.builder.region();
        let attempt = self.frame.builder.begin_attempt();
        let tried = self.frame.builder.enter(RegionKind::Try);
        self.block(&stmt.body);
        let body = self.frame.builder.take();
        self.frame.builder.set_region(region);
        let handlers = self.handlers(&stmt.handlers, &attempt, tried);

        self.frame.builder.restore(body);
        if !stmt.orelse.is_empty() && self.frame.builder.live() {
            self.frame.builder.enter(RegionKind::Completed { attempt: tried });
            self.block(&stmt.orelse);
            self.frame.builder.set_region(region);
        }
        let completed = self.frame.builder.take();
        let follows = follows(tried, &completed, &handlers);
        let mut ends = vec![completed];
        ends.extend(handlers.into_iter().map(|it| it.end));
        self.frame.builder.join(ends);
        self.finally(&stmt.finalbody, &attempt);
        if let Some(follows) = follows.filter(|_| self.frame.builder.live()) {
            self.frame.builder.enter(follows);
        }
    }

    fn handlers(&mut self, handlers: &[ExceptHandler], attempt: &Attempt, tried: RegionId) -> Vec<Handled> {
        if handlers.is_empty() {
            return Vec::new();
        }
        let start = self.frame.builder.handler_flow(attempt);
        let mut ends = Vec::with_capacity(handlers.len());
        for ExceptHandler::ExceptHandler(handler) in handlers {
            self.frame.builder.restore(start.clone());
            let region = self.frame.builder.region();
            let catches = self.handler(handler, tried);
            self.frame.builder.set_region(region);
            ends.push(Handled { catches, end: self.frame.builder.take() });
        }
        ends
    }

    fn handler(&mut self, handler: &ExceptHandlerExceptHandler, attempt: RegionId) -> Vec<ValueId> {
        let types: &[Expr] = match handler.type_.as_deref() {
            None => &[],
            Some(Expr::Tuple(it)) => &it.elts,
            Some(one) => std::slice::from_ref(one),
        };
        let catches: Vec<ValueId> = types.iter().map(|it| self.expr(it)).collect();
        self.frame.builder.enter(RegionKind::Handler { attempt, catches: catches.clone() });
        if let (Some(name), Some(caught)) = (&handler.name, handler.type_.as_deref()) {
            let to: TypeExprId = self.class_info(caught);
            let error = self.instance_of(to, span(name.range));
            self.bind_value(name.as_str(), error, span(name.range));
        }
        self.block(&handler.body);
        if let Some(name) = &handler.name {
            let name = self.name(name.as_str());
            self.frame.builder.forget(name);
        }
        catches
    }

    /// Runs however the `try` ended; what follows it is reached only where something before it went through.
    fn finally(&mut self, body: &[Stmt], attempt: &Attempt) {
        if body.is_empty() {
            return;
        }
        let live = self.frame.builder.live();
        if !live {
            let flow = self.frame.builder.handler_flow(attempt);
            self.frame.builder.restore(flow);
        }
        let region = self.frame.builder.region();
        self.frame.builder.enter(RegionKind::Finally);
        self.block(body);
        self.frame.builder.set_region(region);
        if !live {
            self.frame.builder.leave();
        }
    }

    pub(crate) fn with(&mut self, stmt: &StmtWith) {
        let region = self.frame.builder.region();
        let suppresses = stmt.items.iter().any(suppresses);
        let attempt = suppresses.then(|| self.frame.builder.begin_attempt());
        let entered: Vec<(ValueId, RegionId)> = stmt.items.iter().map(|it| self.enter(it, stmt.is_async)).collect();
        self.block(&stmt.body);
        for (&(context, around), item) in entered.iter().zip(&stmt.items).rev() {
            self.frame.builder.set_region(around);
            let exit = if stmt.is_async { ValueKind::ExitAsync(context) } else { ValueKind::Exit(context) };
            self.push(exit, span_of(&item.context_expr));
        }
        self.frame.builder.set_region(region);
        if let Some(attempt) = attempt {
            let completed = self.frame.builder.take();
            let stopped = self.frame.builder.handler_flow(&attempt);
            self.frame.builder.join(vec![completed, stopped]);
        }
    }

    /// Enters a context. The result is the context and the region around its body.
    fn enter(&mut self, item: &WithItem, is_async: bool) -> (ValueId, RegionId) {
        let at = span_of(&item.context_expr);
        let context = self.expr(&item.context_expr);
        let around = self.frame.builder.region();
        let entered = if is_async { ValueKind::EnterAsync(context) } else { ValueKind::Enter(context) };
        let entered = self.push(entered, at);
        self.frame.builder.enter(RegionKind::Held { context });
        if let Some(target) = &item.optional_vars {
            self.assign(target, entered);
        }
        (context, around)
    }
}

/// `contextlib.suppress(…)`: the body may stop anywhere and what follows runs all the same.
fn suppresses(item: &WithItem) -> bool {
    let Expr::Call(call) = &item.context_expr else { return false };
    match &*call.func {
        Expr::Name(it) => it.id.as_str() == "suppress",
        Expr::Attribute(it) => it.attr.as_str() == "suppress",
        _ => false,
    }
}
