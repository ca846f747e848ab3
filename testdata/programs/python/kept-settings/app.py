"""What an application is made with by name, and read by its handlers."""

import time

from tornado import web


class Database:
    def named(self):
        time.sleep(1)  # hazard: Named.get > Database.named > time.sleep

    def spread(self):
        time.sleep(1)  # hazard: Spread.get > Database.spread > time.sleep

    def made_elsewhere(self):
        time.sleep(1)  # hazard: MadeElsewhere.get > Database.made_elsewhere > time.sleep

    def unread(self):
        time.sleep(1)


class Cache:
    def named(self):
        return 1

    spread = made_elsewhere = named


class Named(web.RequestHandler):
    async def get(self):
        self.settings["named"].named()
        self.settings["quiet"].named()


class Spread(web.RequestHandler):
    async def get(self):
        self.application.settings["spread"].spread()


class MadeElsewhere(web.RequestHandler):
    async def get(self):
        self.settings["made"].made_elsewhere()


class Application(web.Application):
    def __init__(self):
        super().__init__([], **self.made())

    def made(self):
        settings = {"made": Database(), "unread": Database()}
        settings.update(extra=1)
        return settings


def run():
    settings = dict(spread=Database(), quiet=Cache())
    web.Application([("/", Named), ("/spread", Spread)], named=Database(), **settings)
    Application()
