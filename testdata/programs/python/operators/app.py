"""Whose method an operator runs, what containers ask of what they hold, and builtins that are operators by another name."""

import requests


class Right:
    def __radd__(self, other):
        requests.get("a")  # hazard[BL203]: reflected > Right.__radd__ > requests.get

    def __rmul__(self, other):
        requests.get("b")  # hazard[BL203]: reflected > Right.__rmul__ > requests.get

    def __ror__(self, other):
        requests.get("c")  # hazard[BL203]: reflected > Right.__ror__ > requests.get

    # Asked only of what stands on the right.
    def __rsub__(self, other):
        requests.get("d")

    # What is known of the left has a method of its own.
    def __rtruediv__(self, other):
        requests.get("e")


class Left:
    def __truediv__(self, other):
        return other


class Compared:
    def __eq__(self, other):
        requests.get("f")  # hazard[BL203]: compared > Compared.__eq__ > requests.get

    def __gt__(self, other):
        requests.get("g")  # hazard[BL203]: compared > Compared.__gt__ > requests.get


class Held:
    def __eq__(self, other):
        requests.get("h")  # hazard[BL203]: contained > Held.__eq__ > requests.get

    def __lt__(self, other):
        requests.get("i")  # hazard[BL203]: contained > Held.__lt__ > requests.get


class Kept:
    def __eq__(self, other):
        requests.get("j")


class Pages:
    def __getitem__(self, index):
        return requests.get(index)  # hazard[BL203]: iterated > Pages.__getitem__ > requests.get


class Iterated:
    def __iter__(self):
        return iter(())

    def __getitem__(self, index):
        return requests.get(index)


class Missing(dict):
    def __missing__(self, key):
        return requests.get(key)  # hazard[BL203]: iterated > Missing.__missing__ > requests.get


class Own:
    def __getitem__(self, key):
        return key

    def __missing__(self, key):
        return requests.get(key)


class Slot:
    def __delete__(self, owner):
        requests.get("k")  # hazard[BL201]: converted > Slot.__delete__ > requests.get


class Number:
    def __int__(self):
        return requests.get("l")  # hazard[BL203]: converted > Number.__int__ > requests.get

    def __abs__(self):
        return requests.get("m")  # hazard[BL203]: converted > Number.__abs__ > requests.get

    def __float__(self):
        return requests.get("n")

    def __reversed__(self):
        yield requests.get("o")  # hazard[BL102]: converted > Number.__reversed__ > requests.get


class Text:
    def __str__(self):
        return requests.get("p").text  # hazard[BL203]: shown > Text.__str__ > requests.get


class Unshown:
    def __str__(self):
        return requests.get("q").text


class Set:
    def __setattr__(self, name, value):
        requests.get(name)  # hazard[BL201]: converted > Set.__setattr__ > requests.get


class Meta(type):
    def __init__(cls, name, bases, names):
        requests.get(name)  # hazard[BL102]: made > Meta.__init__ > requests.get


class Owner:
    slot = Slot()


async def reflected(right: Right, left: Left, unknown):
    1 + right
    "a" * right
    {} | right
    right - 1
    left / right
    unknown / right


async def compared(value: Compared, text: str):
    text == value
    3 < value


async def contained(held: Held, kept: Kept, values: list[Held], table: dict[str, Kept]):
    held in values
    sorted(values)
    kept in table
    kept is None


async def iterated(pages: Pages, iterated: Iterated, missing: Missing, own: Own):
    for page in pages:
        print(page)
    for page in iterated:
        print(page)
    missing["a"]
    own["a"]


async def converted(owner: Owner, number: Number, object: Set):
    del owner.slot
    int(number)
    abs(number)
    for part in reversed(number):
        print(part)
    setattr(object, "name", 1)


async def shown(text: Text):
    return "%s %d" % (text, 1)


async def not_shown(text: Unshown, template):
    # It may be a number.
    return template % text


async def made():
    class Made(metaclass=Meta):
        pass

    return Made
