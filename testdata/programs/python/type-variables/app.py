"""What a function with type variables gives is told by what each call passes."""

import asyncio
import time
from tempfile import TemporaryDirectory
from typing import Any, Awaitable, Callable, Coroutine, Iterable, Optional, Type, TypeVar

T = TypeVar("T")
M = TypeVar("M", bound="Model")


class Model:
    def save(self):
        return 1


class Slow:
    def run(self):
        time.sleep(1)  # hazard: passes_through > Slow.run > time.sleep

    def first(self):
        time.sleep(1)  # hazard: takes_first > Slow.first > time.sleep

    def made(self):
        time.sleep(1)  # hazard: makes > Slow.made > time.sleep

    def awaited(self):
        time.sleep(1)  # hazard: awaits > Slow.awaited > time.sleep


class Quick:
    def run(self):
        return 1


class User(Model):
    def save(self):
        time.sleep(1)  # hazard: loads_users > User.save > time.sleep


class Post(Model):
    def save(self):
        time.sleep(1)


def same(of: T) -> T:
    return of.registered()


def first(of: Iterable[T]) -> Optional[T]:
    return of.registered()


def load(model: Type[M]) -> M:
    return model.registered()


class Executor:
    def submit(self, function: Callable[..., T], *args: Any) -> Coroutine[Any, Any, T]:
        return self.loop.run(function, *args)

    async def wait(self, of: Awaitable[T]) -> T:
        return await self.loop.within(of)


async def passes_through():
    same(Slow()).run()
    same(Quick()).run()


async def takes_first():
    first([Slow()]).first()


async def makes(executor: Executor):
    def prepare():
        return TemporaryDirectory(), Slow()

    directory, slow = await executor.submit(prepare)
    slow.made()
    await asyncio.to_thread(directory.cleanup)


async def asynchronous():
    return Slow()


async def awaits(executor: Executor):
    slow = await executor.wait(asynchronous())
    slow.awaited()


# Each call is told by what it passes itself: nobody loads a post here.
async def loads_users():
    load(User).save()


async def loads_models(kind):
    load(kind)


# What wraps a function says that it gives the same one, and gives another.
F = TypeVar("F", bound=Callable[..., Any])


def limited(function: F) -> F:
    def wrapper(*args):
        time.sleep(1)  # hazard: calls_wrapped > limited.<locals>.wrapper > time.sleep
        return function(*args)

    return wrapper


def quick():
    return 1


wrapped = limited(quick)


async def calls_wrapped():
    wrapped()


# Two arguments may be what comes back: nothing is told of either.
class Chosen:
    def run(self):
        time.sleep(1)


class Other:
    def run(self):
        return 1

    def pick(self, one: T) -> T:
        return one


def choose(one: T, other: T) -> T:
    return one


async def chooses():
    choose(Other(), Chosen()).run()


# A method that is read from its class is passed its receiver too.
async def picks_through_the_class():
    Other.pick(Chosen(), Other()).run()
