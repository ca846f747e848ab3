import time

import requests


class Remote:
    def __init__(self, url):
        self.url = url

    def __len__(self):
        return int(requests.get(self.url).text)  # hazard[BL203]: size > __len__ > requests.get

    def __eq__(self, other):
        time.sleep(1)  # hazard[BL203]: same > __eq__ > time.sleep
        return True

    def __str__(self):
        time.sleep(2)  # hazard[BL203]: shown > __str__ > time.sleep
        return self.url


async def size():
    return len(Remote("a"))


async def same():
    return Remote("a") == Remote("b")


async def shown():
    return f"{Remote('a')}"


class Rows:
    def __bool__(self):
        return bool(requests.get("rows"))  # hazard[BL203]: negated > __bool__ > requests.get


class Listed:
    def __len__(self):
        return len(requests.get("listed").text)  # hazard[BL203]: negated_in_a_test > __len__ > requests.get


class Present:
    # `is None` asks nothing of the object.
    def __bool__(self):
        return bool(requests.get("present"))


async def negated():
    return not Rows()


async def negated_in_a_test():
    if not Listed():
        return Present() is None
