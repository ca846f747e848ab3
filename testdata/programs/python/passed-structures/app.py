"""A parameter that is said to have certain members is what its callers pass."""

import asyncio
from typing import Protocol

import requests


class Store(Protocol):
    def put(self, key: str) -> None: ...


class Disk:
    def put(self, key: str) -> None:
        requests.put(key)  # hazard[BL102]: App.keeps > Disk.put > requests.put


# It has the member, and nobody passes it.
class Attic:
    def put(self, key: str) -> None:
        requests.put(key)


class Memory:
    def put(self, key: str) -> None:
        return None


class App:
    def __init__(self, store: Store):
        self.store = store

    async def keeps(self):
        self.store.put("a")


class Threaded:
    def __init__(self, store: Store):
        self.store = store

    async def keeps(self):
        await asyncio.to_thread(self.store.put, "a")


app = App(Disk())
threaded = Threaded(Attic())
memory = App(Memory())
