"""A field of the receiver holds a callable: what runs is what the object at hand was made with."""

import asyncio
import time


class View:
    def __init__(self, fetch, pause=None):
        self._fetch = fetch
        self._pause = pause

    def __getitem__(self, key):
        return self.page(key)

    def __iter__(self):
        yield from self._fetch(0)

    def page(self, key):
        return list(self._fetch(key))

    def wait(self):
        return self._pause(1)  # hazard: pauses > View.wait > time.sleep


class Remote:
    def _slice(self, key):
        time.sleep(1)  # hazard: remote > View.__getitem__ > View.page > Remote._slice > time.sleep
        return [key]

    def keys(self):
        return View(self._slice)


class Local:
    def _slice(self, key):
        return [key]

    def keys(self):
        return View(self._slice)


async def remote(tree: Remote):
    return tree.keys()[0]


async def local(tree: Local):
    for key in tree.keys():
        print(key)
    return tree.keys()[0], tree.keys().page(1)


async def pauses():
    View(print, time.sleep).wait()


async def sleeps():
    await View(print, asyncio.sleep).wait()


class Source:
    def load(self):
        return []

    def _page(self, key):
        return self.load()

    def pages(self):
        return View(self._page)


class Slow(Source):
    def load(self):
        time.sleep(1)  # hazard: slow > View.page > Source._page > Slow.load > time.sleep
        return [1]


async def slow(source: Slow):
    return source.pages().page(1)
