import asyncio
import time


def fetch():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        time.sleep(1)
        return asyncio.run(later())
    return later()


async def later():
    return 1


async def handler():
    return await fetch()


def report():
    try:
        loop = asyncio.get_event_loop()
        if loop.is_running():
            return loop.create_task(later())
        return loop.run_until_complete(later())
    except RuntimeError:
        return asyncio.run(later())


async def reporting():
    return await report()


async def polling():
    running = True
    while running:
        running = True
        time.sleep(2)  # hazard[BL101]: polling > time.sleep


def started():
    try:
        loop = asyncio.get_event_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
    while not loop.is_running():
        loop = asyncio.new_event_loop()
    return loop


async def starting():
    return started()


def outside_only():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        raise RuntimeError("there is a loop already")
    time.sleep(3)
    return asyncio.run(later())


async def asks_outside_only():
    return outside_only()


def outside_after_all():
    try:
        asyncio.get_running_loop()
        return None
    except RuntimeError:
        pass
    if later:
        time.sleep(3)
    return asyncio.run(later())


async def asks_after_all():
    return outside_after_all()


def inside_or_out():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    time.sleep(4)  # hazard[BL101]: asks_in_or_out > inside_or_out > time.sleep


async def asks_in_or_out():
    return inside_or_out()


def a_loop_is_never_false():
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(later())
    if loop and loop.is_running():
        return None
    else:
        return asyncio.run(later())


async def asks_twice():
    return a_loop_is_never_false()
