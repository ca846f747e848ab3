"""A buffer that is parsed once: what makes it so differs from function to function."""

import json


class Lines:
    def __init__(self):
        self.buffer = ""

    def feed(self, chunk):
        self.buffer += chunk
        *lines, self.buffer = self.buffer.split("\n")
        return [json.loads(line) for line in lines]

    def block(self, chunk):
        self.buffer = ""
        self.buffer += chunk
        try:
            return json.loads(self.buffer)
        except ValueError:
            return None


async def lines(stream):
    async for chunk in stream:
        yield decoder.feed(chunk)


async def body(stream):
    text = ""
    async for chunk in stream:
        text += chunk
    return json.loads(text)


async def events(stream):
    text = ""
    async for line in stream:
        text += line
        if not text.endswith("\n\n"):
            continue
        try:
            yield json.loads(text)
        except ValueError:
            yield None
        text = ""


async def chunks(stream):
    async for chunk in stream:
        message = ""
        for part in chunk:
            message += part
        yield json.loads(message)


async def ends(stream):
    text = ""
    async for line in stream:
        text += line
        if line == "}":
            return json.loads(text)


decoder = Lines()


async def blocks(stream):
    async for chunk in stream:
        decoder.block(chunk)


class Once:
    def __init__(self):
        self.text = ""

    def add(self, header, rest):
        self.text = header
        self.text += rest
        return json.loads(self.text)

    def finish(self, chunk):
        self.text += chunk
        return json.loads(self.text)

    def always(self, chunk):
        self.text += chunk
        try:
            return json.loads(self.text)
        except ValueError:
            return None
        finally:
            self.text = ""

    def dropped(self, chunk):
        self.text += chunk
        try:
            value = json.loads(self.text)
        except ValueError:
            self.text = ""
            raise
        self.text = ""
        return value


async def once(stream):
    async for header, rest in stream:
        Once().add(header, rest)
        Once().always(rest)
        Once().dropped(rest)


async def finished(chunk):
    return Once().finish(chunk)


async def apart(stream):
    texts = {"head": "", "body": ""}
    async for chunk in stream:
        texts["body"] += chunk
        try:
            yield json.loads(texts["head"])
        except ValueError:
            continue
