"""What a base calls of itself is the override of a subclass that has replaced the caller too, where that goes up to it."""

import time


class Handler:
    async def readable(self):
        self.handle()

    def handle(self):
        pass


class Counting(Handler):
    async def readable(self):
        self.count()
        await super().readable()

    def count(self):
        pass


class Slow(Counting):
    def handle(self):
        time.sleep(1)  # hazard: Handler.readable > Slow.handle > time.sleep


class Silent(Handler):
    async def readable(self):
        pass

    def handle(self):
        time.sleep(2)


class Beside(Handler):
    async def readable(self):
        super().handle()

    def handle(self):
        time.sleep(3)
