"""Who runs a synchronous function is the framework's choice."""

import asyncio
import time

import chainlit
import litestar
import requests
from ipykernel.kernelbase import Kernel
from jupyter_server.base.handlers import APIHandler
from mcp.server.fastmcp.tools.base import Tool
from nicegui import app, run, ui
from pydantic import BaseModel, field_validator, model_validator
from tornado import gen, web
from twisted.internet import defer, threads


def clicked():
    time.sleep(1)  # hazard[BL101]: clicked > time.sleep


def offloaded():
    time.sleep(1)


async def clicked_well():
    await run.io_bound(offloaded)


@ui.page("/")
def page():
    ui.button("now", on_click=clicked)
    ui.button("later").on_click(clicked_well)
    ui.timer(1.0, lambda: time.sleep(1))  # hazard[BL101]: page.<locals>.<lambda> > time.sleep


@app.on_startup
def started():
    time.sleep(1)  # hazard[BL101]: started > time.sleep


@chainlit.on_chat_start
def greet():
    time.sleep(1)  # hazard[BL101]: greet > time.sleep


@litestar.get("/")
def on_the_loop() -> str:
    return requests.get("https://example.org").text  # hazard[BL102]: on_the_loop > requests.get


@litestar.get("/threads", sync_to_thread=True)
def in_a_thread() -> str:
    return requests.get("https://example.org").text


class Legacy(web.RequestHandler):
    @gen.coroutine
    def get(self):
        time.sleep(1)  # hazard[BL101]: Legacy.get > time.sleep
        yield gen.sleep(1)


@defer.inlineCallbacks
def deferred():
    time.sleep(1)  # hazard[BL101]: deferred > time.sleep
    yield threads.deferToThread(offloaded)


class Extension(APIHandler):
    @web.authenticated
    def get(self):
        self.finish(requests.get("https://example.org").text)  # hazard[BL102]: Extension.get > requests.get


class Shell(Kernel):
    def do_complete(self, code, cursor_pos):
        time.sleep(1)  # hazard[BL101]: Shell.do_complete > time.sleep


class Site(BaseModel):
    address: str

    @field_validator("address")
    @classmethod
    def reachable(cls, value):
        requests.get(value)  # hazard[BL102]: made > Site.reachable > requests.get
        return value


class Offline(BaseModel):
    address: str

    @model_validator(mode="after")
    def reachable(self):
        requests.get(self.address)
        return self


async def made(address: str):
    return Site(address=address)


def made_elsewhere(address: str):
    return Offline(address=address)


async def off_the_loop(address: str):
    return await asyncio.to_thread(made_elsewhere, address)


def used_by_a_model():
    time.sleep(1)  # hazard: used_by_a_model > time.sleep


def kept_from_models():
    time.sleep(1)


def tools():
    print(kept_from_models)
    return [Tool(fn=used_by_a_model, name="used", description=kept_from_models.__doc__)]
