#!/usr/bin/env python3
"""Run the last step of action.yml as a runner does: inputs become variables, and the script is bash's.

Usage: action.py BLOCKLINT
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

SLEEPER = "import time\n\n\nasync def handler():\n    time.sleep(1)\n"


def main(blocklint):
    action = yaml.safe_load(pathlib.Path("action.yml").read_text())
    [shown] = re.findall(r"```yaml\n(- uses: blocklint/.*?)```", pathlib.Path("README.md").read_text(), re.DOTALL)
    assert set(yaml.safe_load(shown)[0]["with"]) <= set(action["inputs"]), "README shows an input that there is not"
    step = action["runs"]["steps"][-1]
    # An input that is a script must stay a word.
    inputs = {name: it.get("default", "") for name, it in action["inputs"].items()}
    inputs |= {"paths": "src $(touch${IFS}forged)", "args": "--isolated --profile strict", "sarif": "out.sarif"}
    value = lambda text: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda it: inputs[it[1]], text)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "temp/blocklint/bin").mkdir(parents=True)
        (folder / "temp/blocklint/bin/blocklint").symlink_to(pathlib.Path(blocklint).resolve())
        for name in ["src", "$(touch${IFS}forged)"]:
            (folder / name).mkdir()
            (folder / name / "app.py").write_text(SLEEPER)
        environment = {name: value(text) for name, text in step["env"].items()}
        runner = {"RUNNER_TEMP": str(folder / "temp"), "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=folder, env=os.environ | environment | runner, capture_output=True, text=True)
        assert done.returncode == 1, done
        assert done.stdout.count("::warning title=BL101 blocking-sleep,file=") == 2, done
        assert len(json.loads((folder / "out.sarif").read_text())["runs"][0]["results"]) == 2
        assert "| warning | src/app.py:5 | BL101 blocking-sleep |" in (folder / "summary.md").read_text()
        assert not (folder / "forged").exists(), "an input was run"
    print("the action annotates, and writes SARIF and a summary")


main(*sys.argv[1:])
