"""A generator runs where it is iterated: whoever passes one knows which."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps


def slow_lines():
    time.sleep(1)  # hazard: passes > show > slow_lines > time.sleep
    yield "a"


def slow_lists():
    time.sleep(1)  # hazard: passes_on > shown_by > listed > slow_lists > time.sleep
    yield "a"


def slow_rows():
    time.sleep(1)  # hazard: passes_what_makes_them > show_made > slow_rows > time.sleep
    yield "a"


def slow_elsewhere():
    time.sleep(1)
    yield "a"


def slow_and_never_iterated():
    time.sleep(1)
    yield "a"


def quick_lines():
    yield "b"


def show(lines: Iterator[str]):
    for line in lines:
        print(line)


def show_plainly(lines):
    for line in lines:
        print(line)


def listed(lines: Iterable[str]):
    return list(lines)


def shown_by(lines: Iterable[str]):
    return listed(lines)


def show_made(make: Callable[[], Iterator[str]]):
    for line in make():
        print(line)


def keep(lines: Iterator[str]):
    return lines is not None


async def passes():
    show(slow_lines())


async def passes_on():
    shown_by(slow_lists())


async def passes_what_makes_them():
    show_made(slow_rows)


async def passes_quick_ones():
    show(quick_lines())
    show_plainly(quick_lines())
    shown_by(quick_lines())
    show_made(quick_lines)


async def passes_to_a_thread():
    await asyncio.to_thread(listed, slow_elsewhere())


async def only_keeps():
    return keep(slow_and_never_iterated())


def elsewhere():
    show_plainly(slow_elsewhere())


def slow_tail():
    time.sleep(1)
    yield "a"


def without_first(lines: Iterator[str]):
    next(lines)
    for line in lines:
        yield line


async def passes_to_a_generator():
    return without_first(slow_tail())


async def passes_to_a_generator_on_a_thread():
    await asyncio.to_thread(list, without_first(slow_tail()))


def each(function):
    @wraps(function)
    def wrapper(*arguments):
        for item in function(*arguments):
            time.sleep(1)  # hazard: iterates > each.<locals>.wrapper > time.sleep
            yield item

    return wrapper


def at_once(function):
    @wraps(function)
    def wrapper(*arguments):
        time.sleep(1)  # hazard: calls > at_once.<locals>.wrapper > time.sleep
        return list(function(*arguments))

    return wrapper


def unchanged(function):
    @wraps(function)
    def wrapper(*arguments):
        yield from function(*arguments)

    return wrapper


@each
def numbers():
    yield 1


@each
def numbers_that_nobody_iterates():
    yield 1


@at_once
def letters():
    yield "a"


@unchanged
def slow_words():
    time.sleep(1)  # hazard: words > slow_words > time.sleep
    yield "a"


@unchanged
def quick_words():
    yield "a"


class Files:
    @staticmethod
    @contextmanager
    def opened():
        time.sleep(1)  # hazard: opens > Files.opened > time.sleep
        yield 1

    @classmethod
    @contextmanager
    def made(cls):
        time.sleep(1)  # hazard: makes > Files.made > time.sleep
        yield cls()

    @staticmethod
    @contextmanager
    def prepared():
        time.sleep(1)
        yield 1


async def iterates():
    for number in numbers():
        print(number)


async def only_calls():
    return numbers_that_nobody_iterates()


async def calls():
    return letters()


async def words():
    for word in slow_words():
        print(word)


async def other_words():
    for word in quick_words():
        print(word)


async def opens():
    with Files.opened():
        pass


async def makes(files: Files):
    with files.made():
        pass


async def prepares():
    return Files.prepared()
