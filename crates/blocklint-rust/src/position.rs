//! Where a syntax node begins and ends. `syn`'s own `Spanned` prints the whole node to tokens first, which is quadratic on
//! nested code; this looks at the outermost tokens only.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Expr, Pat, Path, PathArguments, PathSegment, Type};

/// The first token of an expression.
pub(crate) fn expr_start(mut expr: &Expr) -> Span {
    loop {
        expr = match expr {
            Expr::Assign(it) => &it.left,
            Expr::Await(it) => &it.base,
            Expr::Binary(it) => &it.left,
            Expr::Call(it) => &it.func,
            Expr::Cast(it) => &it.expr,
            Expr::Field(it) => &it.base,
            Expr::Group(it) => &it.expr,
            Expr::Index(it) => &it.expr,
            Expr::MethodCall(it) => &it.receiver,
            Expr::Try(it) => &it.expr,
            Expr::Range(it) => match &it.start {
                Some(start) => start,
                None => return it.limits.span(),
            },
            _ => return atom_start(expr),
        };
    }
}

fn atom_start(expr: &Expr) -> Span {
    let label = |label: &Option<syn::Label>, token: Span| label.as_ref().map_or(token, |it| it.name.apostrophe);
    match expr {
        Expr::Array(it) => it.bracket_token.span.open(),
        Expr::Async(it) => it.async_token.span,
        Expr::Block(it) => label(&it.label, it.block.brace_token.span.open()),
        Expr::Break(it) => it.break_token.span,
        Expr::Closure(it) => closure_start(it),
        Expr::Const(it) => it.const_token.span,
        Expr::Continue(it) => it.continue_token.span,
        Expr::ForLoop(it) => label(&it.label, it.for_token.span),
        Expr::If(it) => it.if_token.span,
        Expr::Let(it) => it.let_token.span,
        Expr::Lit(it) => it.lit.span(),
        Expr::Loop(it) => label(&it.label, it.loop_token.span),
        Expr::Macro(it) => path_start(&it.mac.path),
        Expr::Match(it) => it.match_token.span,
        Expr::Paren(it) => it.paren_token.span.open(),
        Expr::Path(it) => it.qself.as_ref().map_or_else(|| path_start(&it.path), |qself| qself.lt_token.span),
        Expr::Reference(it) => it.and_token.span,
        Expr::Repeat(it) => it.bracket_token.span.open(),
        Expr::Return(it) => it.return_token.span,
        Expr::Struct(it) => it.qself.as_ref().map_or_else(|| path_start(&it.path), |qself| qself.lt_token.span),
        Expr::TryBlock(it) => it.try_token.span,
        Expr::Tuple(it) => it.paren_token.span.open(),
        Expr::Unary(it) => it.op.span(),
        Expr::Unsafe(it) => it.unsafe_token.span,
        Expr::While(it) => label(&it.label, it.while_token.span),
        Expr::Yield(it) => it.yield_token.span,
        other => other.span(),
    }
}

fn closure_start(closure: &syn::ExprClosure) -> Span {
    closure
        .constness
        .map(|it| it.span)
        .or(closure.asyncness.map(|it| it.span))
        .or(closure.capture.map(|it| it.span))
        .unwrap_or(closure.inputs_begin.span)
}

/// The last token of an expression.
pub(crate) fn expr_end(mut expr: &Expr) -> Span {
    loop {
        expr = match expr {
            Expr::Assign(it) => &it.right,
            Expr::Binary(it) => &it.right,
            Expr::Closure(it) => &it.body,
            Expr::Group(it) => &it.expr,
            Expr::Let(it) => &it.expr,
            Expr::RawAddr(it) => &it.expr,
            Expr::Reference(it) => &it.expr,
            Expr::Unary(it) => &it.expr,
            Expr::Break(syn::ExprBreak { expr: Some(inner), .. })
            | Expr::Return(syn::ExprReturn { expr: Some(inner), .. })
            | Expr::Yield(syn::ExprYield { expr: Some(inner), .. })
            | Expr::Range(syn::ExprRange { end: Some(inner), .. }) => inner,
            Expr::If(it) => match &it.else_branch {
                Some((_, otherwise)) => otherwise,
                None => return it.then_branch.brace_token.span.close(),
            },
            _ => return atom_end(expr),
        };
    }
}

fn atom_end(expr: &Expr) -> Span {
    let block = |it: &syn::Block| it.brace_token.span.close();
    match expr {
        Expr::Array(it) => it.bracket_token.span.close(),
        Expr::Async(it) => block(&it.block),
        Expr::Await(it) => it.await_token.span,
        Expr::Block(it) => block(&it.block),
        Expr::Call(it) => it.paren_token.span.close(),
        Expr::Cast(it) => type_end(&it.ty),
        Expr::Const(it) => block(&it.block),
        Expr::Field(it) => match &it.member {
            syn::Member::Named(name) => name.span(),
            syn::Member::Unnamed(index) => index.span,
        },
        Expr::ForLoop(it) => block(&it.body),
        Expr::Index(it) => it.bracket_token.span.close(),
        Expr::Lit(it) => it.lit.span(),
        Expr::Loop(it) => block(&it.body),
        Expr::Macro(it) => it.mac.delimiter.span().close(),
        Expr::Match(it) => it.brace_token.span.close(),
        Expr::MethodCall(it) => it.paren_token.span.close(),
        Expr::Paren(it) => it.paren_token.span.close(),
        Expr::Path(it) => path_end(&it.path),
        Expr::Repeat(it) => it.bracket_token.span.close(),
        Expr::Struct(it) => it.brace_token.span.close(),
        Expr::Try(it) => it.question_token.span,
        Expr::TryBlock(it) => block(&it.block),
        Expr::Tuple(it) => it.paren_token.span.close(),
        Expr::Unsafe(it) => block(&it.block),
        Expr::While(it) => block(&it.body),
        other => last_token(other),
    }
}

fn last_token(node: &impl quote::ToTokens) -> Span {
    node.to_token_stream().into_iter().last().map_or_else(Span::call_site, |it| it.span())
}

/// The first token of a path.
pub(crate) fn path_start(path: &Path) -> Span {
    match (path.leading_colon, path.segments.first()) {
        (Some(colons), _) => colons.spans[0],
        (None, Some(first)) => first.ident.span(),
        (None, None) => Span::call_site(),
    }
}

/// The last token of a path, generic arguments included.
pub(crate) fn path_end(path: &Path) -> Span {
    path.segments.last().map_or_else(Span::call_site, segment_end)
}

fn segment_end(segment: &PathSegment) -> Span {
    match &segment.arguments {
        PathArguments::None => segment.ident.span(),
        PathArguments::AngleBracketed(it) => it.gt_token.span,
        PathArguments::Parenthesized(it) => match &it.output {
            syn::ReturnType::Default => it.paren_token.span.close(),
            syn::ReturnType::Type(_, ty) => type_end(ty),
        },
    }
}

fn type_end(ty: &Type) -> Span {
    match ty {
        Type::Path(it) => path_end(&it.path),
        Type::Reference(it) => type_end(&it.elem),
        other => last_token(other),
    }
}

/// The name a pattern binds, or its first token.
pub(crate) fn pattern_start(pattern: &Pat) -> Span {
    match pattern {
        Pat::Ident(it) => it.ident.span(),
        Pat::Type(it) => pattern_start(&it.pat),
        Pat::Wild(it) => it.underscore_token.span,
        Pat::Tuple(it) => it.paren_token.span.open(),
        Pat::TupleStruct(it) => path_start(&it.path),
        Pat::Struct(it) => path_start(&it.path),
        Pat::Reference(it) => it.and_token.span,
        other => other.span(),
    }
}
