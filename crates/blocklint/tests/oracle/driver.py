"""Runs generated programs and tells which blocking places a loop's thread came to, and below which coroutines.

Argument: a file with one line of JSON a program: its folder and the entries to run. Result: one line of JSON a program.
What blocks is replaced by what takes notes. A test whose outcome nobody knows is taken both ways, one run after another.
"""

import asyncio
import importlib
import json
import os
import random
import subprocess
import sys
import threading
import time
import types

MAX_RUNS = 200
MAX_CHOICES = 8


class Notes:
    def __init__(self, folder):
        self.folder = folder
        self.lines = {}
        self.events = set()
        self.choices = []
        self.at = 0
        self.complete = True

    def frames(self):
        frame = sys._getframe(1)
        while frame:
            if frame.f_code.co_filename.startswith(self.folder):
                yield frame
            frame = frame.f_back

    def take(self):
        if asyncio._get_running_loop() is None:
            return
        frames = list(self.frames())
        site = self.line(frames[0]).rsplit("# site ", 1)[1]
        coroutines = [it for it in frames if it.f_code.co_flags & 0x80]
        names = {self.name(it) for it in coroutines or frames[-1:]}
        self.events.add((int(site), tuple(sorted(names))))

    def line(self, frame):
        path = frame.f_code.co_filename
        if path not in self.lines:
            self.lines[path] = open(path).read().splitlines()
        return self.lines[path][frame.f_lineno - 1]

    def name(self, frame):
        path = os.path.relpath(frame.f_code.co_filename, self.folder)
        return f"{path}:{frame.f_code.co_qualname.split('.<locals>')[0]}"

    def choose(self):
        # What other threads do is not looked at.
        if asyncio._get_running_loop() is None:
            return 0
        if self.at >= MAX_CHOICES:
            self.complete = False
            return 0
        if self.at == len(self.choices):
            self.choices.append(0)
        self.at += 1
        return self.choices[self.at - 1]

    def next_run(self):
        """The next way through the tests, if there is one."""
        del self.choices[self.at :]
        while self.choices and self.choices[-1]:
            self.choices.pop()
        if self.choices:
            self.choices[-1] = 1
        self.at = 0
        return bool(self.choices)


notes = None


def takes_notes(original):
    def call(*args, **named):
        if notes is not None and sys._getframe(1).f_code.co_filename.startswith(notes.folder):
            return notes.take()
        return original(*args, **named)

    return call


class Event(threading.Event):
    wait = takes_notes(threading.Event.wait)


def replace_what_blocks():
    threading.Event = Event
    time.sleep = takes_notes(time.sleep)
    subprocess.run = takes_notes(subprocess.run)
    os.remove = takes_notes(os.remove)
    random.getrandbits = lambda bits: notes.choose()
    sys.modules["requests"] = types.SimpleNamespace(get=takes_notes(None))


def made(module, name):
    return getattr(importlib.import_module(module), name)()


def coroutine(entry):
    arguments = [lambda: None] if entry["argument"] == "callable" else []
    if isinstance(entry["argument"], bool):
        arguments = [entry["argument"]]
    if isinstance(entry["argument"], list):
        arguments = [made(*entry["argument"])]
    owner = made(*entry["owner"]) if entry["owner"] else importlib.import_module(entry["module"])
    return getattr(owner, entry["name"]), arguments


async def run(function, arguments):
    for _ in range(MAX_RUNS):
        await function(*arguments)
        # What was given to the loop runs now.
        for _ in range(3):
            await asyncio.sleep(0)
        if not notes.next_run():
            return
    notes.complete = False


def check(program):
    global notes
    sys.path.insert(0, program["folder"])
    notes = Notes(program["folder"] + os.sep)
    try:
        for entry in program["entries"]:
            notes.choices, notes.at = [], 0
            asyncio.run(run(*coroutine(entry)))
        return {"events": sorted(notes.events), "complete": notes.complete, "error": None}
    except Exception as error:
        return {"events": [], "complete": False, "error": repr(error)}
    finally:
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join(5)
        sys.path.pop(0)
        for name in [it for it in sys.modules if it.split(".")[0] == "app"]:
            del sys.modules[name]


replace_what_blocks()
for line in open(sys.argv[1]):
    print(json.dumps(check(json.loads(line))), flush=True)
