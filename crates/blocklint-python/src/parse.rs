//! The one file that names the parser: text in, syntax tree, comments and errors out. It knows nothing of what is made of them.

use crate::nesting;
use blocklint_ir::{Span, SyntaxError};
use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{Expr, PySourceType, Suite};
use ruff_python_parser::{parse_expression, parse_unchecked_source};
use ruff_text_size::{Ranged, TextRange};
use std::path::Path;

/// A text that nests deeper is refused: no person wrote it.
const MAX_DEPTH: usize = 10_000;

/// A tree this shallow is walked and freed on any thread's own stack.
const SAFE_DEPTH: usize = 250;

/// What one level of the tree may cost on the stack while it is walked or freed.
const BYTES_PER_LEVEL: usize = 4096;

/// A file's syntax.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// The statements.
    pub(crate) body: Suite,
    /// Every comment, when the text has one that may address this tool.
    pub(crate) comments: Vec<Span>,
    /// Where the text is not valid.
    pub(crate) errors: Vec<SyntaxError>,
}

/// Parses a file and hands its syntax to `visit`, on a stack that is deep enough for it.
pub(crate) fn with_source<T>(path: &str, text: &str, visit: impl FnOnce(Source) -> T) -> T {
    if u32::try_from(text.len()).is_err() {
        return visit(refused("the file is larger than 4 GiB"));
    }
    let depth = nesting::depth(text);
    if depth > MAX_DEPTH {
        return visit(refused("the file nests too deep to be read; split the expression"));
    }
    if depth > SAFE_DEPTH {
        return stacker::grow((depth + SAFE_DEPTH) * BYTES_PER_LEVEL, || visit(parse(path, text)));
    }
    visit(parse(path, text))
}

fn refused(message: &str) -> Source {
    let error = SyntaxError { span: Span::default(), message: message.to_owned() };
    Source { errors: vec![error], ..Source::default() }
}

fn parse(path: &str, text: &str) -> Source {
    let kind = if Path::new(path).extension().is_some_and(|it| it == "pyi") {
        PySourceType::Stub
    } else {
        PySourceType::Python
    };
    let parsed = parse_unchecked_source(text, kind);
    let errors = parsed
        .errors()
        .iter()
        .map(|it| SyntaxError { span: span(it.location), message: it.error.to_string() })
        .collect();
    let comments = if text.contains("blocklint:") {
        parsed.tokens().iter().filter(|it| it.kind() == TokenKind::Comment).map(|it| span(it.range())).collect()
    } else {
        Vec::new()
    };
    Source { body: parsed.into_syntax().body, comments, errors }
}

/// Parses the text inside a quoted annotation.
pub(crate) fn expression(text: &str) -> Option<Expr> {
    if nesting::depth(text) > SAFE_DEPTH / 2 {
        return None;
    }
    let parsed = parse_expression(text.trim()).ok()?;
    Some(*parsed.into_syntax().body)
}

/// The bytes of a syntax node.
pub(crate) fn span(range: TextRange) -> Span {
    Span::new(range.start().to_u32(), range.end().to_u32())
}

/// The bytes of a syntax node.
pub(crate) fn span_of(node: &impl Ranged) -> Span {
    span(node.range())
}
