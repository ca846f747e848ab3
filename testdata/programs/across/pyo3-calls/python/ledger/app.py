import asyncio

import ledger
from ledger import Client, total


async def show():
    client = Client("alice")
    client.send()
    return ledger.balance(), client.name


async def report():
    return total()


async def quick():
    return ledger.cached()


async def beside():
    return await asyncio.to_thread(ledger.balance)


def script():
    return ledger.balance()
