"""What is called on a parameter is a method of what the caller passed, and not of what another caller did."""

import time

import aiohttp
import requests


class Audio:
    def load(self):
        return b""


class Image:
    def load(self):
        time.sleep(1)  # hazard: shows > load_from > Image.load > time.sleep


def load_from(media):
    return media.load()


async def plays():
    return load_from(Audio())


async def shows():
    return load_from(Image())


def started():
    load_from(Image())


def fetch(session, url):
    return session.get(url)  # hazard: asks > fetch > requests.Session.get


async def asks():
    return fetch(requests.Session(), "https://localhost")


async def asks_well():
    async with aiohttp.ClientSession() as session:
        return await fetch(session, "https://localhost")


class Base:
    def run(self):
        return self.step()

    def step(self):
        return None


class Slow(Base):
    def step(self):
        time.sleep(2)  # hazard: steps > drive > Base.run > Slow.step > time.sleep


def drive(machine):
    return machine.run()


async def steps():
    return drive(Slow())


async def stands(quick: Base):
    base = Base()
    return drive(base)
