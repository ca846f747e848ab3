"""What was collected once is in memory: going through it again waits for nothing."""

from pathlib import Path


def lines(path: Path):
    with path.open() as file:  # hazard(note)[BL107]: handler > lines > pathlib.Path.open
        return list(file)  # hazard(note)[BL107]: handler > lines > io.TextIOWrapper.__iter__


async def handler(path: Path):
    for line in lines(path):
        print(line)


async def walks(path: Path):
    for entry in sorted(path.iterdir()):  # hazard(note)[BL107]: walks > pathlib.Path.iterdir
        entry.read_text()  # hazard(note)[BL107]: walks > pathlib.Path.read_text
