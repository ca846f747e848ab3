"""What a base's method runs by `self.step()` is the override of the very object that it was called on."""

import time


class Element:
    def on(self):
        self.update()

    def update(self):
        pass


class Button(Element):
    async def clicked(self):
        self.on()


class Plot(Element):
    def update(self):
        time.sleep(1)  # hazard[BL101]: Plot.redraw > Element.on > Plot.update > time.sleep

    async def redraw(self):
        self.on()


async def press():
    Button().on()


class Commands:
    def set(self):
        return self.execute()

    def execute(self):
        raise NotImplementedError


class Client(Commands):
    def execute(self):
        time.sleep(1)


class AsyncClient(Commands):
    async def execute(self):
        return None


async def lock(client: AsyncClient):
    await client.set()


class Base:
    def __init__(self):
        self.prepare()

    def prepare(self):
        pass


class Loud(Base):
    def __init__(self):
        time.sleep(2)  # hazard[BL101]: loud > Loud.__init__ > time.sleep
        super().__init__()


class Middle(Base):
    def __init__(self):
        super().__init__()


class Below(Middle):
    def __init__(self):
        time.sleep(3)
        super().__init__()


async def loud():
    return Loud()


async def middle():
    return Middle()


class Both(AsyncClient, Client):
    pass


class Renewing:
    def renew(self):
        return self.fetch()

    def fetch(self):
        time.sleep(4)


# A base's own step does not run on an object that has another in its place.
class Kept(Renewing):
    async def request(self):
        self.renew()

    def fetch(self):
        return None


class Polling:
    def poll(self):
        return self.fetch()

    def fetch(self):
        time.sleep(5)  # hazard[BL101]: PollingLoop.request > Polling.poll > Polling.fetch > time.sleep


class Quiet(Polling):
    def fetch(self):
        return None


class PollingLoop(Polling):
    async def request(self):
        self.poll()
