"""Loops that were patched run inside one another."""

import asyncio

import nest_asyncio


patched = False


async def fetch():
    return await asyncio.sleep(0)


def run(coroutine):
    nest_asyncio.apply()
    return asyncio.get_event_loop().run_until_complete(coroutine)


def patch_once():
    global patched
    if not patched:
        nest_asyncio.apply()
        patched = True


def run_after_patching(coroutine):
    patch_once()
    return asyncio.run(coroutine)


def run_unless_told(coroutine, patch):
    if patch:
        nest_asyncio.apply()
    return asyncio.run(coroutine)  # hazard[BL002]: runs > run_unless_told > asyncio.run


async def runs(patch):
    run(fetch())
    run_after_patching(fetch())
    run_unless_told(fetch(), patch)
