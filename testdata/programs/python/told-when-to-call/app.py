"""A helper that calls what it is given in one case only is not blamed where its caller writes the other."""

import asyncio
import threading
import time


def run(function, thread=False):
    if thread:
        threading.Thread(target=function).start()
    else:
        function()


def run_if(function, mode):
    if mode == "now":
        function()


def handed_on(function, thread):
    run(function, thread=thread)


def with_log(mode):
    run_if(log, mode)


async def awaited(function, now=True):
    if now:
        function()
    else:
        await asyncio.to_thread(function)


def either(function, quietly):
    if quietly:
        function()
    else:
        function("called")


def inside(function, thread=False):
    def go():
        if not thread:
            function()

    go()


def wrapped(function, thread=False):
    def inner(*arguments):
        if thread:
            threading.Thread(target=function, args=arguments).start()
        else:
            function(*arguments)

    return inner


def awaitable(function, thread=False):
    async def inner():
        if thread:
            await asyncio.to_thread(function)
        else:
            function()

    return inner


def load():
    time.sleep(1)  # hazard[BL101]: loading > run > load > time.sleep


def sweep():
    time.sleep(1)


def store():
    time.sleep(1)  # hazard[BL101]: storing > run_if > store > time.sleep


def rest():
    time.sleep(1)


def fetch():
    time.sleep(1)  # hazard[BL101]: fetching > handed_on > run > fetch > time.sleep


def pause():
    time.sleep(1)


def log():
    time.sleep(1)  # hazard[BL101]: logging_here > with_log > run_if > log > time.sleep


def sort():
    time.sleep(1)  # hazard[BL101]: sorting > awaited > sort > time.sleep


def hash_all():
    time.sleep(1)


def report(text=""):
    time.sleep(1)  # hazard[BL101]: reporting > either > report > time.sleep


def draw():
    time.sleep(1)  # hazard[BL101]: drawing > inside > inside.go > draw > time.sleep


def paint():
    time.sleep(1)


def read():
    time.sleep(1)  # hazard[BL101]: reading > wrapped.inner > read > time.sleep


def write():
    time.sleep(1)


def greet():
    time.sleep(1)  # hazard[BL101]: awaitable.inner > greet > time.sleep


def leave():
    time.sleep(1)


wrapped_read = wrapped(read)
wrapped_write = wrapped(write, thread=True)
greeting = awaitable(greet)
leaving = awaitable(leave, thread=True)


async def loading():
    run(load)


async def sweeping():
    run(sweep, thread=True)


async def storing():
    run_if(store, "now")


async def resting():
    run_if(rest, "later")


async def fetching():
    handed_on(fetch, False)


async def pausing():
    handed_on(pause, True)


async def logging_here():
    with_log("now")


async def logging_later():
    with_log("later")


async def sorting():
    await awaited(sort)


async def hashing():
    await awaited(hash_all, now=False)


async def reporting():
    either(report, False)


async def drawing(thread):
    inside(draw, thread)


async def painting():
    inside(paint, thread=True)


async def reading():
    wrapped_read()


async def writing():
    wrapped_write()


class Base:
    def __init__(self):
        self.op = wrapped(self.work)

    def work(self):
        time.sleep(1)  # hazard[BL101]: working > wrapped.inner > Base.work > time.sleep


class Quick(Base):
    def work(self):
        pass


class Slow(Base):
    def work(self):
        time.sleep(2)  # hazard[BL101]: working_slowly > wrapped.inner > Slow.work > time.sleep


async def working():
    Base().op()


async def working_quickly():
    Quick().op()


async def working_slowly():
    Slow().op()
