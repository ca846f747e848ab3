"""What has just been put is there to be taken."""

import concurrent.futures
import queue
import threading
from queue import Queue


class Window:
    def __init__(self):
        self.tokens = Queue()

    def receive(self, token):
        self.tokens.put(token)  # hazard(note)[BL106]: listens > Window.receive > queue.Queue.put
        return self.tokens.get()

    def receive_twice(self, token):
        self.tokens.put_nowait(token)
        first = self.tokens.get()
        return first, self.tokens.get()  # hazard[BL106]: listens > Window.receive_twice > queue.Queue.get

    def receive_some(self, token):
        if token:
            self.tokens.put_nowait(token)
        return self.tokens.get()  # hazard[BL106]: listens > Window.receive_some > queue.Queue.get

    def drain(self):
        while self.tokens.qsize():
            self.tokens.get()

    def filled(self):
        return not self.tokens.empty()

    def busy(self):
        return self.tokens is not None

    def flush(self):
        if not self.filled():
            return
        self.tokens.get()

    def flush_busy(self):
        if self.busy():
            self.tokens.get()  # hazard[BL106]: listens > Window.flush_busy > queue.Queue.get


async def listens(window: Window):
    window.receive("a")
    window.receive_twice("b")
    window.receive_some("c")
    window.drain()
    window.flush()
    window.flush_busy()


async def signals():
    done = threading.Event()
    done.set()
    done.wait()


async def waits():
    done = threading.Event()
    done.wait()  # hazard[BL106]: waits > threading.Event.wait


async def another(one: queue.Queue, other: queue.Queue):
    one.put_nowait(1)
    other.get()  # hazard[BL106]: another > queue.Queue.get


# Who goes on because a future was not cancelled knows that it has ended.
def failure(future: concurrent.futures.Future):
    if future.cancelled():
        return None
    return future.exception()


def failure_of_another(future: concurrent.futures.Future, other: concurrent.futures.Future):
    if other.cancelled():
        return None
    return future.exception()  # hazard[BL106]: reads_failures > failure_of_another > concurrent.futures.Future.exception


async def reads_failures(future, other):
    failure(future)
    failure_of_another(future, other)
