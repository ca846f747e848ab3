//! Bytes of a text by line and column. The parser's own conversion keeps a tree of all positions that were ever asked for.

use proc_macro2::LineColumn;
use rustc_hash::FxHashMap;

/// Where the lines of a text begin.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    starts: Vec<u32>,
    /// The bytes at which the characters begin, of lines in which that is not the column.
    wide: FxHashMap<usize, Vec<u32>>,
}

impl Lines {
    /// The lines of a program that begins at byte `base` of its file.
    pub(crate) fn new(text: &str, base: u32) -> Self {
        let mut lines = Self::default();
        let mut start = base;
        for (index, line) in text.split('\n').enumerate() {
            lines.starts.push(start);
            if !line.is_ascii() {
                let mut columns: Vec<u32> = line.char_indices().map(|(at, _)| at as u32).collect();
                columns.push(line.len() as u32);
                lines.wide.insert(index, columns);
            }
            start += line.len() as u32 + 1;
        }
        lines
    }

    /// The byte of the file at a place; lines count from 1, columns in characters from 0.
    pub(crate) fn byte(&self, place: LineColumn) -> u32 {
        let line = place.line.saturating_sub(1);
        let Some(start) = self.starts.get(line) else { return self.starts.last().copied().unwrap_or(0) };
        let column = match self.wide.get(&line) {
            Some(columns) => columns.get(place.column).or(columns.last()).copied().unwrap_or(0),
            None => place.column as u32,
        };
        start + column
    }
}
