//! Macros with a format string: every argument is formatted, named captures included.

use super::expressions;
use crate::attributes::split;
use crate::context::Lower;
use blocklint_ir::{Argument, Operator, Span, Spread, ValueId, ValueKind};
use proc_macro2::{TokenStream, TokenTree};
use syn::{Expr, Lit, Macro};

impl Lower {
    /// `println!`-like macros. The first `plain` arguments are not formatted.
    pub(super) fn formatted_call(&mut self, mac: &Macro, plain: usize, span: Span) -> ValueId {
        let values = self.formatted(&mac.tokens, plain, span);
        self.call_macro(mac, values, span)
    }

    /// `write!(to, "…", …)` is `to.write_fmt(…)`.
    pub(super) fn write_call(&mut self, mac: &Macro, span: Span) -> ValueId {
        let mut parts = expressions(&mac.tokens).unwrap_or_default();
        if parts.is_empty() {
            return self.unknown(span);
        }
        let to = parts.remove(0);
        let base = self.place(&to);
        let name_span = self.path_span(&mac.path);
        let values = self.format_arguments(parts.iter(), span);
        let name = self.name("write_fmt");
        let callee = self.push(ValueKind::Attribute { base, name }, name_span);
        let arguments = values.into_iter().map(|value| Argument { name: None, value, spread: Spread::No }).collect();
        self.push_call(callee, arguments, name_span, span)
    }

    pub(super) fn assert_equal(&mut self, mac: &Macro, span: Span) -> ValueId {
        let parts = expressions(&mac.tokens).unwrap_or_default();
        let compared: Vec<ValueId> = parts.iter().take(2).map(|it| self.expr(it)).collect();
        if let [left, right] = compared.as_slice() {
            let operands = [*left, *right].into();
            self.push(ValueKind::Operator { operator: Operator::Equal, operands }, span);
        }
        let mut values = compared;
        values.extend(self.format_arguments(parts.iter().skip(2), span));
        self.call_macro(mac, values, span)
    }

    fn formatted(&mut self, tokens: &TokenStream, plain: usize, span: Span) -> Vec<ValueId> {
        let parts: Vec<Expr> = match expressions(tokens) {
            Some(parts) => parts,
            None => split(tokens.clone(), ',').into_iter().filter_map(field).collect(),
        };
        let mut values: Vec<ValueId> = parts.iter().take(plain).map(|it| self.expr(it)).collect();
        values.extend(self.format_arguments(parts.iter().skip(plain), span));
        values
    }

    fn format_arguments<'a>(&mut self, parts: impl Iterator<Item = &'a Expr>, span: Span) -> Vec<ValueId> {
        let mut values = Vec::new();
        for part in parts {
            match part {
                Expr::Lit(lit) => {
                    if let Lit::Str(text) = &lit.lit {
                        let at = self.span(text.span());
                        self.captures(&text.value(), at, &mut values);
                    }
                }
                Expr::Assign(named) => self.format_one(&named.right, span, &mut values),
                other => self.format_one(other, span, &mut values),
            }
        }
        values
    }

    fn format_one(&mut self, expr: &Expr, span: Span, values: &mut Vec<ValueId>) {
        let value = self.place(expr);
        let at = self.expr_span(expr);
        let at = if at.end > at.start { at } else { span };
        self.push(ValueKind::Format(value), at);
        values.push(value);
    }

    /// `"{name:?}"` formats the variable `name`.
    fn captures(&mut self, text: &str, at: Span, values: &mut Vec<ValueId>) {
        for name in captured_names(text) {
            let name = self.name(name);
            if let Some(value) = self.read(name, at) {
                self.push(ValueKind::Format(value), at);
                values.push(value);
            }
        }
    }
}

/// The identifiers at the beginning of a format string's braces.
fn captured_names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(escaped) = rest.strip_prefix('{') {
            rest = escaped;
            continue;
        }
        let end = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
        let name = &rest[..end];
        if name.starts_with(|it: char| it.is_alphabetic() || it == '_') {
            names.push(name);
        }
    }
    names
}

/// One argument of a logging macro: `name = %value`, `?value`, `target: "x"`.
fn field(tokens: TokenStream) -> Option<Expr> {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let sign = |it: &TokenTree, signs: &[char]| matches!(it, TokenTree::Punct(it) if signs.contains(&it.as_char()));
    // The last `=` or `:` that stands alone ends the field's name.
    if let Some(equals) = tokens.iter().position(|it| sign(it, &['='])) {
        let named = tokens[..equals]
            .iter()
            .all(|it| sign(it, &['.']) || matches!(it, TokenTree::Ident(_) | TokenTree::Literal(_)));
        if named {
            tokens.drain(..=equals);
        }
    } else if tokens.len() > 2
        && matches!(tokens[0], TokenTree::Ident(_))
        && sign(&tokens[1], &[':'])
        && !sign(&tokens[2], &[':'])
    {
        tokens.drain(..2);
    }
    if tokens.first().is_some_and(|it| sign(it, &['%', '?'])) {
        tokens.remove(0);
    }
    syn::parse2(tokens.into_iter().collect()).ok()
}
