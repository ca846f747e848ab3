"""An iterator that draws from another one runs it at each of its own steps."""

import itertools
import time


def counted():
    time.sleep(1)  # hazard: counts > counted > time.sleep
    yield 1


async def counts():
    for _, row in enumerate(counted()):
        print(row)


def paired():
    time.sleep(1)  # hazard: pairs > paired > time.sleep
    yield 1


async def pairs():
    return dict(zip(["a"], paired()))


def mapped():
    time.sleep(1)  # hazard: maps > mapped > time.sleep
    yield 1


async def maps():
    return sum(map(abs, mapped()))


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


def numbered():
    time.sleep(1)  # hazard: numbers > numbered > time.sleep
    yield 1


def with_numbers():
    return enumerate(numbered())


async def numbers():
    for number, _ in with_numbers():
        print(number)


def prepared():
    time.sleep(1)
    yield 1


async def prepares():
    # Nothing asks for a step.
    return zip(prepared(), [1])


def collected():
    time.sleep(1)
    yield 1


async def numbers_what_is_there(rows):
    for number, _ in enumerate(rows):
        print(number)


numbers_what_is_there(list)
ROWS = list(collected())


async def goes_through():
    for _, row in enumerate(ROWS):
        print(row)
