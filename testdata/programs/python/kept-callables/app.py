"""What decorators and methods keep in a list, a table or a queue runs where it is taken out."""

import asyncio
import collections
import time
from collections import defaultdict
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Callable

HANDLERS = {}
HOOKS = []
TOOLS = {}
PLAIN = {}
OTHERS = {}


def register(name):
    def decorate(function):
        HANDLERS[name] = function
        return function

    return decorate


def hook(function: Callable[[], None]):
    HOOKS.append(function)
    return function


def tool(cls):
    TOOLS[cls.__name__] = cls
    return cls


def marked(function):
    function.marked = True
    return function


@register("slow")
def handles():
    time.sleep(1)  # hazard: serves > handles > time.sleep


@hook
def hooked():
    time.sleep(1)  # hazard: serves > hooked > time.sleep


@tool
class Tool:
    def run(self):
        time.sleep(1)  # hazard: serves > Tool.run > time.sleep


@marked
def unused():
    time.sleep(1)


def entered():
    time.sleep(1)  # hazard: serves > entered > time.sleep


PLAIN["entered"] = entered


def local_table(function):
    OTHERS = {}
    OTHERS["x"] = function


@local_table
def forgotten():
    time.sleep(1)


async def serves(name):
    HANDLERS[name]()
    for function in HOOKS:
        function()
    TOOLS[name]().run()
    PLAIN[name]()
    OTHERS[name]()


class Bus:
    def __init__(self):
        self.listeners = defaultdict(list)
        self.table = {}
        self.named = {}

    def on(self, event, listener: Callable):
        self.listeners[event].append(listener)

    def once(self, event, listener):
        self.table.setdefault(event, []).append(listener)

    def route(self, name):
        def decorate(function):
            self.named[name] = function
            return function

        return decorate

    async def emit(self, event):
        for listener in self.listeners[event]:
            listener()
        for listener in self.table.get(event, []):
            listener()
        self.named[event]()


bus = Bus()


def hears():
    time.sleep(1)  # hazard: Bus.emit > hears > time.sleep


def listens():
    time.sleep(1)  # hazard: Bus.emit > listens > time.sleep


def deaf():
    time.sleep(1)


@bus.route("/")
def routed():
    time.sleep(1)  # hazard: Bus.emit > routed > time.sleep


def wire():
    bus.on("a", hears)
    bus.once("a", listens)
    print(deaf)


class Job:
    def queued(self):
        time.sleep(1)  # hazard: Worker.work > Job.queued > time.sleep

    def delayed(self):
        time.sleep(1)  # hazard: Worker.work > Job.delayed > time.sleep


def task():
    time.sleep(1)  # hazard: Worker.work > task > time.sleep


class Worker:
    def __init__(self):
        self.queue = asyncio.Queue()
        self.tasks = asyncio.Queue()
        self.later = collections.deque()

    async def submit(self):
        await self.queue.put(Job())
        self.tasks.put_nowait((task, ()))
        self.later.append(Job())

    async def work(self):
        job = await self.queue.get()
        job.queued()
        function, arguments = await self.tasks.get()
        function(*arguments)
        self.later.popleft().delayed()


class Session:
    def load(self):
        time.sleep(1)  # hazard: reads > Session.load > time.sleep


current = ContextVar("current")


def begin():
    current.set(Session())


async def reads():
    current.get().load()


@dataclass(frozen=True)
class Provider:
    name: str
    login: Callable[[], None]


def login_by_branch():
    time.sleep(1)  # hazard: chosen_by_branch > login_by_branch > time.sleep


def login_by_table():
    time.sleep(1)  # hazard: chosen_by_table > login_by_table > time.sleep


def login_of_others():
    time.sleep(1)


def provider(name):
    if name == "slow":
        return Provider(name, login_by_branch)
    return Provider(name, login=task_of_nobody)


def task_of_nobody():
    return None


PROVIDERS = {"table": Provider("table", login_by_table), "quick": Provider("quick", task_of_nobody)}


# Which of the providers it is hangs on the name: each of those that there are runs at times.
async def chosen_by_branch(name):
    provider(name).login()


async def chosen_by_table(name):
    found = PROVIDERS.get(name)
    if found is not None:
        found.login()


# What others made with another callable is not in the table, and where one comes from outside, nobody knows which it is.
async def given(found: Provider):
    found.login()


def elsewhere():
    return Provider("other", login_of_others).login()
