"""What sorts, filters or maps items calls its key, test or function with each of them."""

import heapq
import itertools
import time
from operator import attrgetter, methodcaller


class Job:
    def sorts(self):
        time.sleep(1)  # hazard: sorts > sorts.<locals>.<lambda> > Job.sorts > time.sleep

    def biggest(self):
        time.sleep(1)  # hazard: biggest > biggest.<locals>.<lambda> > Job.biggest > time.sleep

    def in_place(self):
        time.sleep(1)  # hazard: in_place > in_place.<locals>.<lambda> > Job.in_place > time.sleep

    def kept(self):
        time.sleep(1)  # hazard: kept > kept.<locals>.<lambda> > Job.kept > time.sleep

    def mapped(self):
        time.sleep(1)  # hazard: mapped > mapping > Job.mapped > time.sleep

    def grouped(self):
        time.sleep(1)  # hazard: grouped > grouped.<locals>.<lambda> > Job.grouped > time.sleep

    def value(self):
        time.sleep(1)  # hazard: pairs > pairs.<locals>.<lambda> > Job.value > time.sleep

    def run(self):
        time.sleep(1)


class Name:
    def run(self):
        return 1


async def sorts(jobs: list[Job]):
    return sorted(jobs, key=lambda it: it.sorts())


async def biggest(jobs: list[Job]):
    return max(jobs, key=lambda it: it.biggest())


async def in_place(jobs: list[Job]):
    jobs.sort(key=lambda it: it.in_place())


async def kept(jobs: list[Job]):
    return list(filter(lambda it: it.kept(), jobs))


def mapping(job):
    return job.mapped()


async def mapped(jobs: list[Job]):
    return list(map(mapping, jobs))


async def grouped(jobs: list[Job]):
    return [list(group) for _, group in itertools.groupby(jobs, lambda it: it.grouped())]


async def pairs(jobs: dict[str, Job]):
    return sorted(jobs.items(), key=lambda it: it[1].value())


async def of_others(names: list[Name], jobs: list[Job]):
    return sorted(names, key=lambda it: it.run()), len(jobs)


def annotated(name: Name):
    return name.run()


async def says_itself(jobs: list[Job]):
    return list(map(annotated, jobs))


async def of_the_keys(jobs: dict[str, Job]):
    return sorted(jobs, key=lambda it: it.run())


class Report:
    @property
    def last(self):
        time.sleep(1)  # hazard: takes_largest > takes_largest.<locals>.<lambda> > Report.last > time.sleep
        return 1

    def __str__(self):
        time.sleep(1)  # hazard: joins > Report.__str__ > time.sleep
        return ""

    def __len__(self):
        time.sleep(1)  # hazard: measures > Report.__len__ > time.sleep
        return 1


class Note:
    def __str__(self):
        time.sleep(1)
        return ""


async def takes_largest(reports: list[Report]):
    return heapq.nlargest(3, reports, key=lambda it: it.last)


async def joins(reports: list[Report]):
    return ", ".join(map(str, reports))


async def measures(reports: list[Report]):
    return max(reports, key=len)


async def joins_others(numbers: list[int], notes: list[Note]):
    return ", ".join(map(str, numbers)), len(notes)


class Page:
    @property
    def size(self):
        time.sleep(1)  # hazard: sorts_by_name > Page.size > time.sleep
        return 1

    @property
    def title(self):
        time.sleep(1)  # hazard: reads_one > Page.title > time.sleep
        return ""

    def load(self):
        time.sleep(1)  # hazard: loads_all > Page.load > time.sleep

    @property
    def rank(self):
        time.sleep(1)
        return 1


async def sorts_by_name(pages: list[Page]):
    return sorted(pages, key=attrgetter("size"))


async def reads_one(page: Page):
    return attrgetter("title")(page)


async def loads_all(pages: list[Page]):
    return list(map(methodcaller("load"), pages))


async def makes_a_reader(names: list[Name]):
    return attrgetter("rank"), sorted(names, key=attrgetter("rank"))
