"""A refusal that is caught by its name tells the code that a loop runs."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor


async def fetch():
    return await asyncio.sleep(1, result="page")


def fetch_sync():
    try:
        return asyncio.run(fetch())
    except RuntimeError:
        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(asyncio.run, fetch()).result()  # hazard[BL106]: handler > fetch_sync > result


def fetch_or_log():
    try:
        return asyncio.run(fetch())  # hazard[BL002]: handler > fetch_or_log > asyncio.run
    except Exception:
        return None


def fetch_or_complain():
    try:
        return asyncio.run(fetch())  # hazard[BL002]: handler > fetch_or_complain > asyncio.run
    except RuntimeError as refused:
        logging.warning("not now: %s", refused)


async def handler():
    fetch_sync()
    fetch_or_log()
    fetch_or_complain()


def emit():
    loop = asyncio.get_event_loop()
    try:
        running = loop.is_running()
    except NotImplementedError:
        running = False
    if running:
        asyncio.create_task(fetch())
    else:
        loop.run_until_complete(fetch())


def emit_unless_told(told):
    loop = asyncio.get_event_loop()
    running = loop.is_running() if told else False
    if not running:
        loop.run_until_complete(fetch())  # hazard[BL002]: emitting > emit_unless_told > run_until_complete


async def emitting(told):
    emit()
    emit_unless_told(told)


class Events:
    def loop(self):
        try:
            return asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.new_event_loop()

    def emit(self):
        loop = self.loop()
        try:
            running = loop.is_running()
        except NotImplementedError:
            running = False
        if not running:
            loop.run_until_complete(fetch())


async def emitting_events(events: Events):
    events.emit()
