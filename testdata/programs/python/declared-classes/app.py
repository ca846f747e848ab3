"""Classes and factories that a declaration names by keyword."""

import time
from contextvars import ContextVar

import attr
import attrs
from traitlets import HasTraits, Instance, Type


class Declared:
    def by_class(self):
        time.sleep(1)  # hazard: Owner.reads > Declared.by_class > time.sleep

    def by_default(self):
        time.sleep(1)  # hazard: Owner.reads > Declared.by_default > time.sleep

    def by_instance(self):
        time.sleep(1)  # hazard: Owner.reads > Declared.by_instance > time.sleep

    def by_factory(self):
        time.sleep(1)  # hazard: Record.reads > Declared.by_factory > time.sleep

    def by_field(self):
        time.sleep(1)  # hazard: Field.reads > Declared.by_field > time.sleep

    def by_context(self):
        time.sleep(1)  # hazard: reads > Declared.by_context > time.sleep


class Other:
    def by_default(self):
        time.sleep(1)

    def by_factory(self):
        time.sleep(1)


class Owner(HasTraits):
    by_class = Type(klass=Declared)
    by_default = Type(default_value=Declared, klass=object)
    by_instance = Instance(klass=Declared)
    unread = Instance(klass=Other)

    async def reads(self):
        self.by_class().by_class()
        self.by_default().by_default()
        self.by_instance.by_instance()


@attr.s
class Record:
    made = attr.ib(factory=Declared)
    plain = attr.ib(default=None)
    unread = attr.ib(factory=Other)

    async def reads(self):
        self.made.by_factory()
        self.plain.by_factory()


@attrs.define
class Field:
    made = attrs.field(factory=Declared)

    async def reads(self):
        self.made.by_field()


current: ContextVar = ContextVar("current", default=Declared())


async def reads():
    current.get().by_context()
