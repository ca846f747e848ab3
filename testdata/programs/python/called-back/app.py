"""A callable that is passed to a function of the program is called with what that function calls it with, for this caller."""

import asyncio
import time
from functools import reduce


class Row:
    def load(self):
        time.sleep(1)  # hazard: loads > each > loads.<locals>.<lambda> > Row.load > time.sleep

    def save(self):
        time.sleep(1)  # hazard: saves > each > save > Row.save > time.sleep

    def merge(self, total):
        time.sleep(1)  # hazard: sums > sums.<locals>.<lambda> > Row.merge > time.sleep
        return total

    def close(self):
        time.sleep(1)


class Handle:
    def close(self):
        time.sleep(1)  # hazard: opens > with_handle > opens.<locals>.<lambda> > Handle.close > time.sleep


class Local:
    def close(self):
        pass


def each(rows, work):
    for row in rows:
        work(row)


def with_handle(work):
    return work(Handle())


def save(row):
    row.save()


async def loads(rows: list[Row]):
    each(rows, lambda row: row.load())


async def saves(rows: list[Row]):
    each(rows, save)


async def opens():
    with_handle(lambda handle: handle.close())


async def sums(rows: list[Row]):
    return reduce(lambda total, row: row.merge(total), rows, 0)


async def closes_others(rows: list[Local]):
    # Rows that block when they are closed are passed by others, not here.
    each(rows, lambda row: row.close())


class Database:
    def __init__(self, executor=None):
        self.executor = executor

    async def run(self, work):
        if self.executor is None:
            return work()

        def in_thread():
            return work()

        return await asyncio.get_running_loop().run_in_executor(self.executor, in_thread)


def query():
    time.sleep(1)


async def queries(database: Database):
    # Nobody knows here whether there is an executor.
    await database.run(query)


async def twice(work):
    work()
    await asyncio.to_thread(work)


def count():
    time.sleep(1)  # hazard: counts > twice > count > time.sleep


async def counts():
    await twice(count)
