"""Code that serves synchronous and asynchronous callers alike: whoever awaits the result went the asynchronous way."""

import asyncio
import time
from collections.abc import Awaitable

import requests


class Served:
    def __await__(self):
        return iter(())


def serve(kind):
    if kind:
        return Served()
    time.sleep(1)  # hazard: ignores_result > serve > time.sleep
    return None


async def awaits_result():
    return await serve(kind="served")


async def ignores_result():
    serve(kind="")


def close(client):
    requests.post(client)  # hazard: hands_on > close > requests.post


async def awaits_nothing(client):
    # An override elsewhere gives a coroutine; this one gives nothing to await.
    await close(client)


async def hands_on(client):
    close(client)


class Auth:
    def __init__(self, colour):
        self.colour = colour

    def endpoint(self):
        if self.colour == "async":

            async def execute():
                return "endpoint"

            return execute()
        return parsed(requests.get("https://localhost"))  # hazard: looks_first > Auth.endpoint > requests.get


def parsed(response) -> str:
    return response.text


async def awaited(result):
    assert isinstance(result, Awaitable)
    return await result


async def maybe_awaited(result):
    if isinstance(result, Awaitable):
        return await result
    return result


async def uses_async_half(auth: Auth):
    return await awaited(auth.endpoint())


async def looks_first(auth: Auth):
    return await maybe_awaited(auth.endpoint())


def execute(method):
    result = method()
    if isinstance(result, Awaitable):

        async def finish():
            return await result

        return finish()
    return parsed(result)


def fetch():
    return execute(lambda: requests.get("https://localhost"))  # hazard: stays > fetch > execute > fetch.<locals>.<lambda> > requests.get


async def awaits_fetched():
    return await fetch()


async def stays():
    return fetch()


async def looks_at_fetched():
    result = serve_twice()
    if isinstance(result, Awaitable):
        result = await result
    return result


def serve_twice():
    time.sleep(2)  # hazard: looks_at_fetched > serve_twice > time.sleep
    return None


def constructed():
    return Slow()


class Slow:
    def __init__(self):
        time.sleep(3)  # hazard: awaits_object > constructed > Slow.__init__ > time.sleep

    def __await__(self):
        return asyncio.sleep(0).__await__()


async def awaits_object():
    await constructed()


def connect(colour):
    if colour == "async":

        async def opened():
            return finish(colour)

        return opened()
    return finish(colour)


def finish(colour):
    if colour == "async":
        return None
    time.sleep(4)  # hazard: plain_connect > finish > time.sleep
    return None


async def plain_connect(colour):
    if colour == "sync":
        return finish(colour)
    return connect(colour)
