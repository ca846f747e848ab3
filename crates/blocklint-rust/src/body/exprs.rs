//! Expressions that are not calls, branches or loops.

use crate::context::{Captures, Lower, Variable};
use crate::functions::{Body, Inline};
use crate::position::{expr_end, expr_start};
use blocklint_ir::{Color, Form, Literal, Operator, Span, TypeExpr, ValueId, ValueKind};
use syn::{BinOp, Expr, ExprBinary, ExprClosure, ExprPath, ExprUnary, Lit, ReturnType, UnOp};

impl Lower {
    pub(crate) fn expr_span(&self, expr: &Expr) -> Span {
        self.between(expr_start(expr), expr_end(expr))
    }

    /// The value of an expression.
    pub(crate) fn expr(&mut self, expr: &Expr) -> ValueId {
        match expr {
            Expr::Group(it) => self.expr(&it.expr),
            Expr::Paren(it) => self.expr(&it.expr),
            Expr::Reference(it) => self.place(&it.expr),
            Expr::RawAddr(it) => self.place(&it.expr),
            Expr::Path(it) => self.path(it),
            Expr::Lit(it) => self.literal(&it.lit),
            Expr::Call(it) => self.call(it),
            Expr::MethodCall(it) => self.method_call(it),
            Expr::Macro(it) => self.macro_call(&it.mac),
            Expr::Struct(it) => self.struct_literal(it),
            Expr::Block(it) => self.labelled_block(it.label.as_ref(), &it.block),
            Expr::Unsafe(it) => self.block(&it.block),
            Expr::Const(it) => self.block(&it.block),
            Expr::TryBlock(it) => self.block(&it.block),
            Expr::If(it) => self.if_expr(it),
            Expr::Match(it) => self.match_expr(it),
            Expr::Let(_) => self.condition_value(expr),
            Expr::Loop(it) => self.loop_expr(it),
            Expr::While(it) => self.while_expr(it),
            Expr::ForLoop(it) => self.for_expr(it),
            Expr::Closure(it) => self.closure(it),
            Expr::Assign(it) => self.assign(it),
            Expr::Binary(it) => self.binary(it),
            Expr::Unary(it) => self.unary(it),
            _ => self.rare(expr),
        }
    }

    fn rare(&mut self, expr: &Expr) -> ValueId {
        let span = self.expr_span(expr);
        match expr {
            Expr::Await(it) => {
                let future = self.operand(&it.base);
                self.push(ValueKind::Await(future), span)
            }
            Expr::Try(it) => {
                let value = self.operand(&it.expr);
                self.leave_early(self.span(it.question_token.span));
                self.push(ValueKind::Unwrap(value), span)
            }
            Expr::Field(it) => {
                let base = self.place(&it.base);
                let name = self.field_name(&it.member);
                self.push(ValueKind::Attribute { base, name }, span)
            }
            Expr::Index(it) => {
                let base = self.place(&it.expr);
                let index = self.expr(&it.index);
                self.push(ValueKind::Index { base, index }, span)
            }
            Expr::Cast(it) => {
                let of = self.expr(&it.expr);
                match self.known_type(&it.ty) {
                    Some(to) => self.push(ValueKind::Narrow { of, to, holds: true }, span),
                    None => of,
                }
            }
            Expr::Async(it) => self.inline_function(&Inline {
                form: Form::Block,
                color: Color::Async,
                captures: captures(it.capture.is_some()),
                inputs: Vec::new(),
                output: None,
                body: Body::Block(&it.block),
                span,
                start: self.span(it.async_token.span),
            }),
            Expr::Break(it) => self.break_expr(it, span),
            Expr::Continue(it) => self.continue_expr(it, span),
            Expr::Return(it) => self.return_expr(it, span),
            Expr::Yield(it) => {
                if let Some(value) = &it.expr {
                    let value = self.operand(value);
                    self.builder().function.yields.push(value);
                }
                self.unit(span)
            }
            _ => self.collection(expr, span),
        }
    }

    fn return_expr(&mut self, expr: &syn::ExprReturn, span: Span) -> ValueId {
        let value = match &expr.expr {
            Some(value) => self.operand(value),
            None => self.unit(span),
        };
        self.builder().function.returns.push(value);
        self.leave_early(self.span(expr.return_token.span));
        self.builder().leave();
        self.unit(span)
    }

    fn collection(&mut self, expr: &Expr, span: Span) -> ValueId {
        match expr {
            Expr::Tuple(it) if it.elems.is_empty() => self.unit(span),
            Expr::Tuple(it) => {
                let elements = it.elems.iter().map(|it| self.operand(it)).collect();
                self.push(ValueKind::Tuple(elements), span)
            }
            Expr::Array(it) => {
                let elements = it.elems.iter().map(|it| self.operand(it)).collect();
                self.push(ValueKind::Sequence(elements), span)
            }
            Expr::Repeat(it) => {
                let element = self.operand(&it.expr);
                self.push(ValueKind::Sequence([element].into()), span)
            }
            Expr::Range(it) => {
                let ends = [&it.start, &it.end].into_iter().flatten().map(|it| self.expr(it)).collect();
                self.push(ValueKind::Sequence(ends), span)
            }
            _ => self.unknown(span),
        }
    }

    /// An expression used by value: what it names moves.
    pub(crate) fn operand(&mut self, expr: &Expr) -> ValueId {
        let value = self.expr(expr);
        if let Some(ident) = bare(expr) {
            let name = self.ident(ident);
            self.moved(name);
        }
        value
    }

    pub(crate) fn field_name(&mut self, member: &syn::Member) -> blocklint_ir::Name {
        match member {
            syn::Member::Named(ident) => self.ident(ident),
            syn::Member::Unnamed(index) => self.name(&index.index.to_string()),
        }
    }

    fn path(&mut self, path: &ExprPath) -> ValueId {
        let expr_span = self.between(
            path.qself.as_ref().map_or_else(|| crate::position::path_start(&path.path), |it| it.lt_token.span),
            crate::position::path_end(&path.path),
        );
        let segments = &path.path.segments;
        let Some(last) = segments.last() else { return self.unknown(expr_span) };
        if let Some(qself) = &path.qself {
            let of = self.ty(&qself.ty);
            let through = (qself.position > 0).then(|| self.trait_of(&path.path, qself.position));
            let name = self.ident(&last.ident);
            return self.push(ValueKind::Associated { of, through, name }, expr_span);
        }
        if let Some(ident) = single(&path.path) {
            let name = self.ident(ident);
            if let Some(value) = self.read(name, expr_span) {
                return value;
            }
        }
        let applied = segments.iter().rev().skip(1).any(|it| !it.arguments.is_empty());
        if applied {
            let mut owner = path.path.clone();
            owner.segments.pop();
            owner.segments.pop_punct();
            let of = self.applied(&owner);
            let name = self.ident(&last.ident);
            return self.push(ValueKind::Associated { of, through: None, name }, expr_span);
        }
        if segments.len() == 2
            && path.path.leading_colon.is_none()
            && let Some(of) = self.placeholder(&segments[0].ident)
        {
            let name = self.ident(&last.ident);
            return self.push(ValueKind::Associated { of, through: None, name }, expr_span);
        }
        let import = self.import(&path.path);
        self.push_path(&import, expr_span)
    }

    /// The type that a type parameter, or a `Self` without a path, stands for.
    fn placeholder(&mut self, ident: &proc_macro2::Ident) -> Option<blocklint_ir::TypeExprId> {
        if ident == "Self" {
            return self.self_path.is_none().then(|| self.add_type(TypeExpr::SelfType));
        }
        let name = self.ident(ident);
        let scope = self.scope;
        let path = blocklint_ir::Import::new(blocklint_ir::item::Anchor::Lexical, [name]);
        self.generics.contains(&name).then(|| self.add_type(TypeExpr::Path { scope, path }))
    }

    fn trait_of(&mut self, path: &syn::Path, count: usize) -> blocklint_ir::TypeExprId {
        let path = self.import_of(path, count);
        let scope = self.scope;
        self.add_type(TypeExpr::Path { scope, path })
    }

    pub(crate) fn literal(&mut self, lit: &Lit) -> ValueId {
        let span = self.span(lit.span());
        let literal = match lit {
            Lit::Str(it) => Literal::Text(self.name(&it.value())),
            Lit::Int(it) => it.base10_parse().map_or(Literal::Other, Literal::Int),
            Lit::Float(it) => it.base10_parse().map_or(Literal::Other, Literal::Float),
            Lit::Bool(it) => Literal::Bool(it.value),
            _ => Literal::Other,
        };
        self.push(ValueKind::Literal(literal), span)
    }

    fn binary(&mut self, expr: &ExprBinary) -> ValueId {
        if matches!(expr.op, BinOp::And(_) | BinOp::Or(_)) {
            return self.logical(expr);
        }
        if let Some(value) = self.compound(expr) {
            return value;
        }
        let left = self.expr(&expr.left);
        let right = self.expr(&expr.right);
        let span = self.between(expr_start(&expr.left), expr_end(&expr.right));
        match operator(&expr.op) {
            Some(operator) => {
                let result = self.push(ValueKind::Operator { operator, operands: [left, right].into() }, span);
                match expr.op {
                    BinOp::Ne(_) => {
                        self.push(ValueKind::Operator { operator: Operator::Not, operands: [result].into() }, span)
                    }
                    _ => result,
                }
            }
            None => self.unknown(span),
        }
    }

    /// Whether an expression is a parameter that is known to be a reference: what it points to is reached without `Deref`.
    fn is_reference(&mut self, expr: &Expr) -> bool {
        let Some(ident) = bare(expr) else { return false };
        let name = self.ident(ident);
        matches!(self.variable(name), Some(Variable::Own(unique)) if self.frame().borrowed.contains(&unique))
    }

    fn unary(&mut self, expr: &ExprUnary) -> ValueId {
        let (value, operator) = match expr.op {
            UnOp::Deref(_) => {
                let base = self.place(&expr.expr);
                if self.is_reference(&expr.expr) {
                    return base;
                }
                let span = self.between(syn::spanned::Spanned::span(&expr.op), expr_end(&expr.expr));
                return self.push(ValueKind::Deref(base), span);
            }
            UnOp::Neg(_) => {
                if let Expr::Lit(lit) = &*expr.expr {
                    return self.negative(&lit.lit);
                }
                (self.expr(&expr.expr), Operator::Neg)
            }
            _ => (self.expr(&expr.expr), Operator::Invert),
        };
        let span = self.between(syn::spanned::Spanned::span(&expr.op), expr_end(&expr.expr));
        self.push(ValueKind::Operator { operator, operands: [value].into() }, span)
    }

    fn negative(&mut self, lit: &Lit) -> ValueId {
        let span = self.span(lit.span());
        let literal = match lit {
            Lit::Int(it) => it.base10_parse::<i64>().map_or(Literal::Other, |it| Literal::Int(-it)),
            Lit::Float(it) => it.base10_parse::<f64>().map_or(Literal::Other, |it| Literal::Float(-it)),
            _ => Literal::Other,
        };
        self.push(ValueKind::Literal(literal), span)
    }

    fn closure(&mut self, closure: &ExprClosure) -> ValueId {
        let asynchronous = closure.asyncness.is_some();
        let start = closure.capture.map_or(closure.inputs_begin.span, |it| it.span);
        let start = closure.asyncness.map_or(start, |it| it.span);
        self.inline_function(&Inline {
            form: if asynchronous { Form::Block } else { Form::Closure },
            color: if asynchronous { Color::Async } else { Color::Sync },
            captures: captures(closure.capture.is_some()),
            inputs: closure.inputs.iter().collect(),
            output: match &closure.output {
                ReturnType::Default => None,
                ReturnType::Type(_, ty) => Some(ty),
            },
            body: Body::Expr(&closure.body),
            span: self.between(start, expr_end(&closure.body)),
            start: self.between(start, closure.inputs_end.span),
        })
    }
}

fn captures(moves: bool) -> Captures {
    if moves { Captures::Moves } else { Captures::Borrows }
}

/// The variable that an expression is, if it is nothing more.
pub(crate) fn bare(expr: &Expr) -> Option<&proc_macro2::Ident> {
    match expr {
        Expr::Path(it) if it.qself.is_none() => single(&it.path),
        Expr::Paren(it) => bare(&it.expr),
        Expr::Group(it) => bare(&it.expr),
        _ => None,
    }
}

fn single(path: &syn::Path) -> Option<&proc_macro2::Ident> {
    match path.segments.first() {
        Some(first) if path.segments.len() == 1 && path.leading_colon.is_none() => Some(&first.ident),
        _ => None,
    }
}

/// What a binary operator means; assignments mean the operator they apply.
pub(crate) fn operator(op: &BinOp) -> Option<Operator> {
    Some(match op {
        BinOp::Add(_) | BinOp::AddAssign(_) => Operator::Add,
        BinOp::Sub(_) | BinOp::SubAssign(_) => Operator::Sub,
        BinOp::Mul(_) | BinOp::MulAssign(_) => Operator::Mul,
        BinOp::Div(_) | BinOp::DivAssign(_) => Operator::Div,
        BinOp::Rem(_) | BinOp::RemAssign(_) => Operator::Rem,
        BinOp::BitXor(_) | BinOp::BitXorAssign(_) => Operator::BitXor,
        BinOp::BitAnd(_) | BinOp::BitAndAssign(_) => Operator::BitAnd,
        BinOp::BitOr(_) | BinOp::BitOrAssign(_) => Operator::BitOr,
        BinOp::Shl(_) | BinOp::ShlAssign(_) => Operator::Shl,
        BinOp::Shr(_) | BinOp::ShrAssign(_) => Operator::Shr,
        BinOp::Eq(_) | BinOp::Ne(_) => Operator::Equal,
        BinOp::Lt(_) | BinOp::Le(_) | BinOp::Ge(_) | BinOp::Gt(_) => Operator::Order,
        BinOp::And(_) => Operator::And,
        BinOp::Or(_) => Operator::Or,
        _ => return None,
    })
}
