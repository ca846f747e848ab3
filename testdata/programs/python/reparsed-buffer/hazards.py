import json

import yaml


class Events:
    def __init__(self, stream):
        self.stream = stream
        self.buffer = ""

    def feed(self, chunk):
        self.buffer += chunk
        try:
            event = json.loads(self.buffer)  # hazard(warning): __anext__ > feed > json.loads
        except json.JSONDecodeError:
            return None
        self.buffer = ""
        return event

    def __aiter__(self):
        return self

    async def __anext__(self):
        return self.feed(await self.stream.__anext__())


async def events(stream):
    text = ""
    async for chunk in stream:
        text += chunk
        try:
            yield json.loads(text.strip())  # hazard(warning): events > json.loads
            text = ""
        except ValueError:
            continue


class Lines:
    """An outer loop does not empty it, and the `try` is around all of the work."""

    def __init__(self):
        self.buffer = b""

    async def run(self, packets):
        async for packet in packets:
            for part in packet:
                try:
                    self.buffer = self.buffer + part
                    value = json.loads(self.buffer.decode("utf-8"))  # hazard(warning): run > json.loads
                    self.buffer = b""
                    self.handle(value)
                except ValueError as err:
                    print(err)

    def handle(self, value):
        print(value)


class Partial:
    """Every prefix is parsed, by design."""

    text = ""

    def feed(self, chunk):
        self.text += chunk
        return yaml.safe_load(self.text)  # hazard(warning): complete > feed > yaml.safe_load


async def complete(stream):
    partial = Partial()
    async for chunk in stream:
        yield partial.feed(chunk)


async def calls(stream):
    arguments = {}
    async for delta in stream:
        if delta.index not in arguments:
            arguments[delta.index] = {"text": ""}
        if delta.text:
            arguments[delta.index]["text"] += delta.text
        call = arguments[delta.index]
        try:
            yield json.loads(call["text"])  # hazard(warning): calls > json.loads
            del arguments[delta.index]
        except ValueError:
            pass


def on_a_thread(stream):
    text = ""
    for chunk in stream:
        text += chunk
        try:
            yield json.loads(text)
            text = ""
        except ValueError:
            continue
