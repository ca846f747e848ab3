//! Bytes to lines and characters as the client counts them, from 0.

use blocklint_ir::Span;
use blocklint_report::SourceFile;
use gen_lsp_types::{Position, Range};

/// What a client counts in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// What every client can count.
    Utf16,
}

impl Encoding {
    /// Where a span begins and ends.
    pub(super) fn range(self, source: &SourceFile, span: Span) -> Range {
        Range { start: self.position(source, span.start as usize), end: self.position(source, span.end as usize) }
    }

    fn position(self, source: &SourceFile, offset: usize) -> Position {
        let line = source.line_at(offset);
        let before = source.slice(source.line_start(line), offset);
        Position { line: line as u32, character: self.length(before) }
    }

    fn length(self, text: &str) -> u32 {
        let length = match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        };
        length as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_as_the_client_does() {
        let source = SourceFile::new("a.py".into(), "x = '\u{1f600}\u{e9}'; f()\r\ny()\r\n");
        let at = |encoding: Encoding, needle: &str| {
            let start = source.slice(0, usize::MAX).find(needle).unwrap() as u32;
            let start = encoding.range(&source, Span::new(start, start + 1)).start;
            (start.line, start.character)
        };
        assert_eq!(at(Encoding::Utf16, "f()"), (0, 11));
        assert_eq!(at(Encoding::Utf8, "f()"), (0, 14));
        assert_eq!(at(Encoding::Utf16, "y()"), (1, 0));
    }
}
