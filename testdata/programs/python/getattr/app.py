import requests


class Lazy:
    def __init__(self, url):
        self.url = url

    def __getattr__(self, name):
        return requests.get(f"{self.url}/{name}")  # hazard[BL201]: handler > __getattr__ > requests.get


async def handler(url):
    remote = Lazy(url)
    return remote.status
