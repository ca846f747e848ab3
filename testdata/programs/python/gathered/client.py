import asyncio


class Client:
    """A collector ends it, wherever that runs."""

    async def close(self):
        pass

    def __del__(self):
        asyncio.new_event_loop().run_until_complete(asyncio.sleep(0))
