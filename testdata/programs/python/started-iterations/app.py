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


class Table:
    def __iter__(self):
        return self.rows()

    def rows(self):
        yield 1


class Remote(Table):
    def rows(self):
        time.sleep(4)
        yield 2


# What it gives hangs on the object: another's rows are not its own.
async def of_a_table():
    for _ in Table():
        pass


def of_another():
    for _ in Remote():
        pass


class Task:
    def each(self, items):
        for _ in items:
            self.go()

    def same(self):
        type(self).go(self)

    def go(self):
        raise NotImplementedError


class Short(Task):
    def go(self):
        return 1


class Long(Task):
    def go(self):
        time.sleep(5)  # hazard[BL101]: long > Task.each > Long.go > time.sleep


# In a loop the receiver is the same object.
async def short():
    Short().each([1, 2])
    Short().same()


async def long():
    Long().each([1, 2])
