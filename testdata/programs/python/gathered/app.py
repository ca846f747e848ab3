import asyncio
import threading
from collections import deque


async def appended():
    threads = []
    for _ in range(3):
        thread = threading.Thread(target=print)
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()  # hazard: appended > threading.Thread.join


async def added():
    threads = set()
    threads.add(threading.Thread(target=print))
    for thread in threads:
        thread.join()  # hazard: added > threading.Thread.join


async def queued():
    waiting = deque()
    waiting.append(threading.Event())
    while waiting:
        waiting.popleft().wait()  # hazard: queued > threading.Event.wait


# Tasks are awaited; texts are joined.
async def awaited():
    tasks, names = [], []
    for name in ("a", "b"):
        tasks.append(asyncio.create_task(asyncio.sleep(1)))
        names.append(name)
    for task in tasks:
        await task
    return ",".join(names)
