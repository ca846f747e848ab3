"""Functions that say what they do: a promise is checked, the rest is believed."""

import time

from vendor import lookup, offloaded, pooled, wait_for_reply


def pause():
    time.sleep(1)  # hazard(warning)[BL101]: on_tick > pause > time.sleep


# blocklint: nonblocking
def on_tick():
    pause()


class Cache:
    def get(self, key):  # blocklint: nonblocking
        return self.load(key)

    def load(self, key):
        time.sleep(0.5)  # hazard(warning)[BL101]: get > load > time.sleep
        return key

    # blocklint: nonblocking
    def peek(self, key):
        return [key]


async def handler(key):
    wait_for_reply(key)  # hazard(warning)[BL106]: handler > vendor.wait_for_reply
    return lookup().reply  # hazard(warning)[BL201]: handler > vendor.Lookup.reply


def export(path):
    time.sleep(10)
    return path


async def reports(path):
    await offloaded(export, path)
    await pooled(lambda: export(path))


def not_marked():
    time.sleep(1)


LIMIT = 3  # blocklint: blocking  # hazard(warning)[BL901]: <module> > blocking
