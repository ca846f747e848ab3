"""Types that are written with themselves."""

import time
from typing import Dict, List, Tuple, Union

Json = Union[str, Dict[str, "Json"], List["Json"], Tuple["Json", ...], "Nested"]
Nested = Union[Json, List[Json], Dict[str, Json], "Other"]
Other = Dict[str, Union[Json, Nested, "Other"]]
type Tree = dict[str, Tree] | list[Tree] | tuple[Tree, Tree] | Json | Leaf


class Leaf:
    def load(self):
        time.sleep(1)  # hazard[BL101]: read > Leaf.load > time.sleep


async def read(tree: Tree, other: Other):
    if isinstance(tree, Leaf):
        tree.load()
    return other
