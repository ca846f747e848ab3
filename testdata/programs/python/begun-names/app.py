"""Methods that are looked up by the beginning of their names."""

import time


class Handler:
    def handle(self, command):
        method = getattr(self, f"do_{command}", None)
        if method is not None:
            method()

    def do_get(self):
        time.sleep(1)  # hazard: handler > Handler.handle > Handler.do_get > time.sleep

    def undo(self):
        time.sleep(1)


class Visitor:
    def visit(self, node):
        return getattr(self, "visit_" + type(node).__name__)(node)


class Reader(Visitor):
    def visit_file(self, node):
        time.sleep(1)  # hazard: visits > Visitor.visit > Reader.visit_file > time.sleep


class Idle(Visitor):
    def visit_file(self, node):
        return node


class Twin:
    async def run(self, name):
        await getattr(self, f"run_{name}")()

    async def run_slowly(self):
        pass

    def run_in_thread(self):
        time.sleep(1)


async def handler(command):
    Handler().handle(command)


async def visits(node):
    Reader().visit(node)


async def neighbour(node):
    Idle().visit(node)
