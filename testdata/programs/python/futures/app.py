"""Futures of the loop and of threads: where their callbacks run, what they give, and what finishes them."""

import asyncio
import time
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor


def on_loop(done):
    time.sleep(1)  # hazard: on_loop > time.sleep


def of_executor(done):
    time.sleep(1)  # hazard: of_executor > time.sleep


def in_thread(done):
    time.sleep(1)


class Reply:
    def read(self):
        time.sleep(1)  # hazard: gathers > Reply.read > time.sleep

    def each(self):
        time.sleep(1)  # hazard: gathers > Reply.each > time.sleep

    def streamed(self):
        time.sleep(1)  # hazard: streams > Reply.streamed > time.sleep

    def promised(self):
        time.sleep(1)  # hazard: waits > Reply.promised > time.sleep

    def unused(self):
        time.sleep(1)


async def ask() -> Reply:
    return Reply()


async def number():
    return 1


async def starts():
    task = asyncio.ensure_future(ask())
    task.add_done_callback(on_loop)
    loop = asyncio.get_running_loop()
    loop.run_in_executor(None, print).add_done_callback(of_executor)


async def starts_elsewhere(pool: ThreadPoolExecutor):
    pool.submit(print).add_done_callback(in_thread)


async def gathers():
    reply, _ = await asyncio.gather(ask(), number())
    reply.read()
    for reply in await asyncio.gather(*[ask() for _ in range(3)]):
        reply.each()


class Replies:
    def __aiter__(self) -> AsyncIterator[Reply]:
        return self

    async def __anext__(self) -> Reply:
        return Reply()


async def streams():
    async for reply in Replies():
        reply.streamed()


async def waits(task: asyncio.Task[Reply]):
    await task
    task.result().promised()


async def settles(error):
    future = Future()
    future.set_exception(error)
    return future.exception()


async def waits_for_another():
    future = Future()
    return future.exception()  # hazard: waits_for_another > concurrent.futures.Future.exception
