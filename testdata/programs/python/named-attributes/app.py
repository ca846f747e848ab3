import time

from traitlets import HasTraits, Int, List, default, observe


class Settings(HasTraits):
    folders = List()
    level = Int()
    names = List()
    quiet = Int()

    @default("folders")
    def _default_folders(self):
        time.sleep(1)  # hazard(note)[BL201]: reads > _default_folders > time.sleep
        return []

    @observe("level", "depth")
    def _changed(self, change):
        time.sleep(2)  # hazard[BL201]: sets > _changed > time.sleep

    # Nobody reads it on a loop.
    @default("names")
    def _default_names(self):
        time.sleep(3)
        return []


class Made(HasTraits):
    level = Int()
    quiet = Int()

    @observe("level")
    def _made(self, change):
        time.sleep(2)  # hazard[BL201]: makes > _made > time.sleep

    # Nobody passes it on a loop.
    @observe("quiet")
    def _quietened(self, change):
        time.sleep(3)


class Inherited(Settings):
    @default("folders")
    def _default_folders(self):
        return []


async def reads():
    return Settings().folders


async def sets():
    Settings().level = 2


async def makes():
    return Made(level=2)


async def makes_nothing():
    return Made()


def makes_elsewhere():
    return Made(quiet=1)


async def reads_what_the_subclass_says():
    return Inherited().folders


async def sets_another():
    settings = Settings()
    settings.quiet = 1
    return settings.level
