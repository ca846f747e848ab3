"""What is under a key of a mapping that is written out is told from what is under the others."""

import time

SLOW, QUICK = "slow", "quick"


class Slow:
    def indexed(self):
        time.sleep(1)  # hazard: indexes > Slow.indexed > time.sleep

    def got(self):
        time.sleep(1)  # hazard: gets > Slow.got > time.sleep

    def named(self):
        time.sleep(1)  # hazard: names > Slow.named > time.sleep

    def spread(self):
        time.sleep(1)  # hazard: spreads > Slow.spread > time.sleep

    def nested(self):
        time.sleep(1)  # hazard: looks_deeper > Slow.nested > time.sleep

    def handed(self):
        time.sleep(1)  # hazard: hands > takes_slow > Slow.handed > time.sleep

    def chosen(self):
        time.sleep(1)  # hazard: chooses > Slow.chosen > time.sleep

    def each(self):
        time.sleep(1)  # hazard: takes_each > Slow.each > time.sleep

    def kept(self):
        time.sleep(1)  # hazard: Holder.slow > Slow.kept > time.sleep


class Quick:
    def indexed(self):
        pass

    got = named = spread = nested = handed = chosen = each = kept = indexed


TABLE = {"slow": Slow(), "quick": Quick()}
BY_CONSTANT = {SLOW: Slow, QUICK: Quick}
NESTED = {"jobs": {"slow": Slow(), "quick": Quick()}}


async def indexes():
    TABLE["quick"].indexed()
    TABLE["slow"].indexed()


async def indexes_quick():
    TABLE["quick"].indexed()


async def gets():
    TABLE.get("slow").got()


async def gets_quick():
    TABLE.get("quick").got()


async def names():
    BY_CONSTANT[SLOW]().named()


async def names_quick():
    BY_CONSTANT[QUICK]().named()


async def spreads():
    {"quick": Quick(), **TABLE}["slow"].spread()


async def replaces():
    {**TABLE, "slow": Quick()}["slow"].spread()


async def looks_deeper():
    NESTED["jobs"]["slow"].nested()


async def looks_deeper_quick():
    NESTED["jobs"]["quick"].nested()


def takes_slow(table):
    table["slow"].handed()


def takes_quick(table):
    table["quick"].handed()


async def hands():
    takes_slow({"slow": Slow(), "quick": Quick()})


async def hands_for_quick():
    takes_quick({"slow": Slow(), "quick": Quick()})


async def chooses(name):
    TABLE[name].chosen()


async def takes_each():
    for job in TABLE.values():
        job.each()


class Holder:
    def __init__(self):
        self.jobs = dict(slow=Slow(), quick=Quick())

    async def slow(self):
        self.jobs["slow"].kept()

    async def quick(self):
        self.jobs["quick"].kept()


async def fills():
    jobs = {}
    jobs["slow"] = Slow()
    jobs["quick"] = Quick()
    jobs["quick"].indexed()
