"""What a class that is mixed into others reads of itself is what those others have."""

import asyncio

import httpx
import requests


class Fetching:
    async def fetch(self):
        return self.session.get(self.url)  # hazard[BL102]: Fetching.fetch > requests.Session.get

    async def loaded(self):
        return self._load()

    async def read(self):
        return self.text


class Reading:
    @property
    def text(self):
        return requests.get("https://example.org").text  # hazard[BL201]: Fetching.read > Reading.text > requests.get


class Client(Fetching, Reading):
    url = "https://example.org"

    def __init__(self):
        self.session = requests.Session()

    def _load(self):
        return requests.get(self.url)  # hazard[BL102]: Fetching.loaded > Client._load > requests.get


class Awaiting:
    async def fetch(self):
        return await self.client.get(self.url)

    async def loaded(self):
        return await asyncio.to_thread(self._load)


class Asynchronous(Awaiting):
    url = "https://example.org"

    def __init__(self):
        self.client = httpx.AsyncClient()

    def _load(self):
        return requests.get(self.url)


# Twins share what both of them do: whether it waits is for whoever calls it to say.
class Commands:
    def ping(self):
        return self.execute("PING")


class Store(Commands):
    def execute(self, command):
        return requests.post("https://example.org", data=command)


class AsynchronousStore(Commands):
    async def execute(self, command):
        return await asyncio.to_thread(requests.post, "https://example.org", data=command)


async def pinged(store: Commands):
    return await store.ping()


# What twins were passed is each one's own.
class Documents:
    async def load(self):
        return await self.store.ping()


class Kept:
    def __init__(self, store):
        self.store = store


class AsynchronousDocuments(Kept, Documents):
    pass


kept = Kept(Store())


# A class of its own that has the same names is not mixed with anything.
class Unrelated:
    async def fetch(self):
        return self.session.get("https://example.org")


# What subclasses say of an attribute that their base leaves open.
class Hook:
    def run(self):
        pass


class SlowHook(Hook):
    def run(self):
        return requests.get("https://example.org")  # hazard[BL102]: SlowTask.start > SlowHook.run > requests.get


class QuickHook(Hook):
    def run(self):
        return 1


class Task:
    hook_class = None

    def hook(self):
        return self.hook_class()


class SlowTask(Task):
    hook_class = SlowHook

    async def start(self):
        return self.hook().run()


# Of a base with a synchronous and an asynchronous client, each of the two knows its own.
class Api:
    client_class = None

    def client(self):
        return self.client_class()


class SyncApi(Api):
    client_class = httpx.Client


class AsyncApi(Api):
    client_class = httpx.AsyncClient

    async def ask(self):
        return await self.client().get("https://example.org")

    async def asked(self):
        return self.client().get("https://example.org")


# Class methods ask the subclass too, of which there may be many.
class Table:
    @classmethod
    def fetch(cls):
        return requests.get("https://example.org")  # hazard[BL102]: lists > Service.first > Table.fetch > requests.get

    @classmethod
    def unread(cls):
        return requests.get("https://example.org")


class A(Table): ...


class B(Table): ...


class C(Table): ...


class D(Table): ...


class E(Table): ...


class F(Table): ...


class G(Table): ...


class H(Table): ...


class I(Table): ...


class J(Table): ...


class Service:
    model = None

    @classmethod
    def first(cls):
        return cls.model.fetch()


class AService(Service):
    model = A


class BService(Service):
    model = B


class CService(Service):
    model = C


class DService(Service):
    model = D


class EService(Service):
    model = E


class FService(Service):
    model = F


class GService(Service):
    model = G


class HService(Service):
    model = H


class IService(Service):
    model = I


class JService(Service):
    model = J


async def lists():
    return AService.first()


# What a class says itself, no subclass says for it.
class Known:
    model = dict

    @classmethod
    def first(cls):
        return cls.model.fromkeys("ab")


class AKnown(Known):
    model = A


async def knows():
    return Known.first()
