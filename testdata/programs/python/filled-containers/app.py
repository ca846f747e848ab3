"""What a container is filled with after it was made, and what comes out of it in its many ways."""

import time
from collections import deque
from typing import NamedTuple, TypedDict


class Job:
    def appended(self):
        time.sleep(1)  # hazard: handler > Job.appended > time.sleep

    def stored(self):
        time.sleep(1)  # hazard: handler > Job.stored > time.sleep

    def numbered(self):
        time.sleep(1)  # hazard: unpacked > Job.numbered > time.sleep

    def paired(self):
        time.sleep(1)  # hazard: unpacked > Job.paired > time.sleep

    def rest(self):
        time.sleep(1)  # hazard: unpacked > Job.rest > time.sleep

    def sliced(self):
        time.sleep(1)  # hazard: unpacked > Job.sliced > time.sleep

    def named(self):
        time.sleep(1)  # hazard: declared > Job.named > time.sleep

    def keyed(self):
        time.sleep(1)  # hazard: declared > Job.keyed > time.sleep

    def kept(self):
        time.sleep(1)  # hazard: Queue.drain > Job.kept > time.sleep

    def given(self):
        time.sleep(1)  # hazard: handler > first > Job.given > time.sleep

    def unused(self):
        time.sleep(1)


class Idle:
    def appended(self):
        return 1


async def handler():
    jobs = []
    jobs.append(Job())
    jobs[0].appended()
    table = {}
    table["a"] = Job()
    table["a"].stored()
    first(Job())


def first(*jobs):
    jobs[0].given()


async def neighbour():
    jobs = []
    jobs.append(Idle())
    jobs[0].appended()


async def unpacked(jobs: list[Job]):
    for _, job in enumerate(jobs):
        job.numbered()
    for _, job in zip([1], jobs):
        job.paired()
    _, *others = jobs
    others[0].rest()
    for job in jobs[1:]:
        job.sliced()


class Pair(NamedTuple):
    number: int
    job: Job


class Entry(TypedDict):
    job: Job


async def declared(pair: Pair, entry: Entry):
    _, job = pair
    job.named()
    entry["job"].keyed()


class Queue:
    def __init__(self):
        self.jobs = deque()

    def put(self):
        self.jobs.append(Job())

    async def drain(self):
        self.jobs.popleft().kept()
