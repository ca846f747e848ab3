"""What a builtin calls with the elements of a container knows what they are."""

import heapq
import itertools
import time


class Report:
    def __init__(self, rank: int):
        self.rank = rank

    @property
    def size(self):
        time.sleep(1)  # hazard: sorts > sorts.<locals>.<lambda> > Report.size > time.sleep
        return 1

    @property
    def kind(self):
        time.sleep(1)  # hazard: filters > filters.<locals>.<lambda> > Report.kind > time.sleep
        return 1

    @property
    def group(self):
        time.sleep(1)  # hazard: groups > groups.<locals>.<lambda> > Report.group > time.sleep
        return 1

    @property
    def last(self):
        time.sleep(1)  # hazard: takes_largest > takes_largest.<locals>.<lambda> > Report.last > time.sleep
        return 1

    @property
    def title(self):
        time.sleep(1)  # hazard: names > title_of > Report.title > time.sleep
        return ""

    def __str__(self):
        time.sleep(1)  # hazard: joins > Report.__str__ > time.sleep
        return ""

    def __len__(self):
        time.sleep(1)  # hazard: measures > Report.__len__ > time.sleep
        return 1


class Note:
    @property
    def size(self):
        time.sleep(1)
        return 1

    def __str__(self):
        time.sleep(1)
        return ""


def title_of(report):
    return report.title


async def sorts(reports: list[Report]):
    reports.sort(key=lambda it: it.rank)
    return sorted(reports, key=lambda it: it.size)


async def filters(reports: dict[str, Report]):
    return list(filter(lambda it: it.kind, reports.values()))


async def groups(reports: list[Report]):
    return itertools.groupby(reports, key=lambda it: it.group)


async def takes_largest(reports: list[Report]):
    return heapq.nlargest(3, reports, key=lambda it: it.last)


async def names(reports: list[Report]):
    return list(map(title_of, reports))


async def joins(reports: list[Report]):
    return ", ".join(map(str, reports))


async def measures(reports: list[Report]):
    return max(reports, key=len)


async def of_others(numbers: list[int], notes: list[Note]):
    print(len(notes))
    return sorted(numbers, key=lambda it: it.size), ", ".join(map(str, numbers))
