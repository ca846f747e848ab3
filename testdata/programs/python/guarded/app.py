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
