"""Branches that what is written rules out: a mode that the caller passes, a constant of the module."""

import time

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
