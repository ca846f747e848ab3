//! A small lexer over raw text: where comments stand and how deep the syntax can nest.
//!
//! `syn` drops comments and recurses without a limit; this module gives back the first and bounds the second.
//! It knows tokens only, no grammar.

use blocklint_ir::Span;

/// What one pass over the text found.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Line comments that mention the tool, markers included.
    pub comments: Vec<Span>,
    /// An upper bound for the depth of any syntax tree of the text.
    pub depth: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Comment,
    Word,
    Literal,
    Open,
    Close(u8),
    Separator,
    Punctuation,
}

/// Reads the whole text once.
pub(crate) fn scan(text: &str) -> Scan {
    let bytes = text.as_bytes();
    let mut scan = Scan::default();
    let mut depth = Depth::default();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() {
            at += 1;
            continue;
        }
        let (kind, end) = token(bytes, at);
        if kind == Kind::Comment {
            if bytes[at + 1] == b'/' && text[at..end].contains("blocklint:") {
                scan.comments.push(Span::new(at as u32, end as u32));
            }
        } else {
            depth.see(kind, &bytes[at..end]);
        }
        at = end;
    }
    scan.depth = depth.deepest;
    scan
}

/// Every level of a syntax tree takes at least one token of its own, and a separator ends all levels between its brackets.
/// So the tokens since the last separator, summed over the open brackets, bound the depth.
#[derive(Default)]
struct Depth {
    /// For every open bracket the sum outside of it.
    open: Vec<usize>,
    sum: usize,
    deepest: usize,
    after_brace: bool,
}

impl Depth {
    fn see(&mut self, kind: Kind, text: &[u8]) {
        let floor = self.open.last().copied().unwrap_or(0);
        if self.after_brace && starts_anew(kind, text) {
            self.sum = floor;
        }
        self.after_brace = kind == Kind::Close(b'}');
        match kind {
            Kind::Open => {
                self.sum += 1;
                self.open.push(self.sum);
            }
            Kind::Close(_) => {
                if let Some(outside) = self.open.pop() {
                    self.sum = outside;
                }
            }
            Kind::Separator => self.sum = floor,
            _ => self.sum += 1,
        }
        self.deepest = self.deepest.max(self.sum);
    }
}

/// After `}`, these begin a statement, an item or a match arm of their own.
fn starts_anew(kind: Kind, text: &[u8]) -> bool {
    match kind {
        Kind::Word => text != b"else" && text != b"as",
        Kind::Literal => true,
        _ => text == b"#",
    }
}

/// The token at `at` and where it ends; `at` is not white space.
fn token(bytes: &[u8], at: usize) -> (Kind, usize) {
    let next = bytes.get(at + 1).copied().unwrap_or(0);
    match bytes[at] {
        b'/' if next == b'/' => (Kind::Comment, line_end(bytes, at)),
        b'/' if next == b'*' => (Kind::Comment, block_comment_end(bytes, at)),
        b'"' => (Kind::Literal, string_end(bytes, at + 1)),
        b'\'' => quote(bytes, at),
        b'(' | b'[' | b'{' => (Kind::Open, at + 1),
        close @ (b')' | b']' | b'}') => (Kind::Close(close), at + 1),
        b',' | b';' => (Kind::Separator, at + 1),
        byte if word(byte) => word_or_prefixed(bytes, at),
        _ => (Kind::Punctuation, at + 1),
    }
}

fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn word_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && word(bytes[at]) {
        at += 1;
    }
    at
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&it| it == b'\n').map_or(bytes.len(), |it| at + it)
}

fn block_comment_end(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if bytes[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    bytes.len()
}

fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// A lifetime or a character.
fn quote(bytes: &[u8], at: usize) -> (Kind, usize) {
    let Some(&first) = bytes.get(at + 1) else { return (Kind::Punctuation, at + 1) };
    if first == b'\\' {
        let mut end = at + 3;
        while end < bytes.len() && bytes[end] != b'\'' && bytes[end] != b'\n' {
            end += 1;
        }
        return (Kind::Literal, (end + 1).min(bytes.len()));
    }
    if word(first) {
        let end = word_end(bytes, at + 1);
        if bytes.get(end) == Some(&b'\'') {
            return (Kind::Literal, end + 1);
        }
        return (Kind::Punctuation, end);
    }
    match bytes.get(at + 2) {
        Some(b'\'') => (Kind::Literal, at + 3),
        _ => (Kind::Punctuation, at + 1),
    }
}

/// A word, or a literal that begins with letters: `r#"…"#`, `b"…"`, `b'…'`, `c"…"`.
fn word_or_prefixed(bytes: &[u8], at: usize) -> (Kind, usize) {
    let end = word_end(bytes, at);
    let prefix = &bytes[at..end];
    let raw = matches!(prefix, b"r" | b"br" | b"cr");
    match bytes.get(end) {
        Some(b'"') if raw => (Kind::Literal, raw_string_end(bytes, end, 0)),
        Some(b'"') if matches!(prefix, b"b" | b"c") => (Kind::Literal, string_end(bytes, end + 1)),
        Some(b'\'') if prefix == b"b" => quote(bytes, end),
        Some(b'#') if raw => {
            let hashes = bytes[end..].iter().take_while(|&&it| it == b'#').count();
            match bytes.get(end + hashes) {
                Some(b'"') => (Kind::Literal, raw_string_end(bytes, end + hashes, hashes)),
                _ => (Kind::Word, word_end(bytes, end + hashes)),
            }
        }
        _ if bytes[at].is_ascii_digit() => (Kind::Literal, end),
        _ => (Kind::Word, end),
    }
}

fn raw_string_end(bytes: &[u8], quote: usize, hashes: usize) -> usize {
    let mut at = quote + 1;
    while at < bytes.len() {
        if bytes[at] == b'"' && bytes[at + 1..].iter().take(hashes).filter(|&&it| it == b'#').count() == hashes {
            return at + 1 + hashes;
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, comments: &[&str]) {
        let found: Vec<&str> = scan(text).comments.iter().map(|it| &text[it.range()]).collect();
        assert_eq!(found, comments, "{text}");
    }

    #[test]
    fn only_real_line_comments_count() {
        check("let a = \"// blocklint: x\"; // blocklint: nonblocking\n", &["// blocklint: nonblocking"]);
        check("let a = r#\"\" // blocklint: x\"#; /* // blocklint: y */ '\"' // blocklint: z", &["// blocklint: z"]);
        check("fn f<'a>(x: &'a str) { b'\\'' } // blocklint: a", &["// blocklint: a"]);
        check("/* a /* b */ // blocklint: c\n */ // other", &[]);
    }

    #[test]
    fn depth_grows_with_brackets_and_chains_and_not_with_length() {
        assert!(scan(&"fn f() { a(b, c); }\n".repeat(1000)).depth < 20);
        assert!(scan(&format!("x = {}1;", "!".repeat(500))).depth > 500);
        assert!(scan(&"(".repeat(500)).depth >= 500);
        assert!(scan(&"if a {} else ".repeat(500)).depth > 500);
    }

    #[test]
    fn any_text_can_be_scanned() {
        for text in ["'", "b'", "r#", "r#\"", "\"\\", "/*", "'\\", "é'é", "}", "*/"] {
            scan(text);
        }
    }
}
