from httpx import Client


async def fetched(client: Client, url):
    client.get(url)  # hazard: fetched > httpx.Client.get
