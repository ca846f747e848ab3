"""What was made on another thread is used on this one."""

import json
import time

from asgiref.sync import sync_to_async


class Report:
    def read(self):
        time.sleep(1)  # hazard: shows > Report.read > time.sleep

    def read_there(self):
        time.sleep(1)


class Lazy:
    def read(self):
        time.sleep(1)  # hazard: shows_lazily > Lazy.read > time.sleep


def build():
    time.sleep(1)
    return Report()


async def shows():
    report = await sync_to_async(build)()
    await sync_to_async(report.read_there)()
    return report.read()


async def shows_lazily():
    lazy = await sync_to_async(Lazy, thread_sensitive=True)()
    return lazy.read()


def plain(value):
    time.sleep(1)  # hazard: writes > plain > time.sleep
    return str(value)


def unused(value):
    time.sleep(1)
    return value


async def writes(value):
    return json.dumps(value, default=plain)
