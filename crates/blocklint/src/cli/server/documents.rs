//! The files that are open in the editor, as they are there and not as they are on disk.

use gen_lsp_types as lsp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One open file.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) path: PathBuf,
    pub(super) version: i32,
    pub(super) text: Arc<str>,
}

/// Every open file, by the address that the client gave it.
#[derive(Debug, Default)]
pub(super) struct Documents(BTreeMap<lsp::Uri, Document>);

/// The file behind an address; `None` for what is on no disk, such as the old side of a comparison.
pub(super) fn path_of(uri: &lsp::Uri) -> Option<PathBuf> {
    uri.to_file_path().ok()
}

impl Documents {
    pub(super) fn open(&mut self, params: lsp::DidOpenTextDocumentParams) {
        let item = params.text_document;
        if let Some(path) = path_of(&item.uri) {
            self.0.insert(item.uri, Document { path, version: item.version, text: item.text.into() });
        }
    }

    /// The server asked for whole texts, so the last change is the text.
    pub(super) fn change(&mut self, params: lsp::DidChangeTextDocumentParams) {
        use lsp::TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument as Whole;
        let identifier = params.text_document;
        let Some(document) = self.0.get_mut(&identifier.text_document_identifier.uri) else { return };
        document.version = identifier.version;
        if let Some(Whole(change)) = params.content_changes.into_iter().next_back() {
            document.text = change.text.into();
        }
    }

    pub(super) fn close(&mut self, uri: &lsp::Uri) {
        self.0.remove(uri);
    }

    pub(super) fn get(&self, uri: &lsp::Uri) -> Option<&Document> {
        self.0.get(uri)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.values().map(|it| it.path.as_path())
    }

    /// Texts that stand for what is on disk.
    pub(super) fn buffers(&self) -> BTreeMap<PathBuf, Arc<str>> {
        self.0.values().map(|it| (it.path.clone(), it.text.clone())).collect()
    }

    pub(super) fn versions(&self) -> Vec<(lsp::Uri, i32)> {
        self.0.iter().map(|(uri, it)| (uri.clone(), it.version)).collect()
    }
}
