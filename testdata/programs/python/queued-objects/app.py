"""What is put into a queue or a future comes out of it."""

import asyncio
import time


class Job:
    def run(self):
        time.sleep(1)  # hazard: Worker.works > Job.run > time.sleep

    def finish(self):
        time.sleep(1)  # hazard: waits > Job.finish > time.sleep

    def check(self):
        time.sleep(1)  # hazard: checks > Job.check > time.sleep


class Other:
    def run(self):
        time.sleep(1)


class Worker:
    def __init__(self):
        self.queue = asyncio.Queue()
        self.others: asyncio.Queue[Other] = asyncio.Queue()

    def submit(self):
        self.queue.put_nowait(Job())

    async def works(self):
        job = await self.queue.get()
        job.run()


async def waits():
    future = asyncio.get_running_loop().create_future()
    future.set_result(Job())
    (await future).finish()


async def checks():
    done, _ = await asyncio.wait([asyncio.create_task(make())])
    for task in done:
        task.result().check()


async def make():
    return Job()
