"""What stands in for a function that was read before is not that function."""

import asyncio
import time


class Activity:
    heartbeat = None


class Worker:
    def run(self, activity: Activity):
        loop = asyncio.get_event_loop()
        first = activity.heartbeat

        async def beat():
            first()

        activity.heartbeat = lambda: asyncio.run_coroutine_threadsafe(beat(), loop).result(10)


class Slow:
    heartbeat = None

    def run(self):
        self.heartbeat = lambda: time.sleep(3)  # hazard: Slow.run.beat > <lambda> > time.sleep
        second = self.heartbeat

        async def beat():
            second()

        return beat


class Turns:
    step = None

    async def run(self):
        for _ in range(3):
            before = self.step
            if before:
                before()
            self.step = lambda: time.sleep(2)  # hazard: Turns.run > <lambda> > time.sleep
