"""A package that loads what it exports when it is asked for, and modules that are imported by their names."""

import importlib
import importlib.metadata

import shapes
from shapes import Circle


async def handler():
    shapes.Circle().draw()


async def imported():
    Circle().fill()


async def by_name():
    module = importlib.import_module("shapes.circle")  # hazard(note)[BL110]: by_name > importlib.import_module
    module.rub_out()


docker = None
try:
    docker = importlib.import_module("docker")
except ImportError:
    pass


async def optional_library():
    docker.from_env()  # hazard[BL102]: optional_library > docker.from_env


async def unknown_module(name):
    module = importlib.import_module("shapes." + name)  # hazard(note)[BL110]: unknown_module > importlib.import_module
    module.from_env()


async def missing_module():
    module = importlib.import_module("shapes.docker")  # hazard(note)[BL110]: missing_module > importlib.import_module
    module.from_env()


async def distributions():
    for one in importlib.metadata.distributions():  # hazard(note)[BL107]: distributions > importlib.metadata.distributions
        print(one.version)  # hazard(note)[BL201]: distributions > importlib.metadata.Distribution.version


async def neighbour():
    shapes.Square().draw()
