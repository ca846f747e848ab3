"""A context manager that belongs to a class runs where it is entered, not where it is made."""

import time
from contextlib import contextmanager


class Files:
    @staticmethod
    @contextmanager
    def opened():
        time.sleep(1)  # hazard: opens > Files.opened > time.sleep
        yield 1

    @classmethod
    @contextmanager
    def made(cls):
        time.sleep(1)  # hazard: makes > Files.made > time.sleep
        yield cls()

    @staticmethod
    @contextmanager
    def prepared():
        time.sleep(1)
        yield 1


async def opens():
    with Files.opened():
        pass


async def makes(files: Files):
    with files.made():
        pass


async def prepares():
    return Files.prepared()
