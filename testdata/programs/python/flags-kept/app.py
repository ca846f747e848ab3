"""What an object keeps from its making on decides like an argument; what is put there later, or by others, decides nothing."""

import time


class Client:
    def __init__(self, blocking):
        self.blocking = blocking

    def get(self):
        if self.blocking:
            time.sleep(1)  # hazard[BL101]: unknown > Client.get > time.sleep

    def put(self):
        if not self.blocking:
            time.sleep(1)  # hazard[BL101]: made_so > Client.put > time.sleep


async def made_so():
    Client(False).get()
    client = Client(blocking=False)
    client.get()
    client.put()


async def unknown(client: Client):
    client.get()


class Handed(Client):
    def __init__(self, really):
        super().__init__(really)


class Always(Client):
    def __init__(self):
        super().__init__(blocking=False)


async def of_subclasses():
    Handed(False).get()
    Always().get()


class Service:
    def __init__(self):
        self.client = Client(False)

    async def run(self):
        self.client.get()


class Declared:
    waits = False

    def get(self):
        if self.waits:
            time.sleep(1)  # hazard[BL101]: declared_anew > Declared.get > time.sleep


class Otherwise(Declared):
    waits = True


async def declared():
    Declared().get()


async def declared_anew():
    Otherwise().get()


class Kept:
    def __init__(self, mode, lock=None):
        self.mode = mode
        self.lock = lock

    def outer(self):
        self.inner(self.mode)

    def inner(self, mode):
        if mode == "now":
            time.sleep(1)  # hazard[BL101]: kept > Kept.outer > Kept.inner > time.sleep
        if mode == "later":
            time.sleep(1)

    def locked(self):
        if self.lock is not None:
            time.sleep(1)


async def kept():
    Kept("now").outer()
    Kept("never").locked()


class Started:
    def __init__(self):
        self.started = False

    def start(self):
        self.started = True

    def get(self):
        if self.started:
            time.sleep(1)  # hazard[BL101]: started > Started.get > time.sleep


async def started():
    it = Started()
    it.start()
    it.get()


class Opened:
    def __init__(self):
        self.opened = False

    def get(self):
        if self.opened:
            time.sleep(1)  # hazard[BL101]: opened > Opened.get > time.sleep


async def opened():
    it = Opened()
    it.opened = True
    it.get()


class Sometimes:
    told = False

    def __init__(self, told):
        if told:
            self.told = told

    def get(self):
        if self.told:
            time.sleep(1)  # hazard[BL101]: sometimes > Sometimes.get > time.sleep


async def sometimes():
    Sometimes(True).get()


class Base:
    kind = "sync"

    def get(self):
        if self.kind == "sync":
            time.sleep(1)  # hazard[BL101]: Base.run > Base.get > time.sleep

    async def run(self):
        self.get()


class Derived(Base):
    kind = "async"


async def derived():
    Derived().get()


class Maker(Client):
    @classmethod
    def another(cls):
        return cls(False)


class Stubborn(Maker):
    def __init__(self, blocking):
        super().__init__(True)


async def made_by_a_class():
    Stubborn.another().get()
