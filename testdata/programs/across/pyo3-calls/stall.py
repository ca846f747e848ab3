"""How long the event loop stands still while each coroutine of `ledger.app` runs: `maturin develop && python stall.py`."""

import asyncio
import time

from ledger import app


async def beat(gaps):
    last = time.monotonic()
    while True:
        await asyncio.sleep(0.005)
        now = time.monotonic()
        gaps.append(now - last)
        last = now


async def longest_gap(coroutine):
    gaps = []
    heart = asyncio.create_task(beat(gaps))
    await asyncio.sleep(0.02)
    await coroutine
    await asyncio.sleep(0.02)
    heart.cancel()
    return max(gaps)


async def measure():
    for coroutine in (app.quick, app.report, app.show, app.beside):
        print(f"{coroutine.__name__:8} {1000 * await longest_gap(coroutine()):6.0f} ms")


if __name__ == "__main__":
    asyncio.run(measure())
