"""Objects that are called, and the object itself by its own methods."""

import time


class Step:
    def run(self):
        return self()

    def __call__(self):
        raise NotImplementedError


class Slow(Step):
    def __call__(self):
        self.wait()

    def wait(self):
        time.sleep(1)  # hazard: slow > Step.run > Slow.__call__ > Slow.wait > time.sleep


class Idle(Step):
    def __call__(self):
        return 1


class Other(Step):
    def __call__(self):
        time.sleep(1)


async def slow():
    Slow().run()


async def idle():
    Idle().run()


class Client:
    def send(self):
        time.sleep(1)  # hazard: sends > Client.send > time.sleep


Base = Client


class Named(Base):
    pass


async def sends():
    Named().send()
