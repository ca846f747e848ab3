"""Libraries' classes that are like others of theirs, or make those."""

import asyncio

import ldap3
from atlassian import Confluence
from psycopg2.extras import DictCursor, RealDictConnection


class Rows:
    def __init__(self, cursor: DictCursor, connection: RealDictConnection):
        self.cursor = cursor
        self.connection = connection

    async def read(self):
        self.cursor.execute("select 1")  # hazard[BL104]: Rows.read > psycopg2.extensions.cursor.execute
        # All rows are here by now.
        return self.cursor.fetchall()

    async def save(self):
        self.connection.commit()  # hazard[BL104]: Rows.save > psycopg2.extensions.connection.commit

    def read_in_a_thread(self):
        self.cursor.execute("select 1")


async def reads(rows: Rows):
    await asyncio.to_thread(rows.read_in_a_thread)


async def finds(server: ldap3.Server):
    with ldap3.Connection(server) as connection:  # hazard[BL102]: finds > ldap3.Connection.__enter__
        connection.search("dc=example", "(cn=a)")  # hazard[BL102]: finds > ldap3.Connection.search
        return connection.entries


class Pages:
    def __init__(self, url):
        self.client = Confluence(url=url)

    async def page(self, page_id):
        return self.client.get_page_by_id(page_id)  # hazard[BL102]: Pages.page > atlassian.Confluence.get_page_by_id

    async def address(self, path):
        return self.client.url_joiner(self.client.url, path)

    async def closed(self):
        self.client.close()
