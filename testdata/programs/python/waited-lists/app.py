"""Whoever has waited for all futures of a list has waited for each of them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def waits(pool: ThreadPoolExecutor, texts):
    futures = [pool.submit(len, it) for it in texts]
    await asyncio.gather(*[asyncio.wrap_future(it) for it in futures])
    return [it.result() for it in futures]


async def waits_for_others(pool: ThreadPoolExecutor, texts):
    futures = [pool.submit(len, it) for it in texts]
    others = [pool.submit(len, it) for it in texts]
    await asyncio.gather(*[asyncio.wrap_future(it) for it in others])
    return [it.result() for it in futures]  # hazard[BL106]: waits_for_others > concurrent.futures.Future.result
