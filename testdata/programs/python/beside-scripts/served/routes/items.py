"""A program that is started inside a package: its imports name what is there, where all of a longer path is.

What is not there is a library's, whatever the directories are called.
"""

from core.database import load
from google.cloud import storage
from helpers import pause


async def handler():
    load()


async def stored():
    storage.Client().get_bucket("a")  # hazard: stored > google.cloud.storage.Client.get_bucket


async def paused():
    pause()
