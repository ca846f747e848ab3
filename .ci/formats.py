#!/usr/bin/env python3
"""Check what blocklint writes with readers that others wrote: the SARIF and JSON schemas with jsonschema, JUnit with junitparser, rdjson
with a validator of reviewdog's format where there is npm.

Usage: formats.py BLOCKLINT SARIF_SCHEMA.json

Runs blocklint on the shipped programs, all of them at once, so that every shape of finding is written, and on files whose names and
comments try to break out of each format.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import junitparser

blocklint = str(pathlib.Path(sys.argv[1]).resolve())
sarif_schema = json.loads(pathlib.Path(sys.argv[2]).read_text())
STRUCTURED = ["json", "sarif", "junit", "gitlab", "rdjson", "json-lines"]
LOGS = ["github", "azure", "concise", "grouped", "full"]
SEVERITIES = {"info", "minor", "major", "critical", "blocker"}

SLEEPER = "import time\n\n\nasync def handler():\n    time.sleep(1)  # {comment}\n"
HOSTILE = [
    b"a\n::error::forged\x1b[31m.py",
    b"b\"'<>&]]>.py",
    b"c%0A%25,;:].py",
    b"invalid\xff.py",
    b"back\\slash.py",
    b"##vso[task.complete result=Failed].py",
    "right\u202eto\u2066left\u2028.py".encode(),
]


def write(folder, tree, formats):
    """Every format's text, by name, of what is found in a folder."""
    outputs = {name: pathlib.Path(folder, name) for name in formats}
    command = [blocklint, "check", "--isolated", "--no-cache", "--profile", "pedantic", "--quiet", "."]
    for name, path in outputs.items():
        command += ["--output", f"{name}={path}"]
    environment = {name: value for name, value in os.environ.items() if name != "GITHUB_STEP_SUMMARY"}
    done = subprocess.run(command, cwd=tree, env=environment)
    assert done.returncode == 1, f"exit {done.returncode}"
    return {name: path.read_bytes().decode() for name, path in outputs.items()}


def check_structured(texts):
    """Reads each format and says how many findings there are in it."""
    document = json.loads(texts["json"])
    schema = json.loads(subprocess.run([blocklint, "schema", "findings"], check=True, capture_output=True).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    count = len(document["findings"])

    sarif = json.loads(texts["sarif"])
    jsonschema.validate(sarif, sarif_schema)
    results = sarif["runs"][0]["results"]
    assert len(results) == count
    for result in results:
        assert len(result["message"]["text"]) <= 1024, result["message"]["text"]
        for place in result["locations"] + result["relatedLocations"]:
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            assert not uri.startswith("/") and re.fullmatch(r"[A-Za-z0-9._~/@+%-]+", uri), uri

    suites = junitparser.JUnitXml.fromstring(texts["junit"].encode())
    failures = [case for suite in suites for case in suite if any(isinstance(it, junitparser.Failure) for it in case.result)]
    assert len(failures) == count, f"{len(failures)} failures, {count} findings"

    issues = json.loads(texts["gitlab"])
    assert len({issue["fingerprint"] for issue in issues}) == count, "GitLab shows one of several issues with the same fingerprint"
    for issue in issues:
        assert issue["description"] and issue["check_name"] and issue["severity"] in SEVERITIES, issue
        assert not issue["location"]["path"].startswith(("/", "./")), issue
        assert issue["location"]["positions"]["begin"]["line"] >= 1, issue

    diagnostics = json.loads(texts["rdjson"])["diagnostics"]
    assert len(diagnostics) == count and all(it["related_locations"] for it in diagnostics)
    assert texts["json-lines"].count("\n") == count
    return count


def check_rdjson(folder):
    """Asks the validator of reviewdog's format."""
    npm = shutil.which("npm")
    if npm is None:
        return "; there is no npm, so rdjson was not validated"
    tools = pathlib.Path("target/ci-npm").resolve()
    tools.mkdir(parents=True, exist_ok=True)
    package = "@umbrelladocs/rdformat-validator@1.0.0"
    install = [npm, "install", "--silent", "--no-save", "--prefix", str(tools), package]
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    validator = tools / "node_modules/.bin/rdformat-validator"
    subprocess.run([validator, "--strict", "--no-extra-fields", "--silent", pathlib.Path(folder, "rdjson")], check=True)
    return ""


def check_logs(texts, count):
    """A build system obeys what a line of a log begins with, and Azure what stands anywhere in it."""
    for name, text in texts.items():
        for line in text.split("\n"):
            assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", line), (name, line)
    commands = [line for line in texts["github"].splitlines() if line.startswith("::")]
    shape = re.compile(r"::(error|warning|notice) title=[^,:]+,file=[^,:]+,line=\d+,col=\d+,endLine=\d+,endColumn=\d+::.+")
    assert len(commands) == count and all(shape.fullmatch(it) for it in commands), commands
    for name, text in texts.items():
        issues = re.findall(r"^##vso\[task\.logissue type=[^\]]*\]", text, re.MULTILINE)
        assert "##[" not in text, (name, text)
        assert text.count("##vso[") == len(issues) == (count if name == "azure" else 0), (name, text)


with tempfile.TemporaryDirectory() as folder:
    count = check_structured(write(folder, "testdata/programs", STRUCTURED))
    assert count > 10, f"only {count} findings"
    note = check_rdjson(folder)
    print(f"{', '.join(STRUCTURED)}: {count} findings each, read by others{note}")

with tempfile.TemporaryDirectory() as folder:
    tree = pathlib.Path(folder, "tree")
    tree.mkdir()
    for name in HOSTILE:
        comment = "blocklint: ignore[::error::x%0A##vso[task.complete] ##[error]\x1b[2J]" if b"forged" in name else "plain"
        pathlib.Path(os.fsdecode(os.path.join(os.fsencode(tree), name))).write_text(SLEEPER.format(comment=comment))
    count = check_structured(write(folder, tree, STRUCTURED))
    assert count >= len(HOSTILE), f"only {count} findings"
    check_logs(write(folder, tree, LOGS), count)
    check_rdjson(folder)
    print(f"{count} findings in files with hostile names stay text in every format")
