"""Iterating, unpacking, spreading and awaiting run generators that nobody calls by name."""

import time


class Pages:
    def __iter__(self):
        time.sleep(1)  # hazard: looped > Pages.__iter__ > time.sleep
        yield 1


class Parts:
    def __iter__(self):
        time.sleep(1)  # hazard: unpacked > Parts.__iter__ > time.sleep
        yield 1
        yield 2


class Ticket:
    def __await__(self):
        time.sleep(1)  # hazard: awaited > Ticket.__await__ > time.sleep
        yield


class Never:
    def __iter__(self):
        time.sleep(1)
        yield 1


def lines():
    time.sleep(1)  # hazard: spread > lines > time.sleep
    yield "a"


async def looped():
    for page in Pages():
        print(page)


async def unpacked():
    left, right = Parts()
    return left, right


async def awaited():
    await Ticket()


async def spread():
    print(*lines())


async def neighbour(never: Never):
    return never
