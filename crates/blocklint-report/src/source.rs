//! The texts that findings point into, with lines and columns for byte offsets.

use crate::escape::{acts, without_commands};
use blocklint_engine::finding::Analysis;
use blocklint_ir::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A place for people: counted from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// One text that is safe to print: characters that a terminal would act on are replaced by others of the same length in bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    name: Arc<str>,
    text: String,
    line_starts: Vec<u32>,
}

impl SourceFile {
    /// Takes a file's text.
    pub fn new(name: Arc<str>, text: &str) -> Self {
        let text = printable(text);
        let starts = text.bytes().zip(1..).filter(|it| it.0 == b'\n').map(|it| it.1);
        let line_starts = std::iter::once(0).chain(starts).collect();
        Self { name, text, line_starts }
    }

    /// The file's path as it is shown.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The line, counted from 0, that holds the byte.
    pub fn line_at(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start as usize <= offset) - 1
    }

    /// The first byte of a line counted from 0; the text's end when there are fewer lines.
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts.get(line).map_or(self.text.len(), |&it| it as usize)
    }

    /// How many lines there are.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The text between two bytes; both are moved to characters that exist.
    pub fn slice(&self, start: usize, end: usize) -> &str {
        let (start, end) = (self.floor(start), self.floor(end));
        &self.text[start..end.max(start)]
    }

    /// A line counted from 0, without its end.
    pub fn line(&self, line: usize) -> &str {
        self.slice(self.line_start(line), self.line_start(line + 1)).trim_end()
    }

    /// Where the byte stands.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.floor(offset as usize);
        let line = self.line_at(offset);
        let column = self.text[self.line_start(line)..offset].chars().count();
        Position { line: line + 1, column: column + 1 }
    }

    /// Where the span begins and ends.
    pub fn range(&self, span: Span) -> (Position, Position) {
        (self.position(span.start), self.position(span.end.max(span.start)))
    }

    /// The nearest start of a character at or before `offset`, inside the text.
    pub(crate) fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset.min(self.text.len()))
    }
}

fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut left = text;
    loop {
        // Nearly all of nearly every text is taken over as it is.
        let plain = plain_length(left.as_bytes());
        out.push_str(&left[..plain]);
        let mut rest = left[plain..].chars();
        let Some(c) = rest.next() else { return without_commands(out) };
        left = rest.as_str();
        out.push_str(match c {
            '\r' if left.starts_with('\n') => " ",
            '\r' => "\n",
            _ if !acts(c) => {
                out.push(c);
                continue;
            }
            _ => match c.len_utf8() {
                1 => "?",
                2 => "\u{00b7}",
                _ => "\u{fffd}",
            },
        });
    }
}

/// How many bytes at the start are printed as they are.
fn plain_length(bytes: &[u8]) -> usize {
    let plain = |it: &u8| matches!(it, b' '..=b'~' | b'\n' | b'\t');
    // Without a way out of the middle of a block, the compiler looks at all of its bytes at once.
    let blocks = bytes.chunks_exact(64).take_while(|it| it.iter().fold(true, |all, it| all & plain(it)));
    let start = 64 * blocks.count();
    bytes[start..].iter().position(|it| !plain(it)).map_or(bytes.len(), |it| start + it)
}

/// The texts of every file that a finding or an error points into.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sources {
    files: BTreeMap<Arc<str>, Arc<SourceFile>>,
}

impl Sources {
    /// Asks `text_of` for each file that the analysis mentions.
    pub fn collect<'a>(analysis: &Analysis, text_of: impl Fn(&str) -> Option<&'a str>) -> Self {
        let mut files = BTreeMap::new();
        for name in mentioned(analysis) {
            if !files.contains_key(name)
                && let Some(text) = text_of(name)
            {
                files.insert(name.clone(), Arc::new(SourceFile::new(name.clone(), text)));
            }
        }
        Self { files }
    }

    /// The text of a file, when it could be read.
    pub fn get(&self, name: &str) -> Option<&Arc<SourceFile>> {
        self.files.get(name)
    }

    /// Where a span begins and ends; the file's first character when its text is not at hand.
    pub fn range(&self, name: &str, span: Span) -> (Position, Position) {
        let first = Position { line: 1, column: 1 };
        self.get(name).map_or((first, first), |it| it.range(span))
    }
}

fn mentioned(analysis: &Analysis) -> impl Iterator<Item = &Arc<str>> {
    let findings = analysis.findings.iter().flat_map(|finding| {
        let steps = finding.chain.iter().chain(finding.other_chains.iter().flatten());
        std::iter::once(&finding.place.file).chain(steps.map(|it| &it.place.file))
    });
    findings.chain(analysis.errors.iter().map(|it| &it.file))
}
