"""Frameworks are also told what to run by lists, by mappings, and by what a class overrides."""

import time

import trio
from discord.ext import commands
from fastapi import FastAPI
from litestar import Litestar
from litestar.di import Provide
from sanic import Sanic
from sanic.views import HTTPMethodView
from starlette.applications import Starlette
from twisted.internet import protocol, threads
from twisted.protocols import basic
from twisted.web import resource


def opened():
    time.sleep(1)  # hazard[BL101]: opened > time.sleep


def closed():
    time.sleep(1)  # hazard[BL101]: closed > time.sleep


def missing(request, error):
    time.sleep(1)


async def broken(request, error):
    time.sleep(1)  # hazard[BL101]: broken > time.sleep


api = FastAPI(on_startup=[opened], exception_handlers={404: missing, 500: broken})
site = Starlette(on_shutdown=(closed,))


def provided_on_the_loop():
    time.sleep(1)  # hazard[BL101]: provided_on_the_loop > time.sleep


def provided_on_the_loop_too():
    time.sleep(1)  # hazard[BL101]: provided_on_the_loop_too > time.sleep


def provided_in_a_thread():
    time.sleep(1)


def begun(application):
    time.sleep(1)  # hazard[BL101]: begun > time.sleep


application = Litestar(
    dependencies={
        "one": Provide(provided_on_the_loop, sync_to_thread=False),
        "two": Provide(provided_on_the_loop_too),
        "three": Provide(provided_in_a_thread, sync_to_thread=True),
    },
    on_startup=[begun],
)


def added(request):
    time.sleep(1)  # hazard[BL101]: added > time.sleep


def not_added(request):
    time.sleep(1)


class View(HTTPMethodView):
    def get(self, request):
        time.sleep(1)  # hazard[BL101]: View.get > time.sleep

    def helper(self):
        time.sleep(1)


server = Sanic("server")
server.add_route(added, "/added")


class Lines(basic.LineReceiver):
    def lineReceived(self, line):
        time.sleep(1)  # hazard[BL101]: Lines.lineReceived > time.sleep


class Factory(protocol.Factory):
    def buildProtocol(self, addr):
        time.sleep(1)  # hazard[BL101]: Factory.buildProtocol > time.sleep


class Page(resource.Resource):
    def render_GET(self, request):
        threads.deferToThread(worked).addCallback(finished)
        return b""


def worked():
    time.sleep(1)


def finished(result):
    time.sleep(1)  # hazard[BL101]: finished > time.sleep


class Traced(trio.abc.Instrument):
    def before_run(self):
        time.sleep(1)  # hazard[BL101]: Traced.before_run > time.sleep


def allowed(context):
    time.sleep(1)  # hazard[BL101]: allowed > time.sleep
    return True


class Commands(commands.Cog):
    def cog_check(self, context):
        time.sleep(1)  # hazard[BL101]: Commands.cog_check > time.sleep
        return True

    @commands.command()
    @commands.check(allowed)
    async def ask(self, context):
        await context.send("yes")
