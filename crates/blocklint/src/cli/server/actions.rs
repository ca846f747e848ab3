//! What can be asked about a finding that is shown: its way, and a comment that accepts it.

use super::documents::Document;
use super::marks::Mark;
use super::position::Encoding;
use crate::front::language_of;
use crate::places::with_slashes;
use blocklint_ir::Language;
use blocklint_report::SourceFile;
use gen_lsp_types as lsp;
use std::collections::HashMap;

/// The findings at a position, told in full.
pub(super) fn hover(marks: &[Mark], at: lsp::Position) -> Option<lsp::Hover> {
    let here: Vec<&Mark> =
        marks.iter().filter(|it| it.diagnostic.range.start <= at && at <= it.diagnostic.range.end).collect();
    let range = here.first()?.diagnostic.range;
    let value = here.iter().map(|it| it.story.as_str()).collect::<Vec<_>>().join("\n\n---\n\n");
    let contents = lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value };
    Some(lsp::Hover { contents: contents.into(), range: Some(range) })
}

/// For each finding in the range, the comment that silences it. The reason is the author's to write.
pub(super) fn ignore(
    marks: &[Mark],
    document: &Document,
    params: &lsp::CodeActionParams,
    encoding: Encoding,
) -> Vec<lsp::CodeActionResponse> {
    let kinds = params.context.only.as_deref();
    if kinds.is_some_and(|it| !it.contains(&lsp::CodeActionKind::QuickFix)) {
        return Vec::new();
    }
    let source = SourceFile::new("".into(), &document.text);
    let wanted = params.range;
    let inside = |it: &&Mark| it.diagnostic.range.start <= wanted.end && wanted.start <= it.diagnostic.range.end;
    let action = |mark: &Mark| {
        let line = mark.diagnostic.range.start.line;
        let text = source.line(line as usize);
        // Behind a backslash there is no room for a comment, and a second one of ours would not be read.
        if text.ends_with('\\') || text.contains("blocklint: ignore") {
            return None;
        }
        let sign = match language_of(&with_slashes(&document.path))? {
            Language::Python => "#",
            Language::Rust => "//",
        };
        let at = encoding.end_of_line(&source, line);
        let new_text = format!("  {sign} blocklint: ignore[{}] TODO: say why this is fine", mark.code);
        let edit = lsp::TextEdit { range: lsp::Range { start: at, end: at }, new_text };
        let changes = HashMap::from([(params.text_document.uri.clone(), vec![edit])]);
        let action = lsp::CodeAction {
            title: format!("Ignore {} here, with a reason", mark.code),
            kind: Some(lsp::CodeActionKind::QuickFix),
            diagnostics: Some(vec![mark.diagnostic.clone()]),
            edit: Some(lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() }),
            ..lsp::CodeAction::default()
        };
        Some(lsp::CodeActionResponse::CodeAction(action))
    };
    marks.iter().filter(inside).filter_map(action).collect()
}
