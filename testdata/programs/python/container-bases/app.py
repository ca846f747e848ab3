"""The base classes of containers do most of their work by a few methods that a class must have."""

import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import Enum


class Rows(Sequence):
    def __getitem__(self, index):
        time.sleep(1)  # hazard: iterates > Rows.__getitem__ > time.sleep
        return index

    def __len__(self):
        return 1


class Table(Mapping):
    def __getitem__(self, key):
        time.sleep(1)  # hazard: looks_up > Table.__getitem__ > time.sleep
        return key

    def __iter__(self):
        return iter(["a"])

    def __len__(self):
        return 1


class Given(Sequence):
    def __getitem__(self, index):
        time.sleep(1)
        return index

    def __iter__(self):
        return iter([1])

    def __len__(self):
        return 1


class Kind(Enum):
    FAST = 1
    SLOW = 2

    def check(self):
        time.sleep(1)  # hazard: checks_each > Kind.check > time.sleep


class Connection:
    def close(self):
        time.sleep(1)  # hazard: closes > Connection.close > time.sleep


@dataclass
class Point:
    x: int

    @property
    def y(self):
        time.sleep(1)  # hazard: matches > Point.y > time.sleep
        return 1

    @property
    def z(self):
        time.sleep(1)
        return 1


async def iterates():
    for row in Rows():
        print(row)


async def looks_up():
    return Table().get("a")


async def iterates_by_its_own():
    for row in Given():
        print(row)


async def counts():
    return len(Rows()), len(Table())


async def checks_each():
    for kind in Kind:
        kind.check()


async def closes():
    with closing(Connection()):
        pass


async def matches(point):
    match point:
        case Point(x=1, y=2):
            return 1
