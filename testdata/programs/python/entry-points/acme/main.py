"""Objects that the project's own manifest registers for whoever asks for their group."""

import importlib.metadata
from importlib.metadata import entry_points

GROUP = "acme.plugins"


async def starts():
    for entry in entry_points(group=GROUP):  # hazard(note): starts > importlib.metadata.entry_points
        plugin = entry.load()
        plugin().start()


async def stops():
    entries = importlib.metadata.entry_points().select(group="acme.plugins")  # hazard(note): stops > importlib.metadata.entry_points
    for plugin in [entry.load()() for entry in entries]:
        plugin.stop()


async def somebody_else_s(group):
    for entry in entry_points(group=group):  # hazard(note): somebody_else_s > importlib.metadata.entry_points
        entry.load()().start()
