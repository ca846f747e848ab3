from service.caching.store import Store


async def handler(key):
    return Store().load(key)


def main(key):
    return Store().load(key)
