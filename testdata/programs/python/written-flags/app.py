"""Branches that what is written rules out: a mode that the caller passes, a constant of the module."""

import enum
import ssl
import time

import levels

DEBUG = False


def work(mode="fast"):
    if mode == "slow":
        time.sleep(1)
    if mode == "even":
        time.sleep(1)  # hazard: handler > work > time.sleep
    if DEBUG:
        time.sleep(5)


async def handler():
    work("even")


async def neighbour():
    work()


async def secured(data=None):
    return ssl.create_default_context(cadata=data if data else None)  # hazard[BL111]: secured > ssl.create_default_context


async def secured_in_memory(data: str):
    return ssl.create_default_context(cadata=data if data else "")


QUICK = "quick"
THOROUGH = "thorough"


class Kind(enum.Enum):
    SMALL = enum.auto()
    LARGE = enum.auto()
    HUGE = enum.auto()


def by_constant(mode):
    if mode == QUICK:
        return
    time.sleep(1)  # hazard: thorough > by_constant > time.sleep


def by_kind(kind):
    if kind is Kind.LARGE:
        time.sleep(1)  # hazard: thorough > by_kind > time.sleep
    if kind == Kind.HUGE:
        time.sleep(1)


def by_level(level):
    if level != levels.LOWEST:
        time.sleep(1)  # hazard: thorough > by_level > time.sleep


def handed_on(kind):
    by_name(kind)


def by_name(kind):
    if kind is Kind.SMALL:
        return
    time.sleep(1)  # hazard: told_nothing > handed_on > by_name > time.sleep


async def thorough():
    by_constant(THOROUGH)
    by_kind(Kind.LARGE)
    by_level(levels.HIGHEST)


async def quick():
    by_constant(QUICK)
    by_constant("quick")
    by_kind(Kind.SMALL)
    by_level(levels.LOWEST)
    by_level(1)
    handed_on(Kind.SMALL)


async def told_nothing(kind):
    handed_on(kind)


def changes(level):
    if level != levels.changing:
        time.sleep(1)  # hazard: told_what_changes > changes > time.sleep


async def told_what_changes():
    changes(1)
