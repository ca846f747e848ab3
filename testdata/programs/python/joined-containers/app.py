"""What is joined to a list or a table, copied first or not, is in it afterwards."""

import asyncio
import itertools
import time


class Plugin:
    def copied(self):
        time.sleep(1)  # hazard: Copies.asks > Plugin.copied > time.sleep

    def put(self):
        time.sleep(1)  # hazard: Tables.asks > Plugin.put > time.sleep

    def set_once(self):
        time.sleep(1)  # hazard: Tables.asks > Plugin.set_once > time.sleep

    def merged(self):
        time.sleep(1)  # hazard: Tables.asks > Plugin.merged > time.sleep

    def extended(self):
        time.sleep(1)  # hazard: Lists.asks > Plugin.extended > time.sleep

    def added(self):
        time.sleep(1)  # hazard: Lists.asks > Plugin.added > time.sleep

    def replaced(self):
        time.sleep(1)  # hazard: Lists.asks > Plugin.replaced > time.sleep

    def local(self):
        time.sleep(1)  # hazard: locals_of_a_function > Plugin.local > time.sleep

    def first(self):
        time.sleep(1)  # hazard: chosen > Plugin.first > time.sleep

    def chained(self):
        time.sleep(1)  # hazard: chosen > Plugin.chained > time.sleep

    def elsewhere(self):
        time.sleep(1)


class Copies:
    def __init__(self):
        self.plugins = {}

    def register(self, name, plugin: Plugin):
        plugins = self.plugins.copy()
        plugins[name] = plugin
        self.plugins = plugins

    async def asks(self, name):
        self.plugins[name].copied()


class Tables:
    def __init__(self):
        self.updated = {}
        self.defaults = {}
        self.merged = {}
        self.empty = {}

    def register(self, name, plugin: Plugin):
        self.updated.update({name: plugin})
        self.defaults.setdefault(name, plugin)
        self.merged |= {name: plugin}
        self.empty.setdefault(plugin)
        self.empty.update({})

    async def asks(self, name):
        self.updated[name].put()
        self.defaults[name].set_once()
        self.merged[name].merged()
        self.empty[name].elsewhere()


class Lists:
    def __init__(self):
        self.plugins = []
        self.more = []
        self.others = ()
        self.count = 0

    def register(self, plugin: Plugin):
        self.plugins.extend([plugin])
        self.more += [plugin]
        self.others = self.others + (plugin,)
        self.count += 1

    async def asks(self):
        for plugin in self.plugins:
            plugin.extended()
        self.more[0].added()
        for plugin in self.others:
            plugin.replaced()


async def locals_of_a_function(plugin: Plugin):
    plugins = []
    plugins += [plugin]
    for each in plugins:
        each.local()


async def chosen(plugins: list[Plugin], more: list[Plugin]):
    max(plugins, key=id).first()
    for plugin in itertools.chain([], more):
        plugin.chained()


class Money:
    """It says itself what adding to it gives."""

    def __init__(self, amount):
        self.amount = amount

    def __add__(self, other):
        return Money(self.amount)

    def elsewhere(self):
        return self.amount


async def sums(plugin: Plugin):
    total = Money(1) + [plugin]
    total.elsewhere()
    total += [plugin]
    total.elsewhere()


class Removed:
    """What is put into a copy alone is not in what was copied."""

    def __init__(self):
        self.plugins = []

    def register(self, plugin: Plugin):
        plugins = self.plugins.copy()
        plugins.extend([plugin])
        return plugins

    async def asks(self):
        for plugin in self.plugins:
            plugin.elsewhere()
