import asyncio

import nest_asyncio

nest_asyncio.apply()


async def fetch():
    return await asyncio.sleep(0)


def run():
    return asyncio.run(fetch())


async def cell():
    return run()
