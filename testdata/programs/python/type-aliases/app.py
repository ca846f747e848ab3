"""A name that is given nothing but a type is one, without `TypeAlias` too."""

import time
from enum import Flag, auto

from kinds import Absent, Either, Maker, Other, Piped


def find(key) -> Either:
    return key.lookup()


async def reads_either(key):
    find(key).read()


async def reads_piped(of: Piped):
    of.read()


async def reads_absent(of: Absent):
    of.read()


async def reads_made(make: Maker):
    make().read()


# Flags are joined likewise, and are no types.
class Mode(Flag):
    Read = auto()
    Write = auto()

    def read(self):
        return self.value


BOTH = Mode.Read | Mode.Write


async def reads_flags():
    BOTH.read()


# A table of classes is subscripted likewise.
KINDS = {"other": Other}
FIRST = KINDS["other"]


async def names_a_class():
    return FIRST


# Objects may be joined too, whatever their names look like.
class Prompt:
    def __or__(self, other):
        return self

    def invoke(self):
        time.sleep(1)  # hazard: invokes > Prompt.invoke > time.sleep


Template = Prompt()
Model = Prompt()
Chain = Template | Model


async def invokes():
    Chain.invoke()
