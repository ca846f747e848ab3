#!/usr/bin/env python3
"""Use blocklint as a commit hook, with the real pre-commit and a scratch repository.

Usage: hooks.py WHEEL [REPOSITORY]

The hooks of this REPOSITORY are tried as pre-commit builds them (`language: rust`); without one, that part is left out. The WHEEL is tried
as a hook of `language: python`, on real commits.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

SERVICE = """import time

from tasks import pause


async def handler():
    pause()


async def old():
    time.sleep(2)
"""
TASKS = "def pause():\n    pass\n"
BLOCKING = "import time\n\n\ndef pause():\n    time.sleep(3)\n"


def run(folder, *command, status=0):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == status, f"{command}: exit {done.returncode}\n{done.stdout}"
    return done.stdout


def scratch(folder):
    """A repository with an accepted finding, and a staged change that makes an unchanged handler block."""
    folder.mkdir()
    (folder / "pyproject.toml").write_text("[project]\nname = 'scratch'\n")
    (folder / "service.py").write_text(SERVICE)
    (folder / "tasks.py").write_text(TASKS)
    run(folder, "git", "init", "--quiet")
    for name, value in {"user.name": "a", "user.email": "a@example.org", "commit.gpgsign": "false"}.items():
        run(folder, "git", "config", name, value)
    run(folder, "git", "add", ".")
    run(folder, "git", "commit", "--quiet", "-m", "base")
    (folder / "tasks.py").write_text(BLOCKING)
    run(folder, "git", "add", ".")


def parts(output):
    """What each hook printed, by its id."""
    return {part.split("\n", 1)[0]: part for part in output.split("- hook id: ")[1:]}


def repository(pre_commit, folder, repository):
    scratch(folder)
    found = parts(run(folder, pre_commit, "try-repo", repository, "--verbose", "--color", "never", status=1))
    assert set(found) == {"blocklint", "blocklint-staged", "blocklint-all"}, found
    for hook, output in found.items():
        assert "exit code: 1" in output, output
        # What was not changed is analysed, so the change is seen to block `handler`.
        assert "tasks.py:5:5" in output and "handler on the event loop calls pause" in output, output
        # It is reported only where the whole project is.
        assert ("service.py:11:5" in output) == (hook == "blocklint-all"), output


def local_hook(wheel):
    """README's hook of `language: python`, with the wheel at hand in place of the one that is published."""
    blocks = re.findall(r"```yaml\n(.*?)```", pathlib.Path("README.md").read_text(), re.DOTALL)
    [config] = [it for it in blocks if "repo: local" in it]
    assert "[async-blocklint]" in config
    return config.replace("[async-blocklint]", f'["{wheel}"]')


def wheel(pre_commit, folder, wheel):
    scratch(folder)
    (folder / ".pre-commit-config.yaml").write_text(local_hook(wheel))
    run(folder, "git", "add", ".pre-commit-config.yaml")
    run(folder, pre_commit, "install")
    output = run(folder, "git", "commit", "-m", "block", status=1)
    assert "warning[BL101 blocking-sleep]" in output and "tasks.py:5:5" in output, output
    assert "service.py:11" not in output, output
    (folder / "tasks.py").write_text("def pause():\n    return 1\n")
    run(folder, "git", "add", ".")
    assert "Passed" in run(folder, "git", "commit", "-m", "do not block")


def main(wheel_file, repository_path=None):
    pre_commit = str(pathlib.Path(sys.executable).with_name("pre-commit"))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        # The hooks' environments belong to this run, so that nothing of an older one is tried.
        os.environ["PRE_COMMIT_HOME"] = str(folder / "home")
        wheel(pre_commit, folder / "wheel", pathlib.Path(wheel_file).resolve())
        print("the wheel works as a hook")
        if repository_path is None:
            print("there is no repository to take the hooks from")
            return
        repository(pre_commit, folder / "repository", pathlib.Path(repository_path).resolve())
        print("the repository's hooks work")


main(*sys.argv[1:])
