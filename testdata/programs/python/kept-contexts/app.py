"""What contexts give through stacks and wrappers, and the locks that they hold."""

import contextlib
import threading
import time
import weakref


class Connection:
    def stacked(self):
        time.sleep(1)  # hazard: opens > Connection.stacked > time.sleep

    def awaited(self):
        time.sleep(1)  # hazard: opens > Connection.awaited > time.sleep

    def as_it_is(self):
        time.sleep(1)  # hazard: opens > Connection.as_it_is > time.sleep

    def referred(self):
        time.sleep(1)  # hazard: opens > Connection.referred > time.sleep


class Opener:
    def __enter__(self):
        return Connection()

    def __exit__(self, *error):
        pass

    def stacked(self):
        time.sleep(1)


class AsyncOpener:
    async def __aenter__(self):
        return Connection()

    async def __aexit__(self, *error):
        pass


async def opens(connection: Connection):
    with contextlib.ExitStack() as stack:
        stack.enter_context(Opener()).stacked()
    async with contextlib.AsyncExitStack() as stack:
        entered = await stack.enter_async_context(AsyncOpener())
        entered.awaited()
    with contextlib.nullcontext(connection) as same:
        same.as_it_is()
    weakref.ref(connection)().referred()


class Store:
    def __init__(self):
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def locked(self):
        with self._lock:
            yield

    @contextlib.contextmanager
    def released(self):
        with self._lock:
            found = 1
        yield found

    async def wrong(self):
        with self.locked():  # hazard[BL003]: Store.wrong > threading.Lock
            await self.sent()

    async def right(self):
        with self.released():
            await self.sent()

    async def short(self):
        with self.locked():
            pass

    async def sent(self):
        pass
