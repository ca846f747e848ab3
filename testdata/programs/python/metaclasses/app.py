"""A class is an object of its metaclass: operators and attributes of the class run that one's methods."""

import time


class Registry(type):
    def __getitem__(cls, name):
        time.sleep(1)  # hazard: subscripts > Registry.__getitem__ > time.sleep

    def __iter__(cls):
        time.sleep(1)  # hazard: iterates > Registry.__iter__ > time.sleep
        return iter(())

    def __len__(cls):
        time.sleep(1)  # hazard: measures > Registry.__len__ > time.sleep
        return 1

    def __contains__(cls, name):
        time.sleep(1)  # hazard: searches > Registry.__contains__ > time.sleep
        return True

    @property
    def default(cls):
        time.sleep(1)  # hazard: reads > Registry.default > time.sleep

    def __getattr__(cls, name):
        time.sleep(1)  # hazard: reads_what_is_missing > Registry.__getattr__ > time.sleep


class Model(metaclass=Registry):
    limit = 1

    def __len__(self):
        return 1

    def __getitem__(self, name):
        return name


async def subscripts():
    return Model["a"]


async def iterates():
    return list(Model)


async def measures():
    return len(Model)


async def searches():
    return "a" in Model


async def reads():
    return Model.default


async def reads_what_is_missing():
    return Model.anything


async def of_an_object(model: Model):
    return len(model), model["a"], Model.limit, Model.__len__
