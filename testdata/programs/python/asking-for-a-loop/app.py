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


def active():
    loop = asyncio.get_event_loop()
    if loop.is_running():
        return loop
    return None


def waits_where_none_runs():
    loop = active()
    if loop is None:
        loop = asyncio.new_event_loop()
        return loop.run_until_complete(pause())
    time.sleep(1)  # hazard: handler > waits_where_none_runs > time.sleep


def refuses():
    if not active():
        return asyncio.run(pause())
    raise RuntimeError("await it")


def mixes_them_up():
    if active() is not None:
        return asyncio.run(pause())  # hazard[BL002]: handler > mixes_them_up > asyncio.run


def raises_another():
    try:
        asyncio.get_running_loop()
        raise ValueError("not on a loop")
    except RuntimeError:
        asyncio.run(pause())


def raises_for_a_closed_one():
    try:
        loop = asyncio.get_event_loop()
        if loop.is_closed():
            raise RuntimeError("closed")
    except RuntimeError:
        asyncio.run(pause())


def raises_behind():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(pause())
    else:
        raise RuntimeError("not on a loop")


async def handler():
    waits_where_none_runs()
    refuses()
    mixes_them_up()
    raises_another()
    raises_for_a_closed_one()
    raises_behind()


class Told:
    def active(self):
        loop = asyncio.get_event_loop()
        if loop.is_running():
            return loop
        return None

    def wait(self):
        if self.active() is None:
            time.sleep(1)  # hazard: overridden > Told.wait > time.sleep


class Quiet(Told):
    def active(self):
        return None


async def overridden(it: Quiet):
    it.wait()
