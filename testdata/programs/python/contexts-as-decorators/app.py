"""A context that decorates a function is entered and left around its calls."""

from contextlib import ContextDecorator, contextmanager

import requests


class Reported(ContextDecorator):
    def __enter__(self):
        requests.post("enter")  # hazard[BL102]: calls > Reported.__enter__ > requests.post
        return self

    def __exit__(self, *exception):
        requests.post("exit")  # hazard[BL102]: calls > Reported.__exit__ > requests.post


@contextmanager
def traced():
    requests.post("trace")  # hazard[BL102]: calls > traced > requests.post
    yield


@contextmanager
def unused():
    requests.post("unused")
    yield


@Reported()
def reported():
    return 1


@traced()
def followed():
    return 2


@unused()
def never_called():
    return 3


async def calls():
    return reported() + followed()
