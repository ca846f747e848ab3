"""The class of a value: `type(value)` and `value.__class__`."""

import requests


class Service:
    session = requests.Session()

    @classmethod
    def open(cls):
        cls.cache = requests.Session()
        return cls()

    async def by_type(self):
        return type(self).session.get("a")  # hazard[BL102]: Service.by_type > requests.Session.get

    async def by_attribute(self):
        return self.__class__.session.get("b")  # hazard[BL102]: Service.by_attribute > requests.Session.get

    async def by_method(self):
        return type(self).load()

    @staticmethod
    def load():
        return requests.get("c")  # hazard[BL102]: Service.by_method > Service.load > requests.get


class Other:
    session = None

    async def by_type(self):
        return type(self).session.get("d")


class Shadowed:
    async def by_name(self, type):
        return type(self).session.get("e")


# Another object of the same class is mostly made of what this one has.
class Copied:
    def __init__(self, loaded=None):
        self.loaded = loaded or requests.get("f")

    async def clone(self):
        return type(self)(self.loaded)
