"""What inherits from a library's class and goes up to its constructor, or leaves its methods as they are, does what the library does."""

import argparse
import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor


class Commands(argparse.ArgumentParser):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)  # hazard(note): parses > Commands.__init__ > argparse.ArgumentParser


class OlderCommands(argparse.ArgumentParser):
    def __init__(self):
        super(OlderCommands, self).__init__()  # hazard(note): parses > OlderCommands.__init__ > argparse.ArgumentParser


class Lazy(argparse.ArgumentParser):
    def __init__(self):
        self.actions = []


class Folder(tempfile.TemporaryDirectory):
    def __init__(self):
        super().__init__(prefix="folder-")  # hazard(note): enters > Folder.__init__ > tempfile.TemporaryDirectory


class Kept(tempfile.TemporaryDirectory):
    def __init__(self):
        self.name = "kept"

    def __enter__(self):
        return self.name

    def __exit__(self, *error):
        pass


class Pool(ThreadPoolExecutor):
    def name(self):
        return "pool"


async def parses():
    return Commands(), OlderCommands()


async def parses_lazily():
    return Lazy()


async def enters():
    with Folder() as folder:  # hazard(note): enters > tempfile.TemporaryDirectory.__exit__
        return folder


async def enters_what_it_keeps():
    with Kept() as folder:
        return folder


async def makes_elsewhere():
    await asyncio.to_thread(Folder)


async def leaves():
    with Pool() as pool:  # hazard: leaves > concurrent.futures.ThreadPoolExecutor.__exit__
        pool.submit(print, 1)


async def leaves_after_waiting(loop: asyncio.AbstractEventLoop):
    with Pool() as pool:
        await loop.run_in_executor(pool, print, 1)


class Hurried(ThreadPoolExecutor):
    def shutdown(self, wait=True, **options):
        super().shutdown(wait=False)


async def left_at_once():
    with Hurried() as pool:
        pool.submit(print)
