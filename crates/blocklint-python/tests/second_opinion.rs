//! An independent parser must see the same definitions, calls and awaits at the same places, wherever it accepts the file.
//! Left out: what stands in annotations and formatted strings (the older grammar places it differently) and what is never reached.

mod common;

use blocklint_ir::{Color, Form, FunctionId, Module, ValueKind};
use blocklint_python::lower;
use common::{SAMPLES, corpus};
use rustpython_parser::ast::fold::Fold;
use rustpython_parser::ast::text_size::TextRange;
use rustpython_parser::ast::{self as other, Ranged, Stmt};
use rustpython_parser::{Parse, ast::Suite};
use std::collections::BTreeSet;
use std::convert::Infallible;

/// A place in a file, with what stands there.
type Places = BTreeSet<(u32, String)>;

#[derive(Debug, Default)]
struct Seen {
    /// Everything, annotations included.
    all: Places,
    /// What must be in the module.
    certain: Places,
    /// Formatted strings and statements that may never be reached.
    unsure: Vec<TextRange>,
    annotation: bool,
}

#[test]
fn both_parsers_see_the_same_program() {
    let mut total = Tally::default();
    for (path, text) in SAMPLES {
        compare(path, text, &mut total);
    }
    assert!(total.places > 60, "the samples hold something to compare: {total:?}");
    for file in corpus() {
        if let Ok(text) = std::fs::read_to_string(&file) {
            compare(&file.to_string_lossy(), &text, &mut total);
        }
    }
    assert!(total.differences.is_empty(), "{}", total.differences.join("\n"));
    println!("{total:?}");
    assert!(total.unsure * 20 < total.places, "nearly everything is compared: {total:?}");
}

#[derive(Debug, Default)]
struct Tally {
    files: usize,
    rejected: usize,
    places: usize,
    unsure: usize,
    differences: Vec<String>,
}

fn compare(path: &str, text: &str, total: &mut Tally) {
    let module = lower(path, text);
    let Ok(suite) = Suite::parse(text, path) else {
        total.rejected += 1;
        return;
    };
    if !module.errors.is_empty() {
        total.rejected += 1;
        return;
    }
    total.files += 1;
    let mut seen = Seen::default();
    unreachable(&suite, &mut seen.unsure);
    for stmt in suite {
        let _ = seen.fold_stmt(stmt);
    }
    let (ours, calls) = ours(&module);
    for place in &seen.certain {
        total.places += 1;
        if ours.contains(place) {
            continue;
        }
        if !seen.unsure(place.0) {
            total.differences.push(format!("{path}: we miss {place:?}: {:?}", context(text, place.0)));
        }
        total.unsure += 1;
    }
    for place in calls.difference(&seen.all) {
        if !seen.unsure(place.0) {
            total.differences.push(format!("{path}: we invent {place:?}: {:?}", context(text, place.0)));
        }
        total.unsure += 1;
    }
}

fn context(text: &str, at: u32) -> &str {
    let start = text.floor_char_boundary((at as usize).saturating_sub(60));
    &text[start..at as usize]
}

impl Seen {
    fn unsure(&self, at: u32) -> bool {
        self.unsure.iter().any(|it| it.start().to_u32() <= at && at <= it.end().to_u32())
    }

    fn add(&mut self, at: u32, what: &str) {
        self.all.insert((at, what.to_owned()));
        if !self.annotation {
            self.certain.insert((at, what.to_owned()));
        }
    }
}

/// What our module holds: all of it, and what the other parser must confirm.
fn ours(module: &Module) -> (Places, Places) {
    let (mut all, mut confirmed) = (Places::new(), Places::new());
    for (index, function) in module.functions.iter().enumerate() {
        if index != FunctionId::TOP.index() {
            let word = match function.form {
                Form::Lambda => "lambda",
                _ if function.color.on_loop() => "async def",
                _ => "def",
            };
            confirmed.insert((function.span.end, word.to_owned()));
        }
        for value in &function.values {
            let place = match value.kind {
                ValueKind::Call(_) => (value.span.end, "call".to_owned()),
                ValueKind::Await(_) => (value.span.start, "await".to_owned()),
                // `super()`, `type(x)`, `cast(…)`, `dict(name=x)`, `getattr(x, "name")` and `setattr(x, "name", y)` are calls that
                // the front end already understood.
                ValueKind::Super
                | ValueKind::Mapping(_)
                | ValueKind::TypeOf(_)
                | ValueKind::Narrow { .. }
                | ValueKind::Attribute { .. }
                | ValueKind::Store { .. } => {
                    all.insert((value.span.end, "call".to_owned()));
                    continue;
                }
                _ => continue,
            };
            confirmed.insert(place);
        }
        assert!(index != 0 || function.color == Color::Sync);
    }
    all.extend(confirmed.iter().cloned());
    (all, confirmed)
}

impl Fold<TextRange> for Seen {
    type TargetU = TextRange;
    type Error = Infallible;
    type UserContext = ();

    fn will_map_user(&mut self, _: &TextRange) {}

    fn map_user(&mut self, user: TextRange, (): ()) -> Result<TextRange, Infallible> {
        Ok(user)
    }

    fn fold_arg(&mut self, mut node: other::Arg) -> Result<other::Arg, Infallible> {
        if let Some(annotation) = node.annotation.take() {
            self.annotation(*annotation);
        }
        other::fold::fold_arg(self, node)
    }

    fn fold_stmt_function_def(
        &mut self,
        mut node: other::StmtFunctionDef,
    ) -> Result<other::StmtFunctionDef, Infallible> {
        self.add(node.range.end().to_u32(), "def");
        if let Some(returns) = node.returns.take() {
            self.annotation(*returns);
        }
        other::fold::fold_stmt_function_def(self, node)
    }

    fn fold_stmt_async_function_def(
        &mut self,
        mut node: other::StmtAsyncFunctionDef,
    ) -> Result<other::StmtAsyncFunctionDef, Infallible> {
        self.add(node.range.end().to_u32(), "async def");
        if let Some(returns) = node.returns.take() {
            self.annotation(*returns);
        }
        other::fold::fold_stmt_async_function_def(self, node)
    }

    fn fold_stmt_ann_assign(&mut self, mut node: other::StmtAnnAssign) -> Result<other::StmtAnnAssign, Infallible> {
        let none = other::ExprConstant { range: node.range, value: other::Constant::None, kind: None };
        let annotation = std::mem::replace(&mut *node.annotation, none.into());
        self.annotation(annotation);
        other::fold::fold_stmt_ann_assign(self, node)
    }

    fn fold_stmt_type_alias(&mut self, node: other::StmtTypeAlias) -> Result<other::StmtTypeAlias, Infallible> {
        let before = std::mem::replace(&mut self.annotation, true);
        let node = other::fold::fold_stmt_type_alias(self, node);
        self.annotation = before;
        node
    }

    fn fold_expr_lambda(&mut self, node: other::ExprLambda) -> Result<other::ExprLambda, Infallible> {
        self.add(node.range.end().to_u32(), "lambda");
        other::fold::fold_expr_lambda(self, node)
    }

    fn fold_expr_call(&mut self, node: other::ExprCall) -> Result<other::ExprCall, Infallible> {
        let before = self.annotation;
        // `NewType("T", base)` and `TypeVar("T", bound=base)` define a type and call nothing.
        let defines = |name: &str| matches!(name, "NewType" | "TypeVar");
        self.annotation |= matches!(&*node.func, other::Expr::Name(it) if defines(it.id.as_str()))
            || matches!(&*node.func, other::Expr::Attribute(it) if defines(it.attr.as_str()));
        self.add(node.range.end().to_u32(), "call");
        let node = other::fold::fold_expr_call(self, node);
        self.annotation = before;
        node
    }

    fn fold_expr_await(&mut self, node: other::ExprAwait) -> Result<other::ExprAwait, Infallible> {
        self.add(node.range.start().to_u32(), "await");
        other::fold::fold_expr_await(self, node)
    }

    fn fold_expr_joined_str(&mut self, node: other::ExprJoinedStr) -> Result<other::ExprJoinedStr, Infallible> {
        self.unsure.push(node.range);
        Ok(node)
    }
}

impl Seen {
    fn annotation(&mut self, annotation: other::Expr) {
        let before = std::mem::replace(&mut self.annotation, true);
        let _ = self.fold_expr(annotation);
        self.annotation = before;
    }
}

/// The statements behind one that may leave the block, in every block.
fn unreachable(body: &[Stmt], out: &mut Vec<TextRange>) {
    let end = body.last().map(Ranged::end);
    for (index, stmt) in body.iter().enumerate() {
        for block in blocks(stmt) {
            unreachable(block, out);
        }
        // An `else` runs only where the block before it comes to its end.
        let otherwise = match stmt {
            Stmt::While(it) if leaves(stmt) => it.orelse.as_slice(),
            Stmt::Try(it) if it.body.iter().any(leaves) => it.orelse.as_slice(),
            _ => &[],
        };
        if let (Some(first), Some(last)) = (otherwise.first(), otherwise.last()) {
            out.push(TextRange::new(first.start(), last.end()));
        }
        if leaves(stmt)
            && let (Some(next), Some(end)) = (body.get(index + 1), end)
        {
            out.push(TextRange::new(next.start(), end));
        }
    }
}

fn leaves(stmt: &Stmt) -> bool {
    let any = |body: &[Stmt]| body.iter().any(leaves);
    match stmt {
        Stmt::Return(_) | Stmt::Raise(_) | Stmt::Break(_) | Stmt::Continue(_) => true,
        Stmt::If(it) => any(&it.body) && any(&it.orelse),
        Stmt::While(it) => matches!(&*it.test, other::Expr::Constant(_)) || any(&it.orelse),
        Stmt::For(it) => any(&it.orelse),
        Stmt::AsyncFor(it) => any(&it.orelse),
        Stmt::FunctionDef(_) | Stmt::AsyncFunctionDef(_) | Stmt::ClassDef(_) => false,
        Stmt::Match(it) => it.cases.iter().all(|it| any(&it.body)),
        Stmt::Try(it) => {
            let handlers = it.handlers.iter().all(|other::ExceptHandler::ExceptHandler(it)| any(&it.body));
            any(&it.finalbody) || (handlers && (any(&it.body) || any(&it.orelse)))
        }
        other => blocks(other).into_iter().any(any),
    }
}

fn blocks(stmt: &Stmt) -> Vec<&[Stmt]> {
    match stmt {
        Stmt::FunctionDef(it) => vec![&it.body],
        Stmt::AsyncFunctionDef(it) => vec![&it.body],
        Stmt::ClassDef(it) => vec![&it.body],
        Stmt::For(it) => vec![&it.body, &it.orelse],
        Stmt::AsyncFor(it) => vec![&it.body, &it.orelse],
        Stmt::While(it) => vec![&it.body, &it.orelse],
        Stmt::If(it) => vec![&it.body, &it.orelse],
        Stmt::With(it) => vec![&it.body],
        Stmt::AsyncWith(it) => vec![&it.body],
        Stmt::Match(it) => it.cases.iter().map(|it| it.body.as_slice()).collect(),
        Stmt::Try(it) => try_blocks(&it.body, &it.handlers, &it.orelse, &it.finalbody),
        Stmt::TryStar(it) => try_blocks(&it.body, &it.handlers, &it.orelse, &it.finalbody),
        _ => Vec::new(),
    }
}

fn try_blocks<'a>(
    body: &'a [Stmt],
    handlers: &'a [other::ExceptHandler],
    orelse: &'a [Stmt],
    finalbody: &'a [Stmt],
) -> Vec<&'a [Stmt]> {
    let handlers = handlers.iter().map(|other::ExceptHandler::ExceptHandler(it)| it.body.as_slice());
    [body, orelse, finalbody].into_iter().chain(handlers).collect()
}
