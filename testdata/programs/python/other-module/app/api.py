from . import store
from .store import load


async def handler(url):
    return load(url)


async def second(url):
    return store.load(url)
