"""Attributes that a text names, where the code says which texts it may be, and proxies that ask another object for all of them."""

import time

METHOD = "by_constant"
CHANGING = "by_variable"


def change():
    global CHANGING
    CHANGING = "other"


class Service:
    def by_loop(self):
        time.sleep(1)  # hazard: calls > Service.by_loop > time.sleep

    def by_constant(self):
        time.sleep(1)  # hazard: calls > Service.by_constant > time.sleep

    def by_choice(self):
        time.sleep(1)  # hazard: calls > Service.by_choice > time.sleep

    def by_variable(self):
        time.sleep(1)

    def by_argument(self):
        time.sleep(1)

    def through_proxy(self):
        time.sleep(1)  # hazard: calls > Service.through_proxy > time.sleep

    def not_through_proxy(self):
        time.sleep(1)


class Proxy:
    def __init__(self):
        self._service = Service()

    def not_through_proxy(self):
        return 1

    def __getattr__(self, name):
        return getattr(self._service, name)


class Nothing:
    def __init__(self):
        self._service = Service()

    def __getattr__(self, name):
        return getattr(self, "_" + name)


async def calls(service: Service, argument, full):
    for name in ("by_loop", "close"):
        getattr(service, name)()
    getattr(service, METHOD)()
    getattr(service, CHANGING)()
    getattr(service, argument)()
    getattr(service, "by_choice" if full else "close")()
    Proxy().through_proxy()
    Proxy().not_through_proxy()
    Nothing().through_proxy()
