"""What is under a key of a mapping that is written out is told from what is under the others."""

import time
from enum import Enum

SLOW, QUICK = "slow", "quick"


class Kind(Enum):
    SLOW = 1
    QUICK = 2


class Names:
    SLOW = "slow"
    QUICK = "quick"


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

    def numbered(self):
        time.sleep(1)  # hazard: counts > Slow.numbered > time.sleep

    def enumerated(self):
        time.sleep(1)  # hazard: picks > Slow.enumerated > time.sleep

    def by_default(self):
        time.sleep(1)  # hazard: falls_back > Slow.by_default > time.sleep

    def kept(self):
        time.sleep(1)  # hazard: Holder.slow > Slow.kept > time.sleep


class Quick:
    def indexed(self):
        pass

    got = named = spread = nested = handed = chosen = each = kept = numbered = enumerated = by_default = indexed


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


NUMBERED = {1: Slow(), 2: Quick()}
BY_KIND = {Kind.SLOW: Slow(), Kind.QUICK: Quick()}


async def counts():
    NUMBERED[1].numbered()


async def counts_quick():
    NUMBERED[2].numbered()


async def picks():
    BY_KIND[Kind.SLOW].enumerated()


async def picks_quick():
    BY_KIND[Kind.QUICK].enumerated()
    TABLE[Names.QUICK].enumerated()


async def falls_back(name):
    {"quick": Quick()}.get(name, Slow()).by_default()


async def falls_back_to_quick():
    {"quick": Quick()}.get("quick", Quick()).by_default()


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
