"""An iterator that numbers, pairs, maps or joins others runs them when it is iterated, and not before."""

import asyncio
import itertools
import time


def numbered():
    for count in range(3):
        time.sleep(1)  # hazard: numbers > numbered > time.sleep
        yield count


def paired():
    for count in range(3):
        time.sleep(1)  # hazard: pairs > paired > time.sleep
        yield count


def mapped():
    for count in range(3):
        time.sleep(1)  # hazard: maps > mapped > time.sleep
        yield count


def joined():
    for count in range(3):
        time.sleep(1)  # hazard: joins > joined > time.sleep
        yield count


def nested():
    for count in range(3):
        time.sleep(1)  # hazard: nests > nested > time.sleep
        yield count


def elsewhere():
    for count in range(3):
        time.sleep(1)
        yield count


async def numbers():
    for index, item in enumerate(numbered()):
        print(index, item)


async def pairs(names: list[str]):
    return [item for name, item in zip(names, paired())]


async def maps():
    return list(map(str, mapped()))


async def joins():
    for item in itertools.chain([1], joined()):
        print(item)


async def nests():
    for index, (left, right) in enumerate(zip([1], nested())):
        print(index, left, right)


def drain(items):
    return list(items)


def of_each(item):
    time.sleep(1)
    return item


def of_each_here(item):
    time.sleep(1)  # hazard: calls_at_each_step > of_each_here > time.sleep
    return item


class Made:
    def __init__(self, item):
        time.sleep(1)  # hazard: makes_at_each_step > Made.__init__ > time.sleep


async def offloads_the_function(items: list[int]):
    await asyncio.to_thread(list, map(of_each, filter(of_each, items)))
    return map(of_each, items)


async def calls_at_each_step(items: list[int]):
    return ", ".join(map(str, map(of_each_here, items)))


async def makes_at_each_step(items: list[int]):
    return list(map(Made, items))


async def offloads():
    await asyncio.to_thread(drain, enumerate(elsewhere()))


async def looks():
    pairs = zip([1], elsewhere())
    return pairs


async def takes_a_function(items: list[int]):
    for item in map(elsewhere, items):
        print(item)


def chained():
    time.sleep(1)  # hazard: chains > chained > time.sleep
    yield 1


async def chains():
    for row in itertools.islice(itertools.chain([], chained()), 3):
        print(row)


def flattened():
    time.sleep(1)  # hazard: flattens > flattened > time.sleep
    yield 1


async def flattens():
    return list(itertools.chain.from_iterable([flattened()]))


def with_indices():
    time.sleep(1)  # hazard: indexes > with_indices > time.sleep
    yield 1


def indexed():
    return enumerate(with_indices())


async def indexes():
    for index, _ in indexed():
        print(index)


def collected():
    time.sleep(1)
    yield 1


ROWS = list(collected())


async def goes_through():
    for _, row in enumerate(ROWS):
        print(row)
