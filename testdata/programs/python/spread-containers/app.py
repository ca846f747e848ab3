"""What is joined, spread, paired or drawn from containers has what they have."""

import time


class Job:
    def added(self):
        time.sleep(1)  # hazard: adds > Job.added > time.sleep

    def spread(self):
        time.sleep(1)  # hazard: spreads > Job.spread > time.sleep

    def paired(self):
        time.sleep(1)  # hazard: pairs > Job.paired > time.sleep

    def united(self):
        time.sleep(1)  # hazard: unites > Job.united > time.sleep

    def extended(self):
        time.sleep(1)  # hazard: extends > Job.extended > time.sleep

    def largest(self):
        time.sleep(1)  # hazard: takes_largest > Job.largest > time.sleep

    def popped(self):
        time.sleep(1)  # hazard: pops > Job.popped > time.sleep

    def held(self):
        time.sleep(1)  # hazard: Pool.runs > Job.held > time.sleep

    def never(self):
        time.sleep(1)


class Other:
    def added(self):
        time.sleep(1)

    def never(self):
        time.sleep(1)


async def adds(jobs: list[Job]):
    for job in [] + jobs:
        job.added()


async def spreads(jobs: dict[str, Job]):
    {"a": None, **jobs}["b"].spread()


async def pairs(names: list[str], jobs: list[Job]):
    for job in dict(zip(names, jobs)).values():
        job.paired()


async def unites(jobs: set[Job], more: set[Job]):
    for job in jobs | more:
        job.united()


async def extends(jobs: list[Job]):
    rest = []
    rest.extend(jobs)
    rest[0].extended()


async def takes_largest(jobs: list[Job]):
    max(jobs).largest()


async def pops(jobs: dict[str, Job]):
    _, job = jobs.popitem()
    job.popped()


class Pool:
    def __init__(self):
        self.jobs = []

    def take(self, jobs: list[Job]):
        self.jobs.extend(jobs)

    async def runs(self):
        for job in self.jobs:
            job.held()


async def of_numbers(numbers: list[int], jobs: list[Job]):
    print(jobs)
    for number in numbers + [1]:
        number.never()
    for name in {**{"a": 1}}:
        name.never()
