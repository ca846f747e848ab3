import time


async def handler():
    time.sleep(1)  # hazard(warning)[BL101]: handler > time.sleep


def script():
    time.sleep(1)
