"""An object that is iterated gives another, which has the items."""

import time


class Fetched:
    def __next__(self):
        time.sleep(1)  # hazard[BL101]: reads > Fetched.__next__ > time.sleep


class Pages:
    def __iter__(self):
        return Fetched()


class Lines:
    def __iter__(self):
        return self.read()

    def read(self):
        time.sleep(2)  # hazard[BL101]: follows > Lines.read > time.sleep
        yield ""


class Kept:
    def __iter__(self):
        return iter([1, 2])

    # Not what it gives when it is iterated.
    def __next__(self):
        time.sleep(3)


async def reads():
    for _ in Pages():
        pass


async def follows():
    return list(Lines())


async def counts():
    return sum(1 for _ in Kept())


def without_a_loop():
    for _ in Pages():
        pass
