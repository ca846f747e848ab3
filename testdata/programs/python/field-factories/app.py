"""What makes the defaults of fields runs when an instance is made."""

import time
from dataclasses import dataclass, field

import attrs
from pydantic import BaseModel, Field


def made():
    time.sleep(1)  # hazard: handler > made > time.sleep
    return 1


def modelled():
    time.sleep(1)  # hazard: handler > modelled > time.sleep
    return 1


def unused():
    time.sleep(1)
    return 1


@dataclass
class Job:
    number: int = field(default_factory=made)


class Model(BaseModel):
    number: int = Field(default_factory=modelled)


@attrs.define
class Record:
    number: int

    def __attrs_post_init__(self):
        time.sleep(1)  # hazard: handler > Record.__attrs_post_init__ > time.sleep


@dataclass
class Never:
    number: int = field(default_factory=unused)


async def handler():
    Job()
    Model()
    Record(1)
