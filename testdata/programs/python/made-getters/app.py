"""What makes a getter of a method without being called `property`."""

import time
from functools import cached_property as once
from functools import partial, wraps


class lazily:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner=None):
        return self.function(instance)


class bound:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner=None):
        return partial(self.function, instance)


def computed(function):
    @property
    @wraps(function)
    def read(self):
        return function(self)

    return read


def stored(function):
    def read(self):
        return function(self)

    return property(read)


def logged(function):
    @wraps(function)
    def run(*args):
        return function(*args)

    return run


class Client:
    @once
    def session(self):
        time.sleep(1)  # hazard: opens > Client.session > time.sleep
        return 1

    @lazily
    def token(self):
        time.sleep(1)  # hazard: authorizes > Client.token > time.sleep
        return Token()

    @computed
    def region(self):
        time.sleep(1)  # hazard: finds > Client.region > time.sleep
        return 1

    @stored
    def zone(self):
        time.sleep(1)  # hazard: looks > Client.zone > time.sleep
        return 1

    @bound
    def close(self):
        time.sleep(1)

    @logged
    def flush(self):
        time.sleep(1)


class Token:
    def renew(self):
        time.sleep(1)  # hazard: renews > Token.renew > time.sleep


async def opens(client: Client):
    return client.session


async def authorizes(client: Client):
    return client.token


async def renews(client: Client):
    client.token.renew()


async def finds(client: Client):
    return client.region


async def looks(client: Client):
    return client.zone


async def hands_on(client: Client):
    # Reading these gives what can be called.
    return client.close, client.flush


class of_class:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        return self.function(owner)


class Model:
    @of_class
    def rows(cls):
        time.sleep(1)  # hazard: reads_of_class > Model.rows > time.sleep
        return 1

    @lazily
    def columns(self):
        time.sleep(1)
        return 1


async def reads_of_class():
    return Model.rows, Model.columns
