import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def work():
    time.sleep(1)


async def handler():
    await asyncio.to_thread(work)
    await asyncio.get_running_loop().run_in_executor(None, work)
    threading.Thread(target=work).start()
    ThreadPoolExecutor().submit(work)
