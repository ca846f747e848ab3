"""A variable that stands in for what a library has means the library."""

from redis import Redis


async def cached(client: Redis):
    client.get("a")  # hazard: cached > redis.Redis.get
