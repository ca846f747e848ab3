#!/usr/bin/env python3
"""Use the language server as an editor does, with the client that others wrote (pygls, by pytest-lsp).

Usage: editor.py BLOCKLINT
"""

import asyncio
import pathlib
import sys
import tempfile

from lsprotocol import types
from pytest_lsp import LanguageClient, make_test_lsp_client

HELPER = "import time\n\n\ndef wait():\n    time.sleep(1)\n"
SERVICE = "from helper import wait\n\n\nasync def handler():\n    name = '\U0001f600'; wait()\n"
GUARDED = "import asyncio\n" + SERVICE.replace("wait()", "await asyncio.to_thread(wait)")


class Editor:
    """One client with one folder."""

    def __init__(self, blocklint, folder):
        self.blocklint, self.folder = blocklint, folder
        self.client: LanguageClient = make_test_lsp_client()
        self.watched = []

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams):
            for it in params.registrations:
                self.watched += [watcher["globPattern"] for watcher in it.register_options["watchers"]]

    def uri(self, name):
        return (self.folder / name).as_uri()

    async def start(self, encodings, *options):
        await self.client.start_io(self.blocklint, "server", *options)
        general = types.GeneralClientCapabilities(position_encodings=encodings)
        watched = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        result = await self.client.initialize_session(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(
                    general=general, workspace=types.WorkspaceClientCapabilities(did_change_watched_files=watched)
                ),
                workspace_folders=[types.WorkspaceFolder(uri=self.folder.as_uri(), name="folder")],
            )
        )
        return result.capabilities.position_encoding

    def open(self, name, text, version=1):
        item = types.TextDocumentItem(uri=self.uri(name), language_id="python", version=version, text=text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))

    def change(self, name, text, version):
        identifier = types.VersionedTextDocumentIdentifier(uri=self.uri(name), version=version)
        whole = types.TextDocumentContentChangeWholeDocument(text=text)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(text_document=identifier, content_changes=[whole])
        )

    async def shown(self, name, expected):
        """Waits until as many findings are shown in a file as are expected."""
        while (found := self.client.diagnostics.get(self.uri(name))) is None or len(found) != expected:
            await self.told(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return found

    async def told(self, notification):
        await asyncio.wait_for(self.client.wait_for_notification(notification), 60)

    async def ignore(self, name, diagnostic):
        """The one edit of the one action for a finding."""
        document = types.TextDocumentIdentifier(self.uri(name))
        context = types.CodeActionContext([diagnostic])
        params = types.CodeActionParams(document, diagnostic.range, context)
        [action] = await self.client.text_document_code_action_async(params)
        [edit] = action.edit.changes[self.uri(name)]
        return edit

    async def stop(self):
        await self.client.shutdown_session()
        await asyncio.wait_for(self.client._server.wait(), 10)
        assert self.client._server.returncode == 0, self.client._server.returncode


async def session(blocklint, folder):
    (folder / "helper.py").write_text(HELPER)
    (folder / "service.py").write_text("")
    (folder / "blocklint.toml").write_text('docs-url = "https://example.org/rules"\n')
    editor = Editor(blocklint, folder)
    assert await editor.start([types.PositionEncodingKind.Utf16]) == "utf-16"

    # The buffer counts and not the empty file on disk; the blocking line is in a file that is not open.
    editor.open("service.py", SERVICE)
    [leading] = await editor.shown("service.py", 1)
    assert (leading.code, leading.severity) == ("BL101", types.DiagnosticSeverity.Information), leading
    # Before the call: `    name = '`, two units of UTF-16, `'; `.
    assert leading.range.start == types.Position(4, 4 + 8 + 2 + 3), leading.range
    assert leading.related_information[0].location.uri == editor.uri("helper.py")

    assert "**/*.{py,pyi,pyw,rs}" in editor.watched, editor.watched

    # It can be silenced where it is shown: the comment speaks for the chains that pass there.
    edit = await editor.ignore("service.py", leading)
    assert edit.range.start == types.Position(4, leading.range.end.character), edit
    editor.change("service.py", SERVICE.replace("; wait()", f"; wait(){edit.new_text}"), 2)
    await editor.shown("service.py", 0)
    editor.change("service.py", SERVICE, 3)
    await editor.shown("service.py", 1)

    # Opened, the blocking line is shown with its way.
    editor.open("helper.py", HELPER)
    [blocking] = await editor.shown("helper.py", 1)
    assert (blocking.code, blocking.severity) == ("BL101", types.DiagnosticSeverity.Warning), blocking
    assert blocking.code_description.href == "https://example.org/rules/blocking-sleep.html"
    assert blocking.range == types.Range(types.Position(4, 4), types.Position(4, 17)), blocking.range
    assert [it.location.uri for it in blocking.related_information] == [editor.uri("service.py"), editor.uri("helper.py")]

    hover = await editor.client.text_document_hover_async(
        types.HoverParams(types.TextDocumentIdentifier(editor.uri("helper.py")), types.Position(4, 8))
    )
    assert "1. `handler` in [service.py:5]" in hover.contents.value, hover

    # The action's comment, once applied, takes the finding away.
    edit = await editor.ignore("helper.py", blocking)
    assert edit.range.start == types.Position(4, 17), edit
    editor.change("helper.py", HELPER.replace("sleep(1)", f"sleep(1){edit.new_text}"), 2)
    await editor.shown("helper.py", 0)
    await editor.shown("service.py", 0)

    # A change in one open file is seen in the other; then a change on disk is.
    editor.change("helper.py", HELPER, 3)
    await editor.shown("helper.py", 1)
    editor.change("service.py", GUARDED, 4)
    await editor.shown("helper.py", 0)
    (folder / "other.py").write_text(SERVICE.replace("handler", "other"))
    created = types.FileEvent(editor.uri("other.py"), types.FileChangeType.Created)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([created]))
    await editor.shown("helper.py", 1)

    # A closed file shows nothing.
    editor.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(editor.uri("helper.py"))))
    await editor.shown("helper.py", 0)

    # A mistake in the configuration is said, and the session goes on once it is corrected.
    (folder / "blocklint.toml").write_text("slect = []\n")
    saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(editor.uri("service.py")))
    editor.client.text_document_did_save(saved)
    while not editor.client.messages:
        await editor.told(types.WINDOW_SHOW_MESSAGE)
    assert "did you mean `select`?" in editor.client.messages[0].message, editor.client.messages
    (folder / "blocklint.toml").write_text("")
    editor.change("service.py", SERVICE, 5)
    await editor.shown("service.py", 1)
    await editor.stop()


async def bytes_and_options(blocklint, folder):
    (folder / "helper.py").write_text(HELPER)
    editor = Editor(blocklint, folder)
    encodings = [types.PositionEncodingKind.Utf16, types.PositionEncodingKind.Utf8]
    assert await editor.start(encodings, "--profile", "strict") == "utf-8"
    editor.open("new.py", SERVICE)
    [leading] = await editor.shown("new.py", 1)
    assert leading.range.start == types.Position(4, 4 + 8 + 4 + 3), leading.range
    await editor.stop()


def main(blocklint):
    for scenario in (session, bytes_and_options):
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(scenario(str(pathlib.Path(blocklint).resolve()), pathlib.Path(folder).resolve()))
    print("the language server answers a client that others wrote")


main(*sys.argv[1:])
