"""What a mapping inherits runs the methods that it defines itself; a dictionary's own methods do not."""

import time
from collections import UserDict
from collections.abc import Mapping, MutableMapping


class Lazy(Mapping):
    def __getitem__(self, key):
        time.sleep(1)  # hazard: gets > Lazy.__getitem__ > time.sleep
        return key

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


class Stored(UserDict):
    def __setitem__(self, key, value):
        time.sleep(1)  # hazard: updates > Stored.__setitem__ > time.sleep


class Complete(MutableMapping):
    def __getitem__(self, key):
        time.sleep(1)

    def __setitem__(self, key, value):
        time.sleep(1)

    def __delitem__(self, key):
        time.sleep(1)

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def get(self, key, default=None):
        return default

    def update(self, *others):
        return None


class Counted(dict):
    def __getitem__(self, key):
        time.sleep(1)

    def __setitem__(self, key, value):
        time.sleep(1)


async def gets(lazy: Lazy):
    return lazy.get("key")


async def updates(stored: Stored):
    stored.update(key=1)


async def says_itself(complete: Complete):
    complete.update({})
    return complete.get("key"), len(complete)


async def of_a_dictionary(counted: Counted):
    counted.update(key=1)
    return counted.get("key")


async def looks(lazy: Lazy):
    return lazy.keys(), len(lazy)
