"""What a function wraps that was called, and not written above a definition, runs where its result is called, and nowhere else."""

import asyncio
import time


def logged(function):
    def inner(*arguments):
        return function(*arguments)

    return inner


def repeated(times):
    def wrap(function):
        def inner(*arguments):
            for _ in range(times):
                function(*arguments)

        return inner

    return wrap


def offloaded(function):
    def inner(*arguments):
        return asyncio.to_thread(function, *arguments)

    return inner


def load(name):
    time.sleep(1)  # hazard[BL101]: loading > logged.inner > load > time.sleep


def store(name):
    time.sleep(1)  # hazard[BL101]: storing > repeated.wrap.inner > store > time.sleep


def sweep(name):
    time.sleep(1)


def rest(name):
    time.sleep(1)


def quick(name):
    return name


logged_load = logged(load)
logged_sweep = logged(sweep)
logged_quick = logged(quick)
repeated_store = repeated(3)(store)
offloaded_rest = offloaded(rest)


async def loading():
    logged_load("a")


async def storing():
    repeated_store("a")


async def passing():
    logged_quick("a")
    await offloaded_rest("a")


def sweeping():
    logged_sweep("a")


class Parser:
    def __init__(self):
        self.parsed = logged(self.parse)

    def parse(self, name):
        time.sleep(1)  # hazard[BL101]: parsing > logged.inner > Parser.parse > time.sleep


async def parsing(parser: Parser):
    parser.parsed("a")


async def at_once():
    logged(print)("a")
    later = logged(quick)
    later("a")
