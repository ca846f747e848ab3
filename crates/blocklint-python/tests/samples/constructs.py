"""Constructs of Python up to 3.8."""
from __future__ import annotations

import a.b.c
import a.b as ab, d
from . import sibling
from ..up import thing as other
from stars import *

try:
    import fast as impl
except ImportError:
    impl = None

__all__ = ["Base", "outer"]
__all__ += ["late"]
counter: int = 0


def decorate(*arguments, **options):
    def wrap(function):
        return function

    return wrap


class Base(metaclass=Meta, flag=compute()):
    shared = []
    label: str = "base"

    class Inner:
        value = 1

    def __init__(self, x, /, y=Inner(), *rest: int, key: Inner = None, **more):
        self.x, (self.y, *self.rest) = x, more
        self.key: Base.Inner = key

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, value):
        self._name = value

    @staticmethod
    def make():
        return Base(1)

    @classmethod
    async def load(cls):
        cls.shared = [item async for item in cls.rows() if await item.ready()]
        return await cls.make()

    __str__ = __repr__ = lambda self: "Base"
    __add__ = make


@decorate(1, key=lambda x: x + 1)
def outer(n, *, seen=set()):
    global counter
    total = 0
    counter += 1

    def inner():
        nonlocal total
        total += n
        return total

    while True:
        if n in seen or not n:
            break
        elif n > 10 > total:
            continue
        else:
            n -= 1
        seen.add(n)
    else:
        never()
    for index, (key, value) in enumerate({"a": 1, **{}}.items()):
        del seen[key], value
        if index:
            break
    else:
        inner()
    try:
        risky()
    except (ValueError, TypeError) as error:
        raise RuntimeError(str(error)) from error
    except Exception:
        return None
    else:
        total = inner()
    finally:
        print("done", total, sep="")
    with open("f") as first, lock, open("g") as (second, third):
        data = first.read()[1:2, ::3]
    assert isinstance(data, bytes), f"{data!r} {n:{total}} {{}}"
    squares = {x: [y for y in range(x) if y] for x in seen if x}
    pairs = {*seen, *(z for z in squares)}
    if (match := find(data)) is not None and match.group(0):
        return match
    return total if total else -total, ~n, +n, squares[n] or pairs and n, (yield), (yield from inner())


async def stream():
    async with connect() as session:
        async for row in session:
            yield row
            await row.close()
    return


print(b"bytes", 1j, 10**30, 1.5, ..., "a" "b", not None, a < b < c, x is not y, x not in y, *args, **kwargs)
lambda: (yield)
