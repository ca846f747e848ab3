"""What decorators put in the place of a function: closures, objects, and hand-offs."""

import asyncio
import functools
import inspect
import time


class Counted:
    def __init__(self, function):
        self.function = function

    def __call__(self):
        time.sleep(1)  # hazard: handler > Counted.__call__ > time.sleep
        return self.function()


@Counted
def counted():
    return 1


class Retried:
    def __init__(self, times):
        self.times = times

    def __call__(self, function):
        def again():
            time.sleep(self.times)  # hazard: handler > Retried.__call__.<locals>.again > time.sleep
            return function()

        return again


@Retried(3)
def retried():
    return 1


def checked(function):
    @functools.wraps(function)
    def check(*args):
        time.sleep(1)  # hazard: handler > checked.<locals>.check > time.sleep
        return function(*args)

    return check


@checked
async def fetched():
    return 1


def either(function):
    @functools.wraps(function)
    def plain(*args):
        time.sleep(1)
        return function(*args)

    @functools.wraps(function)
    async def awaited(*args):
        return await function(*args)

    return awaited if asyncio.iscoroutinefunction(function) else plain


@either
async def chosen():
    return 1


def offloaded(function):
    @functools.wraps(function)
    def elsewhere(*args):
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(None, functools.partial(function, *args))

    return elsewhere


@offloaded
def computed():
    time.sleep(1)


def announced(method):
    async def announce(self, *args):
        self.announce()
        return await method(self, *args)

    return announce


def silenced(method):
    def silence(self):
        return method(self)

    return silence


class Service:
    @announced
    async def start(self):
        return 1

    @silenced
    def stop(self):
        return 1

    # What stands in the place of `start` is called with the service.
    def announce(self):
        time.sleep(1)  # hazard: announced.<locals>.announce > Service.announce > time.sleep


class Neighbour:
    def announce(self):
        time.sleep(1)


async def handler():
    counted()
    retried()
    await fetched()
    await chosen()
    await computed()


def by_flag(function):
    is_async = inspect.iscoroutinefunction(function)

    async def later(*args):
        if is_async:
            return await function(*args)
        return await asyncio.to_thread(function, *args)

    async def at_once(*args):
        if is_async:
            return await function(*args)
        return function(*args)

    return later if is_async else at_once


def by_branch(function):
    if asyncio.iscoroutinefunction(function):

        async def awaited(*args):
            return await function(*args)

        return awaited

    async def elsewhere(*args):
        return await asyncio.to_thread(function, *args)

    return elsewhere


def load_plainly():
    time.sleep(1)  # hazard: by_flag.<locals>.at_once > load_plainly > time.sleep
    return {}


def load_elsewhere():
    time.sleep(1)
    return {}


def register():
    return by_flag(load_plainly), by_branch(load_elsewhere)
