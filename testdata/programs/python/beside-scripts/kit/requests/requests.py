"""Shares its name with a library, inside a package: a plain name means the library, also in a directory without a file of its own."""

import requests


def get(url):
    return url


async def fetched(url):
    requests.get(url)  # hazard: fetched > requests.get
