"""A database in memory."""

import sqlite3


async def probes():
    with sqlite3.connect(":memory:") as connection:
        connection.execute("select 1").fetchall()


async def opens(path):
    with sqlite3.connect(path) as connection:  # hazard[BL104]: opens > sqlite3.Connection.__exit__
        connection.execute("select 1")  # hazard[BL104]: opens > sqlite3.Connection.execute
