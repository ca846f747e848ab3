//! Which lines a comment speaks for: its own, or the statement below when it stands alone.

use crate::lex::Scan;
use blocklint_ir::{Comment, Directive, Span, comment};

/// The comments that address this tool.
pub(crate) fn directives(text: &str, scan: &Scan) -> Vec<Directive> {
    scan.comments
        .iter()
        .filter_map(|&span| {
            let marked = &text[span.range()];
            let body = marked.strip_prefix("//").unwrap_or(marked);
            comment::parse(Comment { text: body, span, target: target(text, span) })
        })
        .collect()
}

fn target(text: &str, comment: Span) -> Span {
    let start = line_start(text, comment.start as usize);
    let alone = text[start..comment.start as usize].trim().is_empty();
    if !alone {
        return Span::new(start as u32, line_end(text, comment.end as usize) as u32);
    }
    let mut at = next_line(text, comment.end as usize);
    while at < text.len() {
        let end = line_end(text, at);
        let line = text[at..end].trim();
        if line.is_empty() || line.starts_with("//") || (line.starts_with("#[") && line.ends_with(']')) {
            at = next_line(text, end);
            continue;
        }
        return Span::new(at as u32, statement_end(text, at) as u32);
    }
    Span::new(start as u32, comment.end)
}

/// The end of the first line at which the brackets that the statement opened are closed again, or opens a block.
fn statement_end(text: &str, start: usize) -> usize {
    let mut depth = 0_i32;
    let mut at = start;
    loop {
        let end = line_end(text, at);
        for byte in text[at..end].bytes() {
            match byte {
                b'(' | b'[' => depth += 1,
                b')' | b']' => depth -= 1,
                _ => {}
            }
        }
        let line = text[at..end].trim_end();
        let complete = depth <= 0 && [';', '{', '}', ','].iter().any(|it| line.ends_with(*it));
        if complete || end >= text.len() {
            return end;
        }
        at = next_line(text, end);
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |it| it + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |it| at + it)
}

fn next_line(text: &str, at: usize) -> usize {
    (line_end(text, at) + 1).min(text.len())
}
