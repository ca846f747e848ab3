"""The proxy: every request reads an attribute through the wrapper."""

from proxy.db import Prisma, PrismaWrapper


class PrismaClient:
    def __init__(self, role: str) -> None:
        self.db = PrismaWrapper(Prisma(), role)


async def find_user(client: PrismaClient, user_id: str):
    return await client.db.users.find_unique(user_id)


async def health_check(client: PrismaClient):
    return await client.db.query_raw("SELECT 1")
