"""What the standard library keeps, flattens or copies is what is taken out of it again."""

import asyncio
import dataclasses
import itertools
import time


class Job:
    def named(self):
        time.sleep(1)  # hazard: named > Job.named > time.sleep

    def inserted(self):
        time.sleep(1)  # hazard: inserted > Job.inserted > time.sleep

    def queued(self):
        time.sleep(1)  # hazard: queued > Job.queued > time.sleep

    def popped(self):
        time.sleep(1)  # hazard: popped > Job.popped > time.sleep

    def flattened(self):
        time.sleep(1)  # hazard: flattened > Job.flattened > time.sleep

    def summed(self):
        time.sleep(1)  # hazard: summed > Job.summed > time.sleep

    def replaced(self):
        time.sleep(1)  # hazard: replaced > Job.replaced > time.sleep

    def completed(self):
        time.sleep(1)  # hazard: completed > Job.completed > time.sleep

    def other(self):
        time.sleep(1)


class Name:
    def other(self):
        return 1


@dataclasses.dataclass
class Plan:
    job: Job
    name: Name


async def named(job: Job, name: Name):
    table = dict(job=job)
    table["job"].named()
    names = dict(name=name)
    names["name"].other()


async def inserted(job: Job):
    jobs = []
    jobs.insert(0, job)
    for each in jobs:
        each.inserted()


async def queued(job: Job):
    queue = asyncio.Queue()
    queue.put_nowait(job)
    (await queue.get()).queued()


async def popped(jobs: dict[Name, Job]):
    name, job = jobs.popitem()
    name.other()
    job.popped()


async def flattened(groups: dict[str, list[Job]]):
    for job in itertools.chain.from_iterable(groups.values()):
        job.flattened()


async def summed(groups: list[list[Job]]):
    for job in sum(groups, []):
        job.summed()


async def replaced(plan: Plan):
    another = dataclasses.replace(plan, name=Name())
    another.job.replaced()
    another.name.other()


async def make() -> Job:
    return Job()


async def completed():
    for future in asyncio.as_completed([make()]):
        (await future).completed()


def dict_of_its_own():
    def dict(**given):
        return Name()

    return dict(name=Job())


async def shadowed():
    dict_of_its_own().other()
