import redis


class Store:
    def __init__(self):
        self.client = redis.Redis()

    def load(self, key):
        return self.client.get(key)  # hazard[BL104]: handler > load > redis.Redis.get
