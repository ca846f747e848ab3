//! Macros: those whose meaning is known, those the file defines, and a best effort for all others.

mod format;
mod known;
pub(crate) mod rules;
mod select;
mod unknown;

use crate::context::Lower;
use crate::position::path_start;
use blocklint_ir::{Argument, Span, Spread, ValueId, ValueKind};
use proc_macro2::TokenStream;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Expr, Macro, Stmt, Token};

/// What a macro's arguments mean.
enum Meaning {
    Format,
    Write,
    /// A logging macro: a field list around a message.
    Log,
    Panic,
    Assert,
    AssertEqual,
    Join {
        unwraps: bool,
    },
    Select,
    Stream,
    Sequence,
    Matches,
    Pin,
    Debug,
    Unwrap,
    /// Its tokens are data at compile time.
    Inert,
    Statics,
    Leaves,
    Unknown,
}

fn meaning(name: &str) -> Meaning {
    match name {
        "println" | "print" | "eprintln" | "eprint" | "format" | "format_args" | "anyhow" | "eyre" | "format_err" => {
            Meaning::Format
        }
        "write" | "writeln" => Meaning::Write,
        "trace" | "debug" | "info" | "warn" | "error" | "event" | "log" | "span" | "trace_span" | "debug_span"
        | "info_span" | "warn_span" | "error_span" => Meaning::Log,
        "panic" | "unreachable" | "todo" | "unimplemented" => Meaning::Panic,
        "assert" | "debug_assert" | "ensure" => Meaning::Assert,
        "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => Meaning::AssertEqual,
        "join" | "join_biased" => Meaning::Join { unwraps: false },
        "try_join" => Meaning::Join { unwraps: true },
        "select" | "select_biased" => Meaning::Select,
        "stream" | "try_stream" | "gen" => Meaning::Stream,
        "vec" | "smallvec" => Meaning::Sequence,
        "matches" => Meaning::Matches,
        "pin" | "pin_mut" => Meaning::Pin,
        "dbg" => Meaning::Debug,
        "try" | "ready" => Meaning::Unwrap,
        "concat"
        | "stringify"
        | "env"
        | "option_env"
        | "include_str"
        | "include_bytes"
        | "cfg"
        | "line"
        | "column"
        | "file"
        | "module_path"
        | "compile_error"
        | "quote"
        | "quote_spanned"
        | "parse_quote"
        | "parse_quote_spanned"
        | "include"
        | "macro_rules"
        | "addr_of"
        | "addr_of_mut"
        | "offset_of"
        | "asm"
        | "global_asm" => Meaning::Inert,
        "thread_local" | "lazy_static" | "task_local" => Meaning::Statics,
        "bail" => Meaning::Leaves,
        _ => Meaning::Unknown,
    }
}

/// Comma-separated expressions.
fn expressions(tokens: &TokenStream) -> Option<Vec<Expr>> {
    let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
    parser.parse2(tokens.clone()).ok().map(|it| it.into_iter().collect())
}

/// Statements, the last of which may be a value.
fn statements(tokens: &TokenStream) -> Option<Vec<Stmt>> {
    syn::Block::parse_within.parse2(tokens.clone()).ok()
}

impl Lower {
    /// A macro call as an expression or statement.
    pub(crate) fn macro_call(&mut self, mac: &Macro) -> ValueId {
        let span = self.between(path_start(&mac.path), mac.delimiter.span().close());
        let name = mac.path.segments.last().map_or_else(String::new, |it| it.ident.to_string());
        if let Some(value) = self.expand_expression(mac, span) {
            return value;
        }
        match meaning(&name) {
            Meaning::Format | Meaning::Leaves | Meaning::Panic => {
                let value = self.formatted_call(mac, 0, span);
                if matches!(meaning(&name), Meaning::Leaves | Meaning::Panic) {
                    self.builder().leave();
                }
                value
            }
            Meaning::Write => self.write_call(mac, span),
            Meaning::Log => self.formatted_call(mac, 0, span),
            Meaning::Assert => self.formatted_call(mac, 1, span),
            Meaning::AssertEqual => self.assert_equal(mac, span),
            Meaning::Join { unwraps } => self.join(mac, unwraps, span),
            Meaning::Select => self.select(mac, span),
            Meaning::Stream => self.stream(mac, span),
            Meaning::Sequence => self.sequence_macro(mac, span),
            Meaning::Matches => self.matches(mac, span),
            Meaning::Pin | Meaning::Debug | Meaning::Unwrap => self.wrapped(mac, &meaning(&name), span),
            Meaning::Inert => self.unknown(span),
            Meaning::Statics => {
                self.statics(mac, &name);
                self.unit(span)
            }
            Meaning::Unknown => self.unknown_macro(mac, span),
        }
    }

    /// The macro itself as something that is called with values.
    fn call_macro(&mut self, mac: &Macro, values: Vec<ValueId>, span: Span) -> ValueId {
        let callee = self.path_value(&mac.path);
        let name_span = self.path_span(&mac.path);
        let arguments = values.into_iter().map(|value| Argument { name: None, value, spread: Spread::No }).collect();
        self.push_call(callee, arguments, name_span, span)
    }

    fn wrapped(&mut self, mac: &Macro, meaning: &Meaning, span: Span) -> ValueId {
        let values: Vec<ValueId> =
            expressions(&mac.tokens).unwrap_or_default().iter().map(|it| self.expr(it)).collect();
        let Some(&value) = values.last() else { return self.unknown(span) };
        match meaning {
            Meaning::Unwrap => self.push(ValueKind::Unwrap(value), span),
            Meaning::Debug => {
                self.push(ValueKind::Format(value), span);
                value
            }
            _ => value,
        }
    }

    fn sequence_macro(&mut self, mac: &Macro, span: Span) -> ValueId {
        // `vec![x; n]` holds one kind of element, however many.
        let parts = expressions(&mac.tokens).unwrap_or_else(|| {
            let first = crate::attributes::split(mac.tokens.clone(), ';').into_iter().next();
            first.and_then(|it| syn::parse2(it).ok()).into_iter().collect()
        });
        let elements = parts.iter().map(|it| self.operand(it)).collect();
        self.push(ValueKind::Sequence(elements), span)
    }
}
