//! The language server's conversation, message by message. What an editor sees of it is tried with a real client in CI.

use crate::command::{SLEEPER, project};
use lsp_server::{Message, Notification, Request, Response};
use serde_json::{Value, json};
use std::io::{BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub(crate) struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Client {
    fn start() -> Self {
        Self::of(Command::new(env!("CARGO_BIN_EXE_blocklint")))
    }

    /// Speaks with the server that a command starts.
    pub(crate) fn of(mut command: Command) -> Self {
        command.args(["server", "--isolated"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, stdin, stdout }
    }

    /// Starts and says hello for a folder.
    fn hello(folder: &Path) -> Self {
        Self::start().greet(folder)
    }

    /// Says hello for a folder.
    pub(crate) fn greet(mut self, folder: &Path) -> Self {
        let params = json!({"processId": null, "rootUri": url(folder, ""), "capabilities": {}});
        self.ask("initialize", params).response_result.unwrap();
        self.tell("initialized", json!({}));
        self
    }

    fn send(&mut self, message: impl Into<Message>) {
        message.into().write(self.stdin.as_mut().unwrap()).unwrap();
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params });
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Response {
        self.send(Request { id: 1.into(), method: method.to_owned(), params });
        loop {
            if let Message::Response(response) = self.receive() {
                return response;
            }
        }
    }

    fn receive(&mut self) -> Message {
        Message::read(&mut self.stdout).unwrap().expect("the server speaks")
    }

    /// The next notification of this kind.
    pub(crate) fn hear(&mut self, method: &str) -> Value {
        loop {
            if let Message::Notification(it) = self.receive()
                && it.method == method
            {
                return it.params;
            }
        }
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": "python", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": item}));
    }

    pub(crate) fn end(mut self) -> Option<i32> {
        drop(self.stdin.take());
        self.child.wait().unwrap().code()
    }
}

pub(crate) fn url(folder: &Path, name: &str) -> String {
    gen_lsp_types::Uri::from_file_path(folder.join(name)).unwrap().to_string()
}

#[test]
fn the_exit_status_says_whether_the_client_said_goodbye() {
    let folder = project("server_exit", &[]);
    let mut polite = Client::hello(&folder);
    polite.ask("shutdown", json!(null)).response_result.unwrap();
    assert_eq!(polite.ask("textDocument/hover", json!({})).response_result.unwrap_err().code, -32600);
    polite.tell("exit", json!(null));
    assert_eq!(polite.end(), Some(0));

    let mut abrupt = Client::hello(&folder);
    abrupt.tell("exit", json!(null));
    assert_eq!(abrupt.end(), Some(1));

    assert_eq!(Client::hello(&folder).end(), Some(1));

    let mut noise = Client::start();
    noise.stdin.as_mut().unwrap().write_all(b"Content-Length: 3\r\n\r\n{x}").unwrap();
    assert_eq!(noise.end(), Some(2));
}

#[test]
fn what_is_not_known_is_refused() {
    let folder = project("server_refuses", &[]);
    let mut client = Client::hello(&folder);
    assert_eq!(client.ask("textDocument/rename", json!({})).response_result.unwrap_err().code, -32601);
    assert_eq!(client.ask("textDocument/hover", json!({})).response_result.unwrap_err().code, -32602);
    // A notification that makes no sense ends nothing.
    client.tell("textDocument/didOpen", json!({"textDocument": 1}));
    client.ask("shutdown", json!(null)).response_result.unwrap();
    client.tell("exit", json!(null));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_file_of_no_folder_is_checked_in_its_own_project() {
    let folder = project("server_alone", &[("inner/pyproject.toml", ""), ("inner/app.py", ""), ("workspace/x.py", "")]);
    let mut client = Client::hello(&folder.join("workspace"));
    let uri = url(&folder, "inner/app.py");
    client.open(&uri, SLEEPER);
    let shown = client.hear("textDocument/publishDiagnostics");
    assert_eq!((&shown["uri"], &shown["version"]), (&json!(uri), &json!(1)));
    assert_eq!(shown["diagnostics"][0]["code"], "BL101");

    // What is on no disk is nobody's file.
    client.open("untitled:Untitled-1", SLEEPER);
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    assert_eq!(client.hear("textDocument/publishDiagnostics")["diagnostics"], json!([]));
    assert_eq!(client.end(), Some(1));
}
