"""Classes as values: of a registry, of a parameter, of a method, and what reading them runs."""

from abc import ABC, abstractmethod
from typing import Dict, Type

import requests


class Provider(ABC):
    @abstractmethod
    def fetch(self): ...

    @classmethod
    @abstractmethod
    def describe(cls): ...

    @classmethod
    def build(cls):
        return cls.load()

    @classmethod
    def load(cls):
        return {}

    @classmethod
    def quiet(cls):
        return cls.rest()

    @classmethod
    def rest(cls):
        return 1


PROVIDERS: Dict[str, Type[Provider]] = {}


def register(name):
    def add(provider: Type[Provider]) -> Type[Provider]:
        PROVIDERS[name] = provider
        return provider

    return add


@register("first")
class First(Provider):
    def fetch(self):
        return requests.get("fetch")  # hazard[BL102]: by_registry > First.fetch > requests.get

    @classmethod
    def describe(cls):
        return requests.get("describe")  # hazard[BL102]: by_parameter > First.describe > requests.get

    @classmethod
    def load(cls):
        return requests.get("load")  # hazard[BL102]: by_template > Provider.build > First.load > requests.get


class Second(Provider):
    def __init__(self):
        self.session = requests.get("open")  # hazard[BL102]: constructed > Second.__init__ > requests.get

    def fetch(self):
        return None

    @classmethod
    def describe(cls):
        return ""

    # `First.quiet()` asks `First`, never this one.
    @classmethod
    def rest(cls):
        return requests.get("rest")


class Made:
    def __init__(self):
        self.ready = True

    @classmethod
    def create(cls):
        return cls()

    def run(self):
        return None


class Unasked(Made):
    # What `Made.create()` makes is no `Unasked`.
    def run(self):
        return requests.get("run")


async def by_registry(name: str):
    return PROVIDERS[name]().fetch()


async def by_parameter(provider: Type[Provider]):
    return provider.describe()


async def by_template():
    First.quiet()
    return First.build()


async def by_name():
    return Made.create().run()


class Settings:
    def check(self):
        return True


class Checked(Settings):
    # Most settings are checked by `Settings` itself.
    def check(self):
        return requests.get("check")

    @classmethod
    def named(cls):
        return requests.get("named")


async def checked(kind: Type[Settings]):
    return kind().check()


async def constructed():
    return Second()


class classproperty(property):
    def __get__(self, instance, owner):
        return self.fget(owner)


class Model:
    @classproperty
    def rows(cls):
        return requests.get("rows")  # hazard[BL201]: read > Model.rows > requests.get

    @classmethod
    @property
    def columns(cls):
        return requests.get("columns")  # hazard[BL201]: read > Model.columns > requests.get

    @classproperty
    def session(cls):
        return requests.Session()

    # Reading this of the class gives the property itself.
    @property
    def values(self):
        return requests.get("values")


async def read():
    Model.values
    Model.session.get("through")  # hazard[BL102]: read > requests.Session.get
    return Model.rows, Model.columns


class Exporter:
    @classmethod
    @abstractmethod
    def probe(cls): ...

    @abstractmethod
    def export(self): ...


class Quick(Exporter):
    @classmethod
    def probe(cls):
        return True

    def export(self):
        return 1


class Thorough(Exporter):
    @classmethod
    def probe(cls):
        return requests.get("probe")  # hazard[BL102]: probes_all > probe > Thorough.probe > requests.get

    def export(self):
        return requests.get("export")


def probe(kind: Type[Exporter]):
    return kind.probe()


def export(kind: Type[Exporter]):
    return kind().export()


class Service:
    def __init__(self, kind: Type[Exporter]):
        self.kind = kind

    def probe(self):
        return self.kind.probe()

    def export(self):
        return self.kind().export()


# Which class is meant is told by whoever passes it.
async def exports():
    probe(Quick)
    export(Quick)
    Service(Quick).probe()
    Service(Quick).export()


async def probes_all():
    probe(Thorough)


def exports_without_a_loop():
    export(Thorough)
    Service(Thorough).probe()
    Service(Thorough).export()


class Task:
    registry = {}

    def __init_subclass__(cls, **options):
        Task.registry[cls.__name__] = cls

    def perform(self):
        raise NotImplementedError


class Import(Task):
    def perform(self):
        requests.get("https://example.org")  # hazard: performs > Import.perform > requests.get


async def performs(name):
    Task.registry[name]().perform()
