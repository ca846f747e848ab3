import requests


def load(url):
    return requests.get(url).text  # hazard[BL102]: handler > load > requests.get
