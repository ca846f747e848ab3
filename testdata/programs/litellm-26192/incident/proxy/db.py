"""The incident: an attribute access waits for a coroutine on the loop whose thread it blocks.

https://github.com/BerriAI/litellm/issues/26192
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
            url = self.get_rds_iam_token()
            loop = asyncio.get_event_loop()
            if loop.is_running():
                future = asyncio.run_coroutine_threadsafe(self.recreate(url), loop)
                # hazard(error)[BL001]: find_user > __getattr__ > Future.result
                future.result(timeout=30)
            else:
                asyncio.run(self.recreate(url))
        return attr
