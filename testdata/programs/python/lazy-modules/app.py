"""A package that loads what it exports when it is asked for, and modules that are imported by their names."""

import importlib

import shapes
from shapes import Circle


async def handler():
    shapes.Circle().draw()


async def imported():
    Circle().fill()


async def by_name():
    module = importlib.import_module("shapes.circle")  # hazard(note)[BL110]: by_name > importlib.import_module
    module.rub_out()


async def neighbour():
    shapes.Square().draw()
