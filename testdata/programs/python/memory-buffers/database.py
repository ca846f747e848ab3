"""A database and certificates in memory."""

import sqlite3
import ssl


async def probes():
    with sqlite3.connect(":memory:") as connection:
        connection.execute("select 1").fetchall()


async def opens(path):
    with sqlite3.connect(path) as connection:  # hazard[BL104]: opens > sqlite3.Connection.__exit__
        connection.execute("select 1")  # hazard[BL104]: opens > sqlite3.Connection.execute


async def trusts(context: ssl.SSLContext, certificates, path):
    context.load_verify_locations(cadata=certificates)
    context.load_verify_locations(cafile=path)  # hazard[BL111]: trusts > ssl.SSLContext.load_verify_locations
