"""Callables that a coroutine calls, whoever made it, and callables that a function is handed over with."""

import asyncio
import inspect
import time
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()


def run_by_a_coroutine():
    time.sleep(1)  # hazard[BL101]: calls > run_by_a_coroutine > time.sleep


async def calls(function):
    function()


def makes_a_coroutine():
    asyncio.run(calls(run_by_a_coroutine))


def passed_down():
    time.sleep(1)  # hazard[BL101]: calls_what_is_passed_down > passed_down > time.sleep


async def calls_what_is_passed_down(function):
    function()


def passes_down(function):
    asyncio.run(calls_what_is_passed_down(function))


def begins():
    passes_down(passed_down)


class Executor:
    def submit(self):
        pool.submit(self.drive, 1, self.job)
        pool.submit(self.run, self.in_a_thread)

    def job(self):
        time.sleep(1)  # hazard[BL101]: Executor.drive_asynchronously > Executor.job > time.sleep

    def in_a_thread(self):
        time.sleep(1)

    def drive(self, number, function):
        asyncio.run(self.drive_asynchronously(number, function))

    async def drive_asynchronously(self, number, function):
        function()

    def run(self, function):
        function()


def called_soon():
    time.sleep(1)  # hazard[BL101]: called_soon > time.sleep


def run_soon(function):
    function()


async def schedules():
    asyncio.get_running_loop().call_soon(run_soon, called_soon)


def called_in_a_thread():
    time.sleep(1)


def run_in_a_thread(function):
    function()


async def offloads():
    await asyncio.to_thread(run_in_a_thread, called_in_a_thread)


def offloaded_by_a_coroutine():
    time.sleep(1)


async def offloads_what_it_is_given(function):
    await asyncio.to_thread(function)


def makes_a_coroutine_that_offloads():
    asyncio.run(offloads_what_it_is_given(offloaded_by_a_coroutine))


def only_called_if_asynchronous():
    time.sleep(1)


async def asks_first(function):
    if inspect.iscoroutinefunction(function):
        await function()


def makes_a_coroutine_that_asks():
    asyncio.run(asks_first(only_called_if_asynchronous))


def not_called_if_synchronous():
    time.sleep(1)


def handed_to_a_thread_if_synchronous(function):
    synchronous = not inspect.iscoroutinefunction(function)

    async def run():
        if not synchronous:
            await function()
        else:
            await asyncio.to_thread(function)

    return run


def makes_a_coroutine_that_asked():
    asyncio.run(handed_to_a_thread_if_synchronous(not_called_if_synchronous)())
