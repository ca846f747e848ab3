"""`Any` says nothing of a value: what it is given counts."""

import time
from typing import Any, cast


class Client:
    def ping(self):
        time.sleep(1)  # hazard: asks > Client.ping > time.sleep

    def kept(self):
        time.sleep(1)  # hazard: Holder.reads > Client.kept > time.sleep

    def called(self):
        time.sleep(1)  # hazard: casts > Client.called > time.sleep

    def unknown(self):
        time.sleep(1)


_client = None


def client() -> Any:
    global _client
    if _client is None:
        _client = Client()
    return _client


class Holder:
    client: Any = None

    def __init__(self):
        self.client = Client()

    async def reads(self):
        self.client.kept()


async def asks():
    client().ping()


async def casts(it: Client):
    cast(Any, it).called()


async def neighbour(anything: Any):
    anything.unknown()
