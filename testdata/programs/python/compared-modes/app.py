"""What a caller writes decides between the branches that compare it with what is written: members of enumerations, numbers, texts."""

import enum
import time

import modes


class Mode(enum.Enum):
    NOW = 1
    LATER = 2


class Named(str, enum.Enum):
    NOW = "now"
    LATER = "later"


def by_member(mode):
    if mode is Mode.NOW:
        time.sleep(1)  # hazard[BL101]: now > by_member > time.sleep


def by_other_member(mode):
    if mode == Mode.NOW:
        time.sleep(1)


def by_member_with_default(mode=Mode.LATER):
    if mode == Mode.LATER:
        return
    time.sleep(1)


def by_number(level):
    if level == 2:
        time.sleep(1)  # hazard[BL101]: now > by_number > time.sleep
    elif level == 3:
        time.sleep(1)


def by_text(mode):
    match mode:
        case "now" | "soon":
            time.sleep(1)  # hazard[BL101]: now > by_text > time.sleep
        case "never":
            time.sleep(1)
        case None:
            time.sleep(1)
        case _:
            time.sleep(1)


def by_other_text(mode):
    match mode:
        case "now":
            pass
        case _:
            time.sleep(1)  # hazard[BL101]: now > by_other_text > time.sleep


def by_one_of(mode):
    if mode in ("now", "soon"):
        time.sleep(1)  # hazard[BL101]: now > by_one_of > time.sleep
    if mode == "never" or mode == "later":
        time.sleep(1)
    if mode not in ("now", "soon"):
        time.sleep(1)


def by_either(mode):
    if mode == "now" or mode == "soon":
        time.sleep(1)  # hazard[BL101]: now > by_either > time.sleep


def by_named(mode):
    # A member of this is a text too: nobody can tell without knowing which.
    if mode == "now":
        time.sleep(1)  # hazard[BL101]: now > by_named > time.sleep


def by_flag(flag):
    # `True` is a number here.
    if flag == 1:
        time.sleep(1)  # hazard[BL101]: now > by_flag > time.sleep


def by_unknown(mode):
    if mode is Mode.NOW:
        time.sleep(1)  # hazard[BL101]: anything > by_unknown > time.sleep


def by_guarded(mode, ready):
    match mode:
        case "now" if ready:
            pass
        case _:
            time.sleep(1)  # hazard[BL101]: now > by_guarded > time.sleep


async def now():
    by_member(Mode.NOW)
    by_other_member(Mode.LATER)
    by_member_with_default()
    by_number(2)
    by_text("soon")
    by_other_text("later")
    by_one_of("soon")
    by_either("soon")
    by_named(Named.NOW)
    by_flag(True)
    by_guarded("now", False)


async def anything(mode):
    by_unknown(mode)


async def tested(mode):
    if mode is Mode.LATER:
        by_other_member(mode)


def by_library(how):
    if how == "now":
        time.sleep(1)  # hazard[BL101]: elsewhere > by_library > time.sleep
    # Two names of a library may stand for one value.
    if how == modes.LATER:
        time.sleep(1)  # hazard[BL101]: elsewhere > by_library > time.sleep


async def elsewhere():
    by_library(modes.NOW)


EAGER = ("now", "soon")
PREFERRED = Mode.LATER


def by_constants(how):
    if how in EAGER:
        time.sleep(1)


def by_own_constants(how):
    if how in EAGER:
        time.sleep(1)  # hazard[BL101]: constants > by_own_constants > time.sleep


def by_none_too(how):
    if how == "now" or how is None:
        time.sleep(1)


def by_truth(flag):
    match flag:
        case True:
            time.sleep(1)
        case False | None:
            pass


def by_other_truth(flag):
    match flag:
        case True:
            time.sleep(1)  # hazard[BL101]: constants > by_other_truth > time.sleep


def by_preference(mode):
    if mode is Mode.NOW:
        time.sleep(1)


def by_negation(thread):
    by_negated(not thread)


def by_negated(here):
    if here:
        time.sleep(1)


def by_other_negation(thread):
    by_other_negated(not thread)


def by_other_negated(here):
    if here:
        time.sleep(1)  # hazard[BL101]: constants > by_other_negation > by_other_negated > time.sleep


async def constants():
    by_constants("later")
    by_own_constants("soon")
    by_none_too("later")
    by_truth(False)
    by_other_truth(True)
    by_preference(PREFERRED)
    by_negation(True)
    by_other_negation(False)
