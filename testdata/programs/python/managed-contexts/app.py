"""Contexts that a stack enters run here, and those that are entered by name."""

import asyncio
import time
from contextlib import ExitStack, contextmanager


class Lock:
    def __enter__(self):
        time.sleep(1)  # hazard: enters > Lock.__enter__ > time.sleep
        return self

    def __exit__(self, *error):
        time.sleep(1)  # hazard: enters > Lock.__exit__ > time.sleep

    def send(self):
        time.sleep(1)  # hazard: enters > Lock.send > time.sleep


class Idle:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


@contextmanager
def opened():
    time.sleep(1)  # hazard: enters > opened > time.sleep
    yield 1


@contextmanager
def never():
    time.sleep(1)
    yield 1


async def enters():
    with ExitStack() as stack:
        stack.enter_context(Lock()).send()
        stack.enter_context(opened())


async def neighbour():
    with ExitStack() as stack:
        stack.enter_context(Idle())
        keep(never())


def keep(context):
    return context


@contextmanager
def named():
    time.sleep(1)  # hazard: enters_by_name > named > time.sleep
    yield Lent()


@contextmanager
def unnamed():
    time.sleep(1)
    yield Lent()


class Lent:
    def use(self):
        time.sleep(1)  # hazard: enters_by_name > Lent.use > time.sleep


async def enters_by_name():
    kept = named()
    lent = kept.__enter__()
    lent.use()


async def enters_nothing():
    return unnamed()


async def enters_elsewhere():
    await asyncio.to_thread(unnamed().__enter__)


async def only_names_it():
    return unnamed().__enter__
