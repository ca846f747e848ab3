"""Keeps a short-lived database token fresh while nobody waits. See the README for examples."""

from __future__ import annotations

import asyncio
import atexit
import itertools
import os
import threading
import weakref

from ._native import Native as _Native
from ._native import TokenUnavailable

__all__ = ["Token", "TokenCache", "TokenUnavailable"]


class Token:
    """A secret with the generation to report it by. Printing it does not show the secret."""

    __slots__ = ("_secret", "generation", "expires_at")

    def __init__(self, secret, generation, expires_at):
        self._secret = secret
        self.generation = generation
        self.expires_at = expires_at

    def expose(self):
        """The secret itself."""
        return self._secret

    def __repr__(self):
        return f"Token(<redacted>, generation={self.generation}, expires_at={self.expires_at})"


class TokenCache:
    """Keeps the token of `source` fresh on threads of its own.

    `source` takes nothing, may block, and returns `(token, expires_at)` with the end in seconds since 1970. It is called ahead of
    expiry, one call at a time, on a thread that is made for it.
    """

    def __init__(self, source, *, attempt_deadline=10.0, skew=30.0, refresh_at=(0.6, 0.7)):
        self._source = source
        self._options = (attempt_deadline, skew, refresh_at)
        self._closed = False
        self._worker = _Worker(source, self._options)
        self._starting = threading.Lock()
        # Not `__del__`: the worker's threads hold the worker, and nothing that they hold leads back here.
        self._finalizer = weakref.finalize(self, self._worker.close_without_waiting)
        self._finalizer.atexit = False
        _caches.add(self)

    def current(self):
        """The token to use now, as a string. Never waits; raises `TokenUnavailable` where there is none."""
        return self._live().native.current()

    def token(self):
        """The token to use now, with its generation."""
        return Token(*self._live().native.snapshot())

    async def fresh(self, timeout=10.0):
        """The token to use now, waiting for one only if there is none. Cancelling it cancels nothing but itself."""
        try:
            return self.current()
        except TokenUnavailable:
            return (await self._live().wait(timeout, None)).expose()

    async def newer_than(self, generation, timeout=10.0):
        """A token newer than that of `generation`: of use after `report_auth_failure`."""
        return await self._live().wait(timeout, generation)

    def report_auth_failure(self, generation):
        """Tells that a server refused the token of `generation`. Whether trying once more with a newer one is worth it."""
        return self._live().native.report_auth_failure(generation)

    def status(self):
        """How the cache is doing, as plain values."""
        return self._live().native.status()

    def close(self, timeout=5.0):
        """Ends the refreshing and waits up to `timeout` seconds for it. A `source` that hangs is left behind."""
        self._closed = True
        _caches.discard(self)
        worker = self._worker
        if worker.pid == os.getpid():
            worker.close(timeout)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await asyncio.to_thread(self.close)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __repr__(self):
        return f"TokenCache({self._source!r})"

    def _live(self):
        worker = self._worker
        return worker if worker is not None else self._restart()

    def _restart(self):
        """In a child after `fork`, at the first use: threads do not survive it, the last token does."""
        with self._starting:
            if self._worker is None:
                self._worker = _Worker(self._source, self._options, self._inherited)
                self._finalizer = weakref.finalize(self, self._worker.close_without_waiting)
                self._finalizer.atexit = False
                if self._closed:
                    self._worker.close_without_waiting()
            return self._worker

    def _after_fork(self):
        worker = self._worker
        if worker is None:
            return
        try:
            self._inherited = worker.native.snapshot()
        except TokenUnavailable:
            self._inherited = None
        # Never dropped: it would reach for locks that a thread of the parent may have held at the fork.
        _left_behind.append(worker)
        self._finalizer.detach()
        self._starting = threading.Lock()
        self._worker = None


class _Worker:
    """The native cache and the two threads that serve it: one mints, one resolves waits."""

    def __init__(self, source, options, inherited=None):
        self.pid = os.getpid()
        self.native = _Native(*options)
        self._waiting = {}
        self._ids = itertools.count(1)
        source = _inheriting(source, inherited)
        # Daemons: a source that hangs must not keep the interpreter from ending.
        self._threads = [
            threading.Thread(target=_mint, args=(self.native, source), name="iam-refresh-mint", daemon=True),
            threading.Thread(target=_resolve, args=(self.native, self._waiting), name="iam-refresh-waits", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    async def wait(self, timeout, newer_than):
        future, wait = asyncio.get_running_loop().create_future(), next(self._ids)
        self._waiting[wait] = future
        try:
            self.native.start_wait(wait, timeout, newer_than)
            return await future
        finally:
            self._waiting.pop(wait, None)

    def close_without_waiting(self):
        if self.pid == os.getpid():
            self.native.close()

    def close(self, timeout):
        self.close_without_waiting()
        for thread in reversed(self._threads):
            if thread is not threading.current_thread():
                thread.join(timeout)


def _inheriting(source, inherited):
    """Answers the first call with the token that the parent process had: it is still good, and spares STS one call a child."""
    if inherited is None:
        return source
    first = [inherited]

    def mint():
        if first:
            secret, _, expires_at = first.pop()
            return secret, expires_at
        return source()

    return mint


def _mint(native, source):
    while native.next_call():
        try:
            secret, expires_at = source()
            native.answer(secret, expires_at)
        except Exception as error:
            # The message alone: a traceback's frames may hold the secret.
            native.fail(f"{type(error).__name__}: {error}")


def _resolve(native, waiting):
    while (over := native.next_wait()) is not None:
        wait, snapshot, error = over
        future = waiting.get(wait)
        if future is None:
            continue
        try:
            future.get_loop().call_soon_threadsafe(_settle, future, snapshot, error)
        except RuntimeError:
            pass  # that loop has been closed since; nobody waits there any more


def _settle(future, snapshot, error):
    if future.done():
        return
    if snapshot is None:
        future.set_exception(TokenUnavailable(error))
    else:
        future.set_result(Token(*snapshot))


_caches = weakref.WeakSet()
_left_behind = []


def _after_fork():
    for cache in list(_caches):
        cache._after_fork()


def _at_exit():
    for cache in list(_caches):
        # A quarter of a second is plenty for threads that only wait; one that hangs in `source` is a daemon.
        if cache._worker is not None:
            cache.close(0.25)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
atexit.register(_at_exit)
