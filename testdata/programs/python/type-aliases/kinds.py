"""Names for types that stand in another file."""

import time
from typing import Callable, Optional, Union


class Local:
    def read(self):
        time.sleep(1)  # hazard: reads_either > Local.read > time.sleep


class Remote:
    def read(self):
        time.sleep(1)  # hazard: reads_either > Remote.read > time.sleep


class Plain:
    def read(self):
        time.sleep(1)  # hazard: reads_piped > Plain.read > time.sleep


class Wrapped:
    def read(self):
        time.sleep(1)  # hazard: reads_absent > Wrapped.read > time.sleep


class Made:
    def read(self):
        time.sleep(1)  # hazard: reads_made > Made.read > time.sleep


class Other:
    def read(self):
        time.sleep(1)


Either = Union[Local, Remote]
Piped = Plain | None
Absent = Optional["Wrapped"]
Maker = Callable[[], Made]
