"""What others put into an object: an application's state, an attribute of somebody else's, the fields of a record."""

import time
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from fastapi import FastAPI, Request
from traitlets import Any
from traitlets.config import LoggingConfigurable
from wtforms import Form


class Database:
    def kept(self):
        time.sleep(1)  # hazard: through_request > Database.kept > time.sleep

    def keyed(self):
        time.sleep(1)  # hazard: entry > Database.keyed > time.sleep

    def attached(self):
        time.sleep(1)  # hazard: served > Database.attached > time.sleep

    def unused(self):
        time.sleep(1)


class Cache:
    def kept(self):
        return 1


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.database = Database()
    app.state.cache = Cache()
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/")
async def through_request(request: Request):
    request.app.state.database.kept()


@app.get("/cache")
async def neighbour(request: Request):
    request.app.state.cache.kept()


async def entry(request: web.Request):
    request.app["database"].keyed()
    request.app["cache"].kept()


def make():
    application = web.Application()
    application["database"] = Database()
    application["cache"] = Cache()
    return application


class Server:
    """Whoever makes it gives it a database."""


def attach(server: Server):
    server.database = Database()


async def served(server: Server):
    server.database.attached()


def work():
    time.sleep(1)  # hazard: runs > Job.start > work > time.sleep


def rest():
    return 1


@dataclass
class Job:
    run: Callable[[], None]
    name: str

    def start(self):
        self.run()


@dataclass
class Pause:
    run: Callable[[], None]

    def start(self):
        self.run()


async def runs():
    Job(work, name="job").start()


async def pauses():
    Pause(run=rest).start()


@dataclass
class Begun:
    begin: Callable[[], None]


@dataclass
class Ended(Begun):
    end: Callable[[], None]

    def close(self):
        self.end()


@dataclass
class Quiet(Begun):
    end: Callable[[], None]

    def close(self):
        self.end()


def nap():
    time.sleep(1)  # hazard: ends > Ended.close > nap > time.sleep


def doze():
    time.sleep(1)


async def ends():
    Ended(rest, nap).close()


async def quiet():
    Quiet(doze, rest).close()


class Backend:
    def described(self):
        time.sleep(1)  # hazard: Settings.reads > Backend.described > time.sleep

    def traited(self):
        time.sleep(1)  # hazard: Service.reads > Backend.traited > time.sleep

    def unknown(self):
        time.sleep(1)


class Settings(Form):
    """The library's constructor takes by name what the class describes."""

    backend = None

    async def reads(self):
        self.backend.described()


class Service(LoggingConfigurable):
    backend = Any()

    async def reads(self):
        self.backend.traited()


class Plain:
    """Its own constructor takes nothing."""

    backend = None

    async def reads(self):
        self.backend.unknown()


def describe():
    return Settings(backend=Backend()), Service(backend=Backend())
