from enum import Enum


class Action(Enum):
    START = "start"
    STOP = "stop"


class Open(Enum):
    KNOWN = "known"
    COMPUTED = "com" + "puted"
