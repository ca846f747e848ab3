import contextlib
import time
from typing import Iterator


class Store:
    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        raise NotImplementedError

    def names(self) -> Iterator[str]:
        raise NotImplementedError

    def client(self):
        raise NotImplementedError


class Client:
    def ask(self):
        time.sleep(4)  # hazard[BL101]: connects > ask > time.sleep


class Disk(Store):
    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        time.sleep(1)  # hazard[BL101]: writes > locked > time.sleep
        yield

    def names(self) -> Iterator[str]:
        time.sleep(2)  # hazard[BL101]: lists > names > time.sleep
        yield "first"

    def client(self):
        return Client()


class Memory(Disk):
    def __init__(self):
        self.ready = True

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        yield

    def names(self) -> Iterator[str]:
        yield "first"


async def writes(store: Store):
    with store.locked():
        pass


async def lists(store: Store):
    return [name for name in store.names()]


async def connects(store: Store):
    store.client().ask()


# A generator that nobody iterates does nothing, and what was made here is no other subclass.
async def only_makes(store: Store):
    return store.names()


async def in_memory():
    store = Memory()
    with store.locked():
        return [name for name in store.names()]
