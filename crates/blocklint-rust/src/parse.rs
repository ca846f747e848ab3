//! Text to items. A broken item is reported and left out; the ones after it are read.

use crate::lex::Scan;
use blocklint_ir::{Span, SyntaxError};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::str::FromStr as _;
use syn::parse::{Parse as _, ParseStream, Parser as _, discouraged::Speculative as _};
use syn::{Attribute, Item};

/// Syntax deeper than this is refused. Real code stays below a tenth of it.
pub(crate) const DEEPEST: usize = 4000;

/// How many levels the expansions of macros may add to the file's own.
pub(crate) const EXPANSION: usize = 400;

/// What the parser read.
pub(crate) struct Parsed {
    pub attributes: Vec<Attribute>,
    pub items: Vec<Item>,
    pub errors: Vec<SyntaxError>,
}

/// Where the program begins: behind a byte order mark and a `#!` line.
pub(crate) fn program_start(text: &str) -> usize {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let rest = &text[start..];
    if rest.starts_with("#!") && !rest[2..].trim_start().starts_with('[') {
        return start + rest.find('\n').unwrap_or(rest.len());
    }
    start
}

/// How much stack reading a text may take, debug builds included; `None` when that is more than there may be.
pub(crate) fn stack_size(scan: &Scan) -> Option<usize> {
    const BASE: usize = 4 << 20;
    const LEVEL: usize = 48 << 10;
    (scan.depth <= DEEPEST).then(|| BASE + (scan.depth + EXPANSION) * LEVEL)
}

/// Reads the items of a program that begins at byte `base` of its file.
pub(crate) fn parse(text: &str, base: u32) -> Parsed {
    let mut parsed = Parsed { attributes: Vec::new(), items: Vec::new(), errors: Vec::new() };
    let tokens = match TokenStream::from_str(text) {
        Ok(tokens) => tokens,
        Err(err) => {
            parsed.errors.push(error(err.span(), "brackets or literals do not end".to_owned(), base));
            match TokenStream::from_str(&without_broken(text)) {
                Ok(tokens) => tokens,
                Err(_) => return parsed,
            }
        }
    };
    let parser = |input: ParseStream<'_>| {
        items(input, &mut parsed, base);
        Ok(())
    };
    if let Err(err) = parser.parse2(tokens) {
        parsed.errors.push(error(err.span(), err.to_string(), base));
    }
    parsed
}

/// The text with blanks in place of the stretches that are no sequence of tokens. Stretches begin where a line begins with an
/// item, as items do that stand at the top of a formatted file.
fn without_broken(text: &str) -> String {
    const ITEMS: [&str; 15] = [
        "#[",
        "async ",
        "const ",
        "enum ",
        "extern ",
        "fn ",
        "impl",
        "macro_rules!",
        "mod ",
        "pub",
        "static ",
        "struct ",
        "trait ",
        "type ",
        "use ",
    ];
    let mut out = String::with_capacity(text.len());
    let mut stretch = String::new();
    let mut finish = |stretch: &mut String| {
        if TokenStream::from_str(stretch).is_ok() {
            out.push_str(stretch);
        } else {
            // Blanks and line ends of the same number of bytes, so that spans stay true.
            out.extend(stretch.bytes().map(|it| if it == b'\n' { '\n' } else { ' ' }));
        }
        stretch.clear();
    };
    for line in text.split_inclusive('\n') {
        if ITEMS.iter().any(|it| line.starts_with(it)) {
            finish(&mut stretch);
        }
        stretch.push_str(line);
    }
    finish(&mut stretch);
    out
}

fn items(input: ParseStream<'_>, parsed: &mut Parsed, base: u32) {
    match Attribute::parse_inner(input) {
        Ok(attributes) => parsed.attributes = attributes,
        Err(err) => parsed.errors.push(error(err.span(), err.to_string(), base)),
    }
    while !input.is_empty() {
        let fork = input.fork();
        match Item::parse(&fork) {
            Ok(item) => {
                input.advance_to(&fork);
                parsed.items.push(item);
            }
            Err(err) => {
                parsed.errors.push(error(err.span(), err.to_string(), base));
                skip_item(input);
            }
        }
    }
}

/// Goes on behind the next `;` or `{ … }`.
fn skip_item(input: ParseStream<'_>) {
    while !input.is_empty() {
        match input.parse::<TokenTree>() {
            Ok(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => return,
            Ok(TokenTree::Punct(it)) if it.as_char() == ';' => return,
            Ok(_) => {}
            Err(_) => return,
        }
    }
}

fn error(span: proc_macro2::Span, message: String, base: u32) -> SyntaxError {
    let range = span.byte_range();
    SyntaxError { span: Span::new(base + range.start as u32, base + range.end as u32), message }
}
