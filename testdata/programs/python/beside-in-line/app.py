"""What stands above a class is for its subclasses to say: `super()` asks the next in their line."""

import requests


class Base:
    def save(self):
        return None


class Logged(Base):
    def save(self):
        return super().save()


class Stored(Base):
    def save(self):
        requests.post("a")  # hazard[BL102]: Document.close > Logged.save > Stored.save > requests.post


class Document(Logged, Stored):
    async def close(self):
        self.save()


class First(Base):
    def load(self):
        return 1


class Second(First):
    def load(self):
        return super().load()


# It comes before what asks.
class Third(Second):
    def load(self):
        requests.get("b")
        return super().load()


async def loads():
    return Second().load()


# A subclass that answers itself never comes to what stands behind it.
class Plain(Base):
    def read(self):
        return None


class Asking(Plain):
    def read(self):
        return super().read()


class Behind(Plain):
    def read(self):
        requests.get("c")


class Answering(Asking):
    def read(self):
        return None


class Joined(Answering, Behind):
    pass


async def reads():
    return Asking().read()
