"""Branches that what is written rules out: a mode that the caller passes, a constant of the module."""

import ssl
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


async def secured(data=None):
    return ssl.create_default_context(cadata=data if data else None)  # hazard[BL111]: secured > ssl.create_default_context


async def secured_in_memory(data: str):
    return ssl.create_default_context(cadata=data if data else "")
