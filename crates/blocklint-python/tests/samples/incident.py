import asyncio
import os
from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    from prisma import Prisma


class PrismaWrapper:
    def __init__(self, prisma: "Prisma", iam: bool = False) -> None:
        self._prisma = prisma
        self.iam = iam

    def is_token_expired(self, url: Optional[str]) -> bool:
        return url is None or "X-Amz-Expires" not in url

    def get_rds_iam_token(self) -> str:
        import boto3

        client = boto3.client("rds")
        return client.generate_db_auth_token(DBHostname=os.environ["HOST"], Port=5432)

    async def recreate(self, url: str) -> None:
        await self._prisma.disconnect()
        self._prisma = type(self._prisma)(url)
        await self._prisma.connect()

    def __getattr__(self, name: str) -> Any:
        attr = getattr(self._prisma, name)
        if self.iam and self.is_token_expired(os.getenv("DATABASE_URL")):
            url = self.get_rds_iam_token()
            if url:
                loop = asyncio.get_event_loop()
                if loop.is_running():
                    future = asyncio.run_coroutine_threadsafe(self.recreate(url), loop)
                    future.result(timeout=30)
                else:
                    asyncio.run(self.recreate(url))
        return attr


async def handler(client: PrismaWrapper) -> None:
    rows = await client.db.find_many(where={"id": 1})
    print(f"{rows!r:>{len(rows)}}")
