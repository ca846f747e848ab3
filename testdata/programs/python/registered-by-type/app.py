"""A function that dispatches by the type of its argument runs one of those that are registered with it."""

from functools import singledispatch, singledispatchmethod

import requests


@singledispatch
def send(value):
    raise TypeError(value)


@send.register
def _(value: int):
    requests.post("a")  # hazard[BL102]: sends > _ > requests.post


@send.register(str)
def send_text(value):
    requests.post("b")  # hazard[BL102]: sends > send_text > requests.post


def send_list(value):
    requests.post("c")  # hazard[BL102]: sends > send_list > requests.post


send.register(list, send_list)


@send.register
async def _(value: bytes):
    return value


# Registered, and never called.
@singledispatch
def drop(value):
    raise TypeError(value)


@drop.register
def _(value: int):
    requests.post("d")


class Visitor:
    @singledispatchmethod
    def visit(self, node):
        raise TypeError(node)

    @visit.register
    def _(self, node: int):
        requests.post("e")  # hazard[BL102]: visits > Visitor._ > requests.post

    @visit.register(str)
    def _visit_text(self, node):
        requests.post("f")  # hazard[BL102]: visits > Visitor._visit_text > requests.post

    @singledispatchmethod
    def leave(self, node):
        raise TypeError(node)

    @leave.register
    def _(self, node: int):
        requests.post("g")


# Another registry, which runs what it is given elsewhere.
class Registry:
    def register(self, function):
        return function


registry = Registry()


@registry.register
def kept(value):
    requests.post("h")


async def sends(value):
    send(value)


async def visits(visitor: Visitor, node):
    visitor.visit(node)
