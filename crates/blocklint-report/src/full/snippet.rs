//! Source lines for `miette`, found through the line index. Its own implementation reads the file from the start for every label.

use crate::SourceFile;
use crate::escape::visible;
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

impl SourceCode for SourceFile {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let first = self.line_at(span.offset());
        let last = self.line_at((span.offset() + span.len().max(1) - 1).max(span.offset()));
        let first = first.saturating_sub(lines_before);
        let last = (last + lines_after).min(self.line_count() - 1);
        let (start, end) = (self.line_start(first), self.line_start(last + 1));
        let text = self.slice(start, end);
        // The whole line is given, and the column of the span: the header above the picture names the span's place.
        let column = self.slice(self.line_start(self.line_at(span.offset())), span.offset()).chars().count();
        Ok(Box::new(MietteSpanContents::new_named(
            visible(self.name()).into_owned(),
            text.as_bytes(),
            (start, text.len()).into(),
            first,
            column,
            last + 1 - first,
        )))
    }
}

/// The byte at a line and column counted from 1; a column beyond the line is its end.
pub(super) fn offset(source: &SourceFile, (line, column): (usize, usize)) -> usize {
    let text = source.line(line - 1);
    let start = source.line_start(line - 1);
    start + text.char_indices().nth(column - 1).map_or(text.len(), |it| it.0)
}
