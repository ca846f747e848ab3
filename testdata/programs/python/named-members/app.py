"""Attributes that members of enumerations and literal types name."""

import time
from typing import Literal

from actions import Action, Open


class Service:
    def start(self):
        time.sleep(1)  # hazard[BL101]: any_of > Service.start > time.sleep

    def stop(self):
        time.sleep(1)  # hazard[BL101]: any_of > Service.stop > time.sleep

    def known(self):
        time.sleep(1)

    def get(self):
        time.sleep(1)  # hazard[BL101]: written > Service.get > time.sleep

    def other(self):
        time.sleep(1)


class Careful:
    def start(self):
        time.sleep(1)

    def stop(self):
        return 1


async def any_of(service: Service, action: Action):
    getattr(service, action.value)()


async def one_of(careful: Careful):
    getattr(careful, Action.STOP.value)()


async def written(service: Service, method: Literal["get", "post"]):
    getattr(service, method)()


async def computed(service: Service, open: Open):
    getattr(service, open.value)()


async def argued(service: Service, method: str):
    getattr(service, method)()
