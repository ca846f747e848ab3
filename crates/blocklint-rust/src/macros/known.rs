//! `join!`, `stream!`, `matches!`, `thread_local!` and `lazy_static!`.

use super::{expressions, statements};
use crate::attributes::for_tests;
use crate::context::{Captures, Lower};
use crate::functions::{Body, Inline};
use blocklint_ir::{Argument, Color, Form, Span, Spread, TypeExpr, ValueId, ValueKind};
use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Block, Expr, Ident, Macro, Pat, Stmt, Token, Type, Visibility};

/// One `static NAME: T = value;` in a macro.
struct Static {
    attributes: Vec<Attribute>,
    ident: Ident,
    ty: Type,
    value: Option<Expr>,
}

impl Lower {
    /// All futures first, then they are awaited together.
    pub(super) fn join(&mut self, mac: &Macro, unwraps: bool, span: Span) -> ValueId {
        let Some(futures) = expressions(&mac.tokens) else { return self.unknown_macro(mac, span) };
        let futures: Vec<ValueId> = futures.iter().map(|it| self.operand(it)).collect();
        let results: Vec<ValueId> = futures
            .into_iter()
            .map(|future| {
                let at = self.builder().value(future).span;
                let value = self.push(ValueKind::Await(future), at);
                if unwraps { self.push(ValueKind::Unwrap(value), at) } else { value }
            })
            .collect();
        let results = self.push(ValueKind::Tuple(results.into()), span);
        if unwraps { self.ok(results, span) } else { results }
    }

    /// `Ok(value)`.
    fn ok(&mut self, value: ValueId, span: Span) -> ValueId {
        let path = self.absolute(&["std", "result", "Result", "Ok"]);
        let callee = self.push_path(&path, span);
        self.push_call(callee, vec![Argument { name: None, value, spread: Spread::No }], span, span)
    }

    /// `stream! { … yield x; … }`: its body runs when the stream is polled.
    pub(super) fn stream(&mut self, mac: &Macro, span: Span) -> ValueId {
        let tokens = self.plain_loops(mac.tokens.clone());
        let Some(statements) = statements(&tokens) else { return self.unknown_macro(mac, span) };
        let block = block(statements, &mac.delimiter);
        let start = self.path_span(&mac.path);
        self.inline_function(&Inline {
            form: Form::Block,
            color: Color::AsyncGenerator,
            captures: Captures::Borrows,
            inputs: Vec::new(),
            output: None,
            body: Body::Block(&block),
            span,
            start,
        })
    }

    /// `for await x in s` as `for x in s`; remembers which loops those are.
    fn plain_loops(&mut self, tokens: TokenStream) -> TokenStream {
        let mut out: Vec<TokenTree> = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let mut plain = proc_macro2::Group::new(group.delimiter(), self.plain_loops(group.stream()));
                    plain.set_span(group.span());
                    out.push(plain.into());
                }
                TokenTree::Ident(it) if it == "await" => match out.last() {
                    Some(TokenTree::Ident(before)) if before == "for" => {
                        let at = self.span(before.span()).start;
                        self.async_loops.push(at);
                    }
                    _ => out.push(it.into()),
                },
                other => out.push(other),
            }
        }
        out.into_iter().collect()
    }

    pub(super) fn matches(&mut self, mac: &Macro, span: Span) -> ValueId {
        let parser = |input: ParseStream<'_>| {
            let subject: Expr = input.parse()?;
            input.parse::<Token![,]>()?;
            let _pattern = Pat::parse_multi_with_leading_vert(input)?;
            let _rest: TokenStream = input.parse()?;
            Ok(subject)
        };
        if let Ok(subject) = parser.parse2(mac.tokens.clone()) {
            self.expr(&subject);
        }
        self.unknown(span)
    }

    /// `thread_local!` and `lazy_static!`, whose initialisers run on the first use, and `task_local!`, which has none.
    pub(super) fn statics(&mut self, mac: &Macro, name: &str) {
        let wrapper: &[&str] = match name {
            "lazy_static" => &["std", "sync", "LazyLock"],
            "task_local" => &["tokio", "task", "LocalKey"],
            _ => &["std", "thread", "LocalKey"],
        };
        let parser = |input: ParseStream<'_>| {
            let mut all = Vec::new();
            while !input.is_empty() {
                all.push(parse_static(input)?);
            }
            Ok(all)
        };
        for item in parser.parse2(mac.tokens.clone()).unwrap_or_default() {
            let outer = self.enter_test(for_tests(&item.attributes));
            let inner = self.ty(&item.ty);
            let (scope, path) = (self.scope, self.absolute(wrapper));
            let base = self.add_type(TypeExpr::Path { scope, path: path.clone() });
            let annotation = self.add_type(TypeExpr::Apply { base, args: vec![inner] });
            let value = item.value.as_ref().map(|it| self.lazily(path, it));
            self.bind_value(&item.ident, annotation, value);
            self.test = outer;
        }
    }

    /// `Wrapper::new(|| value)`.
    fn lazily(&mut self, wrapper: blocklint_ir::Import, value: &Expr) -> ValueId {
        let span = self.expr_span(value);
        let closure = self.inline_function(&Inline {
            form: Form::Closure,
            color: Color::Sync,
            captures: Captures::Borrows,
            inputs: Vec::new(),
            output: None,
            body: Body::Expr(value),
            span,
            start: span,
        });
        let mut segments = wrapper.segments.into_vec();
        segments.push(self.name("new"));
        let path = blocklint_ir::Import::new(wrapper.anchor, segments);
        let callee = self.push_path(&path, span);
        self.push_call(callee, vec![Argument { name: None, value: closure, spread: Spread::No }], span, span)
    }
}

fn parse_static(input: ParseStream<'_>) -> syn::Result<Static> {
    let attributes = input.call(Attribute::parse_outer)?;
    input.parse::<Visibility>()?;
    input.parse::<Token![static]>()?;
    input.parse::<Option<Token![ref]>>()?;
    let ident = input.parse()?;
    input.parse::<Token![:]>()?;
    let ty = input.parse()?;
    let value = if input.parse::<Option<Token![=]>>()?.is_some() { Some(input.parse()?) } else { None };
    input.parse::<Option<Token![;]>>()?;
    Ok(Static { attributes, ident, ty, value })
}

/// A macro's body as a block.
fn block(stmts: Vec<Stmt>, delimiter: &syn::MacroDelimiter) -> Block {
    let brace_token = syn::token::Brace { span: *delimiter.span() };
    Block { brace_token, stmts }
}
