"""An object that answers for another one's attributes runs that one's getters, too; so does a module."""

import time

import shapes


class Engine:
    @property
    def state(self):
        time.sleep(1)  # hazard: reads > Engine.state > time.sleep
        return 1

    @property
    def unread(self):
        time.sleep(1)
        return 1


class Proxy:
    def __init__(self, engine: Engine):
        self._engine = engine

    def __getattr__(self, name):
        return getattr(self._engine, name)


class Managed:
    def __get__(self, instance, owner=None):
        time.sleep(1)  # hazard: asks_the_class > Managed.__get__ > time.sleep
        return []


class Model:
    objects = Managed()
    plain = 1


async def reads():
    return Proxy(Engine()).state


async def asks_the_class():
    return Model.objects


async def asks_the_class_for_less():
    return Model.plain


async def asks_the_module():
    return shapes.circle


async def asks_the_module_for_what_it_has():
    # `Core` comes from a module without sources, and every module has a name.
    return shapes.square, shapes.Core, shapes.__name__, getattr(shapes, "line", None)


class Guarded:
    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        time.sleep(1)
        return []


class Table:
    rows = Guarded()


async def asks_for_the_descriptor():
    return Table.rows


class Layer:
    def __init__(self, one, two, three):
        self.parts = [one, two, three]
        self.one, self.two, self.three = one, two, three

    def __getattr__(self, name):
        return getattr(self.one, name)
