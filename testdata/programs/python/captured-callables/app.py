import asyncio
import time


def slow_parser():
    time.sleep(1)  # hazard[BL101]: main > slow_parser > time.sleep


def parser():
    return {}


def start(make_parser):
    async def main():
        return make_parser()

    asyncio.run(main())


def later(make_parser):
    async def main():
        return await asyncio.to_thread(make_parser)

    asyncio.run(main())


def start_quietly(make_parser):
    async def main():
        return make_parser()

    asyncio.run(main())


def handed_over():
    time.sleep(2)


start(slow_parser)
later(handed_over)
start_quietly(parser)
