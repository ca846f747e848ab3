import sqlite3


class Store:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)

    def rows(self):
        return self.connection.execute("SELECT 1")  # hazard: handler > rows > sqlite3.Connection.execute


class Service:
    def __init__(self, store: Store):
        self.store = store

    async def handler(self):
        return self.store.rows()
