"""An operator's method is given the other operand, and keeps or calls what that is."""

import contextlib
import time


class Event:
    def __init__(self):
        self.handlers = []

    def __iadd__(self, handler):
        self.handlers.append(handler)
        return self

    def fire(self):
        for handler in self.handlers:
            handler()


class Pipeline:
    def __or__(self, step):
        return step(self)

    def __ror__(self, step):
        return step(self)


class Weight:
    def __mul__(self, other):
        return other.scale()


class Slow:
    def scale(self):
        time.sleep(1)  # hazard: scales > Weight.__mul__ > Slow.scale > time.sleep


class Unused:
    def scale(self):
        time.sleep(1)


def on_event():
    time.sleep(1)  # hazard: Owner.run > Event.fire > on_event > time.sleep


def on_nothing():
    time.sleep(1)


def step(pipeline):
    time.sleep(1)  # hazard: pipes > Pipeline.__or__ > step > time.sleep


class Owner:
    def __init__(self):
        self.changed = Event()
        self.changed += on_event

    async def run(self):
        self.changed.fire()


async def pipes():
    Pipeline() | step


async def scales():
    Weight() * Slow()


# Nobody fires what is only kept.
class Quiet:
    def __init__(self):
        self.changed = Silent()
        self.changed += on_nothing


class Silent:
    def __init__(self):
        self.handlers = []

    def __iadd__(self, handler):
        self.handlers.append(handler)
        return self


# What begins an asynchronous loop runs where it stands, unless it is a coroutine.
class Feed:
    def __aiter__(self):
        time.sleep(1)  # hazard: reads > Feed.__aiter__ > time.sleep
        return self

    async def __anext__(self):
        raise StopAsyncIteration


class Pages:
    def __aiter__(self):
        return self

    async def __anext__(self):
        raise StopAsyncIteration


async def reads():
    async for _ in Feed():
        pass


async def pages():
    async for _ in Pages():
        pass


def leave(*failure):
    time.sleep(1)  # hazard: leaves > leave > time.sleep


async def leaves():
    with contextlib.ExitStack() as stack:
        stack.push(leave)


# Each place passes its own: here nothing waits.
class Asked:
    def ask(self):
        time.sleep(1)  # hazard: compares_asked > Compared.__eq__ > Asked.ask > time.sleep


class Told:
    def ask(self):
        return True


class Compared:
    def __eq__(self, other):
        return other.ask()


async def compares_asked():
    return Compared() == Asked()


async def compares_told():
    return Compared() == Told()


class Key:
    def load(self):
        time.sleep(1)  # hazard: looks_up > Cache.__getitem__ > Key.load > time.sleep

    def known(self):
        time.sleep(1)  # hazard: asks_for > Cache.__contains__ > Key.known > time.sleep


class Plain:
    def load(self):
        return 1

    def known(self):
        return True


class Stored:
    def store(self):
        time.sleep(1)  # hazard: keeps > Cache.__setitem__ > Stored.store > time.sleep


class Cache:
    def __getitem__(self, key):
        return key.load()

    def __contains__(self, key):
        return key.known()

    def __setitem__(self, key, value):
        value.store()


async def looks_up():
    return Cache()[Key()]


async def looks_up_plain():
    return Cache()[Plain()]


async def asks_for():
    return Key() in Cache()


async def asks_for_plain():
    return Plain() in Cache()


async def keeps():
    Cache()["name"] = Stored()


async def keeps_nothing():
    Cache()["name"] = None
