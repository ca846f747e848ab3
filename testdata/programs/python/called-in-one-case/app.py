"""What is handed to a thread in one case and called in the other is not said to block where it is called."""

import asyncio
import time


def load(paths):
    for path in paths:
        time.sleep(path)


def load_first(paths):
    time.sleep(paths[0])  # hazard: both > load_first > time.sleep


async def either(paths):
    if paths:
        await asyncio.to_thread(load, paths)
    else:
        load(paths)


async def early(paths):
    if not paths:
        return load(paths)
    return await asyncio.to_thread(load, paths)


async def both(paths):
    if paths:
        await asyncio.to_thread(load_first, paths)
    load_first(paths)


class Transport:
    def send(self, data):
        time.sleep(1)  # hazard: Client.notify > Transport.send > time.sleep
        return data is not None

    def start(self):
        return None


class AsyncTransport(Transport):
    async def send(self, data):
        return data


class Base:
    def __init__(self, transport_class: type[Transport] = Transport):
        self.transport = transport_class()


class Client(Base):
    def __init__(self):
        super().__init__(AsyncTransport)

    async def ask(self, data):
        return await self.transport.send(data)

    async def notify(self, data):
        self.transport.send(data)
