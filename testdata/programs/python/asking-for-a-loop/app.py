"""A function that asks for the running loop and has no answer for its absence runs on one, whoever calls it."""

import asyncio
import time


def asks():
    asyncio.get_running_loop()
    below()


def below():
    time.sleep(1)  # hazard: asks > below > time.sleep


class Server:
    def start(self):
        self.read()
        asyncio.create_task(self.serve())

    def read(self):
        time.sleep(1)  # hazard: Server.start > Server.read > time.sleep

    async def serve(self):
        pass


def answers():
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    elsewhere()
    return loop


def sometimes(now):
    if now:
        asyncio.create_task(pause())
    elsewhere()


def given(loop):
    loop.create_task(pause())
    elsewhere()


async def pause():
    pass


def elsewhere():
    time.sleep(1)
