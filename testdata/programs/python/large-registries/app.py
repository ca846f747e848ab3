"""A registry may hold more objects than a value may be different things."""

import time


class AddonA:
    def load(self):
        return 1


class AddonB:
    def load(self):
        return 1


class AddonC:
    def load(self):
        return 1


class AddonD:
    def load(self):
        return 1


class AddonE:
    def load(self):
        return 1


class AddonF:
    def load(self):
        return 1


class AddonG:
    def load(self):
        return 1


class AddonH:
    def load(self):
        return 1


class AddonI:
    def load(self):
        return 1


class AddonJ:
    def load(self):
        return 1


class AddonK:
    def load(self):
        return 1


class AddonL:
    def load(self):
        return 1


class AddonM:
    def load(self):
        return 1


class AddonN:
    def load(self):
        time.sleep(1)  # hazard[BL101]: loads > AddonN.load > time.sleep


ADDONS = [AddonA(), AddonB(), AddonC(), AddonD(), AddonE(), AddonF(), AddonG(), AddonH(), AddonI(), AddonJ(), AddonK(), AddonL(), AddonM(), AddonN()]


class Unlisted:
    def load(self):
        time.sleep(1)


async def loads():
    for addon in ADDONS:
        addon.load()
