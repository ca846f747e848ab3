//! What the client can do, what it is told that the server can do, and which folders it works in.

use super::documents::path_of;
use super::position::Encoding;
use crate::project::project_of;
use anyhow::{Context as _, Result};
use gen_lsp_types as lsp;
use lsp_server::{Connection, Request};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Files whose change can change a finding: sources, manifests, configuration, and what says which files are sources.
const WATCHED: [&str; 9] = [
    "**/*.{py,pyi,pyw,rs}",
    "**/Cargo.toml",
    "**/pyproject.toml",
    "**/setup.cfg",
    "**/blocklint.toml",
    "**/.blocklint.toml",
    "**/.blocklint-baseline.json",
    "**/.gitignore",
    "**/.ignore",
];

/// One client.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    folders: Vec<PathBuf>,
    watches: bool,
}

impl Client {
    pub(super) fn new(params: &lsp::InitializeParams) -> Self {
        let capabilities = &params.capabilities;
        let encodings = capabilities.general.as_ref().and_then(|it| it.position_encodings.as_deref());
        let utf8 = encodings.is_some_and(|it| it.contains(&lsp::PositionEncodingKind::UTF8));
        let watched = capabilities.workspace.as_ref().and_then(|it| it.did_change_watched_files.as_ref());
        Self {
            encoding: if utf8 { Encoding::Utf8 } else { Encoding::Utf16 },
            folders: folders(params),
            watches: watched.is_some_and(|it| it.dynamic_registration == Some(true)),
        }
    }

    /// The answer to `initialize`.
    pub(super) fn answer(&self) -> Value {
        let encoding = match self.encoding {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
        };
        json!({
            "capabilities": {
                "positionEncoding": encoding,
                "textDocumentSync": {"openClose": true, "change": lsp::TextDocumentSyncKind::Full, "save": true},
                "hoverProvider": true,
                "codeActionProvider": {"codeActionKinds": ["quickfix"]},
                "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
            },
            "serverInfo": {"name": "blocklint", "version": crate::VERSION},
        })
    }

    /// Asks to be told of changes on disk, where the client can do that.
    pub(super) fn watch_files(&self, connection: &Connection) -> Result<()> {
        if !self.watches {
            return Ok(());
        }
        let watchers: Vec<Value> = WATCHED.iter().map(|it| json!({"globPattern": it})).collect();
        let registration = json!({
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": watchers},
        });
        let params = json!({"registrations": [registration]});
        let request = Request::new("files".to_owned().into(), "client/registerCapability".to_owned(), params);
        connection.sender.send(request.into()).context("the client is gone")
    }

    pub(super) fn change_folders(&mut self, params: &lsp::DidChangeWorkspaceFoldersParams) {
        let removed: Vec<PathBuf> = params.event.removed.iter().filter_map(|it| path_of(&it.uri)).collect();
        self.folders.retain(|it| !removed.contains(it));
        self.folders.extend(params.event.added.iter().filter_map(|it| path_of(&it.uri)));
    }

    /// The programs that the open files belong to: a folder of the client's, the outermost one that holds the file, else the project around it.
    pub(super) fn roots<'a>(&self, open: impl Iterator<Item = &'a Path>) -> BTreeSet<PathBuf> {
        open.filter_map(|path| {
            let around = self.folders.iter().filter(|it| path.starts_with(it)).min_by_key(|it| it.as_os_str().len());
            around.cloned().or_else(|| project_of(path)).or_else(|| path.parent().map(Path::to_owned))
        })
        .collect()
    }
}

#[expect(deprecated, reason = "clients that know no folders still name a root")]
fn folders(params: &lsp::InitializeParams) -> Vec<PathBuf> {
    match &params.workspace_folders_initialize_params.workspace_folders {
        Some(lsp::WorkspaceFolders::WorkspaceFolderList(folders)) => {
            folders.iter().filter_map(|it| path_of(&it.uri)).collect()
        }
        _ => params.root_uri.as_ref().and_then(path_of).into_iter().collect(),
    }
}
