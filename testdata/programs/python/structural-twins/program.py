"""A synchronous twin has the names of an asynchronous protocol, but does not fit it."""

from typing import Protocol

import requests


class AsyncTransport(Protocol):
    async def send(self, command): ...

    def stream(self, params): ...


class Transport(Protocol):
    def send(self, command): ...

    def stream(self, params): ...


class AsyncSse:
    async def send(self, command):
        return command

    def stream(self, params):
        return iter(params)


class Sse:
    def send(self, command):
        return requests.post(command)

    def stream(self, params):
        return requests.get(params)  # hazard: opens > Sse.stream > requests.get


class AsyncThread:
    def __init__(self, transport: AsyncTransport):
        self.transport = transport

    async def listens(self):
        return self.transport.stream({})


async def opens(transport: Transport):
    return transport.stream({})
