"""What is right: one task owns the renewal and mints off the loop; the accessor only reads."""

import asyncio

from proxy.iam import mint_token


class Prisma:
    async def connect(self, url: str) -> None:
        await asyncio.sleep(0)


class PrismaWrapper:
    def __init__(self, prisma: Prisma, role: str) -> None:
        self._prisma = prisma
        self._role = role
        self._expires_at = 0.0
        self._refresher: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._refresher = asyncio.create_task(self._keep_fresh())

    async def _keep_fresh(self) -> None:
        while True:
            url = await asyncio.to_thread(mint_token, self._role)
            await self._prisma.connect(url)
            await asyncio.sleep(600)

    def __getattr__(self, name: str):
        return getattr(self._prisma, name)
