import time

from .compiled import Core

square = 1


def __getattr__(name):
    if name in ("circle", "Core"):
        time.sleep(1)  # hazard: asks_the_module > __getattr__ > time.sleep
        return name
    raise AttributeError(name)
