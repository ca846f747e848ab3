"""Reading the body waits only where the response was asked for as a stream."""

import httpx
import requests


def fetch(session: requests.Session, url: str):
    response = session.get(url)  # hazard[BL102]: handler > fetch > requests.Session.get
    for line in response.iter_lines():
        print(line)
    for part in response:
        print(part)


def parts(url: str):
    response = requests.get(url, stream=True)  # hazard[BL102]: handler > parts > requests.get
    for part in response:  # hazard[BL102]: handler > parts > requests.Response.__iter__
        print(part)


def download(session: requests.Session, url: str):
    with session.get(url, stream=True) as response:  # hazard[BL102]: handler > download > requests.Session.get
        for chunk in response.iter_content(8192):  # hazard[BL102]: handler > download > requests.Response.iter_content().__iter__
            print(chunk)


def follow(client: httpx.Client, url: str):
    with client.stream("GET", url) as response:  # hazard[BL102]: handler > follow > httpx.Client.stream
        for line in response.iter_lines():  # hazard[BL102]: handler > follow > httpx.StreamingResponse.iter_lines().__iter__
            print(line)


async def handler(session: requests.Session, client: httpx.Client, url: str):
    fetch(session, url)
    download(session, url)
    follow(client, url)
    parts(url)


async def asynchronous(client: httpx.AsyncClient, url: str):
    response = await client.get(url)
    return [line for line in response.iter_lines()]
