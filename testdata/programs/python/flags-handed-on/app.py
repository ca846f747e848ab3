"""A flag that is handed on decides as it does where it was written."""

import contextlib
import getpass
import queue
import time
import urllib.parse
from concurrent.futures import Executor

jobs = queue.Queue()


def take(block=True):
    return jobs.get(block)  # hazard[BL106]: waits > take > queue.Queue.get


async def waits():
    return take()


async def looks():
    return take(block=False)


def close(executor: Executor, wait):
    executor.shutdown(wait=wait)


async def stops(executor: Executor):
    close(executor, wait=False)


def hashed(passphrase=None):
    if passphrase is None:
        passphrase = getpass.getpass()
    return hash(passphrase)


def keep(password=None):
    return hashed(password)


async def login(new: str):
    if new:
        keep(new)


def serve(detached=False):
    return run(detached)


def run(detached):
    if detached:
        return None
    time.sleep(1)  # hazard[BL101]: attached > serve > run > time.sleep
    return None


async def attached():
    return serve()


async def background():
    return serve(detached=True)


@contextlib.contextmanager
def beating(join_on_exit=True):
    yield
    if join_on_exit:
        time.sleep(2)  # hazard[BL101]: joins > beating > time.sleep


async def beats():
    with beating(join_on_exit=False):
        pass


async def joins():
    with beating():
        pass


def dial(scheme):
    if scheme == "https":
        time.sleep(1)  # hazard[BL101]: connects > dial > time.sleep


def dial_plainly(scheme):
    if scheme == "https":
        time.sleep(1)


# What an object of a library holds is no constant, whatever the attribute is called.
async def connects(url):
    dial(urllib.parse.urlsplit(url).scheme)


async def connects_plainly():
    dial_plainly("http")
