"""Functions of the program that tell on which thread they run, and questions that end a wait before it begins."""

import asyncio
import queue
import subprocess
import threading
import time


def on_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def fetch():
    if on_loop():
        return None
    time.sleep(1)
    return None


async def handler():
    fetch()


def inverted():
    if not on_loop():
        return
    time.sleep(1)  # hazard[BL101]: inverted > time.sleep


class Client:
    @property
    def asynchronous(self):
        try:
            return asyncio.get_running_loop() is not None
        except RuntimeError:
            return False

    def close(self):
        if self.asynchronous:
            return
        time.sleep(2)

    def open(self):
        if self.asynchronous:
            time.sleep(2)  # hazard[BL101]: Client.open > time.sleep


async def closing(client: Client):
    client.close()


inbox = queue.Queue()


async def drain():
    while not inbox.empty():
        inbox.get()


async def receive():
    while inbox.empty():
        await asyncio.sleep(0)
    return inbox.get()


async def wait():
    return inbox.get()  # hazard[BL106]: wait > queue.Queue.get


async def reap(process: subprocess.Popen, thread: threading.Thread):
    if process.poll() is not None:
        process.wait()
    if not thread.is_alive():
        thread.join()
    if process.poll() is None:
        process.wait()  # hazard[BL105]: reap > subprocess.Popen.wait
    thread.join()  # hazard[BL106]: reap > threading.Thread.join


def loop_or_none():
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def settle():
    if loop_or_none() is not None:
        return
    time.sleep(3)


def settle_late():
    loop = loop_or_none()
    if loop:
        time.sleep(3)  # hazard[BL101]: settle_late > time.sleep


async def settling():
    settle()
