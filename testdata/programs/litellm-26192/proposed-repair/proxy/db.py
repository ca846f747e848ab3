"""The repair that the issue proposed: the deadlock is gone, and two things are left.

The token is still minted on the loop, and nobody holds the task that does it: it may be collected before it has run.
"""

import asyncio
import time

from proxy.iam import mint_token


class Prisma:
    async def connect(self, url: str) -> None:
        await asyncio.sleep(0)


class PrismaWrapper:
    def __init__(self, prisma: Prisma, role: str) -> None:
        self._prisma = prisma
        self._role = role
        self._expires_at = 0.0

    def is_token_expired(self) -> bool:
        return time.time() >= self._expires_at

    def get_rds_iam_token(self) -> str:
        return mint_token(self._role)

    async def recreate(self, url: str) -> None:
        await self._prisma.connect(url)
        self._expires_at = time.time() + 900

    async def _safe_refresh_token(self) -> None:
        await self.recreate(self.get_rds_iam_token())

    def __getattr__(self, name: str):
        attr = getattr(self._prisma, name)
        if self.is_token_expired():
            # hazard[BL302]: __getattr__ > create_task
            asyncio.create_task(self._safe_refresh_token())
        return attr
