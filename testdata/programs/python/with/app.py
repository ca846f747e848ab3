import time


class Session:
    def __enter__(self):
        time.sleep(1)  # hazard[BL101]: handler > __enter__ > time.sleep
        return self

    def __exit__(self, *exc):
        pass


async def handler():
    with Session():
        pass
