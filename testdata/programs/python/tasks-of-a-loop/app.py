"""Asking for the tasks of a given loop says nothing about the thread that asks."""

import asyncio
import time


def stop(loop: asyncio.AbstractEventLoop):
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    time.sleep(1)


def stop_here():
    asyncio.get_running_loop()
    time.sleep(1)  # hazard[BL101]: stop_here > time.sleep


def main():
    loop = asyncio.new_event_loop()
    stop(loop)
