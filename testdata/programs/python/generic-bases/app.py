"""What the type parameters of a base stand for is said where the base is written."""

from typing import Generic, TypeVar

import httpx
import requests

Client = TypeVar("Client")
Item = TypeVar("Item")


class Base(Generic[Client]):
    _client: Client

    def client(self) -> Client:
        return self._client


class Blocking(Base[requests.Session]):
    async def reads(self):
        return self._client.get("a")  # hazard[BL102]: Blocking.reads > requests.Session.get

    async def asks(self):
        return self.client().get("b")  # hazard[BL102]: Blocking.asks > requests.Session.get


class Asynchronous(Base[httpx.AsyncClient]):
    async def reads(self):
        return await self._client.get("a")

    async def asks(self):
        return self.client().get("b")


class Paged(Base[Client], Generic[Client, Item]):
    def pages(self) -> "list[Item]":
        raise NotImplementedError


class User:
    def save(self):
        requests.post("c")  # hazard[BL102]: saves > User.save > requests.post


class Draft:
    def save(self):
        requests.post("d")


class Users(Paged[requests.Session, User]):
    pass


class Drafts(Paged[requests.Session, Draft]):
    pass


async def saves(users: Users):
    for user in users.pages():
        user.save()


async def reads(users: Users):
    return users.client().get("e")  # hazard[BL102]: reads > requests.Session.get


async def counts(drafts: Drafts):
    return len(drafts.pages())
