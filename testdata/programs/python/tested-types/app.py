import time

import requests


class Quick:
    def send(self):
        return None


class Slow:
    def send(self):
        time.sleep(1)  # hazard: Sender.slow > Slow.send > time.sleep


class Never:
    def send(self):
        time.sleep(1)


class Sender:
    def __init__(self, which, sink: Quick | Never):
        self.sink = Quick() if which else Slow()
        self.other = sink

    async def slow(self):
        if isinstance(self.sink, Slow):
            self.sink.send()

    async def quick(self):
        if isinstance(self.other, Quick):
            self.other.send()
        if isinstance(self.sink, Quick):
            self.sink.send()


async def parameter(sink: Quick | Never):
    if isinstance(sink, Quick):
        sink.send()


# A library's object is none of the program's own class, whatever else it may be.
class Wrapped:
    def send(self):
        return None


async def library_or_own(sink: "requests.Session | Wrapped"):
    sink.get("https://example.org")  # hazard[BL102]: library_or_own > requests.Session.get
    if isinstance(sink, Wrapped):
        sink.get("https://example.org")
