#!/usr/bin/env python3
"""Check blocklint against what its peers say of themselves: flake8-async's own tests and the examples in ruff's documentation.

Usage: peers.py BLOCKLINT FLAKE8_ASYNC_SOURCES RUFF

Every place that they mark as blocking is found in the strict profile, and every other place in their files stays silent. Where they and
blocklint disagree, peers.toml beside this file says why; an exception that is not needed any more fails.
"""

import ast
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

RULES = ["ASYNC210", "ASYNC212", "ASYNC220", "ASYNC221", "ASYNC222", "ASYNC230", "ASYNC240", "ASYNC250", "ASYNC251"]
# "# ASYNC210: 4, 'requests.get'" marks a column of its line; "# should error" marks what flake8-async knows that it misses.
MARKER = re.compile(r"# ASYNC2\d\d(?:_asyncio)?: *(\d+)|# (should error)")

Place = collections.namedtuple("Place", "file line column")


def findings(blocklint, folder):
    """The places in a folder's files that blocklint reports, with what it says of each."""
    command = [blocklint, "check", "--isolated", "--no-cache", "--profile", "strict", "--output-format", "json", "."]
    document = json.loads(subprocess.run(command, cwd=folder, stdout=subprocess.PIPE).stdout)
    assert document["summary"]["unparsed_files"] == 0, document["errors"]
    return {Place(it["file"], it["line"], it["column"]): it["message"] for it in document["findings"]}


def marked(path):
    """The places that a file of flake8-async's tests marks."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for column, _missed in MARKER.findall(line):
            start = int(column) if column else len(line) - len(line.lstrip())
            yield Place(path.name, number, start + 1)


def calls(folder):
    """What is called at each place of a folder's files, and the name of the function around it."""
    found = {}

    def visit(file, node, function):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            function = node.name
        if isinstance(node, ast.Call):
            found.setdefault(Place(file, node.lineno, node.col_offset + 1), (ast.unparse(node), function))
        for child in ast.iter_child_nodes(node):
            visit(file, child, function)

    for path in folder.glob("*.py"):
        visit(path.name, ast.parse(path.read_text()), None)
    return found


class Exceptions:
    """Reasoned differences of one kind, and which of them were needed."""

    def __init__(self, entries):
        self.entries = entries
        self.needed = set()

    def covers(self, place, call, function):
        for entry in self.entries:
            if place.file in entry["files"] and call in entry["calls"] and function in entry.get("functions", [function]):
                self.needed.add((entry["reason"], place.file, call))
                return True
        return False

    def unneeded(self):
        for entry in self.entries:
            for part in ["files", "calls"]:
                position = 1 if part == "files" else 2
                for it in entry[part]:
                    if not any(need[0] == entry["reason"] and need[position] == it for need in self.needed):
                        yield f"peers.toml: {it} needs no exception: {entry['reason']}"


def flake8_async(blocklint, sources, settings, no_hazard, found_too):
    """Compares with the marks in flake8-async's tests; yields a sentence for each difference without a reason."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        [tests] = pathlib.Path(sources).glob("flake8_async-*/tests/eval_files")
        for path in sorted(tests.glob("async2*.py")):
            if path.name not in settings["left-out"]:
                # No line may move, as marks are compared by line.
                first, rest = path.read_text().split("\n", 1)
                assert first.startswith("#") or path.name not in settings["imports"], path
                (folder / path.name).write_text(f"{settings['imports'].get(path.name, first)}\n{rest}")
        expected = {place for path in folder.glob("*.py") for place in marked(path)}
        assert len(expected) > 250, f"only {len(expected)} marks: has the format changed?"
        found, called = findings(blocklint, folder), calls(folder)
        for place in sorted(expected - found.keys()):
            if not no_hazard.covers(place, *called[place]):
                yield f"{place.file}:{place.line}:{place.column}: not found: {called[place][0]}"
        for place in sorted(found.keys() - expected):
            if not found_too.covers(place, *called[place]):
                yield f"{place.file}:{place.line}:{place.column}: found without a mark: {found[place]}"
        print(f"flake8-async: {len(expected)} marked places, {len(expected & found.keys())} of them found", flush=True)


def ruff(blocklint, executable, no_hazard, found_too):
    """Compares with ruff's documentation: the example is found, and what to use instead is silent."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for rule in RULES:
            command = [executable, "rule", rule, "--output-format", "json"]
            page = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["explanation"]
            example, *instead = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
            (folder / f"{rule}.py").write_text(example)
            for number, text in enumerate(instead):
                (folder / f"{rule}_instead{number}.py").write_text(text)
        places, called = findings(blocklint, folder), calls(folder)
        for rule in RULES:
            own = [place for place in called if place.file == f"{rule}.py"]
            if not any(place in places or no_hazard.covers(place, *called[place]) for place in own):
                yield f"ruff rule {rule}: nothing is found in its example"
        for it in places:
            if "_" in it.file and not found_too.covers(it, *called[it]):
                yield f"{it.file}:{it.line}: what ruff says to use instead: {places[it]}"
        print(f"ruff: {len(RULES)} pages", flush=True)


settings = tomllib.loads(pathlib.Path(__file__).with_name("peers.toml").read_text())
[blocklint, sources, executable] = sys.argv[1:]
blocklint = str(pathlib.Path(blocklint).resolve())
exceptions = Exceptions(settings["no-hazard"]), Exceptions(settings["found-too"])
differences = [*flake8_async(blocklint, sources, settings, *exceptions), *ruff(blocklint, executable, *exceptions)]
sys.exit("\n".join([*differences, *(it for kind in exceptions for it in kind.unneeded())]) or None)
