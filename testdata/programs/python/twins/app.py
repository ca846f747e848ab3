"""A builder that serves a synchronous and an asynchronous client: where its result is awaited, the latter was called."""

from typing import Union

import requests


class Client:
    def request(self, path):
        return requests.get(path)  # hazard: plain > Api.get_item > Client.request > requests.get


class AsyncClient:
    async def request(self, path):
        return path


class Api:
    def __init__(self, client: Union[Client, AsyncClient]):
        self.client = client

    def get_item(self, path):
        return self.client.request(path)


async def awaited(api: Api):
    return await api.get_item("/item")


async def plain(api: Api):
    return api.get_item("/item")


class Forgotten:
    # The generator that wrote this imports one of the two.
    def __init__(self, client: "Union[Client, UnknownClient]"):
        self.client = client

    def get_item(self, path):
        return self.client.request(path)


async def awaits_forgotten(api: Forgotten):
    return await api.get_item("/item")
