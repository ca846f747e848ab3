import time


def inner():
    time.sleep(1)  # hazard[BL101]: handler > outer > inner > time.sleep


def outer():
    inner()


async def handler():
    outer()
