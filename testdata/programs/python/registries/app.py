"""Which of the listeners kept under a key there are depends on the key; all of a list are there."""

import asyncio
import time


class Listener:
    def listen(self, event):
        pass


class Loud(Listener):
    def listen(self, event):
        time.sleep(1)


class Quiet(Listener):
    def listen(self, event):
        pass


class Dispatcher:
    def __init__(self):
        self._listeners: dict[type, list[Listener]] = {str: [Loud()], int: [Quiet()]}

    def dispatch(self, event):
        for listener in self._listeners.get(type(event), []):
            listener.listen(event)


async def connect():
    Dispatcher().dispatch(1)


class Step:
    def run(self):
        pass


class Slow(Step):
    def run(self):
        time.sleep(1)  # hazard[BL101]: every > Slow.run > time.sleep


async def every(steps: list[Step]):
    for step in steps:
        step.run()


async def locked(lock: asyncio.Lock | None = None):
    async with lock or asyncio.Lock():
        await asyncio.sleep(0)
