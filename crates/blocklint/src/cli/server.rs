//! `blocklint server`: a language server over standard input and output, so that an editor shows findings while code is written.
//!
//! This loop only moves messages. The program is analysed on a thread of its own ([`worker`]), whole and with the open buffers in place of
//! their files, a moment after the last change. What a finding looks like to a client is [`marks`]' business.

mod actions;
mod client;
mod documents;
mod marks;
mod position;
mod program;
mod worker;

use super::args::ServerArgs;
use super::{CLEAN, FINDINGS, complain};
use anyhow::{Context as _, Result};
use client::Client;
use crossbeam_channel::{Receiver, after, never, select};
use documents::{Documents, path_of};
use gen_lsp_types as lsp;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use marks::Shown;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use worker::{Job, Outcome, Worker};

/// How long nobody types before the program is analysed again.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves one client; exit 0 when it said goodbye first.
pub(super) fn run(args: &ServerArgs) -> Result<u8> {
    let (connection, threads) = Connection::stdio();
    let status = serve(&connection, args)?;
    // The thread that writes ends with the last sender.
    drop(connection);
    threads.join().context("cannot speak to the client")?;
    Ok(status)
}

fn serve(connection: &Connection, args: &ServerArgs) -> Result<u8> {
    let (id, params) = connection.initialize_start()?;
    let params: lsp::InitializeParams = serde_json::from_value(params).context("cannot read what the client can do")?;
    let client = Client::new(&params);
    connection.initialize_finish(id, client.answer())?;
    let mut server = Server {
        connection,
        worker: Worker::start(args.clone(), client.encoding).context("cannot start a thread")?,
        documents: Documents::default(),
        shown: BTreeMap::new(),
        said: None,
        timer: never(),
        disk: true,
        closing: false,
        client,
    };
    server.client.watch_files(connection)?;
    server.serve()
}

struct Server<'a> {
    connection: &'a Connection,
    client: Client,
    documents: Documents,
    worker: Worker,
    /// What is shown in each open file.
    shown: BTreeMap<PathBuf, Shown>,
    /// The last complaint, which is not repeated with each key that is pressed.
    said: Option<String>,
    timer: Receiver<Instant>,
    /// Whether files that are not open may have changed since the last analysis.
    disk: bool,
    closing: bool,
}

impl Server<'_> {
    fn serve(&mut self) -> Result<u8> {
        loop {
            select! {
                recv(self.connection.receiver) -> message => match message {
                    Ok(Message::Request(request)) => self.request(request)?,
                    Ok(Message::Notification(it)) if it.method == "exit" => {
                        return Ok(if self.closing { CLEAN } else { FINDINGS });
                    }
                    Ok(Message::Notification(it)) => {
                        // Nobody waits for an answer to one that cannot be understood, and the session outlives it.
                        let _ = self.notification(it).inspect_err(|err| complain(&format!("{err:#}")));
                    }
                    Ok(Message::Response(_)) => {}
                    Err(_) => return Ok(FINDINGS),
                },
                recv(self.worker.outcomes) -> outcome => self.publish(outcome.context("the analysis ended")?)?,
                recv(self.timer) -> _ => self.analyse()?,
            }
        }
    }

    fn request(&mut self, request: Request) -> Result<()> {
        let id = request.id.clone();
        let response = if self.closing {
            Response::new_err(id, ErrorCode::InvalidRequest as i32, "the server is shutting down".to_owned())
        } else {
            match request.method.as_str() {
                "shutdown" => {
                    self.closing = true;
                    Response::new_ok(id, ())
                }
                "textDocument/hover" => self.answer(request, Self::hover),
                "textDocument/codeAction" => self.answer(request, Self::code_actions),
                method => {
                    let reason = format!("blocklint does not answer `{method}`");
                    Response::new_err(id, ErrorCode::MethodNotFound as i32, reason)
                }
            }
        };
        self.send(response)
    }

    fn answer<P: DeserializeOwned, R: serde::Serialize>(
        &self,
        request: Request,
        handler: impl FnOnce(&Self, &P) -> R,
    ) -> Response {
        match serde_json::from_value(request.params) {
            Ok(params) => Response::new_ok(request.id, handler(self, &params)),
            Err(err) => Response::new_err(request.id, ErrorCode::InvalidParams as i32, err.to_string()),
        }
    }

    fn hover(&self, params: &lsp::HoverParams) -> Option<lsp::Hover> {
        let at = &params.text_document_position_params;
        actions::hover(&self.shown_in(&at.text_document.uri)?.marks, at.position)
    }

    fn code_actions(&self, params: &lsp::CodeActionParams) -> Vec<lsp::CodeActionResponse> {
        let uri = &params.text_document.uri;
        let (Some(shown), Some(document)) = (self.shown_in(uri), self.documents.get(uri)) else { return Vec::new() };
        actions::ignore(shown, document, params, self.client.encoding)
    }

    fn shown_in(&self, uri: &lsp::Uri) -> Option<&Shown> {
        self.shown.get(&path_of(uri)?)
    }

    fn notification(&mut self, notification: Notification) -> Result<()> {
        let params = notification.params;
        self.disk |= notification.method != "textDocument/didChange";
        match notification.method.as_str() {
            "textDocument/didOpen" => self.documents.open(serde_json::from_value(params)?),
            "textDocument/didChange" => self.documents.change(serde_json::from_value(params)?),
            "textDocument/didClose" => {
                let params: lsp::DidCloseTextDocumentParams = serde_json::from_value(params)?;
                self.documents.close(&params.text_document.uri);
                path_of(&params.text_document.uri).and_then(|it| self.shown.remove(&it));
                self.show(params.text_document.uri, None, Vec::new())?;
            }
            "workspace/didChangeWorkspaceFolders" => self.client.change_folders(&serde_json::from_value(params)?),
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" | "workspace/didChangeConfiguration" => {}
            _ => return Ok(()),
        }
        self.timer = after(PAUSE);
        Ok(())
    }

    fn analyse(&mut self) -> Result<()> {
        self.timer = never();
        let roots = self.client.roots(self.documents.paths());
        let job =
            Job { roots, buffers: self.documents.buffers(), versions: self.documents.versions(), disk: self.disk };
        self.disk = false;
        self.worker.jobs.send(job).context("the analysis ended")
    }

    fn publish(&mut self, outcome: Outcome) -> Result<()> {
        match outcome.complaint {
            Some(complaint) => self.complain(complaint)?,
            None => self.said = None,
        }
        let Some(mut marks) = outcome.marks else { return Ok(()) };
        for (uri, version) in outcome.versions {
            // Positions in a text that has changed since are wrong; the next outcome is on its way.
            let Some(path) = path_of(&uri) else { continue };
            if self.documents.get(&uri).is_some_and(|it| it.version == version) {
                let found = marks.remove(&path).unwrap_or_default();
                let diagnostics = found.iter().map(|it| it.diagnostic.clone()).collect();
                self.shown.insert(path, Shown { version, marks: found });
                self.show(uri, Some(version), diagnostics)?;
            }
        }
        Ok(())
    }

    fn show(&self, uri: lsp::Uri, version: Option<i32>, diagnostics: Vec<lsp::Diagnostic>) -> Result<()> {
        let params = lsp::PublishDiagnosticsParams { uri, version, diagnostics };
        self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params))
    }

    fn complain(&mut self, complaint: String) -> Result<()> {
        if self.said.as_ref() == Some(&complaint) {
            return Ok(());
        }
        let message = format!("blocklint: {complaint}");
        self.said = Some(complaint);
        let params = lsp::ShowMessageParams { kind: lsp::MessageType::Error, message };
        self.send(Notification::new("window/showMessage".to_owned(), params))
    }

    fn send(&self, message: impl Into<Message>) -> Result<()> {
        self.connection.sender.send(message.into()).context("the client is gone")
    }
}
