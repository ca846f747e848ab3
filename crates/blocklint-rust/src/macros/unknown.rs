//! Macros nothing is known about: their tokens are tried as expressions, as statements, as items, and then piece by piece.

use super::{expressions, statements};
use crate::context::Lower;
use blocklint_ir::{Span, ValueId};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{Block, Expr, Macro, parse_quote_spanned};

impl Lower {
    pub(super) fn unknown_macro(&mut self, mac: &Macro, span: Span) -> ValueId {
        let mut values = Vec::new();
        if let Some(parts) = expressions(&mac.tokens) {
            values.extend(parts.iter().map(|it| self.place(it)));
        } else if let Some(statements) = statements(&mac.tokens) {
            values.push(self.statements(&statements, span));
        } else {
            self.pieces(mac.tokens.clone(), &mut values);
        }
        self.call_macro(mac, values, span)
    }

    /// Everything between separators that reads as an expression, in all brackets.
    fn pieces(&mut self, tokens: TokenStream, values: &mut Vec<ValueId>) {
        let mut piece: Vec<TokenTree> = Vec::new();
        for token in tokens {
            if separates(&token, piece.last()) {
                self.piece(std::mem::take(&mut piece), values);
            } else {
                piece.push(token);
            }
        }
        self.piece(piece, values);
    }

    fn piece(&mut self, tokens: Vec<TokenTree>, values: &mut Vec<ValueId>) {
        let calls = tokens.iter().any(|it| matches!(it, TokenTree::Group(_)));
        if !calls {
            return;
        }
        let stream: TokenStream = tokens.iter().cloned().collect();
        if let Ok(expr) = syn::parse2::<Expr>(stream) {
            values.push(self.place(&expr));
            return;
        }
        let mut after_word = false;
        for token in tokens {
            if let TokenTree::Group(group) = &token {
                match block(group).filter(|_| after_word) {
                    // Code behind a word of the macro's own: where it comes to run is the macro's affair.
                    Some(block) => {
                        let start = group.span_open();
                        values.push(self.expr(&parse_quote_spanned!(start=> || #block)));
                    }
                    None => self.pieces(group.stream(), values),
                }
            }
            after_word = matches!(token, TokenTree::Ident(_));
        }
    }
}

/// What stands in braces, if it reads as statements.
fn block(group: &Group) -> Option<Block> {
    let braces = group.delimiter() == Delimiter::Brace;
    braces.then(|| syn::parse2(TokenTree::from(group.clone()).into()).ok()).flatten()
}

/// `,`, `;`, `=>` and a lone `:`.
fn separates(token: &TokenTree, before: Option<&TokenTree>) -> bool {
    let TokenTree::Punct(it) = token else { return false };
    let joint = it.spacing() == proc_macro2::Spacing::Joint;
    let after = |sign| matches!(before, Some(TokenTree::Punct(before)) if before.as_char() == sign);
    match it.as_char() {
        ',' | ';' => true,
        ':' => !joint && !after(':'),
        '>' => after('='),
        _ => false,
    }
}
