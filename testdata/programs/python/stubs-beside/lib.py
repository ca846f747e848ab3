"""Nothing here is annotated; the stub beside it is."""

import time

from somewhere import registry


class Worker:
    def __init__(self, parts):
        self.part = parts[0]

    def run(self):
        time.sleep(1)  # hazard: made > Worker.run > time.sleep

    def idle(self):
        return self.part


class Quiet:
    def run(self):
        return 1


def make():
    return registry["worker"]


def quiet():
    return registry["quiet"]


def drive(worker):
    worker.part.turn()


current = registry["current"]
