"""Leaving a pool waits for what was handed to it, unless that was waited for inside."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def work():
    return 1


async def awaited():
    with ThreadPoolExecutor() as pool:
        return await asyncio.get_running_loop().run_in_executor(pool, work)


async def left():
    with ThreadPoolExecutor() as pool:  # hazard[BL106]: left > concurrent.futures.ThreadPoolExecutor.__exit__
        pool.submit(work)


async def once():
    with ThreadPoolExecutor() as pool:
        return pool.submit(work).result()  # hazard[BL106]: once > concurrent.futures.Future.result
