import time


def refresh(currency):
    time.sleep(2)  # hazard[BL101]: rate > rate > refresh > time.sleep
    return currency


def cached():
    return 1


class Table:
    def load(self):
        time.sleep(1)  # hazard[BL101]: table > Table.load > time.sleep


async def stream():
    return 1
