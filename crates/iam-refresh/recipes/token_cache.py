"""A token kept fresh in the background of an asyncio service. Copy it; it needs the standard library alone.

    async with TokenCache(mint) as cache:
        await cache.fresh()                                    # the first token, or a reason why the service cannot start
        pool = await asyncpg.create_pool(password=cache.current, ...)

`mint` may block: it returns `(token, expires_at)` and runs in a thread, at most one call at a time.
"""

import asyncio
import random
import time


class TokenCache:
    """One task refreshes ahead of expiry; readers only read."""

    def __init__(self, mint, *, deadline=10.0, skew=30.0):
        self._mint = mint
        self._deadline = deadline
        self._skew = skew
        self._token = None
        self._expires_at = 0.0
        self._call = None
        self._task = None

    async def __aenter__(self):
        self._published = asyncio.Event()
        # The reference keeps the task alive: the loop itself holds it weakly.
        self._task = asyncio.create_task(self._drive())
        return self

    async def __aexit__(self, *_):
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def current(self):
        """The token to use now. Never waits, so it may stand wherever a password is asked for."""
        if time.time() >= self._expires_at - self._skew:
            raise LookupError("no valid token")
        return self._token

    async def fresh(self, timeout=10.0):
        """The token to use now, waiting for one only if there is none. Cancelling it cancels nothing but itself."""

        async def wait():
            while True:
                try:
                    return self.current()
                except LookupError:
                    self._published.clear()
                    await self._published.wait()

        return await asyncio.wait_for(wait(), timeout)

    async def _drive(self):
        pause = 1.0
        while True:
            minted_at = time.time()
            try:
                token, expires_at = await self._attempt()
            except Exception:
                # The token in use stays in use. Pauses grow, with jitter, up to half a minute.
                await asyncio.sleep(pause)
                pause = min(30.0, random.uniform(1.0, pause * 3))
                continue
            self._token, self._expires_at = token, expires_at
            self._published.set()
            pause = 1.0
            refresh_at = minted_at + (expires_at - minted_at) * random.uniform(0.6, 0.7)
            # In slices: timers stand still while the machine is suspended.
            while time.time() < refresh_at:
                await asyncio.sleep(min(15.0, max(0.1, refresh_at - time.time())))

    async def _attempt(self):
        # A thread cannot be cancelled. A call that hangs is waited for again instead of being repeated beside itself.
        if self._call is None:
            self._call = asyncio.ensure_future(asyncio.to_thread(self._mint))
        done, _ = await asyncio.wait({self._call}, timeout=self._deadline)
        if not done:
            raise TimeoutError(f"no token within {self._deadline} s")
        call, self._call = self._call, None
        return call.result()
