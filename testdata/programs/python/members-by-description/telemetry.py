"""A client that sends from a thread of its own, and waits for it."""

import asyncio

from posthog import Posthog

client: Posthog | None = None


def flush():
    if client is not None:
        client.flush()  # hazard[BL106]: leave > flush > posthog.Posthog.flush


async def leave():
    flush()


async def leave_later():
    if client is not None:
        client.capture("left")
        await asyncio.to_thread(client.flush)
