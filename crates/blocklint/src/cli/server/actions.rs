//! What can be asked about a finding that is shown: its way, and a comment that accepts it.

use super::documents::Document;
use super::marks::{Mark, Shown};
use super::position::Encoding;
use crate::ignores::plan;
use crate::summaries::Input;
use blocklint_ir::Span;
use blocklint_report::SourceFile;
use gen_lsp_types as lsp;
use std::collections::{BTreeSet, HashMap};

/// What the author is to replace.
const REASON: &str = "TODO: say why this is fine";

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
    shown: &Shown,
    document: &Document,
    params: &lsp::CodeActionParams,
    encoding: Encoding,
) -> Vec<lsp::CodeActionResponse> {
    let kinds = params.context.only.as_deref();
    // Of a text that has changed since, nobody knows yet where the finding stands.
    if kinds.is_some_and(|it| !it.contains(&lsp::CodeActionKind::QuickFix)) || shown.version != document.version {
        return Vec::new();
    }
    let wanted = params.range;
    let inside = |it: &&Mark| it.diagnostic.range.start <= wanted.end && wanted.start <= it.diagnostic.range.end;
    let action = |mark: &Mark| {
        let edit = comment(mark, document, encoding)?;
        let changes = HashMap::from([(params.text_document.uri.clone(), vec![edit])]);
        let action = lsp::CodeAction {
            title: format!("Ignore {} here, with a reason", mark.finding.code),
            kind: Some(lsp::CodeActionKind::QuickFix),
            diagnostics: Some(vec![mark.diagnostic.clone()]),
            edit: Some(lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() }),
            ..lsp::CodeAction::default()
        };
        Some(lsp::CodeActionResponse::CodeAction(action))
    };
    shown.marks.iter().filter(inside).filter_map(action).collect()
}

/// The edit that writes the comment where one can stand.
fn comment(mark: &Mark, document: &Document, encoding: Encoding) -> Option<lsp::TextEdit> {
    let (path, text) = (mark.finding.place.file.to_string(), document.text.to_string());
    let input = Input { path, text, reported: true, problem: None };
    let plan = plan(&[input], std::slice::from_ref(&mark.finding), &BTreeSet::new(), REASON);
    let (old, new) = (&*document.text, plan.texts.into_values().next()?);
    let same = |pairs: &mut dyn Iterator<Item = (char, char)>| {
        pairs.take_while(|(a, b)| a == b).map(|it| it.0.len_utf8()).sum::<usize>()
    };
    let start = same(&mut old.chars().zip(new.chars()));
    let end = same(&mut old[start..].chars().rev().zip(new[start..].chars().rev()));
    let source = SourceFile::new("".into(), old);
    let range = encoding.range(&source, Span::new(start as u32, (old.len() - end) as u32));
    Some(lsp::TextEdit { range, new_text: new[start..new.len() - end].to_owned() })
}
